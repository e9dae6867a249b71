"""A delivery between "show me" and "deliver": kept in the session of one person, sealed, for an hour.

The browser gets only the random name of the draft, so nobody can change what was shown; the database gets only sealed
bytes, so a copy of it shows nothing. Two tabs are two drafts. Ends with the session.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from baken.contract import delivery
from baken.contract.delivery import Counters

KEY = "deliveries.drafts"
LIFETIME = timedelta(hours=1)
KEPT = 5
"""More drafts at once than one person can mean; the oldest goes."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is about to deliver. `delivered` is the delivery that was made of it, if one was."""

    name: str
    school: str
    counters: Counters
    delivered: str = ""


def put(session: SessionBase, *, school: str, counters: Counters, now: datetime) -> str:
    """Keep counters as a draft; returns its name."""
    name = secrets.token_urlsafe(16)
    found = _alive(session, now)
    found[name] = {
        "school": school,
        "sealed": _box(name).encrypt(delivery.write_json(counters)).decode(),
        "until": (now + LIFETIME).isoformat(),
        "delivered": "",
    }
    session[KEY] = dict(list(found.items())[-KEPT:])
    return name


def get(session: SessionBase, name: str, *, school: str, now: datetime) -> Draft | None:
    """The draft of this name and school; None when it is too old, of another session, or never was."""
    row = _alive(session, now).get(name)
    if row is None or row["school"] != school:
        return None
    try:
        message = _box(name).decrypt(row["sealed"].encode())
    except InvalidToken:
        return None
    counters, _warnings = delivery.read(message, "json")
    return Draft(name, school, counters, row["delivered"])


def mark_delivered(session: SessionBase, name: str, made: str) -> None:
    """Remember what became of a draft, so that a second click leads to the same receipt."""
    session[KEY][name]["delivered"] = made
    session.modified = True


def _alive(session: SessionBase, now: datetime) -> dict[str, Any]:
    rows = session.get(KEY, {})
    return {name: row for name, row in rows.items() if datetime.fromisoformat(row["until"]) > now}


def _box(name: str) -> Fernet:
    secret = hashlib.sha256(f"draft of a delivery\0{settings.SECRET_KEY}\0{name}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(secret))
