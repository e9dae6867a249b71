"""Laws of the shield, over histories that hypothesis invents: who is late, who joins, what they count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.shield import reference
from baken.shield.attacker import Attacker
from baken.shield.cube import Layout
from baken.shield.gate import Publication, ReasonCode, Refusal
from baken.shield.knowledge import Names, knowledge_of
from baken.shield.ledger import Ledger
from baken.shield.policy import Policy
from baken.shield.publication import Precision
from baken.shield.structure import Contributor, areas, atoms, is_safe
from building.shield_cities import CATEGORIES, DISTRICTS, GEOGRAPHY, POLICY, QUARTERS, RELEASES, Town, sign, town
from building.shield_cities import release as protect

contributors = st.lists(
    st.builds(
        Contributor,
        st.uuids().map(str),
        st.sampled_from([f"board-{n}" for n in range(6)]),
        st.sampled_from(DISTRICTS),
    ),
    max_size=40,
    unique_by=lambda c: c.unit,
)


@st.composite
def towns(draw: st.DrawFn) -> Town:
    """A small city in which some schools are late, and some join after the first quarter."""
    start = town(draw(st.integers(6, 16)), draw(st.integers(0, 10_000)), draw(st.sampled_from(["brief", "heavy"])))
    units = [c.unit for c in start.structure.cohort]
    for quarter in QUARTERS:
        late = draw(st.lists(st.sampled_from(units), max_size=2, unique=True))
        start = start.delivering(quarter, without=tuple(late))
    joiners = draw(st.lists(st.sampled_from(units), max_size=4, unique=True))
    return start.delivering(QUARTERS[0], without=tuple(joiners))


def _history(start: Town, policy: Policy = POLICY) -> tuple[list[Publication], list[Refusal], Ledger]:
    publications, refusals, ledger = [], [], Ledger()
    for wanted in RELEASES:
        found = protect(start, wanted, ledger, policy)
        if isinstance(found, Publication):
            publications.append(found)
            ledger = ledger.append(found, sign=sign)
        else:
            refusals.append(found)
    return publications, refusals, ledger


@given(contributors)
@settings(max_examples=150)
def test_areas_divide_the_districts_and_each_is_safe(cohort: list[Contributor]) -> None:
    found = areas(cohort, GEOGRAPHY, POLICY)

    assert all(is_safe([c for c in cohort if c.district in area.districts], POLICY) for area in found)
    assert not found or sorted(d for area in found for d in area.districts) == sorted(DISTRICTS)
    assert bool(found) == is_safe(cohort, POLICY)


@given(st.lists(st.sets(st.integers(0, 15), min_size=1), min_size=1, max_size=8))
@settings(max_examples=150)
def test_atoms_divide_everybody_and_every_set_is_a_union_of_atoms(sets: list[set[int]]) -> None:
    found = atoms(sets)

    assert sorted(member for atom in found for member in atom) == sorted(set().union(*sets))
    assert all(atom <= s or not atom & s for atom in found for s in sets)


@given(towns())
@settings(max_examples=12)
def test_counts_lie_within_bounds_and_shown_margins_add_up_in_every_history(start: Town) -> None:
    publications, _, _ = _history(start)
    if not publications:
        return
    world = reference.World.of(publications)

    for key, cell in world.cells.items():
        count = sum(start.counts[u, q][CATEGORIES.index(c)] for u, q, c in world.counts(key))
        assert cell.lo <= count and (cell.hi is None or count <= cell.hi)
    for parts, whole in world.sums:
        values = [world.cells[key].value for key in parts]
        if None not in (*values, world.cells[whole].value):
            assert sum(v or 0 for v in values) == world.cells[whole].value


@given(towns())
@settings(max_examples=12)
def test_every_atom_of_every_quarter_of_every_history_is_safe(start: Town) -> None:
    _, _, ledger = _history(start)
    by_unit = {c.unit: c for c in start.structure.cohort}
    sets = [{tuple(pair) for pair in pairs} for e in ledger.entries for pairs in e.record["members"].values()]

    for quarter in QUARTERS:
        of_quarter = [{u for q, u in s if q == quarter} for s in sets]
        for atom in atoms([s for s in of_quarter if s]):
            assert is_safe([by_unit[unit] for unit in atom], POLICY)


@given(towns(), st.randoms(use_true_random=False))
@settings(max_examples=10)
def test_refusals_in_every_history_follow_from_public_structure(start: Town, dice: object) -> None:
    other = replace(start, counts={k: tuple(np.roll(row, 1).tolist()) for k, row in start.counts.items()})

    refusals = [_history(t)[1] for t in (start, other)]

    assert refusals[0] == refusals[1]
    public = set(ReasonCode) - {ReasonCode.GATE, ReasonCode.ROUNDING, ReasonCode.COUNTS}
    assert {reason.code for refusal in refusals[0] for reason in refusal.reasons} <= public


@given(towns(), st.sampled_from([3, 10]))
@settings(max_examples=8)
def test_a_published_release_comes_out_again_unchanged_in_every_history(start: Town, base: int) -> None:
    policy = Policy(version="p", base=base)
    publications, _, ledger = _history(start, policy)
    doubled = replace(start, counts={k: tuple(2 * n for n in row) for k, row in start.counts.items()})

    for publication in publications:
        assert protect(doubled, publication.release, ledger, policy).bytes() == publication.bytes()


@given(st.data())
@settings(max_examples=25)
def test_what_is_held_back_never_narrows_a_bound(data: st.DataObject) -> None:
    layout = Layout(3, 2, (((0,), (1,), (2,)),))
    names = Names(("a", "b"), ("2026-2027/1",), {(i,): f"area{i}" for i in range(3)})
    known = knowledge_of(layout, names, 5, 3, [Precision(5, 5)], None)
    cells = data.draw(st.lists(st.integers(0, 40), min_size=6, max_size=6))
    counts = np.array(cells)
    by_category, by_area = counts.reshape(3, 2).sum(axis=0) // 5, counts.reshape(3, 2).sum(axis=1) // 5
    by_category[0] += by_area.sum() - by_category.sum()
    multiples = np.array([by_area.sum(), *by_category, *by_area])
    attacker = Attacker(known, multiples, np.zeros(6, dtype=bool), np.zeros(6, dtype=np.int64))
    before = [attacker.upper(np.array([i], dtype=np.int32)) for i in range(6)]

    attacker.lose(data.draw(st.integers(0, 5)))

    assert all(attacker.upper(np.array([i], dtype=np.int32)) >= b for i, b in enumerate(before))
