"""Who contributes to which published sum: contributors, areas, atoms. Public facts only.

First step of protection. Because nothing here sees a count, every answer given here, also a refusal, reveals nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Contributor:
    """A school in one school year, by its pseudonym of that year, with its board and its district."""

    unit: str
    board: str
    district: str


@dataclass(frozen=True, slots=True)
class Geography:
    """Districts of a city and which of them touch (unordered pairs)."""

    districts: tuple[str, ...]
    neighbours: frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Structure:
    """Who takes part in a school year.

    `cohort`: the schools of the school year; it may only grow, and what joins later counts in waves.
    `delivered`: quarter -> units that delivered (a nil return counts as delivered).
    `previous`: quarter -> contributors, under this year's pseudonyms, of the last publication before that quarter. Needed
    only where the ledger cannot know it: at the first quarter of a school year, when pseudonyms change. Left out, the
    school year starts afresh with its cohort; given, joiners and leavers are compared with it as within a year.
    """

    year: str
    cohort: tuple[Contributor, ...]
    delivered: Mapping[str, frozenset[str]]
    geography: Geography
    previous: Mapping[str, frozenset[Contributor]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Area:
    """Districts that are published together. `code` is made of the codes of its districts."""

    code: str
    districts: tuple[str, ...]
