"""xlsx, xls and ods → sheets, by python-calamine, after a look at what the file would become in memory.

A zip file of a few kilobytes can unpack to terabytes, and two filled cells in opposite corners make a sheet of 17
thousand million cells: both are refused before anything is read.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from baken.contract.problems import Unacceptable, problem
from baken.schoolside.read.workbook import Row, Sheet, Workbook

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_OLE = b"\xd0\xcf\x11\xe0"
_UNPACKED_LIMIT = 600_000_000
_CELL_LIMIT = 30_000_000
_CHUNK = 1 << 20
_FILLED = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br=["']([A-Za-z]{1,3})(\d{1,7})["'][^<>]*(?<!/)>""")
_REPEATED = re.compile(rb'<table:table-cell[^<>]*number-columns-repeated="(\d{4,})"[^<>]*office:value-type')
_REPEATED_TOO = re.compile(rb'<table:table-cell[^<>]*office:value-type[^<>]*number-columns-repeated="(\d{4,})"')


def open_spreadsheet(data: bytes) -> Workbook:
    """Raises `Unacceptable` for a workbook that is protected, damaged, no spreadsheet, or too large."""
    form = _form(data)
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        book = load_workbook(io.BytesIO(data))
        sheets = [book.get_sheet_by_index(index) for index in range(len(book.sheet_names))]
    except PasswordError:
        raise Unacceptable([problem("X-103")]) from None
    except (CalamineError, ValueError, OSError, IndexError, OverflowError):
        raise Unacceptable([problem("X-104")]) from None
    return Workbook(form, "", "", tuple(_sheet(sheet, place) for place, sheet in enumerate(sheets, start=1)))


def _sheet(sheet: CalamineSheet, position: int) -> Sheet:
    left = sheet.start[1] if sheet.start else 0
    try:
        merged = [r for r in sheet.merged_cell_ranges or () if r[1][0] > r[0][0]]
    except Exception:  # calamine has no merged ranges for some forms; then none are known
        merged = []
    return Sheet(sheet.name, position, partial(_rows, sheet, left, merged))


def _rows(sheet: CalamineSheet, left: int, merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> Iterator[Row]:
    """Cells merged over several rows repeat their value in each of these rows, as a reader sees it."""
    below = {(row, r[0][1]): r[0] for r in merged for row in range(r[0][0] + 1, min(r[1][0], r[0][0] + 10_000) + 1)}
    held: dict[tuple[int, int], object] = {}
    touched = {row for row, _ in below} | {row for row, _ in below.values()}
    for number, cells in enumerate(sheet.iter_rows()):
        row: list[object] = [""] * left + list(cells) if left else list(cells)
        if number in touched:
            for column in range(len(row)):
                origin = below.get((number, column))
                if origin is not None and row[column] == "":
                    row[column] = held.get(origin, "")
                held[number, column] = row[column]
        yield row  # type: ignore[misc]  # calamine gives exactly the types of Cell


def _form(data: bytes) -> str:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unacceptable([problem("X-103")])
        return "xls"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _inspect(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, KeyError):
        raise Unacceptable([problem("X-104")]) from None
    except RuntimeError:  # what zipfile raises for an encrypted member
        raise Unacceptable([problem("X-103")]) from None


def _inspect(package: zipfile.ZipFile) -> str:
    names = set(package.namelist())
    if "xl/workbook.xml" in names:
        form = "xlsx"
    elif "content.xml" in names:
        form = "ods"
        if b"manifest:encryption-data" in package.read("META-INF/manifest.xml")[:_CHUNK]:
            raise Unacceptable([problem("X-103")])
    else:
        raise Unacceptable([problem("X-102")])
    if sum(member.file_size for member in package.infolist()) > _UNPACKED_LIMIT:
        raise Unacceptable([problem("X-105", limit=_UNPACKED_LIMIT // 1_000_000, unit="MB")])
    for member in package.infolist():
        _measure(package, member)
    return form


def _measure(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Unpack in chunks: finds cut members, sizes that lie, and sheets that would fill the memory."""
    widest = lowest = 0
    tail = b""
    with package.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            text = tail + chunk
            tail = text[-300:]
            for column, row in set(_corners(text)):
                widest, lowest = max(widest, column), max(lowest, row)
            if widest * lowest > _CELL_LIMIT or _REPEATED.search(text) or _REPEATED_TOO.search(text):
                raise Unacceptable([problem("X-105", limit=_CELL_LIMIT // 1_000_000, unit="miljoen cellen")])


def _corners(text: bytes) -> Iterator[tuple[int, int]]:
    """The widest and the lowest filled cell of a piece of a sheet, counted from 1."""
    cells = _FILLED.findall(text)
    if cells:
        letters = max({column.upper() for column, _ in cells}, key=lambda c: (len(c), c))
        width = 0
        for letter in letters:
            width = width * 26 + letter - 64
        yield width, max(int(row) for _, row in cells)
