"""`manage.py register write_publications`: write every published file that is not (or not the same) in the folder."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from baken.sites.register.releases import outbox


class Command(BaseCommand):
    help = "Write every published file again that is missing from the folder that the window reads."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{outbox.write_missing()} file(s) written to {outbox.folder()}")
