"""`manage.py window load_demo`: the people of the demonstration. The figures come as signed files from the register."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from baken.sites.shared.identity.demo import Person, ensure_demo_users, say_who
from baken.sites.shared.identity.roles import Role

PEOPLE = (
    Person("Joke van der Kade", Role.COUNCIL_READER),
    Person("Iris Wachter", Role.INSPECTOR),
    Person("Bram Sleutelhof", Role.ADMINISTRATOR),
)


class Command(BaseCommand):
    help = "Make the people of the demonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("these people are for demo mode only")
        ensure_demo_users(PEOPLE)
        say_who(PEOPLE)
