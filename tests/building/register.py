"""A small register for tests: schools that take part, people with a role, counters that are right."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from allauth.mfa.models import Authenticator
from django.test import Client

from baken.contract.delivery import Counters, code_list_of, layout
from baken.contract.periods import Quarter
from baken.sites.register.deliveries import actions
from baken.sites.register.deliveries.models import Delivery
from baken.sites.register.organisations.models import Board, Participation, School, Wave
from baken.sites.shared.identity.actor import Actor, actor_for
from baken.sites.shared.identity.models import Assignment, User
from baken.sites.shared.identity.roles import Role

Q1 = Quarter.parse("2026-2027/1")
Q2 = Q1.next
IN_TIME = datetime.datetime(2026, 11, 12, 10, 30, tzinfo=datetime.UTC)
"""A day on which the first quarter is over and not yet closed."""
TOO_LATE = datetime.datetime(2027, 1, 11, 10, 30, tzinfo=datetime.UTC)


def make_school(
    code: str = "99AA00", *, name: str = "", board: str = "99001", district: str = "laak", first: str = "2024-2025/1"
) -> School:
    """A school that takes part from quarter `first` on ("" for one that does not)."""
    owner, _ = Board.objects.get_or_create(number=board, defaults={"name": f"Bestuur {board}"})
    school = School.objects.create(code=code, name=name or f"School {code}", board=owner, district=district)
    if first:
        wave, _ = Wave.objects.get_or_create(
            number=1, defaults={"label_nl": "Startgroep", "label_en": "Pilot group", "first_quarter": "2024-2025/1"}
        )
        Participation.objects.create(school=school, wave=wave, first_quarter=first)
    return school


def make_user(role: Role, organisation: str = "") -> User:
    """A person with one role; the same one when asked twice."""
    email = f"{role.value}.{organisation.lower() or 'nvs'}@voorbeeld.invalid"
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, f"{role.value} {organisation}")
    Assignment.objects.get_or_create(user=user, role=role, organisation=organisation)
    return user


def make_actor(role: Role, organisation: str = "") -> Actor:
    return actor_for(make_user(role, organisation))


def coordinator(school: School) -> Actor:
    return make_actor(Role.COORDINATOR, school.pk)


def steward() -> Actor:
    return make_actor(Role.STEWARD)


def make_counters(counts: Mapping[str, int], *, quarter: Quarter = Q1, version: int = 1) -> Counters:
    """Counters with the given values by name, e.g. {"categorie.drugs": 3}; all others zero."""
    code_list = code_list_of(quarter)
    values = tuple(counts.get(place.name, 0) for place in layout(code_list))
    return Counters(quarter, version, not any(values), code_list, values)


def deliver(school: School, counters: Counters, *, now: datetime.datetime = IN_TIME) -> Delivery:
    """Deliver as the coordinator of the school, who says yes to every question."""
    return actions.deliver(by=coordinator(school), school=school, counters=counters, confirmed=True, now=now)


def sign_in(client: Client, user: User) -> Client:
    """A browser in which this person is signed in, second factor included."""
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": ""}})
    client.force_login(user)
    return client
