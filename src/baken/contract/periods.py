"""School years, quarters, holidays, and the calendar of closing and publication dates.

Quarters are those of the school year: Aug–Oct, Nov–Jan, Feb–Apr, May–Jul. "Today" is always an argument.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

_YEAR = re.compile(r"([0-9]{4})-([0-9]{4})")
_QUARTER = re.compile(r"([0-9]{4}-[0-9]{4})/([1-4])")
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """1 August of `start` up to and including 31 July of the next year; written "2026-2027"."""

    start: int

    @classmethod
    def parse(cls, text: str) -> SchoolYear:
        """Read "2026-2027". Raises ValueError for anything else, also for years that do not follow each other."""
        match = _YEAR.fullmatch(text)
        if not match or int(match[2]) != int(match[1]) + 1 or not int(match[1]):
            raise ValueError("a school year is written as 2026-2027")
        return cls(int(match[1]))

    @classmethod
    def of(cls, day: date) -> SchoolYear:
        return cls(day.year if day.month >= 8 else day.year - 1)

    def __str__(self) -> str:
        return f"{self.start:04d}-{self.start + 1:04d}"

    @property
    def first_day(self) -> date:
        return date(self.start, 8, 1)

    @property
    def last_day(self) -> date:
        return date(self.start + 1, 7, 31)

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        return tuple(Quarter(self, number) for number in (1, 2, 3, 4))

    @property
    def previous(self) -> SchoolYear:
        return SchoolYear(self.start - 1)

    @property
    def next(self) -> SchoolYear:
        return SchoolYear(self.start + 1)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a school year; written "2026-2027/1"."""

    year: SchoolYear
    number: int

    def __post_init__(self) -> None:
        if self.number not in (1, 2, 3, 4):
            raise ValueError("a school year has quarters 1 to 4")

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Read "2026-2027/1". Raises ValueError for anything else."""
        match = _QUARTER.fullmatch(text)
        if not match:
            raise ValueError("a quarter is written as 2026-2027/1")
        return cls(SchoolYear.parse(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(SchoolYear.of(day), ((day.month - 8) % 12) // 3 + 1)

    @classmethod
    def of_month(cls, month: str) -> Quarter:
        """The quarter of a month written "2026-09"."""
        match = _MONTH.fullmatch(month)
        if not match:
            raise ValueError("a month is written as 2026-09")
        return cls.of(date(int(match[1]), int(match[2]), 1))

    def __str__(self) -> str:
        return f"{self.year}/{self.number}"

    @property
    def months(self) -> tuple[str, ...]:
        """The three months, "2026-08" and so on."""
        first = 8 + 3 * (self.number - 1)
        pairs = ((self.year.start + (m - 1) // 12, (m - 1) % 12 + 1) for m in range(first, first + 3))
        return tuple(f"{year:04d}-{month:02d}" for year, month in pairs)

    @property
    def first_day(self) -> date:
        return date.fromisoformat(self.months[0] + "-01")

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year.next, 1)

    @property
    def previous(self) -> Quarter:
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year.previous, 4)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A school holiday, first and last day included. `certainty` is one of "official", "assumption"."""

    name: str
    first: date
    last: date
    region: str
    certainty: str


@cache
def holidays(region: str = "midden") -> tuple[Holiday, ...]:
    """All known school holidays of a region (noord, midden, zuid), oldest first. The Hague lies in region midden."""
    rows = tomllib.loads(files("baken.contract").joinpath("holidays.toml").read_text("utf-8"))["holiday"]
    known = (Holiday(r["name"], r["first"], r["last"], r["region"], r["certainty"]) for r in rows)
    return tuple(sorted((h for h in known if h.region == region), key=lambda h: h.first))


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The days in a calendar year on which Dutch schools and offices are closed, by the fixed rules of the calendar.

    New Year's Day, Easter Monday, King's Day (27 April, or the 26th when that is a Sunday), Liberation Day, Ascension
    Day, Whit Monday and Christmas.
    """
    easter = _easter(year)
    moving = (easter + timedelta(days=days) for days in (1, 39, 50))
    king = date(year, 4, 27)
    fixed = (date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26))
    return frozenset((*moving, *fixed, king - timedelta(days=1) if king.weekday() == 6 else king))


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    century, of_century = divmod(year, 100)
    leap_centuries, left = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - leap_centuries - correction + 15) % 30
    weekday = (32 + 2 * left + 2 * (of_century // 4) - epact - of_century % 4) % 7
    shift = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def is_school_day(day: date, region: str = "midden") -> bool:
    """No weekend, no public holiday and no known school holiday."""
    if day.weekday() >= 5 or day in public_holidays(day.year):
        return False
    return not any(h.first <= day <= h.last for h in holidays(region))


def on_or_after_school_day(day: date, region: str = "midden") -> date:
    """The first school day on or after `day`."""
    while not is_school_day(day, region):
        day += timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True)
class Calendar:
    """When deliveries close and when figures come out: fixed in advance, the same for everybody.

    A fixed date means that the moment of publication tells nothing about who was late. Dates that fall in a weekend,
    on a public holiday or in a school holiday move to the first school day after it.
    """

    close_weeks: int = 4
    publish_weeks: int = 8
    publish_year_weeks: int = 10
    region: str = "midden"

    def opens_on(self, quarter: Quarter) -> date:
        """The first day on which a quarter can be delivered: the day after its last day."""
        return quarter.last_day + timedelta(days=1)

    def closes_on(self, quarter: Quarter) -> date:
        """The last day on which a delivery is on time."""
        return on_or_after_school_day(quarter.last_day + timedelta(weeks=self.close_weeks), self.region)

    def publishes_on(self, period: Quarter | SchoolYear) -> date:
        """The first day on which the figures of a quarter, or of a school year, may be published."""
        weeks = self.publish_weeks if isinstance(period, Quarter) else self.publish_year_weeks
        return on_or_after_school_day(period.last_day + timedelta(weeks=weeks), self.region)


def parse_period(text: str) -> Quarter | SchoolYear:
    """Read "2026-2027/1" or "2026-2027". Raises ValueError for anything else."""
    return Quarter.parse(text) if "/" in text else SchoolYear.parse(text)
