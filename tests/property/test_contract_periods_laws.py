"""Laws of time: every day lies in exactly one quarter, and the calendar never runs backwards."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from baken.contract.periods import Calendar, Quarter, SchoolYear, is_school_day, parse_period, public_holidays
from building.contract_strategies import days, quarters


@given(days)
def test_every_day_lies_in_its_quarter_and_in_no_other(day: date) -> None:
    quarter = Quarter.of(day)

    near = (quarter.previous.previous, quarter.previous, quarter, quarter.next, quarter.next.next)
    assert [q for q in near if q.first_day <= day <= q.last_day] == [quarter]


@given(days)
def test_the_quarters_of_a_school_year_fill_it_without_a_gap(day: date) -> None:
    year = SchoolYear.of(day)

    first, second, third, fourth = year.quarters
    assert (first.first_day, fourth.last_day) == (year.first_day, year.last_day)
    for one, following in ((first, second), (second, third), (third, fourth)):
        assert one.last_day + timedelta(days=1) == following.first_day


@given(quarters)
def test_a_quarter_is_read_back_as_it_was_written(quarter: Quarter) -> None:
    assert parse_period(str(quarter)) == quarter
    assert parse_period(str(quarter.year)) == quarter.year


@given(quarters)
def test_the_next_of_the_previous_is_the_same_quarter(quarter: Quarter) -> None:
    assert quarter.previous.next == quarter.next.previous == quarter


@given(quarters)
def test_every_month_of_a_quarter_leads_back_to_it(quarter: Quarter) -> None:
    assert {Quarter.of_month(month) for month in quarter.months} == {quarter}


@given(quarters)
def test_closing_and_publication_fall_on_school_days_in_that_order(quarter: Quarter) -> None:
    calendar = Calendar()
    opens, closes, publishes = calendar.opens_on(quarter), calendar.closes_on(quarter), calendar.publishes_on(quarter)

    assert quarter.last_day < opens < closes < publishes
    assert is_school_day(closes)
    assert is_school_day(publishes)


@given(quarters)
def test_periods_are_ordered_as_time_is(quarter: Quarter) -> None:
    assert quarter < quarter.next
    assert quarter.first_day < quarter.next.first_day


@given(st.integers(1901, 2199))
def test_easter_monday_is_a_monday_between_23_march_and_26_april(year: int) -> None:
    mondays = [d for d in public_holidays(year) if d.weekday() == 0 and date(year, 3, 23) <= d <= date(year, 4, 26)]

    assert mondays
