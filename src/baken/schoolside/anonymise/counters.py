"""③ Records of a school → its counters for one quarter. Nothing but these integers leaves the school."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from baken.contract import codebook, delivery
from baken.contract.periods import Quarter
from baken.contract.problems import Place, Problems
from baken.contract.record import Record


def fold(records: Iterable[Record], quarter: Quarter, version: int = 1, *, nil: bool = False) -> delivery.Counters:
    """Count the records of one quarter; records of other quarters are passed over.

    Every record counts once, under its `categorie`. What is unknown is not counted in any vector. `nil` is the explicit
    statement that there were no incidents; it is never derived from there being no records.
    Raises `Unacceptable` when a record has a category that is not on the list of the quarter, and ValueError for a
    quarter before the first list.
    """
    code_list = delivery.code_list_of(quarter)
    layout = delivery.layout(code_list)
    known = {place.name for place in layout if place.vector == "categorie"}
    months = set(quarter.months)
    counts: Counter[str] = Counter()
    problems = Problems()
    for number, record in enumerate(records, start=1):
        if record.maand not in months:
            continue
        if f"categorie.{record.categorie}" not in known:
            problems.add("X-146", Place(row=number))
            continue
        counts.update(_counters_of(record))
    problems.raise_if_fatal()
    return delivery.Counters(quarter, version, nil, code_list, tuple(counts[place.name] for place in layout))


def _counters_of(record: Record) -> Iterator[str]:
    """The names of the counters that one record adds 1 to."""
    yield f"categorie.{record.categorie}"
    for vector in delivery.MARGINS:
        group = _group(vector, getattr(record, vector))
        if group:
            yield f"{vector}.{record.categorie}.{group}"
    if record.subcategorie:
        yield f"subcategorie.{record.categorie}.{record.subcategorie}"
    for vector in delivery.SINGLE_MARGINS:
        group = _group(vector, getattr(record, vector))
        if group:
            yield f"{vector}.{group}"


_GROUPS: dict[str, dict[str, str]] = {}


def _group(field: str, code: str) -> str:
    """The group under which a code is counted; "" when it is not counted (unknown, or no group in the code book)."""
    if field not in _GROUPS:
        _GROUPS[field] = {value.code: value.group for value in codebook.values(field)}
    return _GROUPS[field].get(code, "")
