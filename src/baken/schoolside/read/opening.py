"""Which kind of file it is, by its first bytes; the name of the file decides nothing."""

from __future__ import annotations

from baken.contract.problems import Unacceptable, problem
from baken.schoolside.read.delimited import open_delimited
from baken.schoolside.read.spreadsheet import open_spreadsheet
from baken.schoolside.read.workbook import Workbook

LIMIT_BYTES = 150_000_000
_SPREADSHEETS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_NO_TABLES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"{\\rtf", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"II*\0")
_MARKUP = (b"<!doctype html", b"<html", b"<?xml")


def open_table(data: bytes, filename: str = "") -> Workbook:
    """Open an export. `filename` is not trusted and only kept out of every message.

    Raises `Unacceptable` for an empty file, a file that is no table, a damaged or protected workbook, or one too large.
    """
    if len(data) > LIMIT_BYTES:
        raise Unacceptable([problem("X-105", limit=LIMIT_BYTES // 1_000_000, unit="MB")])
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unacceptable([problem("X-101")])
    if data.startswith(_SPREADSHEETS):
        return open_spreadsheet(data)
    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(_NO_TABLES) or start.startswith(_MARKUP):
        raise Unacceptable([problem("X-102")])
    return open_delimited(data)
