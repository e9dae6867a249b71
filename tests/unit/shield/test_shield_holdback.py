"""Unit tests of the rules for cells: rounding preferences, dominance, p%, and the audit by real boards."""

from __future__ import annotations

import numpy as np
import pytest

from baken.shield.cube import Cube, Layout, Question, dominance, needed
from baken.shield.holdback import HoldBack, NotSettled
from baken.shield.insider import HIDDEN, audit
from baken.shield.knowledge import Key, Knowledge, Names, knowledge_of
from baken.shield.policy import Policy
from baken.shield.publication import Precision, Table
from baken.shield.rounding import Row, Target, solve

POLICY = Policy(version="test")
KEY = b"a key that is only used in tests"
Y = "2026-2027/1"


def _cube(*shares: list[list[int]]) -> Cube:
    """One quarter; per area a list of schools of different boards, each a list of counts by category."""
    units = np.array([[school] for area in shares for school in area], dtype=np.int64)
    where = np.array([a for a, area in enumerate(shares) for _ in area])
    boards = np.array([b for area in shares for b in range(len(area))])
    layout = Layout(len(shares), units.shape[2], (tuple((a,) for a in range(len(shares))),))
    return Cube(layout, units, np.ones((len(units), 1), dtype=bool), where, boards)


def _known(cube: Cube) -> Knowledge:
    layout = cube.layout
    names = Names(tuple("abcdefghi"[: layout.categories]), (Y,), {(a,): f"area{a}" for a in range(layout.areas)})
    return knowledge_of(layout, names, POLICY.base, POLICY.slack, [Precision(5, 5)], None)


def _multiples(cube: Cube, known: Knowledge, *, up: tuple[int, ...] = ()) -> np.ndarray:
    """Nearest lower multiples, those of `up` one higher; totals as they follow."""
    found = np.array([cube.total(s.question) // POLICY.base for s in known.statements])
    found[list(up)] += 1
    return found


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([0, 0, 0], 3),  # slack: three must stay possible
        ([2, 0, 0], 5),  # 2 own + slack 3
        ([1, 1, 1], 4),  # 1 own + slack 3, and 1 + 1 + 10% of 1 rounded up = 3
        ([40, 3, 2], 47),  # 40 + 3 + 10% of 40
        ([9, 8, 1], 18),  # 9 + 8 + 10% of 9 rounded up
    ],
)
def test_the_bound_that_must_stay_possible_follows_from_the_two_largest_shares(
    shares: list[int], expected: int
) -> None:
    cube = _cube([[n] for n in shares])

    assert needed(cube, Question((0,), (0,), 0, POLICY.slack), POLICY) == expected


@pytest.mark.parametrize(
    ("shares", "dominated"),
    [([9, 0, 0], False), ([10, 0, 0], True), ([15, 3, 2], False), ([16, 3, 1], True), ([75, 25, 0], False)],
)
def test_a_share_of_more_than_three_quarters_of_ten_or_more_dominates(shares: list[int], dominated: bool) -> None:
    cube = _cube([[n] for n in shares])

    assert bool(dominance(cube, Question((0,), (0,), 0), POLICY)) is dominated


def test_the_bound_of_the_city_takes_a_board_that_has_the_largest_share_of_every_area() -> None:
    cube = _cube([[4], [1], [0]], [[6], [2], [0]])

    assert needed(cube, Question((0,), None, 0, POLICY.slack), POLICY) == 4 + 6 + POLICY.slack


def test_a_dominated_area_is_held_back_together_with_a_second_cell_so_that_it_cannot_be_computed() -> None:
    cube = _cube([[40], [2], [1]], [[9], [8], [7]], [[30], [30], [30]])
    known = _known(cube)
    multiples = _multiples(cube, known)
    areas = [known.number[Key(Table.T2, f"area{a}", None, Y)] for a in range(3)]
    multiples[known.number[Key(Table.T1, None, None, Y)]] = multiples[areas].sum()
    multiples[known.number[Key(Table.T1, None, "a", Y)]] = multiples[areas].sum()

    held = HoldBack(cube, known, multiples, before=(), current=range(5), policy=POLICY, key=KEY).settle()

    assert held == {areas[0], areas[1]}


