"""What leaves the gate: a publication, or a refusal. Types only; a publication is made by `gate` and nowhere else.

A publication holds rounded figures and public structure. Never here: a count that has not been rounded, the name or the
pseudonym of a contributor (those are in `Publication.record`, which goes into the ledger and not into `bytes()`).
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import InitVar, dataclass
from enum import StrEnum
from typing import Any

from baken.shield.policy import Policy
from baken.shield.structure import Area, Contributor

HELD_BACK = "·"
_YEAR = re.compile(r"(\d{4})-(\d{4})")
_QUARTER = re.compile(r"(\d{4}-\d{4})/([1-4])")
_TOKEN = object()


class ReleaseKind(StrEnum):
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Release:
    """What is to be published: the quarter "2026-2027/1" (T1 and T2), or the school year "2026-2027" (T3).

    Raises ValueError when kind and period do not fit.
    """

    kind: ReleaseKind
    period: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", ReleaseKind(self.kind))
        pattern = _QUARTER if self.kind is ReleaseKind.QUARTER else _YEAR
        match = pattern.fullmatch(self.period)
        if not match or int(self.year[5:]) != int(self.year[:4]) + 1:
            raise ValueError("a quarter is written as 2026-2027/1 and a school year as 2026-2027")

    @classmethod
    def quarter(cls, period: str) -> Release:
        return cls(ReleaseKind.QUARTER, period)

    @classmethod
    def school_year(cls, period: str) -> Release:
        return cls(ReleaseKind.YEAR, period)

    @property
    def year(self) -> str:
        """The school year that the release belongs to."""
        return self.period[:9]

    @property
    def number(self) -> int:
        """1 to 4 for a quarter, 5 for the year: the order in which a school year is published."""
        return int(self.period[10:]) if self.kind is ReleaseKind.QUARTER else 5


class Table(StrEnum):
    """T1 city × category × quarter; T2 area × total × quarter; T3 area × category × school year.

    Margins belong to their table: the city total of a quarter is a T1 cell without category; the year totals of a
    category, of an area and of the city are T3 cells without area, without category, without both.
    """

    T1 = "T1"
    T2 = "T2"
    T3 = "T3"


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure. `area` None is the whole city, `category` None is all categories together.

    `value` None is held back (one symbol for every reason); then `lo` is 0 and `hi` is None, which say nothing.
    Otherwise `lo` and `hi` bound the true count: a published 0 means 0 to 4 with base 5. Unit: incidents.
    `contributors` names the contributor set by period and area; who is in it is in the ledger.
    """

    table: Table
    area: str | None
    category: str | None
    period: str
    value: int | None
    lo: int
    hi: int | None
    contributors: str

    @property
    def shown(self) -> str:
        return HELD_BACK if self.value is None else str(self.value)


@dataclass(frozen=True, slots=True)
class Bands:
    """Sizes of an area as bands ("3-5", "6-9", "10+"), never as numbers."""

    schools: str
    boards: str


@dataclass(frozen=True, slots=True)
class GateSummary:
    """What the gate did: boards played as attacker, bounds that each of them tried to narrow, and the verdict.

    Public facts only: how many linear programs that took depends on the figures and is therefore not said.
    """

    attackers: int
    bounds: int
    verdict: str


