"""Unit tests of areas, atoms and the sets of a quarter, on public facts only."""

from __future__ import annotations

from baken.shield.participation import components
from baken.shield.policy import Policy
from baken.shield.structure import Contributor, Shortfall, areas, atoms, is_safe, shortfall
from building.shield_cities import DISTRICTS, GEOGRAPHY, POLICY, town


def _people(*districts: str, boards: int = 3) -> list[Contributor]:
    """Three schools of `boards` boards in each district."""
    return [Contributor(f"{d}{i}", f"board{i % boards}", d) for d in districts for i in range(3)]


def test_a_district_with_three_schools_of_three_boards_stands_alone() -> None:
    found = areas(_people(*DISTRICTS), GEOGRAPHY, POLICY)

    assert [area.districts for area in found] == [(d,) for d in DISTRICTS]


def test_a_district_with_three_schools_of_two_boards_joins_a_neighbour() -> None:
    people = _people(*DISTRICTS[1:]) + _people("beach", boards=2)

    found = areas(people, GEOGRAPHY, POLICY)

    assert ("beach", "canal") in [area.districts for area in found] and len(found) == 7


def test_a_district_without_schools_is_in_an_area_too() -> None:
    found = areas(_people("canal", "harbour"), GEOGRAPHY, POLICY)

    assert sorted(d for area in found for d in area.districts) == sorted(DISTRICTS)


def test_an_unsafe_neighbour_is_joined_before_a_safe_one() -> None:
    people = _people("canal", "dunes", "east", "forest", "garden", "harbour")
    people += [Contributor("a", "x", "beach"), Contributor("b", "y", "island")]

    found = areas(people, GEOGRAPHY, POLICY)

    assert ("harbour", "island") in [area.districts for area in found]


def test_a_city_that_is_not_safe_as_a_whole_has_no_areas() -> None:
    assert areas(_people("canal", boards=2), GEOGRAPHY, POLICY) == ()


def test_the_strict_policy_asks_four_schools_of_four_boards() -> None:
    strict = Policy(version="strict", min_schools=4, min_boards=4)

    assert shortfall(_people("canal"), strict) == Shortfall(1, 1)
    assert not is_safe(_people("canal"), strict)


def test_the_code_of_an_area_is_made_of_its_districts() -> None:
    found = areas(_people("canal", "harbour"), GEOGRAPHY, POLICY)

    assert [area.code for area in found] == ["+".join(area.districts) for area in found]


def test_the_order_of_schools_and_districts_has_no_influence_on_the_areas() -> None:
    cohort = town(20, 3).structure.cohort
    turned = type(GEOGRAPHY)(tuple(reversed(DISTRICTS)), GEOGRAPHY.neighbours)

    assert areas(tuple(reversed(cohort)), turned, POLICY) == areas(cohort, GEOGRAPHY, POLICY)


def test_members_of_one_atom_are_in_exactly_the_same_sets() -> None:
    found = atoms([{1, 2, 3, 4}, {3, 4, 5}, {4}])

    assert set(found) == {frozenset({1, 2}), frozenset({3}), frozenset({4}), frozenset({5})}


def test_what_was_ever_joined_stays_joined_in_the_year() -> None:
    groups = [(0,), (1,), (2,), (3,), (0, 1), (2,), (3,), (0,), (1, 2), (3,)]

    assert components(groups) == ((0, 1, 2), (3,))
