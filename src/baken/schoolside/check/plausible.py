"""Figures that are hard to believe: a nil return beside busy quarters, a month far from all others. Questions only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from baken.contract.periods import Quarter
from baken.contract.problems import Place, Problem, problem
from baken.contract.record import Record

_FAR_MONTHS = 12
_FEW = 3
"""Up to this many incidents in a far-away month look like a typing error in the year."""


def implausible(records: Sequence[Record], quarter: Quarter) -> Iterable[Problem]:
    """Doubts about the counters of a quarter: none at all while others have some, or one month of the three only."""
    months = Counter(r.maand for r in records)
    inside = {month: count for month, count in months.items() if month in quarter.months}
    outside = sum(months.values()) - sum(inside.values())
    if not inside and outside:
        yield problem("X-143", count=outside)
    elif len(inside) == 1 and not outside:
        yield problem("X-145")


def far_months(months: Counter[str], rows: Mapping[str, tuple[int, str]]) -> Iterable[Problem]:
    """Months with few incidents that lie more than a year from every other month with incidents.

    `rows` holds a row and a sheet for each month.
    """
    numbers = {month: int(month[:4]) * 12 + int(month[5:]) for month in months}
    for month, count in sorted(months.items()):
        nearest = min((abs(numbers[month] - n) for other, n in numbers.items() if other != month), default=0)
        if count <= _FEW and nearest > _FAR_MONTHS and sum(months.values()) > 3 * count:
            row, sheet = rows[month]
            yield problem("X-144", Place(sheet=sheet, row=row), count=count, rows=str(row))
