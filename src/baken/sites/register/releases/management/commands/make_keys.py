"""`manage.py register make_keys 2026-2027`: make the keys that a school year needs; existing keys stay."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from baken.contract.periods import SchoolYear
from baken.sites.register.releases import keys


class Command(BaseCommand):
    help = "Make the rounding key of a school year and, when it is not there yet, the signing key."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", help="school year, as 2026-2027")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            year = SchoolYear.parse(options["year"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        keys.make(year)
        self.stdout.write(f"keys for {year} are in {keys.folder()}; back them up, offline and in two places")
