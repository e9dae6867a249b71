"""The fast shield beside its slow and obvious twin: the same areas, the same atoms, the same bounds."""

from __future__ import annotations

import random

import numpy as np
import pytest

from baken.shield import reference
from baken.shield.attacker import Attacker
from baken.shield.cube import Cube, Layout, cube_of
from baken.shield.insider import targets
from baken.shield.knowledge import Names, knowledge_of
from baken.shield.ledger import Ledger
from baken.shield.policy import Policy
from baken.shield.publication import Publication, Release
from baken.shield.structure import Contributor, Geography, Structure, areas, atoms
from building.shield_cities import DISTRICTS, GEOGRAPHY, POLICY, QUARTERS, YEAR, Town, published, town, whole_year


@pytest.mark.parametrize("seed", range(20))
def test_areas_are_those_that_trying_finds(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(20):
        people = [
            Contributor(f"u{i}", f"b{dice.randrange(5)}", dice.choice(DISTRICTS)) for i in range(dice.randint(1, 40))
        ]
        pairs = frozenset(frozenset(dice.sample(DISTRICTS, 2)) for _ in range(dice.randint(0, 12)))
        geography = Geography(DISTRICTS, pairs)

        found = {frozenset(area.districts) for area in areas(people, geography, POLICY)}

        assert found == reference.areas(people, geography, POLICY)


def test_atoms_are_those_that_comparing_pairs_finds() -> None:
    dice = random.Random(1)
    for _ in range(200):
        sets = [{dice.randrange(12) for _ in range(dice.randint(1, 9))} for _ in range(dice.randint(1, 6))]

        assert set(atoms(sets)) == reference.atoms(sets)


def _attacker(publications: list[Publication], town: Town, board: str | None) -> tuple[Attacker, Cube]:
    """The fast attacker, put together from the published files."""
    base = publications[0].record.base_areas
    categories = tuple(sorted({c.category for c in publications[0].cells if c.category}))
    quarters = [p for p in publications if p.release.kind == "quarter"]
    index = {d: i for i, area in enumerate(base) for d in area.districts}
    groups = tuple(tuple(tuple(sorted({index[d] for d in a.districts})) for a in p.areas) for p in quarters)
    layout = Layout(len(base), len(categories), groups)
    parts = {g for gs in groups for g in gs} | {p for k in layout.quarters for p in layout.to_date(k)}
    codes = {g: "+".join(sorted(d for i in g for d in base[i].districts)) for g in parts}
    names = Names(categories, tuple(p.release.period for p in quarters), codes)
    year = next((p.precision for p in publications if p.release.kind == "year"), None)
    known = knowledge_of(layout, names, POLICY.base, POLICY.slack, [p.precision for p in quarters], year)
    values = {(c.table, c.area, c.category, c.period): c.value for p in publications for c in p.cells}
    hidden = np.array([values[s.key] is None for s in known.statements])
    multiples = np.array([(values[s.key] or 0) // POLICY.base for s in known.statements])
    people = {c.unit: c for c in town.structure.cohort}
    members = {p.release.period: frozenset(u for _, u in dict(p.record.members)[f"{p.release.period}:city"])
               for p in quarters}  # fmt: skip
    counts = {k: row if board is None or people[k[0]].board == board else (0,) * len(categories)
              for k, row in town.counts.items()}  # fmt: skip
    cube = cube_of(layout, base, names.quarters, members, people, counts)
    own = np.zeros(layout.size, dtype=np.int64) if board is None else cube.sums
    return Attacker(known, multiples, hidden, own), cube


@pytest.mark.parametrize(("schools", "seed", "skew"), [(8, 1, "brief"), (8, 4, "heavy"), (15, 2, "heavy")])
def test_bounds_over_areas_are_the_bounds_over_single_schools(schools: int, seed: int, skew: str) -> None:
    start = town(schools, seed, skew).delivering(QUARTERS[2], without=("unit-01",) if schools > 8 else ())
    publications, _ = whole_year(start)
    world = reference.World.of(publications)
    board = {c.unit: c.board for c in start.structure.cohort}
    for insider in (None, board["unit-00"], board["unit-05"]):
        fast, cube = _attacker(publications, start, insider)
        own = {n: start.counts[n[0], n[1]]["abcdefghi".index(n[2])] for n in world.unknowns() if board[n[0]] == insider}
        slow = reference.Asker(world, own)
        codes = {i: area.districts for i, area in enumerate(publications[0].record.base_areas)}
        for question in targets(cube)[::7]:
            districts = {d for a in question.areas or () for d in codes[a]}
            counts = [
                n
                for n in world.unknowns()
                if QUARTERS.index(n[1]) in question.quarters
                and question.category in (None, "abcdefghi".index(n[2]))
                and next(c.district for c in start.structure.cohort if c.unit == n[0]) in districts
            ]
            variables = cube.layout.variables(question.quarters, question.areas, question.category)

            assert fast.upper(variables) == slow.interval(counts)[1]


@pytest.mark.parametrize("seed", range(3))
def test_batches_of_witnesses_reach_the_verdict_of_single_questions(seed: int) -> None:
    start = town(10, seed, "heavy")
    publications, _ = whole_year(start)
    attacker, cube = _attacker(publications, start, start.structure.cohort[0].board)
    variables = [cube.layout.variables(q.quarters, q.areas, q.category) for q in targets(cube)]
    upper = [attacker.upper(v) for v in variables]
    truth = _attacker(publications, start, None)[1].sums
    dice = random.Random(seed)
    asked = [(v, max(0, u + dice.randint(-6, 2))) for v, u in zip(variables, upper, strict=True)]

    found = attacker.unreachable(asked, truth)

    assert found == [i for i, (_, value) in enumerate(asked) if value > upper[i]] and found


def _tiny(seed: int, categories: int) -> Town:
    """Three schools of three boards, with counts of 0 to 3."""
    dice = random.Random(seed)
    cohort = tuple(Contributor(f"u{i}", f"b{i}", "east") for i in range(3))
    delivered = {q: frozenset(c.unit for c in cohort) for q in QUARTERS}
    counts = {(c.unit, q): tuple(dice.randint(0, 3) for _ in range(categories)) for c in cohort for q in QUARTERS}
    return Town(Structure(YEAR, cohort, delivered, GEOGRAPHY), counts)


@pytest.mark.parametrize("seed", range(8))
def test_every_possible_world_lies_within_the_bounds_and_leaves_each_board_in_doubt(seed: int) -> None:
    start, policy, categories = _tiny(seed, 2), Policy(version="tiny", base=3), ("a", "b")
    publication, _ = published(start, Release.quarter(QUARTERS[0]), Ledger(), policy, categories)
    world = reference.World.of([publication])
    truth = {n: start.counts[n[0], n[1]]["ab".index(n[2])] for n in world.unknowns()}
    for insider in ("u0", "u1", "u2"):
        own = {n: v for n, v in truth.items() if n[0] == insider}
        worlds = list(reference.possible(world, own, most=8))
        linear, whole = reference.Asker(world, own), reference.Asker(world, own, whole=True)
        assert truth in worlds
        for count in truth:
            if count[0] == insider:
                continue
            seen = (min(w[count] for w in worlds), max(w[count] for w in worlds))
            low, high = linear.interval([count])
            exact = whole.interval([count])

            assert low <= exact[0] == seen[0] and min(exact[1], 8) == seen[1] and exact[1] <= high
            assert not reference.conclusions(exact, truth[count], policy)


def test_a_reader_who_writes_down_every_world_cannot_tell_the_schools_of_an_area_apart() -> None:
    start, policy, categories = _tiny(3, 1), Policy(version="tiny", base=3), ("a",)
    first, ledger = published(start, Release.quarter(QUARTERS[0]), Ledger(), policy, categories)
    second, _ = published(start, Release.quarter(QUARTERS[1]), ledger, policy, categories)
    world = reference.World.of([first, second])

    worlds = {tuple(sorted(w.items())) for w in reference.possible(world, {}, most=4)}

    exchanged = {tuple(sorted((({"u0": "u1", "u1": "u0"}.get(u, u), q, c), n) for (u, q, c), n in w)) for w in worlds}
    assert len(worlds) > 10 and exchanged == worlds
