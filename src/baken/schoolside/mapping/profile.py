"""What stands in the columns of an export, summed up in one pass: how full, how varied, dates, marks, words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from baken.schoolside.check.personal import find_personal
from baken.schoolside.read.dates import DateOrder, parse_day
from baken.schoolside.read.header import Table, is_totals
from baken.schoolside.read.headings import roles_of
from baken.schoolside.read.words import heading, normal
from baken.schoolside.read.workbook import Cell, Row, text_of

MOST_DISTINCT = 600
"""A column with more different values is no list of words; its values are no longer collected."""
_CHUNK = 2_000
_POSITIVE = frozenset(["x", "xx", "v", "✓", "✔", "✗", "•", "*", "+", "1", "ja", "j", "yes", "y", "true", "waar", "wel"])
_NEGATIVE = frozenset(["0", "nee", "n", "no", "false", "onwaar", "-", "geen", "niet", "o", "nvt"])


def mark(text: str) -> bool | None:
    """Whether a cell of a column of marks is marked; None when it holds something else. Empty is not marked."""
    plain = text.strip().casefold()
    if not plain or plain in _NEGATIVE or normal(plain) in _NEGATIVE:
        return False
    return True if plain in _POSITIVE or normal(plain) in _POSITIVE else None


@dataclass(slots=True)
class Profile:
    """One column over all sheets with its heading. `values` holds texts with their counts, unless `varied`."""

    name: str
    rows: int = 0
    values: Counter[str] = field(default_factory=Counter)
    varied: bool = False
    cells: list[Cell] = field(default_factory=list)
    """A sample of filled cells as they came, for dates."""
    filled: int = 0

    @property
    def roles(self) -> dict[str, float]:
        return roles_of(self.name)

    @property
    def words(self) -> dict[str, int]:
        """The filled values with their counts."""
        return {text: count for text, count in self.values.items() if text}

    @property
    def distinct(self) -> int:
        return len(self.words)

    def date_share(self, order: DateOrder = DateOrder.DAY_FIRST) -> float:
        """The share of filled cells that are a date on which an incident can have happened."""
        serials = self.roles.get("datum", 0) >= 0.5
        days = [parse_day(cell, order) for cell in self.cells if serials or not _bare_number(cell)]
        return sum(1 for day in days if day and day.year >= 2018) / len(self.cells) if self.cells else 0.0

    @property
    def mark_share(self) -> float:
        """The share of filled cells that are a mark."""
        known = sum(count for text, count in self.words.items() if mark(text) is not None)
        return known / self.filled if self.filled and not self.varied else 0.0

    @property
    def personal_share(self) -> float:
        texts = [text_of(cell) for cell in self.cells]
        return sum(1 for text in texts if find_personal(text)) / len(texts) if texts else 0.0

    @property
    def mean_length(self) -> float:
        return sum(len(text_of(cell)) for cell in self.cells) / len(self.cells) if self.cells else 0.0


def _bare_number(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) or (isinstance(cell, str) and cell.strip().isdecimal())


def profile(tables: Iterable[Table]) -> dict[str, Profile]:
    """Profiles by comparable heading, in the order of the columns. Totals rows and empty rows are not looked at."""
    found: dict[str, Profile] = {}
    for table in tables:
        own = [found.setdefault(heading(name), Profile(name)) for name in table.names]
        for chunk in _chunks(row for _, row in table.rows() if any(row) and not is_totals(row)):
            for one, cells in zip(own, zip(*chunk, strict=True), strict=True):
                _add(one, cells)
    return found


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, _CHUNK)):
        yield chunk


def _add(one: Profile, cells: Sequence[Cell]) -> None:
    one.rows += len(cells)
    if len(one.cells) < _CHUNK:
        one.cells += [cell for cell in cells if cell != ""][: _CHUNK - len(one.cells)]
    counts = Counter(cells)
    empty = sum(count for cell, count in counts.items() if isinstance(cell, str) and not cell.strip())
    one.filled += len(cells) - empty
    if one.varied:
        return
    for cell, count in counts.items():
        one.values[text_of(cell)] += count
    if len(one.values) > MOST_DISTINCT:
        one.varied = True
        one.values = Counter()