@dataclass(frozen=True, slots=True)
class Precision:
    """How far a published value may lie from the count (exclusive, in counts).

    `cell` is for one figure, `year_to_date` for the sum of a category, an area or the city over the quarters so far.
    Both are the base, unless no additive rounding was that close: then `cell` of a T3 figure and `year_to_date` are a
    multiple of the base, and `lo` and `hi` follow. `year_to_date` None promises nothing beyond the cells.
    """

    cell: int
    year_to_date: int | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Schools of a district that delivered and are not in the publication, because they do not form a safe set yet."""

    district: str
    schools: int
    boards: int


@dataclass(frozen=True, slots=True)
class Record:
    """What the ledger keeps beside the publication. For the network only, never for the reader; no counts in it.

    `base_areas`: the areas fixed for the school year. `members`: contributor-set id -> the (quarter, unit) in it.
    `contributors`: everybody who is in a set, with board and district. `cohort`: units of the cohort at this release;
    `known`: those of them that are no newcomers any more, so that they need not wait for a wave when they were missing.
    `commitments`: quarter -> keyed digest of the counts behind it, equal for any order of the contributors of an area,
    so that a later release can tell whether it is given the counts that were published.
    """

    base_areas: tuple[Area, ...]
    members: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    contributors: tuple[Contributor, ...]
    cohort: tuple[str, ...]
    known: tuple[str, ...]
    commitments: tuple[tuple[str, str], ...]
    key_check: str
    waiting: tuple[Waiting, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "base_areas": [[area.code, list(area.districts)] for area in self.base_areas],
            "members": {name: [list(pair) for pair in pairs] for name, pairs in self.members},
            "contributors": [[c.unit, c.board, c.district] for c in self.contributors],
            "cohort": list(self.cohort),
            "known": list(self.known),
            "commitments": dict(self.commitments),
            "key_check": self.key_check,
            "waiting": [[w.district, w.schools, w.boards] for w in self.waiting],
        }

    @classmethod
    def from_json(cls, table: dict[str, Any]) -> Record:
        return cls(
            tuple(Area(code, tuple(districts)) for code, districts in table["base_areas"]),
            tuple((name, tuple((q, u) for q, u in pairs)) for name, pairs in sorted(table["members"].items())),
            tuple(Contributor(*row) for row in table["contributors"]),
            tuple(table["cohort"]),
            tuple(table["known"]),
            tuple(sorted(table["commitments"].items())),
            table["key_check"],
            tuple(Waiting(*row) for row in table["waiting"]),
        )


@dataclass(frozen=True, slots=True)
class Publication:
    """A release that passed the gate. Only `gate.protect` makes one: every other construction raises TypeError."""

    release: Release
    policy: Policy
    areas: tuple[Area, ...]
    bands: tuple[tuple[str, Bands], ...]
    city: Bands
    cells: tuple[Cell, ...]
    precision: Precision
    gate: GateSummary
    record: Record
    token: InitVar[object] = None

    def __post_init__(self, token: object) -> None:
        if token is not _TOKEN:
            raise TypeError("a publication is made by the gate")

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """For the steward: who delivered and has to wait. Not in `bytes()`: who waits is not announced."""
        return self.record.waiting

    def cell(self, table: Table | str, area: str | None, category: str | None, period: str) -> Cell | None:
        wanted = (table, area, category, period)
        return next((c for c in self.cells if (c.table, c.area, c.category, c.period) == wanted), None)

    def document(self) -> dict[str, Any]:
        """The publication as a JSON object: what the reader may know, nothing else."""
        bands = dict(self.bands)
        return {
            "release": {"kind": self.release.kind.value, "period": self.release.period},
            "policy": self.policy.to_json(),
            "areas": [
                {
                    "code": area.code,
                    "districts": list(area.districts),
                    "schools": bands[area.code].schools,
                    "boards": bands[area.code].boards,
                }
                for area in self.areas
            ],
            "city": {"schools": self.city.schools, "boards": self.city.boards},
            "cells": [
                [c.table.value, c.area, c.category, c.period, c.value, c.lo, c.hi, c.contributors] for c in self.cells
            ],
            "precision": {"cell": self.precision.cell, "year_to_date": self.precision.year_to_date},
            "gate": {"attackers": self.gate.attackers, "bounds": self.gate.bounds, "verdict": self.gate.verdict},
        }

    def bytes(self) -> bytes:
        """Canonical bytes: compact JSON with sorted keys, UTF-8. The same input gives the same bytes."""
        return canonical(self.document())

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.bytes()).hexdigest()


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no white space, as UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


class ReasonCode(StrEnum):
    """Why a release is refused. Each follows from public structure, but for `COUNTS`, `ROUNDING` and `GATE`."""

    COHORT = "cohort"
    """the cohort lost a school or changed its board or district after a publication of the same school year"""
    AREAS = "areas"
    """the city as a whole does not have enough schools or boards, or a district is in no area"""
    LEAVERS = "leavers"
    """schools that were published before are missing, they are no safe set, and there is no area to join"""
    ATOM = "atom"
    """together with what was published before, a set too small would stand apart"""
    ORDER = "order"
    """a later quarter was already published, or the school year lacks a quarter"""
    POLICY = "policy"
    """the policy or the key differs from that of the releases of the same school year"""
    COUNTS = "counts"
    """the counts of a published quarter are not those that were published (pass the frozen version)"""
    ROUNDING = "rounding"
    """no additive rounding within the widest bound exists"""
    GATE = "gate"
    """the audit found something; it never says what"""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a code and public facts. `release` is the earlier publication that stands in the way."""

    code: ReasonCode
    districts: tuple[str, ...] = ()
    missing_schools: int = 0
    missing_boards: int = 0
    release: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """No publication, and why. Contains no figure and no cell."""

    release: Release
    reasons: tuple[Reason, ...]
