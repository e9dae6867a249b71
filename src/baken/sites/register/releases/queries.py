"""Every read of releases that is more than one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, QuerySet, Value, When

from baken.contract.periods import Calendar, Quarter, SchoolYear
from baken.sites.register.releases.models import Kind, Release
from baken.sites.register.releases.states import State


def calendar() -> Calendar:
    return Calendar()


def all_releases() -> QuerySet[Release]:
    """Open ones first, then published ones, newest first."""
    rank = Case(
        When(state__in=[State.DRAFT, State.IN_REVIEW, State.APPROVED], then=Value(0)),
        When(state=State.PUBLISHED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return Release.objects.select_related("composed_by", "reviewed_by").order_by(rank, "-number", "-composed_at")


def published() -> QuerySet[Release]:
    return Release.objects.filter(state=State.PUBLISHED).order_by("number")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A period that can be composed now, with its first day of publication."""

    kind: str
    period: str
    publishes_on: date


def candidates(today: date) -> tuple[Candidate, ...]:
    """Periods that are over and not yet taken by a release, in the order in which they must be published.

    A school year comes after its four quarters. The list starts at the year of the first release, or of last year.
    """
    taken = {(r.kind, r.period) for r in Release.objects.exclude(state=State.WITHDRAWN)}
    years = [SchoolYear.parse(r.period[:9]) for r in published()]
    year = min(years, default=SchoolYear.of(today).previous)
    found = []
    while year <= SchoolYear.of(today):
        periods: tuple[Quarter | SchoolYear, ...] = (*year.quarters, year)
        for period in periods:
            kind = Kind.QUARTER if isinstance(period, Quarter) else Kind.YEAR
            if period.last_day < today and (kind, str(period)) not in taken:
                found.append(Candidate(kind, str(period), calendar().publishes_on(period)))
        year = year.next
    return tuple(found)


def publishes_on(release: Release) -> date:
    return calendar().publishes_on(release.parsed_period)
