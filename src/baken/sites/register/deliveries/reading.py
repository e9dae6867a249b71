"""From an uploaded file to counters, for whom everything is hostile: size, kind, bombs, exports uploaded by mistake.

Nothing of the file is stored or logged here; a problem never repeats what stands in it. The checks of
`contract.delivery` come on top, the same that the school's own computer did.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib

from django.core.files.uploadedfile import UploadedFile

from baken.contract import delivery, record
from baken.contract.delivery import MESSAGE_BYTES, Counters
from baken.contract.problems import Unacceptable, problem

UPLOAD_LIMIT = 64 * 1024
"""A workbook of counters is about 12 kB; a bomb of this size unpacks to at most some tens of megabytes."""
UNPACKED_LIMIT = 2 * 1024 * 1024
PARTS_LIMIT = 60
ROWS_LIMIT = 1_000
COLUMNS_LIMIT = 26
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d+)["']""")


def read_upload(upload: UploadedFile[bytes]) -> Counters:
    """Read what a browser sent; as `read`. The name of the file is not looked at: it may hold a name."""
    if (upload.size or 0) > UPLOAD_LIMIT:
        raise Unacceptable([problem("D-101", limit=UPLOAD_LIMIT // 1024)])
    return read(upload.read())


def read(data: bytes) -> Counters:
    """Read an upload as counters; its content tells the kind of file. Raises `Unacceptable` with all problems."""
    if len(data) > UPLOAD_LIMIT:
        raise Unacceptable([problem("D-101", limit=UPLOAD_LIMIT // 1024)])
    form = _form_of(data)
    if form == "xlsx":
        _check_workbook(data)
    elif form == "csv":
        _check_table(data)
    elif len(data) != MESSAGE_BYTES and b'"formaat"' in data:
        raise Unacceptable([problem("D-104", wanted=MESSAGE_BYTES)])
    try:
        counters, _warnings = delivery.read(data, form)
    except Unacceptable as found:
        if form == "xlsx" and _is_table_of_something_else(found):
            raise Unacceptable([problem("D-102")]) from None
        raise
    return counters


def _form_of(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        return "xlsx"
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in (b"{", b"["):
        return "json"
    if not data or _text(data) is None:
        raise Unacceptable([problem("D-103")])
    return "csv"


def _text(data: bytes) -> str | None:
    """The text of a file, by whatever encoding, only to recognise what it is; None for what is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data or data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8", b"GIF8", b"\xd0\xcf\x11\xe0")):
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _check_table(data: bytes) -> None:
    """Recognise an export or records by their header, before anything else is said about the file."""
    text = _text(data) or ""
    lines = [line for line in text.splitlines() if line.strip()][:10]
    separator = max(";,\t|", key=lambda sign: sum(line.count(sign) for line in lines))
    header = next(csv.reader(io.StringIO(lines[0] if lines else ""), delimiter=separator), [])
    names = {cell.strip().strip('"').lower() for cell in header}
    if names & {"teller", "tellers", "nulmelding"}:
        return
    if {"sleutel", "maand", "categorie"} <= names and names <= {c.name for c in record.columns()}:
        raise Unacceptable([problem("D-105")])
    many = sum(separator in line for line in lines) > 1 or len(header) > 2
    raise Unacceptable([problem("D-102" if many else "D-103")])


def _is_table_of_something_else(found: Unacceptable) -> bool:
    """A workbook that lacks several of our columns and has others is an export, not a damaged file of counters."""
    codes = [p.code for p in found.problems]
    return codes.count("F-105") >= 3


def _check_workbook(data: bytes) -> None:
    """Is this a workbook that can be unpacked and read in little memory? A few cells can span a sheet of billions."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if "xl/workbook.xml" not in archive.namelist():
                raise Unacceptable([problem("D-103")])
            if len(parts) > PARTS_LIMIT or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
                raise Unacceptable([problem("D-106")])
            left = UNPACKED_LIMIT
            for part in parts:
                content = _unpack(data, part, left)
                left -= len(content)
                if SHEET.fullmatch(part.filename) and not _is_small(content):
                    raise Unacceptable([problem("D-106")])
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError):
        raise Unacceptable([problem("F-115")]) from None


def _unpack(data: bytes, part: zipfile.ZipInfo, limit: int) -> bytes:
    """Unpack one part with our own limit: the size that the archive itself states may be a lie."""
    head = data[part.header_offset : part.header_offset + 30]
    start = part.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    packed = data[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        content = zlib.decompressobj(-15).decompress(packed, limit + 1)
    else:
        raise zipfile.BadZipFile
    if len(content) > limit or len(content) != part.file_size:
        raise Unacceptable([problem("D-106")])
    return content


def _is_small(sheet: bytes) -> bool:
    cells = CELL.findall(sheet)
    return all(len(column) <= 1 and len(row) <= 4 and int(row) <= ROWS_LIMIT for column, row in cells)
