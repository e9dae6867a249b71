"""Which figures lead to a question, and which do not."""

from __future__ import annotations

import pytest

from baken.contract.delivery import nil_return
from baken.sites.register.deliveries.plausibility import questions
from building.register import Q1, make_counters

BEFORE = make_counters({"categorie.diefstal": 12, "categorie.drugs": 2}, quarter=Q1.previous)


def asked(new: dict[str, int], *, before: dict[str, int] | None = None) -> list[str]:
    earlier = () if before is None else (make_counters(before, quarter=Q1.previous),)
    return [q.code for q in questions(make_counters(new), earlier)]


def test_a_nil_return_after_a_quarter_with_incidents_is_asked_about_with_both_figures() -> None:
    [question] = questions(nil_return(Q1), (BEFORE,))

    assert question.message() == "In 2025-2026/4 telde uw school 14 incidenten, nu 0. Klopt dat?"


def test_a_nil_return_is_asked_about_when_it_was_a_quarter_long_ago_that_had_incidents() -> None:
    quiet = nil_return(Q1.previous)
    busy = make_counters({"categorie.diefstal": 9}, quarter=Q1.previous.previous)

    assert [q.code for q in questions(nil_return(Q1), (quiet, busy))] == ["D-201"]


@pytest.mark.parametrize("before", [None, {"categorie.diefstal": 4}, {}])
def test_a_nil_return_of_a_quiet_or_new_school_is_not_asked_about(before: dict[str, int] | None) -> None:
    earlier = () if before is None else (make_counters(before, quarter=Q1.previous),)

    assert questions(nil_return(Q1), earlier) == ()


@pytest.mark.parametrize(("before", "now"), [(0, 10), (10, 0), (5, 15), (30, 10), (3, 99)], ids=str)
def test_a_category_that_jumps_is_asked_about(before: int, now: int) -> None:
    rest = {"categorie.drugs": 50}

    assert asked({"categorie.wapen": now} | rest, before={"categorie.wapen": before} | rest) == ["D-202"]


@pytest.mark.parametrize(("before", "now"), [(0, 9), (9, 0), (6, 15), (20, 10), (10, 10)], ids=str)
def test_a_category_that_moves_a_little_is_not(before: int, now: int) -> None:
    rest = {"categorie.drugs": 50}

    assert asked({"categorie.wapen": now} | rest, before={"categorie.wapen": before} | rest) == []


def test_a_first_delivery_is_compared_with_nothing() -> None:
    assert asked({"categorie.wapen": 500}) == []


def test_a_total_that_jumps_is_asked_about_even_when_no_category_does() -> None:
    spread = {f"categorie.{code}": 3 for code in ("drugs", "wapen", "diefstal", "bedreiging")}

    assert asked(dict.fromkeys(spread, 9), before=spread) == ["D-203"]
