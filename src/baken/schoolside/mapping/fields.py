"""From a school's word in an optional field (place, part of day, police, …) to a code of the record, or nothing.

A field is filled only when the word says so: the clock time of an incident, for instance, does not tell whether it was
a lesson or a break, so it fills no part of the day between the first and the last bell.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from baken.schoolside.read.words import normal

_CLOCK = re.compile(r"(?:\d{4}-\d{2}-\d{2}T)?(\d{1,2})[:.](\d{2})(?::\d{2})?.*")
_LESSON = re.compile(r"(?:(?:les|lesuur|uur|blok|u|l) ?)?(\d{1,2})(?:e|ste|de)?(?: ?(?:les|lesuur|uur|u))?")
_LAST_MORNING_LESSON = 4
_FIRST_BELL, _LAST_BELL = 8 * 60, 17 * 60


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("baken.schoolside.mapping").joinpath("fields.toml").read_text("utf-8"))


@cache
def field_value(field: str, text: str) -> str | None:
    """The code for a word ("" when the word deliberately fills nothing), or None when the word is not known.

    For `afhandeling` several codes, separated by commas.
    """
    plain = normal(text)
    if not plain:
        return None
    if field == "betrokkenen":
        return _band(plain)
    if field == "dagdeel" and (found := _part_of_day(text, plain)) is not None:
        return found
    fitting = [code for code, stems in _table()[field].items() if any(_fits(plain, stem) for stem in stems)]
    if not fitting:
        return None
    if field == "afhandeling":
        specific = [code for code in fitting if code != "anders"]
        return ",".join(specific or fitting)
    return fitting[0]


def _fits(plain: str, stem: str) -> bool:
    if stem.startswith("="):
        return f" {stem[1:]} " in f" {plain} "
    if stem.startswith("*"):
        return stem[1:] in plain
    return f" {stem}" in f" {plain}"


def _part_of_day(text: str, plain: str) -> str | None:
    if match := _CLOCK.fullmatch(text.strip()):
        minutes = int(match[1]) * 60 + int(match[2])
        if minutes >= 24 * 60:
            return None
        return "voor-schooltijd" if minutes < _FIRST_BELL else "na-schooltijd" if minutes >= _LAST_BELL else ""
    if match := _LESSON.fullmatch(plain):
        lesson = int(match[1])
        if 1 <= lesson <= 12:
            return "lesuur-ochtend" if lesson <= _LAST_MORNING_LESSON else "lesuur-middag"
    return None


def _band(plain: str) -> str | None:
    if plain in ("3 5", "6"):
        return {"3 5": "3-5", "6": "6+"}[plain]
    number = int(plain) if plain.isdecimal() and len(plain) < 6 else 0
    if not number:
        return None
    return str(number) if number <= 2 else "3-5" if number <= 5 else "6+"
