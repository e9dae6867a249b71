"""Text with separators → one sheet. The separator is the one that cuts most rows into the same number of cells."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from baken.contract.problems import Place, Unacceptable, problem
from baken.schoolside.read.encoding import detect_encoding
from baken.schoolside.read.workbook import Row, Sheet, Workbook

_SEPARATORS = (";", "\t", ",", "|")
_SAMPLE_ROWS = 200
_CELL_LIMIT = 131_072


def open_delimited(data: bytes) -> Workbook:
    """Raises `Unacceptable` for damaged text, a quote that is never closed, or a cell without end."""
    encoding = detect_encoding(data)
    separator = _separator(data, encoding)
    strict = _strict_or_tolerant(data, encoding, separator)
    sheet = Sheet("", 1, lambda: _rows(data, encoding, separator, strict=strict))
    return Workbook("csv", encoding, separator, (sheet,))


def _rows(data: bytes, encoding: str, separator: str, *, strict: bool) -> Iterator[Row]:
    """Line ends may be mixed; the bytes are decoded as they are read."""
    lines = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, errors="replace", newline="")
    number = 0
    try:
        for row in csv.reader(lines, delimiter=separator, strict=strict):
            number += 1
            _check_cells(row, number)
            yield row
    except csv.Error as error:
        raise _refusal(error, number + 1) from None


def _check_cells(cells: list[str], row: int) -> None:
    """The limit holds whatever the process allows: another library may have raised the limit of the csv module."""
    if max(map(len, cells), default=0) > _CELL_LIMIT:
        raise Unacceptable([problem("X-108", Place(row=row), limit=_CELL_LIMIT)])


def _refusal(error: csv.Error, row: int) -> Unacceptable:
    if "field limit" in str(error):
        return Unacceptable([problem("X-108", Place(row=row), limit=_CELL_LIMIT)])
    return Unacceptable([problem("X-107", Place(row=row))])


def _strict_or_tolerant(data: bytes, encoding: str, separator: str) -> bool:
    """Read strictly when that goes well. A lone quote inside a cell is forgiven; one that is never closed is not.

    Returns whether to read strictly.
    """
    row = 0
    lines = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, errors="replace", newline="")
    try:
        for cells in csv.reader(lines, delimiter=separator, strict=True):
            row += 1
            _check_cells(cells, row)
    except csv.Error as error:
        if "unexpected end of data" in str(error) or "field limit" in str(error):
            raise _refusal(error, row + 1) from None
        for _ in _rows(data, encoding, separator, strict=False):
            pass
        return False
    return True


def _separator(data: bytes, encoding: str) -> str:
    head = data[: 1 << 19]
    if head.lstrip(b"\xef\xbb\xbf")[:4].lower() == b"sep=" and chr(head.lstrip(b"\xef\xbb\xbf")[4]) in _SEPARATORS:
        return chr(head.lstrip(b"\xef\xbb\xbf")[4])
    return max(_SEPARATORS, key=lambda separator: _evenness(head, encoding, separator))


def _evenness(head: bytes, encoding: str, separator: str) -> float:
    """How many of the first rows have the commonest number of cells, a little more for more cells; 0 for one column."""
    try:
        rows = list(islice(_rows(head, encoding, separator, strict=False), _SAMPLE_ROWS))
    except Unacceptable:
        return 0.0
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row if isinstance(cell, str)))
    if not widths:
        return 0.0
    width, found = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    return found / sum(widths.values()) * (1 + min(width, 10) / 10) if width > 1 else 0.0
