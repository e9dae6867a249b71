"""Who is in a release and by which areas: the steps STRUCTURE and DELTA. Public facts only, so a refusal tells nothing.

Areas are fixed for a school year. A school that joins later waits until it is part of a wave that is safe by itself
within its area. Where schools that were published before are missing, or are back after they were missing, and they are
no safe set by themselves, the area joins a neighbour for that quarter: the difference between two periods is then one
of a larger area. Schools that count for one quarter only are never in the year's figures of another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from baken.shield.history import History, merged
from baken.shield.policy import Policy
from baken.shield.publication import Reason, ReasonCode, Release, ReleaseKind, Waiting
from baken.shield.structure import Area, Contributor, Structure, areas, atoms, is_safe, joined, shortfall


class NotPossible(Exception):  # noqa: N818 - becomes a refusal at the gate
    """The release cannot be published. Carries the reasons."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Participation:
    """The contributor sets of a release.

    `base`: the areas of the school year. `groups`: the areas of this release, as indices of `base`. `members`: per
    group the (quarter, unit) pairs in it, one quarter for a quarter, all quarters for a year. `known`: units that are
    no newcomers after this release. `waiting`: who delivered and is left out.
    """

    base: tuple[Area, ...]
    groups: tuple[tuple[int, ...], ...]
    members: tuple[frozenset[tuple[str, str]], ...]
    known: frozenset[str]
    waiting: tuple[Waiting, ...]

    @property
    def areas(self) -> tuple[Area, ...]:
        return tuple(merged(group, self.base) for group in self.groups)


def participation(structure: Structure, release: Release, history: History, policy: Policy) -> Participation:
    """Decide on public facts who is in the release. Raises `NotPossible` with the reasons for a refusal."""
    _check_cohort(structure, history, policy)
    if release.kind is ReleaseKind.YEAR:
        found = _of_year(release, history)
    else:
        found = _of_quarter(structure, release, history, policy)
    by_unit = {c.unit: c for c in structure.cohort}
    sets: list[Collection[tuple[str, str]]] = [*published_sets(history), *found.members]
    if reasons := unsafe_atoms(sets, by_unit, policy):
        raise NotPossible(*reasons)
    return found


def published_sets(history: History) -> list[frozenset[tuple[str, str]]]:
    """Every contributor set published for the school year, as (quarter, unit) pairs."""
    return [frozenset((q.period, unit) for unit in members) for q in history.quarters for members in q.members]


def unsafe_atoms(
    contributor_sets: Iterable[Collection[tuple[str, str]]], by_unit: dict[str, Contributor], policy: Policy
) -> tuple[Reason, ...]:
    """The atom rule: one reason for every piece of a period that the sets leave too small, none when all are safe."""
    by_period: dict[str, list[set[tuple[str, str]]]] = {}
    for contributor_set in contributor_sets:
        for period in {p for p, _ in contributor_set}:
            by_period.setdefault(period, []).append({pair for pair in contributor_set if pair[0] == period})
    reasons = []
    for period, sets in sorted(by_period.items()):
        for atom in atoms(sets):
            people = [by_unit[unit] for _, unit in atom]
            if missing := shortfall(people, policy):
                districts = tuple(sorted({c.district for c in people}))
                reasons.append(Reason(ReasonCode.ATOM, districts, missing.schools, missing.boards, period))
    return tuple(sorted(set(reasons), key=lambda r: (r.release or "", r.districts)))


def _check_cohort(structure: Structure, history: History, policy: Policy) -> None:
    cohort = {c.unit: c for c in structure.cohort}
    if len(cohort) != len(structure.cohort):
        raise ValueError("a school is in the cohort twice")
    if history.cohort - set(cohort) or any(cohort.get(unit) != c for unit, c in history.contributors.items()):
        raise NotPossible(Reason(ReasonCode.COHORT, release=history.quarters[-1].period))
    if any(units - set(cohort) for units in structure.delivered.values()):
        raise ValueError("a school delivered that is not in the cohort")
    if not history.base:
        return
    on_the_map = {district for area in history.base for district in area.districts}
    if outside := {c.district for c in structure.cohort} - on_the_map:
        raise NotPossible(Reason(ReasonCode.AREAS, tuple(sorted(outside)), release=history.quarters[0].period))


def _of_year(release: Release, history: History) -> Participation:
    present = {quarter.period for quarter in history.quarters}
    lacking = [period for n in range(1, 5) if (period := f"{release.period}/{n}") not in present]
    if lacking:
        raise NotPossible(*(Reason(ReasonCode.ORDER, release=period) for period in lacking))
    groups = components(group for quarter in history.quarters for group in quarter.groups)
    members = tuple(
        frozenset(
            (quarter.period, unit)
            for quarter in history.quarters
            for piece, units in zip(quarter.groups, quarter.members, strict=True)
            if set(piece) <= set(group)
            for unit in units
        )
        for group in groups
    )
    return Participation(history.base, groups, members, history.known, ())


