"""Dates as schools write them → a calendar day. Explicit forms only; what fits none of them is no date.

Never guesses a year. Moments with an offset are turned into Dutch time, because the month may depend on it.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from enum import StrEnum

from baken.schoolside.read.words import normal
from baken.schoolside.read.workbook import Cell


class DateOrder(StrEnum):
    """Which part comes first when a date is written with numbers only."""

    DAY_FIRST = "dag-maand"
    MONTH_FIRST = "maand-dag"


_MONTHS = {
    "januari jan january": 1, "februari feb febr february": 2, "maart mrt mar march maa": 3, "april apr": 4,
    "mei may": 5, "juni jun june": 6, "juli jul july": 7, "augustus aug august": 8,
    "september sep sept": 9, "oktober okt oct october": 10, "november nov": 11, "december dec": 12,
}  # fmt: skip
MONTHS = {word: number for names, number in _MONTHS.items() for word in names.split()}
_NUMBERS = re.compile(r"(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?)?"
)
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})(?:T?\d{4,6})?")
_WORDS = re.compile(r"(?:[a-z]{2,9} )?(\d{1,2})(?:e|ste|de|st|nd|rd|th)? ([a-z]{3,9}) (\d{4}|\d{2})\b")
_WORDS_FIRST = re.compile(r"(?:[a-z]{2,9} )?([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)? (\d{4})\b")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_WEEKDAY = re.compile(r"(?:ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+", re.IGNORECASE)
_FIRST_SERIAL, _LAST_SERIAL = 40_000, 73_050  # 2009 to 2099; a number outside is no date of an incident
_EPOCH = date(1899, 12, 30)


def parse_day(cell: Cell, order: DateOrder = DateOrder.DAY_FIRST) -> date | None:
    """The day in a cell, or None when it holds no date. A period counts on its first day."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return _serial(float(cell))
    if isinstance(cell, str):
        return _parse_text(cell.strip().lstrip("'=\"").rstrip('"'), order)
    return None


def _parse_text(text: str, order: DateOrder) -> date | None:
    if not text or not any("0" <= c <= "9" for c in text):
        return None
    text = _WEEKDAY.sub("", text, count=1) if text[0].isalpha() else text
    if match := _ISO.match(text):
        return _iso(match)
    if match := _NUMBERS.match(text):
        first, second, year = int(match[1]), int(match[2]), _year(match[3])
        day, month = (first, second) if order is DateOrder.DAY_FIRST else (second, first)
        return _day(year, month, day)
    if match := _COMPACT.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _SERIAL.fullmatch(text):
        return _serial(float(match[1]))
    return _parse_words(normal(text))


def _parse_words(text: str) -> date | None:
    if match := _WORDS.match(text):
        return _day(_year(match[3]), MONTHS.get(match[2], 0), int(match[1]))
    if match := _WORDS_FIRST.match(text):
        return _day(int(match[3]), MONTHS.get(match[1], 0), int(match[2]))
    return None


def _iso(match: re.Match[str]) -> date | None:
    day = _day(int(match[1]), int(match[2]), int(match[3]))
    offset = match[6]
    if day is None or offset is None or offset.replace(":", "") in ("+0100", "+0200"):
        return day
    minutes = 0 if offset == "Z" else int(offset[:3]) * 60 + int(offset[0] + offset[-2:])
    try:
        moment = datetime(day.year, day.month, day.day, int(match[4]), int(match[5])) - timedelta(minutes=minutes)  # noqa: DTZ001
    except (ValueError, OverflowError):
        return None
    return (moment + timedelta(hours=2 if _summer(moment) else 1)).date()


def _summer(utc: datetime) -> bool:
    """Summer time in the Netherlands: from the last Sunday of March, 01:00 UTC, to that of October (EU directive)."""

    def change(month: int) -> datetime:
        last = date(utc.year, month, 31)
        sunday = last - timedelta(days=(last.weekday() + 1) % 7)
        return datetime(sunday.year, sunday.month, sunday.day, 1)  # noqa: DTZ001  (both sides are UTC)

    return change(3) <= utc < change(10)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _serial(number: float) -> date | None:
    """A day counted as Excel does, from 30 December 1899."""
    return _EPOCH + timedelta(days=int(number)) if _FIRST_SERIAL <= number <= _LAST_SERIAL else None


def detect_order(texts: list[str]) -> DateOrder:
    """Day first, unless numbers only fit the other way: some second part above 12 and no first part above 12."""
    pairs = [(int(m[1]), int(m[2])) for text in texts if (m := _NUMBERS.match(text.strip()))]
    american = any(second > 12 for _, second in pairs) and not any(first > 12 for first, _ in pairs)
    return DateOrder.MONTH_FIRST if american else DateOrder.DAY_FIRST


def month_named(sheet: str) -> int | None:
    """The month after which a sheet is named ("september", "okt 2026", "2026-09"), or None."""
    if match := re.fullmatch(r"20\d{2}[-_ ](\d{1,2})|(\d{1,2})[-_ ]20\d{2}", sheet.strip()):
        number = int(match[1] or match[2])
        return number if 1 <= number <= 12 else None
    found = {MONTHS[word] for word in normal(sheet).split() if word in MONTHS}
    return found.pop() if len(found) == 1 else None
