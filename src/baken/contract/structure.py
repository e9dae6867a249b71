"""Who takes part, without a single count: boards, school locations, districts, waves. Public facts only."""

from __future__ import annotations

import re
from dataclasses import dataclass

from baken.contract.texts import Text

BRIN = re.compile(r"[0-9]{2}[A-Z]{2}")
LOCATION_CODE = re.compile(r"[0-9]{2}[A-Z]{2}[0-9]{2}")
"""BRIN of the institution and two digits for the location (vestigingscode), as DUO writes it."""
BOARD_NUMBER = re.compile(r"[0-9]{5}")
"""Bevoegd-gezagnummer of DUO."""


@dataclass(frozen=True, slots=True)
class District:
    """A district (stadsdeel) of a city. `column` and `row` place it on the tile map, counted from 0."""

    code: str
    name: str
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class City:
    """Everything about a city that is not a figure. `neighbours` holds unordered pairs of district codes."""

    code: str
    name: str
    municipality_number: str
    districts: tuple[District, ...]
    neighbours: frozenset[frozenset[str]]
    postcode_districts: tuple[tuple[str, str], ...]
    """(four digits, district code): a first suggestion only; a person confirms the district of each location."""

    def district(self, code: str) -> District:
        """Raises KeyError for a code that is not of this city."""
        return next((d for d in self.districts if d.code == code), None) or _missing(code)


def _missing(code: str) -> District:
    raise KeyError(code)


@dataclass(frozen=True, slots=True)
class Board:
    """A school board (bevoegd gezag)."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class School:
    """A school location (vestiging): the unit that delivers."""

    code: str
    name: str
    board: str
    district: str
    sector: str
    pupils: int | None


@dataclass(frozen=True, slots=True)
class Wave:
    """Schools that start together, on the first day of a quarter of a school year."""

    number: int
    label: Text
    first_quarter: str
    schools: tuple[str, ...]
