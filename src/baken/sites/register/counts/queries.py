"""What the release maker and the school itself may read of the counters, sorted by pseudonym or quarter.

Never here: an answer in the order in which counters came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from baken.contract.delivery import Counters
from baken.contract.periods import Quarter, SchoolYear
from baken.sites.register.counts.models import Contributor, CounterSet

Key = tuple[str, str]
"""(pseudonym, quarter)"""
_LOCK = 7353002


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A contributor of a school year: its pseudonym, that of its board, and its district."""

    pseudonym: str
    board_pseudonym: str
    district: str


def contributors(year: SchoolYear | str) -> tuple[Enrolled, ...]:
    """Everybody enrolled in a school year, delivered or not."""
    rows = Contributor.objects.filter(year=str(year)).order_by("pseudonym")
    return tuple(Enrolled(*row) for row in rows.values_list("pseudonym", "board_pseudonym", "district"))


def delivered(quarter: Quarter | str) -> frozenset[str]:
    """The pseudonyms of whom a release may use the quarter: an accepted version, a nil return among them.

    Still true of a published quarter while a correction of it waits for acceptance.
    """
    rows = CounterSet.objects.filter(quarter=str(quarter), accepted=True)
    return frozenset(rows.values_list("pseudonym", flat=True))


def accepted_versions(quarters: Iterable[Quarter | str]) -> dict[Key, int]:
    """(pseudonym, quarter) → the version that a new release is to use: accepted and not replaced."""
    rows = _of_quarters(quarters).filter(accepted=True, current=True)
    return {(p, q): version for p, q, version in rows.values_list("pseudonym", "quarter", "version")}


def counts_of_versions(versions: Mapping[Key, int]) -> dict[Key, tuple[int, ...]]:
    """The number of incidents per category (in the order of the code list) of exactly these versions.

    Raises KeyError for a version that does not exist. Inside a transaction nobody changes counters until it ends.
    """
    hold(shared=True)
    rows = {(s.pseudonym, s.quarter, s.version): s for s in _of_quarters({quarter for _, quarter in versions})}
    return {(p, q): _per_category(rows[p, q, version]) for (p, q), version in sorted(versions.items())}


def accepted_counts(quarters: Iterable[Quarter | str]) -> dict[Key, tuple[int, ...]]:
    """The number of incidents per category that a new release of these quarters is to use."""
    return counts_of_versions(accepted_versions(quarters))


def current(pseudonym: str, quarter: Quarter) -> Counters | None:
    """The counters that now stand for a contributor and quarter; None when nothing was delivered."""
    found = CounterSet.objects.filter(pseudonym=pseudonym, quarter=str(quarter), current=True).first()
    return found.counters if found else None


def version(pseudonym: str, quarter: Quarter, number: int) -> Counters | None:
    found = CounterSet.objects.filter(pseudonym=pseudonym, quarter=str(quarter), version=number).first()
    return found.counters if found else None


def hold(*, shared: bool = False) -> None:
    """Until the end of the transaction nobody else writes counters; without `shared` nobody reads them for a release.

    So a release never freezes a version that is being withdrawn at that moment. SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        kind = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {kind}(%s)", [_LOCK])


def _of_quarters(quarters: Iterable[Quarter | str]) -> QuerySet[CounterSet]:
    return CounterSet.objects.filter(quarter__in={str(quarter) for quarter in quarters})


def _per_category(found: CounterSet) -> tuple[int, ...]:
    return tuple(found.counters.per_category.values())
