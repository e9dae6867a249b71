"""What makes a site refuse to start: demo mode where real people could reach it, a fixed day outside demo mode."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "testserver"}


@register()
def demo_stays_at_home(**_: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if settings.DEMO and not set(settings.ALLOWED_HOSTS) <= LOOPBACK:
        found.append(Error("Demo mode signs anybody in: it may only answer on localhost.", id="baken.E001"))
    if settings.DEMO and "postgresql" in settings.DATABASES["default"]["ENGINE"]:
        found.append(Error("Demo mode never runs on the real database.", id="baken.E002"))
    if not settings.DEMO and settings.BAKEN_TODAY:
        found.append(Error("BAKEN_TODAY fixes the day; outside demo mode the day is real.", id="baken.E003"))
    return found