def components(groups: Iterable[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """The finest division that none of the groups crosses: what was ever joined stays joined."""
    parts: list[set[int]] = []
    for group in groups:
        touched = [part for part in parts if part & set(group)]
        parts = [part for part in parts if part not in touched] + [set(group).union(*touched)]
    return tuple(sorted(tuple(sorted(part)) for part in parts))


def _of_quarter(structure: Structure, release: Release, history: History, policy: Policy) -> Participation:
    if later := [q.period for q in history.quarters if q.period > release.period]:
        raise NotPossible(Reason(ReasonCode.ORDER, release=later[0]))
    base = history.base or areas(structure.cohort, structure.geography, policy)
    if not base:
        missing = shortfall(structure.cohort, policy)
        districts = tuple(sorted(structure.geography.districts))
        raise NotPossible(Reason(ReasonCode.AREAS, districts, missing.schools, missing.boards))
    delivered = structure.delivered.get(release.period, frozenset())
    present = frozenset(c for c in structure.cohort if c.unit in delivered)
    before = _before(structure, release, history)
    if before is None:
        groups = _groups(base, structure, present, present, None, policy)
        everybody = frozenset(c.unit for c in structure.cohort)
        return _participation(release, base, groups, present, present, everybody)
    known = history.known | {c.unit for c in before}
    admitted = present - _must_wait(base, present, before, known, policy)
    last = history.quarters[-1].period if history.quarters else None
    groups = _groups(base, structure, admitted, before, last, policy, known=known)
    return _participation(release, base, groups, admitted, present, known | {c.unit for c in admitted})


def _before(structure: Structure, release: Release, history: History) -> frozenset[Contributor] | None:
    """Who was in the period published before; None at the start of a school year."""
    if history.quarters:
        return frozenset(history.contributors[unit] for unit in history.quarters[-1].units)
    return structure.previous.get(release.period)


def _must_wait(
    base: tuple[Area, ...],
    present: frozenset[Contributor],
    before: frozenset[Contributor],
    known: Collection[str],
    policy: Policy,
) -> frozenset[Contributor]:
    """Joiners that are no safe set within their area. With a single area, also those who are back: none to join."""
    waiting: set[Contributor] = set()
    for area in base:
        joiners = {c for c in present - before if c.district in area.districts}
        new = {c for c in joiners if c.unit not in known}
        if not is_safe(new, policy):
            waiting |= new
        back = joiners - new
        if len(base) == 1 and not is_safe(back, policy):
            waiting |= back
    return frozenset(waiting)


def _groups(
    base: tuple[Area, ...],
    structure: Structure,
    now: frozenset[Contributor],
    before: frozenset[Contributor],
    last: str | None,
    policy: Policy,
    known: Collection[str] = (),
) -> tuple[tuple[int, ...], ...]:
    """The areas of a quarter: base areas, joined where one of them cannot stand alone."""

    def within(people: frozenset[Contributor], region: frozenset[str]) -> frozenset[Contributor]:
        return frozenset(c for c in people if c.district in region)

    def may_differ(region: frozenset[str]) -> bool:
        left = within(before - now, region)
        back = frozenset(c for c in within(now - before, region) if c.unit in known)
        return all(not change or is_safe(change, policy) for change in (left, back))

    pieces = [frozenset(area.districts) for area in base]

    def fits(region: frozenset[str]) -> bool:
        return is_safe(within(now, region), policy) and (region not in pieces or may_differ(region))

    regions = joined(pieces, structure.geography, fits=fits, size=lambda region: len(within(now, region)))
    if unfit := [region for region in regions if not fits(region)]:
        missing = shortfall(within(now, unfit[0]), policy)
        code = ReasonCode.AREAS if missing else ReasonCode.LEAVERS
        gone = before - now if code is ReasonCode.LEAVERS else frozenset()
        districts = tuple(sorted({c.district for c in gone} or unfit[0]))
        raise NotPossible(Reason(code, districts, missing.schools, missing.boards, last))
    groups = (tuple(i for i, piece in enumerate(pieces) if piece <= region) for region in regions)
    return tuple(sorted(groups))


def _participation(
    release: Release,
    base: tuple[Area, ...],
    groups: tuple[tuple[int, ...], ...],
    admitted: frozenset[Contributor],
    present: frozenset[Contributor],
    known: frozenset[str],
) -> Participation:
    members = tuple(
        frozenset((release.period, c.unit) for c in admitted if any(c.district in base[i].districts for i in group))
        for group in groups
    )
    by_district: dict[str, set[Contributor]] = {}
    for contributor in present - admitted:
        by_district.setdefault(contributor.district, set()).add(contributor)
    waiting = tuple(
        Waiting(district, len(people), len({c.board for c in people}))
        for district, people in sorted(by_district.items())
    )
    return Participation(base, groups, members, known, waiting)
