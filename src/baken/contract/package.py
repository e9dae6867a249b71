"""A look at a zip package (xlsx) before a reader opens it.

A few kilobytes can unpack to terabytes, sizes in a zip can lie, and two filled cells in opposite corners make a sheet
of 17 thousand million cells. So the parts are measured while they are unpacked, and the reader gets a new package that
holds exactly what was measured.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

LIMIT_UNPACKED = 300_000_000
LIMIT_RATIO = 250
"""How much larger than the file its parts may be, once they pass `FREE_UNPACKED`; a real sheet stays well under 100."""
FREE_UNPACKED = 20_000_000
LIMIT_PARTS = 1_000
LIMIT_CELLS = 25_000_000
_CHUNK = 1 << 20
_WANTED = (".xml", ".rels")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,12})["']""")


class PackageTooLargeError(ValueError):
    """The package unpacks to more than is reasonable."""


class DamagedPackageError(ValueError):
    """The bytes are no whole, readable zip package without a password."""


def repack(data: bytes, limit: int = LIMIT_UNPACKED) -> bytes:
    """The XML parts of a package, unpacked, measured and stored again without compression.

    Raises `PackageTooLargeError` for more than `limit` bytes, or a suspicious ratio, number of parts or size of a
    sheet, and `DamagedPackageError` for anything that is no readable zip.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _repack(package, _allowance(len(data), limit))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, KeyError, RuntimeError) as error:
        raise DamagedPackageError("no readable package") from error


def _allowance(size: int, limit: int) -> int:
    return min(limit, max(FREE_UNPACKED, LIMIT_RATIO * size))


def _repack(package: zipfile.ZipFile, allowed: int) -> bytes:
    parts = [p for p in package.infolist() if p.filename.lower().endswith(_WANTED)]
    if len(parts) > LIMIT_PARTS:
        raise PackageTooLargeError("too many parts")
    if len({p.filename for p in parts}) != len(parts):
        raise DamagedPackageError("a part comes twice")
    left = allowed
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as measured:
        for part in parts:
            content = _unpack(package, part, left)
            left -= len(content)
            if "/worksheets/" in f"/{part.filename.lower()}":
                _check_extent(content)
            measured.writestr(zipfile.ZipInfo(part.filename), content)
    return buffer.getvalue()


def _unpack(package: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> bytes:
    """One part, read in chunks so that a lie about its size cannot fill the memory."""
    pieces: list[bytes] = []
    with package.open(part) as stream:
        while piece := stream.read(min(_CHUNK, left + 1)):
            left -= len(piece)
            if left < 0:
                raise PackageTooLargeError("the parts are too large")
            pieces.append(piece)
    return b"".join(pieces)


def _check_extent(sheet: bytes) -> None:
    """The rectangle that the filled cells span: readers keep it whole in memory."""
    widest = lowest = 0
    for column, row in _corners(sheet):
        widest, lowest = max(widest, column), max(lowest, row)
    if max(widest, 1) * lowest > LIMIT_CELLS:
        raise PackageTooLargeError("the sheet spans too many cells")


def _corners(sheet: bytes) -> Iterator[tuple[int, int]]:
    """Column and row, counted from 1, of every place that the sheet names."""
    for found in _PLACE.finditer(sheet):
        column = 0
        for letter in found[1].upper():
            column = column * 26 + letter - 64
        yield column, int(found[2])