def test_what_was_published_before_cannot_be_held_back_any_more() -> None:
    cube = _cube([[60], [40], [0]])
    known = _known(cube)

    frozen = HoldBack(cube, known, _multiples(cube, known), before=(), current=(), policy=POLICY, key=KEY)

    with pytest.raises(NotSettled):
        frozen.settle()


def test_the_audit_finds_the_board_that_sees_a_zero_and_has_all_of_it() -> None:
    cube = _cube([[4, 30], [0, 30], [0, 30]])
    known = _known(cube)
    multiples = _multiples(cube, known)
    zero = known.number[Key(Table.T1, None, "a", Y)]

    verdict = audit(cube, known, multiples, POLICY)

    assert multiples[zero] == 0
    assert (0, Question((0,), (0,), 0), 0) in {(f.board, f.question, f.rest) for f in verdict.findings}


def test_the_audit_finds_the_board_that_bounds_another_one_within_ten_percent() -> None:
    cube = _cube([[60], [40], [0]])
    known = _known(cube)

    verdict = audit(cube, known, _multiples(cube, known), POLICY)

    assert (1, 4) in {(f.board, f.rest - 60) for f in verdict.findings}


def test_the_audit_finds_nothing_when_nothing_is_shown() -> None:
    cube = _cube([[4, 30], [0, 30], [0, 30]])
    known = _known(cube)

    verdict = audit(cube, known, np.full(len(known.statements), HIDDEN), POLICY)

    assert verdict.findings == () and verdict.attackers == 4


def test_the_audit_finds_a_set_in_which_only_one_other_school_is_left() -> None:
    cube = _cube([[9], [9]])
    known = _known(cube)

    verdict = audit(cube, known, np.full(len(known.statements), HIDDEN), POLICY)

    assert {f.board for f in verdict.findings} == {0, 1}


def _target(name: str, count: int, needed: int = 0, fixed: int | None = None) -> Target:
    return Target(Key(Table.T3, name[0], name[1], "2026-2027"), count, needed, fixed)


def test_a_count_that_is_a_multiple_of_the_base_is_never_moved() -> None:
    targets = [_target("ax", 10), _target("ay", 0), _target("az", 35)]

    for n in range(20):
        assert list(solve(targets, [], base=5, limit=5, key=bytes([n]))) == [2, 0, 7]


def test_over_many_keys_a_count_is_rounded_up_as_often_as_its_rest_asks() -> None:
    up = sum(int(solve([_target("ax", 6)], [], base=5, limit=5, key=bytes([n, m]))[0]) - 1
             for n in range(20) for m in range(20))  # fmt: skip

    assert 0.14 < up / 400 < 0.26


def test_a_cell_whose_lower_value_would_tell_too_much_takes_the_upper_one() -> None:
    targets = [_target("ax", 6, needed=10)]

    assert {int(solve(targets, [], base=5, limit=5, key=bytes([n]))[0]) for n in range(20)} == {2}


def test_margins_that_no_close_rounding_fits_are_met_with_wider_errors() -> None:
    targets = [_target("ax", 2), _target("ay", 5), _target("bx", 5), _target("by", 2)]
    margins = [Row((0, 1), (), 2, 2), Row((2, 3), (), 1, 1), Row((0, 2), (), 1, 1), Row((1, 3), (), 2, 2)]

    close, wide = (solve(targets, margins, base=5, limit=limit, key=KEY) for limit in (5, 10))

    assert close is None
    assert wide is not None and wide.reshape(2, 2).sum(axis=1).tolist() == [2, 1]
    assert wide.reshape(2, 2).sum(axis=0).tolist() == [1, 2]


def test_a_fixed_value_stays_and_the_others_follow() -> None:
    targets = [_target("ax", 7, fixed=2), _target("ay", 8)]

    found = solve(targets, [Row((0, 1), (), 3, 3)], base=5, limit=5, key=KEY)

    assert found is not None and found.tolist() == [2, 1]
