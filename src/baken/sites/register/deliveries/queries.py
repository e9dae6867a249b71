"""Every read of the mailbox that is more than one line, and, for a school's own coordinator, of its own counters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from baken.contract.delivery import Counters
from baken.contract.periods import Calendar, Quarter
from baken.sites.register.counts import queries as counts
from baken.sites.register.custody import queries as custody
from baken.sites.register.deliveries.models import Delivery
from baken.sites.register.deliveries.states import LIVE
from baken.sites.register.organisations import queries as organisations
from baken.sites.register.organisations.models import School
from baken.sites.register.releases import queries as releases

EARLIER = 4
"""How many quarters a school's new figures are compared with."""


def calendar() -> Calendar:
    return Calendar()


def is_published(quarter: Quarter) -> bool:
    """Are there published figures that this quarter is part of?"""
    periods = (str(quarter), str(quarter.year))
    return releases.published().filter(period__in=periods).exists()


def is_year_fixed(quarter: Quarter) -> bool:
    """Was anything of this school year published? From then on its contributors stay as they are."""
    year = str(quarter.year)
    return releases.published().filter(Q(period=year) | Q(period__startswith=f"{year}/")).exists()


def quarters_to_deliver(school: School, today: date, *, at_most: int = 8) -> tuple[Quarter, ...]:
    """The quarters in which a school takes part, up to the running one; newest first."""
    stretches = list(school.participations.all())
    quarter = Quarter.of(today)
    found: list[Quarter] = []
    first = min((p.first_quarter for p in stretches), default=None)
    while first is not None and str(quarter) >= first and len(found) < at_most:
        if any(p.covers(quarter) for p in stretches):
            found.append(quarter)
        quarter = quarter.previous
    return tuple(found)


def quarter_to_do(today: date) -> Quarter:
    """The quarter that deliveries are about now: the last one that is over."""
    return Quarter.of(today).previous


def versions(school: School, quarter: Quarter) -> QuerySet[Delivery]:
    """All deliveries of a quarter, newest first."""
    found = Delivery.objects.filter(school=school, quarter=str(quarter)).order_by("-version")
    return found.select_related("school", "uploaded_by")


def latest(school: School, quarter: Quarter) -> Delivery | None:
    """The delivery with the highest version, in whatever state."""
    return versions(school, quarter).first()


def own_counters(delivery: Delivery) -> Counters | None:
    """What was delivered, for the coordinator of that school only; None when it was withdrawn, replaced or deleted."""
    pseudonym = custody.pseudonym_of(delivery.school_id, delivery.period.year)
    return counts.version(pseudonym, delivery.period, delivery.version) if pseudonym else None


def present_counters(school: School, quarter: Quarter) -> Counters | None:
    """What now stands for a school and quarter, for the coordinator of that school only."""
    pseudonym = custody.pseudonym_of(school.pk, quarter.year)
    return counts.current(pseudonym, quarter) if pseudonym else None


def earlier_counters(school: School, quarter: Quarter) -> tuple[Counters, ...]:
    """The counters of the quarters before, newest first, as far as they are there."""
    found = []
    for _ in range(EARLIER):
        quarter = quarter.previous
        if counters := present_counters(school, quarter):
            found.append(counters)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of the mailbox: a school that takes part in a quarter, with its newest delivery if there is one."""

    school: School
    delivery: Delivery | None

    @property
    def has_delivered(self) -> bool:
        return self.delivery is not None and self.delivery.state in LIVE


def mailbox(quarter: Quarter) -> tuple[Expected, ...]:
    """Everybody of whom a quarter is expected, by name, and whoever delivered without being expected any more."""
    found = Delivery.objects.filter(quarter=str(quarter)).select_related("school__board", "uploaded_by", "decided_by")
    newest: dict[str, Delivery] = {}
    for delivery in found.order_by("version"):
        newest[delivery.school_id] = delivery
    schools = {s.pk: s for s in organisations.participating(quarter)}
    schools |= {d.school_id: d.school for d in newest.values()}
    ordered = sorted(schools.values(), key=lambda s: (s.name, s.pk))
    return tuple(Expected(school, newest.get(school.pk)) for school in ordered)


def of_schools(codes: Iterable[str]) -> QuerySet[Delivery]:
    """The deliveries that somebody may see as their own."""
    return Delivery.objects.filter(school__in=list(codes)).select_related("school", "uploaded_by")
