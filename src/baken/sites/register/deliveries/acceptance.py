"""May these counters of this school be received now? Asked at the preview, and again when they are delivered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from baken.contract import delivery as contract
from baken.contract.delivery import Counters
from baken.contract.periods import Quarter
from baken.contract.problems import Problem, problem
from baken.sites.register.deliveries import queries
from baken.sites.register.deliveries.models import Delivery
from baken.sites.register.deliveries.states import LIVE, State
from baken.sites.register.organisations import queries as organisations
from baken.sites.register.organisations.models import School


def problems(school: School, counters: Counters, today: date) -> tuple[Problem, ...]:
    """Everything fatal: the rules of the format once more, the quarter, the version. Empty when all is well."""
    found = [*contract.check(counters).fatal, *problems_of_quarter(school, counters.quarter, today)]
    present = queries.latest(school, counters.quarter)
    if present and counters.version < present.version:
        latest = present.version
        found.append(problem("D-113", found=counters.version, latest=latest, next=latest + 1))
    if present and counters.version == present.version and not _is_same(present, counters):
        found.append(problem("D-114"))
    return tuple(found)


def _is_same(present: Delivery, counters: Counters) -> bool:
    return present.state in LIVE and queries.own_counters(present) == counters


def problems_of_quarter(school: School, quarter: Quarter, today: date) -> tuple[Problem, ...]:
    """Is the quarter over, and does the school take part in it?"""
    found = []
    opens = queries.calendar().opens_on(quarter)
    if today < opens:
        found.append(problem("D-111", opens=f"{opens.day}-{opens.month}-{opens.year}"))
    if not organisations.participates(school, quarter):
        found.append(problem("D-112"))
    return tuple(found)


def as_next_version(school: School, counters: Counters) -> Counters:
    """The same counters under the version that they need here: that of the present delivery when they are the same,
    a next one when the version was used before.

    Every first file has version 1: a school that corrects, or confirms what was returned, need not think of numbers.
    The preview shows what will be replaced; a program that delivers by itself must number properly (D-113, D-114).
    """
    present = queries.latest(school, counters.quarter)
    if present is None or counters.version > present.version:
        return counters
    same = replace(counters, version=present.version)
    if present.state in (State.RECEIVED, State.ACCEPTED) and queries.own_counters(present) == same:
        return same
    return replace(counters, version=present.version + 1)
