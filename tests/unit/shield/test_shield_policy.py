"""Unit tests of the parameters of protection."""

from __future__ import annotations

import json

import pytest

from baken.shield.policy import DEFAULT, Policy, PolicyError


@pytest.mark.parametrize(
    "values",
    [
        {"min_schools": 2},
        {"min_boards": 2},
        {"min_schools": 0, "min_boards": 0},
        {"base": 1},
        {"base": 4},
        {"base": 5.0},
        {"min_schools": True},
        {"slack": 0},
        {"p_percent": 0},
        {"p_percent": 101},
        {"dominance_percent": 100},
        {"dominance_percent": 49},
        {"dominance_from": 0},
        {"version": ""},
    ],
)
def test_a_policy_below_the_minimum_cannot_exist(values: dict[str, object]) -> None:
    with pytest.raises(PolicyError):
        Policy(**{"version": "x", **values})


def test_the_default_is_three_schools_of_three_boards_rounded_to_five() -> None:
    assert (DEFAULT.min_schools, DEFAULT.min_boards, DEFAULT.base) == (3, 3, 5)


def test_a_policy_survives_being_written_and_read() -> None:
    strict = Policy(version="strict", min_schools=4, min_boards=4, base=10)

    assert Policy.from_json(json.dumps(strict.to_json())) == strict


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"version": "x", "min_schools": 2}', '{"version": "x", "other": 1}', "{}"]
)
def test_a_file_that_is_no_policy_is_not_read(text: str) -> None:
    with pytest.raises(PolicyError):
        Policy.from_json(text)
