"""`manage register write_delivery_states FILE`: the diagram of states for the docs, from the table of states."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from baken.sites.register.deliveries import states


class Command(BaseCommand):
    help = "Write the states of a delivery as a diagram."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=Path("docs/generated/delivery-states.md"))

    def handle(self, *args: Any, **options: Any) -> None:
        options["file"].write_text(states.page(), "utf-8")
