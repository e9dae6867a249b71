"""The only place in the sites that reads the clock. In demo mode the day is fixed, so that the demo never grows old."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The moment, with time zone. In demo mode: the fixed day at the real time of the day."""
    real = timezone.localtime()
    if settings.DEMO and settings.BAKEN_TODAY:
        fixed = date.fromisoformat(settings.BAKEN_TODAY)
        return real.replace(year=fixed.year, month=fixed.month, day=fixed.day)
    return real


def today() -> date:
    return now().date()
