"""`manage register destroy_links 2024-2025`: forget for good which school a pseudonym of a past school year was."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from baken.contract.periods import SchoolYear
from baken.sites.register.custody import actions
from baken.sites.shared import clock
from baken.sites.shared.identity.actor import SYSTEM
from baken.sites.shared.journal import Refused


class Command(BaseCommand):
    help = "Destroy the links between schools and pseudonyms of a school year that is over."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("year", help="school year, as 2024-2025")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            year = SchoolYear.parse(options["year"])
            destroyed = actions.destroy(by=SYSTEM, year=year, current=SchoolYear.of(clock.today()))
        except (ValueError, Refused) as found:
            raise CommandError(str(getattr(found, "message", found))) from None
        self.stdout.write(f"{destroyed} links destroyed")
