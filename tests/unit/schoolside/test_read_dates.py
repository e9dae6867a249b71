"""Dates as schools write them, the border between two months, and what is no date at all."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from baken.schoolside.read.dates import DateOrder, detect_order, month_named, parse_day

NOON = datetime.fromisoformat("2026-08-31T11:45:00")

SAME_DAY = [
    "31-08-2026",
    "31-8-26",
    "31/08/2026",
    "31.08.2026",
    "31-08-2026 11:45",
    "31-08-2026 om 11:45 uur",
    "2026-08-31",
    "2026/08/31",
    "2026-08-31T11:45:00.000+02:00",
    "2026-08-31 11:45:00",
    "2026-08-31T11:45:00Z",
    "20260831",
    "31 augustus 2026",
    "31 aug 2026",
    "31 aug. 2026",
    "ma 31-08-2026",
    "maandag 31 augustus 2026",
    "31 August 2026",
    "August 31, 2026",
    "46265",
    "46265.5",
    "'31-08-2026",
    "31-08-2026 t/m 02-09-2026",
    " 31-08-2026 ",
    "31 - 8 - 2026",
    "Mon 31 Aug 2026",
    46265.0,
    46265,
    NOON,
    date(2026, 8, 31),
]


@pytest.mark.parametrize("cell", SAME_DAY, ids=repr)
def test_every_way_to_write_a_day_gives_that_day(cell: object) -> None:
    assert parse_day(cell) == date(2026, 8, 31)  # type: ignore[arg-type]


NO_DATES = [
    "",
    " ",
    "31-02-2026",
    "32-01-2026",
    "3 sept",
    "Totaal",
    "lesuur 3",
    "06-12345678",
    "1234567",
    "99999",
    3.0,
    122427.0,
    True,
    time(11, 5),
    "0-0-2026",
    "31-13-2026",
    "pauze",
    "2026",
]


@pytest.mark.parametrize("cell", NO_DATES, ids=repr)
def test_what_is_no_date_is_not_guessed(cell: object) -> None:
    assert parse_day(cell) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-08-31T23:30:00.000+02:00", date(2026, 8, 31)),
        ("2026-08-31T22:30:00Z", date(2026, 9, 1)),
        ("2026-08-31T21:59:00Z", date(2026, 8, 31)),
        ("2026-12-31T23:30:00Z", date(2027, 1, 1)),
        ("2026-12-31T22:59:00Z", date(2026, 12, 31)),
        ("2026-08-31T18:00:00-05:00", date(2026, 9, 1)),
        ("2026-10-25T00:59:00Z", date(2026, 10, 25)),
        ("2026-03-31T22:30:00Z", date(2026, 4, 1)),
    ],
)
def test_a_moment_with_an_offset_falls_on_its_dutch_day(moment: str, day: date) -> None:
    assert parse_day(moment) == day


def test_the_order_is_day_first_unless_the_numbers_only_fit_the_other_way() -> None:
    assert detect_order(["01-02-2026", "03-04-2026"]) is DateOrder.DAY_FIRST
    assert detect_order(["08/31/2026", "09/01/2026"]) is DateOrder.MONTH_FIRST
    assert detect_order(["31/08/2026", "09/14/2026"]) is DateOrder.DAY_FIRST


def test_month_first_is_read_when_told_so() -> None:
    assert parse_day("09/01/2026", DateOrder.MONTH_FIRST) == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("name", "month"),
    [("september", 9), ("Okt 2026", 10), ("2026-09", 9), ("blad1", None), ("mei-juni", None), ("mrt", 3)],
)
def test_a_sheet_may_be_named_after_a_month(name: str, month: int | None) -> None:
    assert month_named(name) == month
