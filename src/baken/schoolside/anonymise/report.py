"""What became of every row: read, kept, or left out and why. Counts, row numbers and our own codes; never a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from baken.contract.problems import Place, Problem, problem

_SHOWN = 10


class LeftOut(StrEnum):
    """Why a row made no record of its own."""

    NOT_IN_LAW = "niet-in-de-wet"
    UNDECIDED = "niet-beslist"
    INJURY_UNKNOWN = "letsel-onbekend"
    NO_KIND = "zonder-soort"
    UNREADABLE_DATE = "datum-onleesbaar"
    OUTSIDE = "buiten-schooljaar"
    DUPLICATE = "dubbel"
    TOTALS = "totaalregel"
    HEADER = "kopregel-herhaald"
    NOTE = "geen-incident"
    EMPTY = "leeg"


@dataclass(slots=True)
class SheetReport:
    """One sheet; `read` counts the rows below the column names."""

    position: int
    header_row: int
    read: int = 0
    kept: int = 0
    left_out: Counter[LeftOut] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Report:
    """The account of one run. For every sheet: read = kept + left out."""

    sheets: tuple[SheetReport, ...]
    problems: tuple[Problem, ...]
    months: Counter[str]
    categories: Counter[str]

    @property
    def read(self) -> int:
        return sum(sheet.read for sheet in self.sheets)

    @property
    def kept(self) -> int:
        return sum(sheet.kept for sheet in self.sheets)

    @property
    def left_out(self) -> Counter[LeftOut]:
        return sum((sheet.left_out for sheet in self.sheets), Counter())

    def to_table(self, language: str = "nl") -> dict[str, Any]:
        """The report as plain data, for JSON."""
        return {
            "rijen": {"gelezen": self.read, "bewaard": self.kept, "weggelaten": _plain(self.left_out)},
            "bladen": [
                {
                    "blad": sheet.position,
                    "kopregel": sheet.header_row,
                    "gelezen": sheet.read,
                    "bewaard": sheet.kept,
                    "weggelaten": _plain(sheet.left_out),
                }
                for sheet in self.sheets
            ],
            "maanden": dict(sorted(self.months.items())),
            "categorieen": dict(sorted(self.categories.items())),
            "meldingen": [describe(p, language) for p in self.problems],
        }


def describe(found: Problem, language: str = "nl") -> dict[str, Any]:
    """One problem as plain data."""
    place = {name: getattr(found.place, name) for name in ("sheet", "row", "column", "field")}
    return {
        "code": found.code,
        "ernst": found.kind.severity.value,
        "plaats": {name: value for name, value in place.items() if value not in ("", None)},
        "melding": found.message(language),
        "herstel": found.remedy(language),
    }


def _plain(counts: Counter[LeftOut]) -> dict[str, int]:
    return {reason.value: counts[reason] for reason in LeftOut if counts[reason]}


class Notes:
    """Collects row numbers per finding, so that a thousand equal findings become one line."""

    def __init__(self) -> None:
        self._rows: dict[tuple[object, ...], tuple[list[int], list[int]]] = {}
        self._how: dict[tuple[object, ...], tuple[str, Place, dict[str, str | int]]] = {}

    def add(self, code: str, row: int, place: Place, token: object = "", **facts: str | int) -> None:
        """Note a row. `token` tells findings of one code apart (a word of the school); it is compared, never shown."""
        key = (code, place.sheet, place.column, place.field, token)
        if key not in self._rows:
            self._rows[key] = ([], [0])
            self._how[key] = (code, place, facts)
        rows, count = self._rows[key]
        count[0] += 1
        if len(rows) < _SHOWN:
            rows.append(row)

    def problems(self) -> Iterable[Problem]:
        for key, (code, place, facts) in self._how.items():
            rows, count = self._rows[key]
            shown = ", ".join(map(str, rows)) + (", …" if count[0] > len(rows) else "")
            where = Place(sheet=place.sheet, row=rows[0], column=place.column, field=place.field)
            yield problem(code, where, count=count[0], rows=shown, **facts)
