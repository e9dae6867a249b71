"""`manage register delete_counts 2024-2025`: remove the raw counters of a period that has long been closed."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from baken.contract.periods import parse_period
from baken.sites.register.counts import actions
from baken.sites.shared import clock
from baken.sites.shared.identity.actor import SYSTEM
from baken.sites.shared.journal import Refused


class Command(BaseCommand):
    help = "Remove the raw counters of a school year or quarter; publications and their ledger do not need them."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("period", help="school year or quarter, as 2024-2025 or 2024-2025/1")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = parse_period(options["period"])
            removed = actions.delete_counts(by=SYSTEM, period=period, today=clock.today())
        except (ValueError, Refused) as found:
            raise CommandError(str(getattr(found, "message", found))) from None
        self.stdout.write(f"{removed} sets of counters removed")
