"""Writing a line, and checking that no line was changed."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC

from django.db import connection, transaction

from baken.sites.shared import clock
from baken.sites.shared.identity.actor import Actor
from baken.sites.shared.journal.models import Entry


def write(*, by: Actor, action: str, about: str, result: str) -> Entry:
    """Append a line, chained to the last one; two writers wait for each other."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(7353001)")
        last = Entry.objects.order_by("-id").values_list("digest", flat=True).first()
        entry = Entry(
            action=action,
            about=about,
            result=result,
            origin=by.origin,
            actor=by.user_id,
            role=", ".join(sorted(by.roles)) if by.user_id else by.name,
            time=clock.now(),
            previous=last or "",
        )
        entry.digest = digest(entry)
        entry.save()
        return entry


def digest(entry: Entry) -> str:
    """SHA-256 over the line and the digest of the one before it."""
    fields = [entry.previous, entry.action, entry.about, entry.result, entry.origin, entry.actor, entry.role]
    moment = entry.time.astimezone(UTC).isoformat()
    return hashlib.sha256(json.dumps([*fields, moment], ensure_ascii=False).encode()).hexdigest()


def first_broken() -> int | None:
    """The number of the first line that does not follow from the one before it; None when the journal is whole."""
    previous = ""
    for entry in Entry.objects.order_by("id").iterator():
        if entry.previous != previous or entry.digest != digest(entry):
            return entry.pk
        previous = entry.digest
    return None
