"""What a file looks like once it is open: sheets of rows, each row with the number that a spreadsheet shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | float | int | bool | date | datetime | time | timedelta
Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `source` starts from the first row each time, so that no sheet is ever held in memory twice."""

    name: str
    position: int
    source: Callable[[], Iterator[Row]]

    def rows(self) -> Iterator[tuple[int, Row]]:
        """All rows from the top, numbered from 1, the empty ones included."""
        return enumerate(self.source(), start=1)


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened file. `form` is csv, xlsx, xls or ods; `encoding` and `separator` are empty for a spreadsheet."""

    form: str
    encoding: str
    separator: str
    sheets: tuple[Sheet, ...]


def text_of(cell: Cell) -> str:
    """A cell as a person sees it: stripped, whole numbers without decimals, dates in ISO, truth as ja or nee."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, (date, datetime, time)):
        return cell.isoformat()
    return str(cell)


def column_letter(position: int) -> str:
    """The letter of a column as a spreadsheet shows it; `position` counts from 0."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
