"""`manage.py register load_demo`: fill an empty register with the synthetic city; nothing when it is not empty."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from baken import cities
from baken.sites.register.demo import history
from baken.sites.register.organisations.models import School
from baken.sites.shared.identity.actor import Actor, actor_for
from baken.sites.shared.identity.demo import Person, ensure_demo_users, say_who
from baken.sites.shared.identity.models import User
from baken.sites.shared.identity.roles import Role
from baken.synthetic import city as synthetic
from baken.synthetic import events, exports


class Command(BaseCommand):
    help = "Fill an empty register with the synthetic city: schools, deliveries of three years, ten publications."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("the synthetic city is for demo mode only")
        if School.objects.exists():
            return
        city = synthetic.build(cities.load(settings.BAKEN_CITY), seed=history.SEED)
        home, second = (next(s for s in city.schools if s.code in city.waves[w].schools) for w in (0, 2))
        steward = Person("Samira Zandstra", Role.STEWARD)
        reviewer = Person("Pieter Vuurtoren", Role.REVIEWER)
        people = (
            Person("Noor Duinkerken", Role.COORDINATOR, home.code),
            Person("Ravi Strandhuis", Role.COORDINATOR, second.code),
            Person("Aya Havenmeester", Role.SCHOOL_LEADER, home.code),
            steward,
            reviewer,
            Person("Bram Sleutelhof", Role.ADMINISTRATOR),
        )
        with transaction.atomic():
            ensure_demo_users(people)
            cast = history.Cast(self._actor(steward), self._actor(reviewer), self._all_schools(city))
            third_wave = [s.code for s in city.schools if s.code in city.waves[2].schools]
            undelivered = frozenset({home.code, second.code, third_wave[5]})
            history.load(city, cast, undelivered=undelivered, open_schools=frozenset(third_wave[7:10]))
        self._write_exports(city, home)
        say_who(people)
        self.stdout.write("the synthetic city is loaded")

    @staticmethod
    def _actor(person: Person) -> Actor:
        return actor_for(User.objects.get(email=person.email), origin="command")

    @staticmethod
    def _all_schools(city: synthetic.SyntheticCity) -> Actor:
        """Who delivered in the past: somebody who cannot sign in, a coordinator of every school."""
        email = "leveringen@synthetisch.invalid"
        user = User.objects.create_user(email, "Verzonnen leveringen", is_active=False)
        duties = frozenset((Role.COORDINATOR, s.code) for s in city.schools)
        return Actor(user.pk, user.name, frozenset({Role.COORDINATOR}), duties, origin="command")

    def _write_exports(self, city: synthetic.SyntheticCity, school: Any) -> None:
        """Exports of the coordinator's school, to try the anonymiser on."""
        folder = settings.BAKEN_VAR / "exports"
        folder.mkdir(parents=True, exist_ok=True)
        rate = events.school_rates(city.schools, seed=history.SEED)[school.code]
        found = events.events(school, rate, history.CURRENT.year, seed=history.SEED)
        for shape in exports.SHAPES:
            (folder / shape).write_bytes(exports.write(shape, found))
