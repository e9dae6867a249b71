"""The school year, its quarters, its holidays, and the calendar that is fixed in advance."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from baken.contract.periods import (
    Calendar,
    Quarter,
    SchoolYear,
    holidays,
    is_school_day,
    on_or_after_school_day,
    parse_period,
    public_holidays,
)


@pytest.mark.parametrize(
    ("month", "quarter"),
    [
        ("2026-08", "2026-2027/1"),
        ("2026-10", "2026-2027/1"),
        ("2026-11", "2026-2027/2"),
        ("2027-01", "2026-2027/2"),
        ("2027-02", "2026-2027/3"),
        ("2027-04", "2026-2027/3"),
        ("2027-05", "2026-2027/4"),
        ("2027-07", "2026-2027/4"),
        ("2027-08", "2027-2028/1"),
    ],
)
def test_a_month_lies_in_a_quarter_of_the_school_year(month: str, quarter: str) -> None:
    assert str(Quarter.of_month(month)) == quarter


def test_a_quarter_has_three_months_in_order() -> None:
    assert Quarter.parse("2026-2027/2").months == ("2026-11", "2026-12", "2027-01")


@pytest.mark.parametrize(
    "text", ["2026-2028", "2026", "2026-2027/1", " 2026-2027", "0000-0001", "２０２６-２０２７", ""]
)
def test_anything_else_is_no_school_year(text: str) -> None:
    with pytest.raises(ValueError, match="school year"):
        SchoolYear.parse(text)


@pytest.mark.parametrize(
    "text", ["2026-2027/0", "2026-2027/5", "2026-2027", "2026-2027/１", "2026-2028/1", "kwartaal 1"]
)
def test_anything_else_is_no_quarter(text: str) -> None:
    with pytest.raises(ValueError, match="2026-2027"):
        Quarter.parse(text)


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "26-09", "2026-9", "2026-09-01"])
def test_anything_else_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Quarter.of_month(text)


def test_a_school_year_has_no_fifth_quarter() -> None:
    with pytest.raises(ValueError, match="quarters 1 to 4"):
        Quarter(SchoolYear(2026), 5)


def test_a_period_is_a_quarter_or_a_school_year() -> None:
    assert parse_period("2026-2027") == SchoolYear(2026)
    assert parse_period("2026-2027/3") == Quarter(SchoolYear(2026), 3)


def test_public_holidays_follow_easter() -> None:
    assert {date(2027, 3, 29), date(2027, 5, 6), date(2027, 5, 17)} <= public_holidays(2027)


def test_kings_day_is_the_day_before_when_it_falls_on_a_sunday() -> None:
    assert date(2025, 4, 26) in public_holidays(2025)
    assert date(2025, 4, 27) not in public_holidays(2025)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 10, 17), "a Saturday"),
        (date(2026, 10, 20), "in the autumn holiday"),
        (date(2027, 3, 29), "Easter Monday"),
        (date(2027, 8, 2), "in the summer holiday"),
    ],
)
def test_no_school_on(day: date, why: str) -> None:
    assert not is_school_day(day), why


def test_an_ordinary_tuesday_is_a_school_day() -> None:
    assert is_school_day(date(2026, 11, 3))


def test_a_school_day_stays_where_it_is() -> None:
    assert on_or_after_school_day(date(2026, 11, 3)) == date(2026, 11, 3)


def test_holidays_of_an_unknown_region_are_none() -> None:
    assert holidays("elders") == ()


def test_holidays_do_not_overlap() -> None:
    found = holidays()
    assert all(one.last < following.first for one, following in pairwise(found))


def test_a_delivery_can_be_made_from_the_day_after_the_quarter() -> None:
    assert Calendar().opens_on(Quarter.parse("2026-2027/1")) == date(2026, 11, 1)


def test_a_closing_date_in_the_weekend_moves_to_monday() -> None:
    assert Calendar().closes_on(Quarter.parse("2026-2027/1")) == date(2026, 11, 30)


def test_a_publication_date_at_christmas_moves_past_the_holiday() -> None:
    assert Calendar().publishes_on(Quarter.parse("2026-2027/1")) == date(2027, 1, 4)


def test_a_publication_date_on_easter_monday_moves_to_tuesday() -> None:
    assert Calendar().publishes_on(Quarter.parse("2026-2027/2")) == date(2027, 3, 30)


def test_the_school_year_is_published_after_its_last_quarter() -> None:
    year = SchoolYear.parse("2025-2026")
    assert Calendar().publishes_on(year) > Calendar().publishes_on(year.quarters[-1])
