"""`manage window load_demo`: the people of the demo. The figures come from the register, as signed files."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from baken.sites.shared.identity.demo import Person, ensure_demo_users
from baken.sites.shared.identity.roles import Role

PEOPLE = (
    Person("Ravi Lezer", Role.COUNCIL_READER),
    Person("Anouk Inspecteur", Role.INSPECTOR),
    Person("Bas Beheerder", Role.ADMINISTRATOR),
)


class Command(BaseCommand):
    help = "Make the people of the demo (demo mode only)."

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_demo_users(PEOPLE)
