"""RT-01 to RT-10: readers and boards who subtract what they know, played by the slow twin of the shield."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from baken.shield import reference
from baken.shield.gate import Publication
from baken.shield.ledger import Ledger
from baken.shield.policy import Policy
from baken.shield.publication import Release
from building.shield_cities import CATEGORIES, KEY, POLICY, QUARTERS, Town, published, release, town, whole_year

Count = tuple[str, str, str]


def _numbers(town: Town, world: reference.World) -> dict[Count, int]:
    return {(u, q, c): town.counts[u, q][CATEGORIES.index(c)] for u, q, c in world.unknowns()}


def _questions(world: reference.World) -> list[tuple[frozenset[tuple[str, str]], tuple[str, ...]]]:
    """Every area and period, by category and in total."""
    sets = [pairs for name, pairs in sorted(world.sets.items()) if not name.endswith(":city")]
    return [(pairs, wanted) for pairs in sets for wanted in (*((c,) for c in CATEGORIES), CATEGORIES)]


def _conclusions(
    town: Town, publications: list[Publication], *, share: float = 1.0, whole: bool = False
) -> list[object]:
    """What any board, or a reader without a board, concludes about the largest other school of each area."""
    world = reference.World.of(publications)
    numbers, board = _numbers(town, world), {c.unit: c.board for c in town.structure.cohort}
    random, found = np.random.default_rng(1), []
    for attacker in (None, *sorted(set(board.values()))):
        asker = reference.Asker(world, {n: v for n, v in numbers.items() if board[n[0]] == attacker}, whole=whole)
        for pairs, wanted in _questions(world):
            if random.random() > share:
                continue
            totals: dict[str, list[Count]] = {}
            for quarter, unit in pairs:
                if board[unit] != attacker:
                    totals.setdefault(unit, []).extend((unit, quarter, c) for c in wanted)
            largest = max(sorted(totals), key=lambda u: sum(numbers[n] for n in totals[u]))
            truth = sum(numbers[n] for n in totals[largest])
            said = reference.conclusions(asker.interval(totals[largest]), truth, POLICY)
            found += [(attacker, sorted(pairs)[0], wanted, said)] if said else []
    return found


@pytest.mark.parametrize("skew", ["brief", "heavy"])
@pytest.mark.parametrize("seed", range(5))
def test_no_board_of_a_city_of_eight_schools_concludes_anything_about_another_school(seed: int, skew: str) -> None:
    start = town(8, seed, skew)
    publications, _ = whole_year(start)

    assert _conclusions(start, publications) == []


@pytest.mark.parametrize("skew", ["brief", "heavy"])
def test_no_board_of_a_city_of_thirty_schools_concludes_anything_about_another_school(skew: str) -> None:
    start = town(30, 7, skew)
    publications, _ = whole_year(start)

    assert _conclusions(start, publications, share=0.3) == []


def test_no_board_of_a_city_of_sixty_schools_concludes_anything_about_another_school() -> None:
    start = town(60, 5, "heavy")
    publications, _ = whole_year(start)

    assert _conclusions(start, publications, share=0.1) == []


def test_a_board_that_reasons_in_whole_numbers_concludes_nothing_either() -> None:
    start = town(8, 11, "heavy")
    publications, _ = whole_year(start)

    assert _conclusions(start, publications, share=0.15, whole=True) == []


@pytest.mark.parametrize("seed", range(3))
def test_no_board_concludes_anything_when_schools_missed_quarters_and_areas_had_to_join(seed: int) -> None:
    start = town(15, seed, "brief").delivering(QUARTERS[1], without=("unit-04",))
    start = start.delivering(QUARTERS[2], without=("unit-10", "unit-11"))
    publications, _ = whole_year(start)

    assert _conclusions(start, publications, share=0.5) == []


def test_the_attack_finds_every_kind_of_conclusion_when_the_figures_are_not_protected() -> None:
    start = town(8, 2, "brief")
    publications, _ = whole_year(start)
    world = reference.World.of(publications)
    numbers = _numbers(start, world)
    world.base = 1
    for key, cell in world.cells.items():
        world.cells[key] = replace(cell, value=sum(numbers[n] for n in world.counts(key)))
    world.close = [(keys, 0) for keys, _ in world.close]
    own = {n: v for n, v in numbers.items() if n[0] not in ("unit-00", "unit-01")}
    asker = reference.Asker(world, own)

    found = {
        said
        for unit in ("unit-00", "unit-01")
        for quarter in QUARTERS
        for category in CATEGORIES
        for count in ((unit, quarter, category),)
        for said in reference.conclusions(asker.interval([count]), numbers[count], POLICY)
    }

    assert {"exact", "zero", "within p percent"} <= found


def _with_total(total: int) -> Town:
    """A city whose category "i" has `total` incidents in the first quarter, one each at schools of different boards."""
    start = town(30, 4)
    counts = {k: (*row[:-1], 0) if k[1] == QUARTERS[0] else row for k, row in start.counts.items()}
    boards = {c.board: c.unit for c in start.structure.cohort}
    for unit in sorted(boards.values())[:total]:
        counts[unit, QUARTERS[0]] = (*counts[unit, QUARTERS[0]][:-1], 1)
    return replace(start, counts=counts)


@pytest.mark.parametrize("total", [1, 2, 3, 4])
def test_a_published_zero_may_be_any_number_below_the_base(total: int) -> None:
    wanted = Release.quarter(QUARTERS[0])
    keys = [KEY + bytes([n]) for n in range(30)]

    found = {release(_with_total(total), wanted, Ledger(), key=key).cell("T1", None, "i", QUARTERS[0]) for key in keys}

    assert {(c.value, c.lo, c.hi) for c in found} == {(0, 0, 4), (5, 1, 9)}


def test_a_true_zero_is_published_as_the_zero_of_a_small_number() -> None:
    wanted = Release.quarter(QUARTERS[0])

    cell = release(_with_total(0), wanted, Ledger()).cell("T1", None, "i", QUARTERS[0])

    assert (cell.value, cell.lo, cell.hi, cell.shown) == (0, 0, 4, "0")


@pytest.mark.parametrize("skew", ["brief", "heavy"])
def test_all_margins_that_are_shown_add_up_exactly(skew: str) -> None:
    publications, _ = whole_year(town(30, 3, skew))
    world = reference.World.of(publications)

    complete = [
        (sum(world.cells[key].value for key in parts), world.cells[whole].value)
        for parts, whole in world.sums
        if all(world.cells[key].value is not None for key in (*parts, whole))
    ]

    assert len(complete) > 10 and all(found == expected for found, expected in complete)


@pytest.mark.parametrize("base", [3, 5, 10])
def test_every_count_lies_within_the_bounds_of_its_cell(base: int) -> None:
    start = town(20, base, "heavy")
    publications, _ = whole_year(start, Policy(version="b", base=base))
    world = reference.World.of(publications)
    numbers = _numbers(start, world)

    for key, cell in world.cells.items():
        count = sum(numbers[n] for n in world.counts(key))
        assert cell.lo <= count and (cell.hi is None or count <= cell.hi)


def test_a_cell_that_is_held_back_says_nothing_at_all() -> None:
    publications, _ = whole_year(town(10, 1, "heavy"))

    dots = [cell for publication in publications for cell in publication.cells if cell.value is None]

    assert dots and all((cell.lo, cell.hi, cell.shown) == (0, None, "·") for cell in dots)


@pytest.mark.parametrize("seed", range(6))
def test_no_value_that_is_held_back_follows_from_the_values_that_are_shown(seed: int) -> None:
    publications, _ = whole_year(town(10, seed, "heavy"))
    world = reference.World.of(publications)
    asker = reference.Asker(world, {})

    hidden = [key for key, cell in world.cells.items() if cell.value is None]

    assert hidden
    for key in hidden:
        low, high = asker.value(key)
        assert high - low >= 1, key


def test_a_district_with_one_school_is_never_shown_alone() -> None:
    start = town(30, 2)
    lonely = [c.unit for c in start.structure.cohort if c.district == "dunes"][1:]
    cohort = tuple(c for c in start.structure.cohort if c.unit not in lonely)
    structure = replace(start.structure, cohort=cohort,
                        delivered={q: frozenset(c.unit for c in cohort) for q in QUARTERS})  # fmt: skip

    publication, _ = published(replace(start, structure=structure), Release.quarter(QUARTERS[0]), Ledger())

    assert all(area.districts != ("dunes",) for area in publication.areas)
