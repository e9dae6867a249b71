"""What happened in the synthetic city: three school years of deliveries, eight quarters and two years published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from baken.contract.delivery import Counters, nil_return
from baken.contract.periods import Calendar, Quarter, SchoolYear
from baken.contract.structure import School as SyntheticSchool
from baken.schoolside.anonymise import fold
from baken.sites.register.deliveries import actions as deliveries
from baken.sites.register.deliveries.models import Delivery
from baken.sites.register.deliveries.states import State
from baken.sites.register.organisations import actions as organisations
from baken.sites.register.organisations.models import School
from baken.sites.register.releases import actions as releases
from baken.sites.register.releases import keys
from baken.sites.register.releases.models import Kind
from baken.sites.shared.identity.actor import SYSTEM, Actor
from baken.sites.shared.journal import Refused
from baken.synthetic import events
from baken.synthetic.city import FIRST_YEAR, SyntheticCity
from baken.synthetic.records import record

SEED = 3
PUBLISHED_YEARS = (FIRST_YEAR, FIRST_YEAR.next)
CURRENT = Quarter(FIRST_YEAR.next.next, 1)
FOLLOW_UP = {
    1: ("Nog niets: dit zijn de eerste cijfers.", "Nothing yet: these are the first figures."),
    0: (
        "Besproken met de scholen en met de stadsdelen. Halt geeft extra lessen over wapens.",
        "Discussed with the schools and the districts. Halt gives extra lessons about weapons.",
    ),
}


@dataclass(frozen=True)
class Cast:
    """The people who did it."""

    steward: Actor
    reviewer: Actor
    schools: Actor
    """Everybody who delivers for a school, as one: the demo needs no sixty people."""


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10, 0)))


def load_organisations(city: SyntheticCity) -> None:
    """Boards, schools, waves and who takes part."""
    boards = {b.number: organisations.save_board(by=SYSTEM, number=b.number, name=b.name) for b in city.boards}
    schools = {s.code: _save(s, boards[s.board]) for s in city.schools}
    for wave in city.waves:
        first = Quarter.parse(wave.first_quarter)
        saved = organisations.save_wave(
            by=SYSTEM, number=wave.number, label_nl=wave.label.nl, label_en=wave.label.en, first_quarter=first
        )
        for code in wave.schools:
            organisations.join(by=SYSTEM, school=schools[code], wave=saved, first_quarter=first)


def _save(school: SyntheticSchool, board: object) -> School:
    return organisations.save_school(
        by=SYSTEM,
        code=school.code,
        name=school.name,
        board=board,  # type: ignore[arg-type]
        district=school.district,
        sector=school.sector,
        pupils=school.pupils,
    )


def counters_of(city: SyntheticCity, school: SyntheticSchool, quarter: Quarter) -> Counters:
    """What the school's own computer would make of its incidents of a quarter."""
    rates = events.school_rates(city.schools, seed=SEED)
    found = events.events(school, rates[school.code], quarter.year, seed=SEED)
    records = [record(e, secret=school.code.encode() * 8) for e in found if Quarter.of(e.day) == quarter]
    return fold(records, quarter, 1) if records else nil_return(quarter)


def deliver(city: SyntheticCity, cast: Cast, quarter: Quarter, *, without: frozenset[str] = frozenset()) -> None:
    """Everybody who takes part delivers a few days before the closing date."""
    closes = Calendar().closes_on(quarter)
    for number, school in enumerate(city.schools):
        if city.starting_quarter(school.code) > quarter or school.code in without:
            continue
        moment = at(max(Calendar().opens_on(quarter), closes - timedelta(days=1 + number % 17)))
        row = School.objects.get(pk=school.code)
        message = counters_of(city, school, quarter)
        deliveries.deliver(by=cast.schools, school=row, counters=message, confirmed=True, now=moment)


def publish(cast: Cast, period: Quarter | SchoolYear) -> None:
    """From dry run to publication, by two people, on the calendar date."""
    kind = Kind.QUARTER if isinstance(period, Quarter) else Kind.YEAR
    day = Calendar().publishes_on(period)
    before = at(day - timedelta(days=5))
    release = releases.compose(by=cast.steward, kind=kind, period=str(period), now=before)
    found = releases.dry_run(by=cast.steward, release=release)
    digest = getattr(found, "digest", None)
    if digest is None:
        raise Refused("refused", f"the synthetic city cannot be published: {found}")
    first = period == PUBLISHED_YEARS[0].quarters[0]
    nl, en = FOLLOW_UP[1 if first else 0]
    releases.submit(by=cast.steward, release=release, follow_up_nl=nl, follow_up_en=en)
    releases.approve(by=cast.reviewer, release=release, digest=digest, now=before + timedelta(days=1))
    releases.publish(by=cast.reviewer, release=release, today=day)


def load(city: SyntheticCity, cast: Cast, *, undelivered: frozenset[str], open_schools: frozenset[str]) -> None:
    """All of it. In the running quarter `undelivered` have not delivered and `open_schools` wait for the steward."""
    load_organisations(city)
    for year in (*PUBLISHED_YEARS, CURRENT.year):
        keys.make(year)
    for year in PUBLISHED_YEARS:
        for quarter in year.quarters:
            deliver(city, cast, quarter)
            deliveries.accept_all(by=cast.steward, quarter=quarter, now=at(Calendar().closes_on(quarter)))
            publish(cast, quarter)
        publish(cast, year)
    deliver(city, cast, CURRENT, without=undelivered)
    _accept_but(cast, CURRENT, open_schools)


def _accept_but(cast: Cast, quarter: Quarter, left_open: frozenset[str]) -> None:
    moment = at(Calendar().closes_on(quarter))
    for delivery in Delivery.objects.filter(quarter=str(quarter), state=State.RECEIVED):
        if delivery.school_id not in left_open:
            deliveries.accept(by=cast.steward, delivery=delivery, now=moment)
