"""Looking figures up: published as it is, added up only from published parts, never guessed."""

from dataclasses import replace

import pytest

from baken import cities
from baken.contract.publication import ALL, CITY
from baken.render.figures import Figures, figure_of
from building.publications import PERIODS, cell, chain, publication

DISTRICTS = cities.load("den_haag").districts


@pytest.fixture
def figures() -> Figures:
    return Figures(chain(), DISTRICTS)


def test_a_published_cell_is_shown_as_it_is(figures):
    assert figures.figure(CITY, ALL, "2025-2026").value == 285
    assert not figures.figure(CITY, ALL, "2025-2026").summed


def test_periods_run_from_old_to_new_with_the_year_after_its_quarters(figures):
    assert figures.periods == PERIODS


def test_a_missing_margin_is_added_up_from_published_parts_and_says_so():
    quarters = Figures(chain(PERIODS[:4]), DISTRICTS)

    year = quarters.figure(CITY, "bedreiging", "2025-2026")

    parts = [quarters.figure(CITY, "bedreiging", period) for period in PERIODS[:4]]
    assert year.summed
    assert (year.value, year.low, year.high) == tuple(
        sum(getattr(part, name) for part in parts) for name in ("value", "low", "high")
    )


def test_nothing_is_added_up_when_one_part_is_held_back():
    made = publication("2026-2027/1", number=1, held_back=[("escamp", ALL), (CITY, "drugs")])
    without_total = replace(made, cells=tuple(c for c in made.cells if (c.area, c.category) != (CITY, ALL)))

    assert Figures((without_total,), DISTRICTS).figure(CITY, ALL, "2026-2027/1") is None


def test_a_margin_that_is_held_back_stays_so_though_its_parts_are_shown():
    made = publication("2026-2027/1", number=1, held_back=[(CITY, ALL)])

    assert Figures((made,), DISTRICTS).figure(CITY, ALL, "2026-2027/1").held_back


def test_what_was_published_first_is_never_replaced_by_a_later_file():
    first = publication("2026-2027/1", number=1)
    later = replace(first, number=2, cells=tuple(replace(c, value=None, low=None, high=None) for c in first.cells))

    assert Figures((first, later), DISTRICTS).figure(CITY, ALL, "2026-2027/1").value == 165


def test_the_city_cube_that_is_never_published_is_never_found(figures):
    assert figures.figure("escamp", "bedreiging", "2026-2027/1") is None


def test_an_area_whose_districts_changed_within_the_year_is_not_added_up():
    made = chain(PERIODS[:4])
    changed = replace(made[3], areas=tuple(replace(a, districts=a.districts[:1]) for a in made[3].areas))

    assert Figures((*made[:3], changed), DISTRICTS).figure(made[0].areas[0].code, ALL, "2025-2026") is None


def test_districts_outside_every_area_do_not_take_part(figures):
    assert [d.code for d in figures.absent("2025-2026/1")] == ["loosduinen", "leidschenveen-ypenburg"]
    assert figures.absent("2026-2027/1") == ()


def test_areas_stand_in_the_order_of_the_districts_whatever_the_file_says():
    made = publication("2026-2027/1", number=1)
    turned = replace(made, areas=made.areas[::-1])

    codes = [a.code for a in Figures((turned,), DISTRICTS).areas("2026-2027/1")]

    assert codes == [a.code for a in Figures((made,), DISTRICTS).areas("2026-2027/1")]


@pytest.mark.parametrize(
    ("one", "other", "clear"), [(10, 15, False), (10, 20, True), (20, 10, True), (10, None, False)]
)
def test_two_figures_differ_for_certain_only_when_their_bounds_do_not_touch(one, other, clear):
    assert (
        figure_of(cell("T1", CITY, ALL, "2026-2027/1", one)).is_clear_of(
            figure_of(cell("T1", CITY, ALL, "2026-2027/1", other))
        )
        is clear
    )
