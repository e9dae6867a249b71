"""A small city in the register's stores: contributors, accepted counters, people; through the real actions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from baken import cities
from baken.contract import delivery
from baken.contract.delivery import Counters
from baken.contract.periods import Quarter, SchoolYear
from baken.sites.register.counts import actions as counts
from baken.sites.register.counts.queries import Enrolled
from baken.sites.shared.identity.actor import SYSTEM, Actor, actor_for
from baken.sites.shared.identity.models import Assignment, User
from baken.sites.shared.identity.roles import Role

YEAR = SchoolYear(2025)


def person(role: Role, name: str = "", organisation: str = "") -> Actor:
    """A stored person with one role, as an actor."""
    label = name or f"{role.value} {User.objects.count()}"
    user = User.objects.create_user(f"{label.replace(' ', '.')}@voorbeeld.invalid", label, "een lang wachtwoord")
    Assignment.objects.create(user=user, role=role, organisation=organisation)
    return actor_for(user)


def counters(quarter: Quarter, per_category: Sequence[int], version: int = 1) -> Counters:
    """A valid message with these numbers per category and nothing else."""
    code_list = delivery.code_list_of(quarter)
    values = [0] * len(delivery.layout(code_list))
    values[: len(per_category)] = per_category
    return Counters(quarter, version, not any(values), code_list, tuple(values))


def enrol(schools: int, *, boards: int, year: SchoolYear = YEAR, per_district: int = 0) -> tuple[Enrolled, ...]:
    """Schools spread over the districts of The Hague, boards in turn. Pseudonyms are made up but fixed."""
    districts = [d.code for d in cities.load("den_haag").districts]
    found = tuple(
        Enrolled(f"{i:032x}", f"{1000 + i % boards:032x}", districts[i // per_district if per_district else i % 8])
        for i in range(schools)
    )
    counts.enrol(by=SYSTEM, year=year, contributors=found, fixed=False)
    return found


def deliver(
    contributors: Sequence[Enrolled], quarter: Quarter, *, seed: int = 1, version: int = 1, mean: float = 4.0
) -> None:
    """Accepted counters of everybody, drawn with a seed."""
    rng = np.random.default_rng([seed, quarter.year.start, quarter.number, version])
    for contributor in contributors:
        numbers = [int(n) for n in rng.poisson(mean * rng.lognormal(0, 0.6), 9)]
        message = counters(quarter, numbers, version)
        counts.store(by=SYSTEM, pseudonym=contributor.pseudonym, counters=message, keep_previous=True)
        counts.accept(by=SYSTEM, pseudonym=contributor.pseudonym, quarter=quarter, version=version)
