"""Where the table starts: which of the first rows holds the column names, and which rows below are data at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from baken.schoolside.read.dates import parse_day
from baken.schoolside.read.headings import roles_of
from baken.schoolside.read.words import heading, normal
from baken.schoolside.read.workbook import Cell, Row, Sheet, Workbook, column_letter, text_of

SEARCH_ROWS = 40
"""How many rows from the top are searched for column names."""
_DIGITS = re.compile(r"[\d.,:/ -]+")
_TOTALS = re.compile(r"(?:sub|eind)?tota(?:al|len|les|l)\b|som\b|sum\b|gemiddeld|aantal\b|average")
_TOTALS_START = {"tot", "sub", "ein", "som", "sum", "gem", "aan", "ave"}


@dataclass(frozen=True, slots=True)
class Table:
    """The part of a sheet below its column names. `names` are unique and never empty."""

    sheet: Sheet
    header_row: int
    names: tuple[str, ...]
    header: tuple[str, ...] = field(default=())

    def rows(self) -> Iterator[tuple[int, Row]]:
        """The rows below the names, each as wide as the names, with their numbers; empty rows too."""
        width = len(self.names)
        padding: tuple[Cell, ...] = ("",) * width
        for number, row in islice(self.sheet.rows(), self.header_row, None):
            cells = row if len(row) == width else (*row[:width], *padding[len(row) :])
            yield number, cells

    def position(self, name: str) -> int | None:
        """Where the column with this name stands, compared without case, accents and punctuation."""
        wanted = heading(name)
        return next((place for place, own in enumerate(self.names) if heading(own) == wanted), None)

    def letter(self, name: str) -> str:
        place = self.position(name)
        return "" if place is None else column_letter(place)


def find_tables(workbook: Workbook, likeness: Callable[[str], float] | None = None) -> tuple[Table, ...]:
    """One table per sheet in which column names are found. `likeness` says from 0 to 1 how much a text is a name."""
    found = (find_table(sheet, likeness or speaks) for sheet in workbook.sheets)
    return tuple(table for table in found if table)


def speaks(text: str) -> float:
    """How much a text looks like a column name that means something here."""
    return max(roles_of(text).values(), default=0.0) if len(text) <= 60 else 0.0


def find_table(sheet: Sheet, likeness: Callable[[str], float]) -> Table | None:
    """The row that looks most like column names; the first of equals. None when no row does."""
    top = [[text_of(cell) for cell in row] for _, row in islice(sheet.rows(), SEARCH_ROWS + 10)]
    best, best_score = -1, 0.0
    for index, row in enumerate(top[:SEARCH_ROWS]):
        score = _score(row, top[index + 1 : index + 11], likeness)
        if score > best_score + 1e-9:
            best, best_score = index, score
    return table_at(sheet, best + 1) if best >= 0 and best_score >= 2.0 else None


def table_at(sheet: Sheet, header_row: int) -> Table | None:
    """The table whose column names stand in a given row (counted from 1)."""
    top = [[text_of(cell) for cell in row] for _, row in islice(sheet.rows(), header_row)]
    if len(top) < header_row or not any(top[-1]):
        return None
    header = top[-1]
    above = top[-2] if len(top) > 1 and sum(1 for c in top[-2] if c) >= 2 else []
    width = max((place + 1 for place, cell in enumerate(header) if cell), default=0)
    raw = [cell or (above[place] if place < len(above) else "") for place, cell in enumerate(header[:width])]
    return Table(sheet, header_row, _unique(raw), tuple(header))


def _score(row: Sequence[str], below: Sequence[Sequence[str]], likeness: Callable[[str], float]) -> float:
    filled = [cell for cell in row if cell]
    if len(filled) < 2:
        return 0.0
    score = sum(2.5 * likeness(cell) if len(cell) <= 60 else -1.5 for cell in filled)
    score += sum(0.2 for cell in filled if len(cell) <= 60)
    score -= sum(3.0 for cell in filled if _DIGITS.fullmatch(cell) or "@" in cell or parse_day(cell))
    score -= 1.5 * (len(filled) - len({normal(cell) for cell in filled}))
    under = [sum(1 for cell in other[: len(row)] if cell) for other in below]
    return score + (0.5 if any(count >= 2 for count in under) else -1.0)


def _unique(raw: Sequence[str]) -> tuple[str, ...]:
    """Names that come twice get a number; a column without a name is called after its letter."""
    taken: set[str] = set()
    names = []
    for place, cell in enumerate(raw):
        base = " ".join(cell.split()) or f"kolom {column_letter(place)}"
        name, number = base, 2
        while heading(name) in taken:
            name, number = f"{base} ({number})", number + 1
        taken.add(heading(name))
        names.append(name)
    return tuple(names)


def is_totals(cells: Row) -> bool:
    """Whether a row adds up the rows above it: one of its first words says so."""
    for cell in cells[:5]:
        if isinstance(cell, str) and cell[:4].strip()[:3].lower() in _TOTALS_START and _TOTALS.match(normal(cell)):
            return True
    return False


def is_header_again(table: Table, cells: Row) -> bool:
    """Whether a row repeats the column names, as exports with page breaks do."""
    filled = [(own, text_of(cell)) for own, cell in zip(table.header, cells, strict=False) if own]
    return bool(filled) and all(own == cell for own, cell in filled)
