"""The one door: counts go in, a publication or a refusal comes out.

Structure, delta, freeze, round, hold back, gate, in this order; nothing else makes a publication. What was published
before is read from the ledger and never computed again. Never here: a way around a rule, a clock, randomness that is
not keyed, a sentence for people.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from baken.shield.attacker import SolverFailed
from baken.shield.cube import Cube, Layout, cube_of
from baken.shield.history import CITY, History, merged
from baken.shield.holdback import NotSettled
from baken.shield.insider import audit
from baken.shield.knowledge import Names
from baken.shield.ledger import Entry, Ledger
from baken.shield.participation import NotPossible, Participation, participation, published_sets, unsafe_atoms
from baken.shield.policy import Policy
from baken.shield.publication import (
    _TOKEN,
    Bands,
    Cell,
    GateSummary,
    Precision,
    Publication,
    Reason,
    ReasonCode,
    Record,
    Refusal,
    Release,
    ReleaseKind,
    Table,
    canonical,
)
from baken.shield.structure import Area, Contributor, Structure
from baken.shield.tabulation import Tables, tabulate

__all__ = ["Cell", "Publication", "Reason", "ReasonCode", "Refusal", "Release", "ReleaseKind", "protect", "rehearse"]

SHORTEST_KEY = 16
"""Bytes of the rounding key."""

Counts = Mapping[tuple[str, str], Sequence[int]]


def protect(
    *,
    counts: Counts,
    categories: tuple[str, ...],
    structure: Structure,
    release: Release,
    ledger: Ledger,
    policy: Policy,
    key: bytes,
) -> Publication | Refusal:
    """Protect one release.

    `counts`: (unit, quarter) -> one number of incidents per category, for everybody who delivered the quarter and, as
    they were then, for the quarters of the school year that are already published. `key`: at least 16 secret bytes, the
    same for the whole school year.

    A release that is in the ledger comes out again byte for byte, whatever else is passed. Otherwise: a publication
    that passed every check, or a refusal with public reasons. Raises ValueError for input that contradicts itself
    (counts missing for a delivery, a negative number, a school outside the cohort) and `LedgerBroken` for a ledger
    whose chain does not hold.
    """
    ledger.check_chain()
    if entry := ledger.find(release.kind.value, release.period):
        return _again(entry)
    _check_input(categories, structure, release, key)
    history = History.of(ledger, release.year)
    try:
        _check_continuity(history, categories, policy, key)
        found = participation(structure, release, history, policy)
        return _publish(counts, categories, structure, release, history, found, policy, key)
    except NotPossible as refused:
        return Refusal(release, refused.reasons)
    except (NotSettled, SolverFailed):
        return Refusal(release, (Reason(ReasonCode.GATE),))


def rehearse(
    contributor_sets: Iterable[Collection[tuple[str, str]]], *, structure: Structure, ledger: Ledger, policy: Policy
) -> tuple[Reason, ...]:
    """May a further table with these contributor sets, of (quarter, unit) pairs, be published beside the ledger?

    The atom rule, from public structure only: the answer is the same for all counts and tells nothing. Empty: yes.
    Whatever the answer, nothing is published.
    """
    ledger.check_chain()
    history = History.of(ledger, structure.year)
    by_unit = {c.unit: c for c in structure.cohort} | history.contributors
    return unsafe_atoms([*published_sets(history), *contributor_sets], by_unit, policy)


def _check_input(categories: tuple[str, ...], structure: Structure, release: Release, key: bytes) -> None:
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"the key has at least {SHORTEST_KEY} bytes")
    if structure.year != release.year:
        raise ValueError("structure and release are of different school years")
    if not categories or len(set(categories)) != len(categories):
        raise ValueError("categories are named once each")


def _check_continuity(history: History, categories: tuple[str, ...], policy: Policy, key: bytes) -> None:
    """Within a school year parameters, key and categories stay what they were."""
    if not history.quarters:
        return
    first = history.quarters[0]

    def parameters(table: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in table.items() if name != "version"}

    same = parameters(history.policy or {}) == parameters(policy.to_json()) and history.key_check == _key_check(key)
    if not same or {c for _, _, c in first.values if c is not None} != set(categories):
        raise NotPossible(Reason(ReasonCode.POLICY, release=first.period))


def _publish(
    counts: Counts,
    categories: tuple[str, ...],
    structure: Structure,
    release: Release,
    history: History,
    found: Participation,
    policy: Policy,
    key: bytes,
) -> Publication:
    members = {q.period: q.units for q in history.quarters}
    if release.kind is ReleaseKind.QUARTER:
        members[release.period] = frozenset(unit for part in found.members for _, unit in part)
    quarters = tuple(sorted(members))
    contributors = {c.unit: c for c in structure.cohort}
    used = _checked(counts, categories, members, history)
    layout = _layout(history, found, release, len(categories))
    cube = cube_of(layout, found.base, quarters, members, contributors, used)
    commitments = _commitments(cube, quarters, history, key)
    names = Names(tuple(sorted(categories)), quarters, _area_names(layout, found.base))
    tables = tabulate(cube, names, history, release, policy, key)
    verdict = audit(cube, tables.known, tables.shown, policy)
    if verdict.findings:
        raise NotPossible(Reason(ReasonCode.GATE))
    people = [[contributors[unit] for unit in sorted({u for _, u in part})] for part in found.members]
    return Publication(
        release,
        policy,
        found.areas,
        tuple((area.code, _bands(part)) for area, part in zip(found.areas, people, strict=True)),
        _bands([contributor for part in people for contributor in part]),
        _cells(tables),
        tables.precision,
        GateSummary(verdict.attackers, verdict.bounds, "passed"),
        _record(release, found, contributors, commitments, key),
        token=_TOKEN,
    )


def _checked(
    counts: Counts, categories: tuple[str, ...], members: Mapping[str, frozenset[str]], history: History
) -> dict[tuple[str, str], list[int]]:
    """The counts that are needed, their categories in the order of their codes."""
    order = sorted(range(len(categories)), key=lambda i: categories[i])
    before = {q.period for q in history.quarters}
    used = {}
    for quarter, units in members.items():
        for unit in units:
            row = counts.get((unit, quarter))
            if row is None and quarter in before:
                raise NotPossible(Reason(ReasonCode.COUNTS, release=quarter))
            if row is None or len(row) != len(categories):
                raise ValueError("a school that delivered has one count per category")
            numbers = [int(row[i]) for i in order]
            if any(number < 0 or number != row[i] for number, i in zip(numbers, order, strict=True)):
                raise ValueError("counts are whole numbers, 0 or more")
            used[unit, quarter] = numbers
    return used


def _layout(history: History, found: Participation, release: Release, categories: int) -> Layout:
    groups = tuple(quarter.groups for quarter in history.quarters)
    if release.kind is ReleaseKind.QUARTER:
        groups = (*groups, found.groups)
    return Layout(len(found.base), categories, groups)


def _area_names(layout: Layout, base: tuple[Area, ...]) -> dict[tuple[int, ...], str]:
    groups = {group for groups in layout.groups for group in groups}
    groups |= {part for k in layout.quarters for part in layout.to_date(k)}
    return {group: merged(group, base).code for group in groups}


def _cells(tables: Tables) -> tuple[Cell, ...]:
    cells = []
    for number in tables.current:
        statement = tables.known.statements[number]
        table, area, category, period = statement.key
        contributors = f"{period}:{area if area is not None else CITY}"
        multiple = int(tables.shown[number])
        if multiple < 0:
            cells.append(Cell(table, area, category, period, None, 0, None, contributors))
            continue
        value = multiple * tables.known.base
        low, high = max(value - statement.error, 0), value + statement.error
        cells.append(Cell(table, area, category, period, value, low, high, contributors))
    return tuple(sorted(cells, key=lambda c: (c.table, c.area or "", c.category or "", c.period)))


def _record(
    release: Release,
    found: Participation,
    contributors: Mapping[str, Contributor],
    commitments: Mapping[str, str],
    key: bytes,
) -> Record:
    members = {
        f"{release.period}:{area.code}": tuple(sorted(part))
        for area, part in zip(found.areas, found.members, strict=True)
    }
    everybody = tuple(sorted(frozenset().union(*found.members)))
    members[f"{release.period}:{CITY}"] = everybody
    units = sorted({unit for _, unit in everybody})
    return Record(
        found.base,
        tuple(sorted(members.items())),
        tuple(contributors[unit] for unit in units),
        tuple(sorted(contributors)),
        tuple(sorted(found.known)),
        tuple(sorted((p, c) for p, c in commitments.items() if p == release.period)),
        _key_check(key),
        found.waiting,
    )


def _bands(contributors: Sequence[Contributor]) -> Bands:
    def band(number: int) -> str:
        return "3-5" if number <= 5 else "6-9" if number <= 9 else "10+"

    return Bands(band(len({c.unit for c in contributors})), band(len({c.board for c in contributors})))


def _commitments(cube: Cube, quarters: Sequence[str], history: History, key: bytes) -> dict[str, str]:
    """The commitment of each quarter. Those that are published must be what they were."""
    found = {period: _commitment(cube, k, period, key) for k, period in enumerate(quarters)}
    for quarter in history.quarters:
        if not hmac.compare_digest(found[quarter.period], quarter.commitment):
            raise NotPossible(Reason(ReasonCode.COUNTS, release=quarter.period))
    return found


def _commitment(cube: Cube, quarter: int, period: str, key: bytes) -> str:
    """A keyed digest of the counts of a quarter, the same for any order of the holdings of an area."""
    holdings = [cube.delivered(area, quarter) for area in range(cube.layout.areas)]
    return hmac.new(key, canonical(["counts", period, holdings]), hashlib.sha256).hexdigest()


def _key_check(key: bytes) -> str:
    return hmac.new(key, b"baken key check", hashlib.sha256).hexdigest()[:16]


def _again(entry: Entry) -> Publication:
    """The publication of a ledger entry, as it was."""
    document = entry.publication
    areas = tuple(Area(a["code"], tuple(a["districts"])) for a in document["areas"])
    return Publication(
        Release(ReleaseKind(entry.kind), entry.period),
        Policy.from_json(document["policy"]),
        areas,
        tuple((a["code"], Bands(a["schools"], a["boards"])) for a in document["areas"]),
        Bands(**document["city"]),
        tuple(Cell(Table(row[0]), *row[1:]) for row in document["cells"]),
        Precision(**document["precision"]),
        GateSummary(**document["gate"]),
        Record.from_json(entry.record),
        token=_TOKEN,
    )
