"""RT-15: exchange everything that two contributors of an area ever delivered. No byte of any publication may change."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from baken.shield.structure import areas
from building.shield_cities import POLICY, QUARTERS, Town, exchanged, holdings, town, whole_year


def _bytes_of_the_year(town: Town) -> list[bytes]:
    publications, _ = whole_year(town)
    return [publication.bytes() for publication in publications]


def _areas_of_the_year(town: Town) -> list[tuple[str, ...]]:
    return [area.districts for area in areas(town.structure.cohort, town.structure.geography, POLICY)]


def _quarters_of(town: Town, units: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(q for q in QUARTERS if set(units) & town.structure.delivered[q])


def _pairs(town: Town, wanted: int, seed: int) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Random pairs of contributors of one area that are in the same quarters."""
    random = np.random.default_rng(seed)
    found = [
        pair
        for districts in _areas_of_the_year(town)
        for pair in itertools.combinations(holdings(town, districts), 2)
        if _quarters_of(town, pair[0]) == _quarters_of(town, pair[1])
    ]
    return [found[i] for i in random.choice(len(found), min(wanted, len(found)), replace=False)]


def _random_swaps(start: Town, swaps: int, seed: int) -> None:
    expected = _bytes_of_the_year(start)
    for one, other in _pairs(start, swaps, seed):
        assert _bytes_of_the_year(exchanged(start, one, other)) == expected, (one, other)


@pytest.mark.parametrize("seed", range(16))
def test_ten_swaps_in_a_small_city_change_no_byte_of_a_whole_year(seed: int) -> None:
    _random_swaps(town((7, 8, 9)[seed % 3], seed, ("brief", "brief", "heavy")[seed % 4 % 3]), 10, seed)


@pytest.mark.parametrize("seed", range(6))
def test_five_swaps_in_a_middling_city_change_no_byte_of_a_whole_year(seed: int) -> None:
    _random_swaps(town(15, seed, ("brief", "heavy")[seed % 2]), 5, seed)


def test_two_swaps_in_a_city_of_sixty_schools_change_no_byte_of_a_whole_year() -> None:
    _random_swaps(town(60, 3, "heavy"), 2, 3)


@pytest.mark.parametrize("seed", range(4))
def test_two_swaps_change_no_byte_when_schools_missed_quarters_and_areas_had_to_join(seed: int) -> None:
    start = town(18, seed, "brief").delivering(QUARTERS[1], without=("unit-03",))
    start = start.delivering(QUARTERS[2], without=("unit-13",))

    _random_swaps(start, 2, seed)


def test_a_swap_between_areas_is_seen_so_the_swap_test_can_fail() -> None:
    start = town(30, 1)
    first, second, *_ = _areas_of_the_year(start)
    one, other = holdings(start, first)[0], holdings(start, second)[0]

    swapped = exchanged(start, one, other)

    assert _bytes_of_the_year(swapped) != _bytes_of_the_year(start)
