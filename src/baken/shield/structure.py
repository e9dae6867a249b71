"""Who contributes to which published sum: contributors, areas, atoms. Public facts only.

First step of protection. Because nothing here sees a count, every answer given here, also a refusal, reveals nothing.
Never here: a count, a key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from baken.shield.policy import Policy

Member = TypeVar("Member", bound=Hashable)


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

    def touch(self, one: Collection[str], other: Collection[str]) -> bool:
        return any(frozenset((a, b)) in self.neighbours for a in one for b in other)


@dataclass(frozen=True, slots=True)
class Structure:
    """Who takes part in a school year.

    `cohort`: the schools of the school year; it may only grow, and what joins later counts in waves.
    `delivered`: quarter -> units that delivered (a nil return counts as delivered).
    `previous`: quarter -> contributors, under this year's pseudonyms, of the last publication before that quarter.
    Needed only where the ledger cannot know it: at the first quarter of a school year, when pseudonyms change. Left
    out, the school year starts afresh with its cohort; given, joiners and leavers are compared with it.
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

    @classmethod
    def of(cls, districts: Iterable[str]) -> Area:
        ordered = tuple(sorted(districts))
        return cls("+".join(ordered), ordered)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """How many schools and boards a set lacks to be safe. Both 0: the set is safe."""

    schools: int
    boards: int

    def __bool__(self) -> bool:
        return bool(self.schools or self.boards)


def shortfall(contributors: Collection[Contributor], policy: Policy) -> Shortfall:
    """What the set lacks of the policy's smallest number of schools and boards."""
    schools = len({c.unit for c in contributors})
    boards = len({c.board for c in contributors})
    return Shortfall(max(0, policy.min_schools - schools), max(0, policy.min_boards - boards))


def is_safe(contributors: Collection[Contributor], policy: Policy) -> bool:
    """Are these enough schools of enough boards to be published as one sum?"""
    return not shortfall(contributors, policy)


def joined(
    pieces: Sequence[frozenset[str]],
    geography: Geography,
    *,
    fits: Callable[[frozenset[str]], bool],
    size: Callable[[frozenset[str]], int],
) -> tuple[frozenset[str], ...]:
    """Join sets of districts until each fits, or one is left.

    The smallest piece that does not fit joins a neighbour: one that does not fit either if there is one, else the
    smallest. Ties go by the codes of the districts, so the order of `pieces` has no influence. A piece without
    neighbours may join any other.
    """
    regions = set(pieces)
    while len(regions) > 1 and (unfit := [r for r in regions if not fits(r)]):
        worst = min(unfit, key=lambda r: (size(r), sorted(r)))
        others = [r for r in regions if r != worst]
        near = [r for r in others if geography.touch(worst, r)] or others
        partner = min(near, key=lambda r: (fits(r), size(r), sorted(r)))
        regions = (regions - {worst, partner}) | {worst | partner}
    return tuple(sorted(regions, key=sorted))


def areas(cohort: Iterable[Contributor], geography: Geography, policy: Policy) -> tuple[Area, ...]:
    """The reporting areas of a cohort: every district in one of them, each with enough schools of enough boards.

    Districts join neighbours as in `joined`. Returns () when even the whole city is not safe. Raises ValueError for a
    contributor in a district that the geography does not have.
    """
    by_district: dict[str, list[Contributor]] = {district: [] for district in geography.districts}
    for contributor in cohort:
        if contributor.district not in by_district:
            raise ValueError("a contributor lies in a district that is not on the map")
        by_district[contributor.district].append(contributor)

    def of(region: frozenset[str]) -> list[Contributor]:
        return [c for district in region for c in by_district[district]]

    regions = joined(
        [frozenset((d,)) for d in by_district],
        geography,
        fits=lambda region: is_safe(of(region), policy),
        size=lambda region: len(of(region)),
    )
    if not regions or not all(is_safe(of(region), policy) for region in regions):
        return ()
    return tuple(Area.of(region) for region in regions)


def atoms(contributor_sets: Iterable[Collection[Member]]) -> tuple[frozenset[Member], ...]:
    """Split everybody into atoms: members of the same atom lie in exactly the same contributor sets.

    Whatever is published as a function of sums over these sets, no reader can tell the members of an atom apart.
    """
    where: defaultdict[Member, list[int]] = defaultdict(list)
    for number, contributor_set in enumerate(contributor_sets):
        for member in set(contributor_set):
            where[member].append(number)
    classes: defaultdict[tuple[int, ...], set[Member]] = defaultdict(set)
    for member, numbers in where.items():
        classes[tuple(numbers)].add(member)
    return tuple(frozenset(classes[numbers]) for numbers in sorted(classes))
