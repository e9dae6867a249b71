"""Het schooljaar en zijn kwartalen

Een schooljaar begint op 1 augustus en eindigt op 31 juli. Het heeft vier kwartalen: augustus tot en met oktober,
november tot en met januari, februari tot en met april, en mei tot en met juli. Wij schrijven een schooljaar als
2026-2027 en het eerste kwartaal daarvan als 2026-2027/1.
"""

from __future__ import annotations

from datetime import date

from baken.contract.periods import Calendar, Quarter, SchoolYear, is_school_day
from building.spec_tables import rows


def test_every_day_lies_in_one_quarter() -> None:
    """Elke dag valt in precies één kwartaal."""
    table = """
    | dag        | kwartaal    |
    |------------|-------------|
    | 2026-07-31 | 2025-2026/4 |
    | 2026-08-01 | 2026-2027/1 |
    | 2026-10-31 | 2026-2027/1 |
    | 2026-11-01 | 2026-2027/2 |
    | 2027-01-31 | 2026-2027/2 |
    | 2027-02-01 | 2026-2027/3 |
    | 2027-04-30 | 2026-2027/3 |
    | 2027-05-01 | 2026-2027/4 |
    | 2027-07-31 | 2026-2027/4 |
    """
    for row in rows(table):
        assert str(Quarter.of(date.fromisoformat(row["dag"]))) == row["kwartaal"]


def test_the_calendar_is_fixed_in_advance() -> None:
    """Leveren kan vanaf de dag na het kwartaal. De levering sluit na vier weken en de cijfers komen na acht weken.

    Die dagen staan vast en zijn voor iedereen gelijk. Zo verraadt het moment van publicatie niet wie te laat was.
    Valt een dag in een weekend, op een feestdag of in een vakantie, dan schuift hij naar de eerste schooldag daarna.
    """
    table = """
    | kwartaal    | leveren vanaf | sluit op   | cijfers op |
    |-------------|---------------|------------|------------|
    | 2026-2027/1 | 2026-11-01    | 2026-11-30 | 2027-01-04 |
    | 2026-2027/2 | 2027-02-01    | 2027-03-01 | 2027-03-30 |
    | 2026-2027/3 | 2027-05-01    | 2027-05-28 | 2027-06-25 |
    """
    calendar = Calendar()
    for row in rows(table):
        quarter = Quarter.parse(row["kwartaal"])
        days = (calendar.opens_on(quarter), calendar.closes_on(quarter), calendar.publishes_on(quarter))
        assert [day.isoformat() for day in days] == [row["leveren vanaf"], row["sluit op"], row["cijfers op"]]


def test_the_figures_of_a_year_come_ten_weeks_after_it() -> None:
    """De cijfers van een heel schooljaar komen tien weken na 31 juli."""
    table = """
    | schooljaar | cijfers op |
    |------------|------------|
    | 2025-2026  | 2026-10-09 |
    | 2024-2025  | 2025-10-09 |
    """
    for row in rows(table):
        assert Calendar().publishes_on(SchoolYear.parse(row["schooljaar"])).isoformat() == row["cijfers op"]


def test_a_school_day_is_no_weekend_and_no_holiday() -> None:
    """Een schooldag is een dag van maandag tot en met vrijdag, buiten de feestdagen en de vakanties van de regio."""
    table = """
    | dag        | schooldag | waarom            |
    |------------|-----------|-------------------|
    | 2026-11-03 | ja        | gewone dinsdag    |
    | 2026-11-07 | nee       | zaterdag          |
    | 2026-10-20 | nee       | herfstvakantie    |
    | 2027-03-29 | nee       | tweede paasdag    |
    | 2027-05-06 | nee       | Hemelvaartsdag    |
    """
    for row in rows(table):
        assert is_school_day(date.fromisoformat(row["dag"])) == (row["schooldag"] == "ja")
