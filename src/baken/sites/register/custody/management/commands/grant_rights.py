"""`manage register grant_rights`: make the database roles of `rights.py` on PostgreSQL, after every migration."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from baken.sites.register import rights


class Command(BaseCommand):
    help = "Make the database roles of mailbox, computing side and custodian, each with its own tables (PostgreSQL)."

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("SQLite has no roles: the mailbox and the counters are apart on PostgreSQL only.")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_schema(), current_user")
            schema, login = cursor.fetchone()
            for statement in rights.statements(schema=schema, login=login, name=connection.ops.quote_name):
                cursor.execute(statement)
        self.stdout.write(f"{', '.join(rights.ROLES)}: {len(rights.RIGHTS)} tables, member {login}")
