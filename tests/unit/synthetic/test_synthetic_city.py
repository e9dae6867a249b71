"""The synthetic city is heavy-tailed, seeded, and cannot be mistaken for a real one."""

from statistics import mean, median

import pytest

from baken import cities
from baken.contract.periods import Quarter, SchoolYear, is_school_day
from baken.contract.structure import BOARD_NUMBER, LOCATION_CODE
from baken.synthetic import city, events, exports, records

SEEDS = (1, 2, 3)


@pytest.fixture(params=SEEDS)
def built(request: pytest.FixtureRequest) -> city.SyntheticCity:
    return city.build(cities.load("den_haag"), seed=request.param)


def test_about_sixty_schools_of_twenty_boards_lie_in_all_eight_districts(built):
    assert len(built.schools) == 60
    assert len({s.board for s in built.schools}) == 20
    assert {s.district for s in built.schools} == {d.code for d in built.city.districts}


def test_codes_have_the_form_of_duo_but_begin_with_99(built):
    assert all(LOCATION_CODE.fullmatch(s.code) and s.code.startswith("99") for s in built.schools)
    assert all(BOARD_NUMBER.fullmatch(b.number) and b.number.startswith("99") for b in built.boards)
    assert len({s.code for s in built.schools}) == len({s.name for s in built.schools}) == 60


def test_eight_volunteers_of_eight_boards_start_and_everybody_joins_once(built):
    pilot, *later = built.waves

    assert len(pilot.schools) == 8
    assert len({s.board for s in built.schools if s.code in pilot.schools}) == 8
    joined = [code for wave in (pilot, *later) for code in wave.schools]
    assert sorted(joined) == sorted(s.code for s in built.schools)


def test_a_few_schools_register_most(built):
    rates = events.school_rates(built.schools, seed=1)
    numbers = sorted(len(events.events(s, rates[s.code], SchoolYear(2025), seed=1)) for s in built.schools)

    assert sum(numbers[-8:]) > 0.3 * sum(numbers)
    assert median(numbers) < mean(numbers)


def test_incidents_fall_on_school_days_of_their_own_year(built):
    found = events.events(built.schools[0], 80.0, SchoolYear(2026), seed=5)

    assert found
    assert all(is_school_day(e.day) and SchoolYear.of(e.day) == SchoolYear(2026) for e in found)


def test_the_same_seed_gives_the_same_city_and_another_seed_another():
    hague = cities.load("den_haag")

    assert city.build(hague, seed=7) == city.build(hague, seed=7)
    assert city.build(hague, seed=7) != city.build(hague, seed=8)


@pytest.mark.parametrize("shape", exports.SHAPES)
def test_exports_are_the_same_bytes_for_the_same_seed(built, shape):
    found = events.events(built.schools[3], 40.0, SchoolYear(2026), seed=5)

    assert exports.write(shape, found) == exports.write(shape, found)


def test_quarters_of_a_year_hold_every_incident_once(built):
    found = events.events(built.schools[0], 60.0, SchoolYear(2026), seed=5)
    grouped = dict(events.by_quarter(found))

    assert list(grouped) == [str(q) for q in SchoolYear(2026).quarters]
    assert sum(len(part) for part in grouped.values()) == len(found)
    assert all(str(Quarter.of(e.day)) == name for name, part in grouped.items() for e in part)


def test_records_of_invented_incidents_pass_the_validator(built):
    from baken.contract import record

    found = events.events(built.schools[0], 120.0, SchoolYear(2026), seed=5)
    data = record.write([records.record(e, secret=b"s" * 32) for e in found], "csv")
    read, problems = record.read(data, "csv")

    assert not list(problems)
    assert len(read) == len(found)
