"""Sentences claim nothing that the bounds do not prove, in both languages."""

import re
from dataclasses import replace

import pytest

from baken import cities
from baken.contract.publication import ALL, CITY
from baken.render.figures import Figures, figure_of
from baken.render.markupscan import foreign_numbers, published_numbers, structural_numbers
from baken.render.sentences import Direction, change, change_of_participation, direction, most_frequent, summary, total
from building.publications import BASE, cell, chain, publication

DISTRICTS = cities.load("den_haag").districts
PERIOD = "2026-2027/1"


def with_values(**values: int | None) -> Figures:
    """A quarter in which the city's categories have these values (others 0)."""
    made = publication(PERIOD, number=1)
    cells = [cell("T1", CITY, c.code, PERIOD, values.get(c.code.replace("-", "_"), 0)) for c in made.categories]
    return Figures((replace(made, cells=tuple(cells)),), DISTRICTS)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (10, 15, Direction.TOO_CLOSE),
        (5, 10, Direction.TOO_CLOSE),
        (10, 10, Direction.EQUAL),
        (10, 20, Direction.MORE),
        (20, 10, Direction.LESS),
        (None, 20, Direction.UNKNOWN),
        (20, None, Direction.UNKNOWN),
    ],
)
def test_a_direction_is_named_only_when_the_bounds_do_not_overlap(before, after, expected):
    made = [figure_of(cell("T1", CITY, ALL, PERIOD, value)) for value in (before, after)]

    assert direction(*made) is expected


def test_the_most_frequent_categories_are_those_that_certainly_come_first():
    assert most_frequent(with_values(diefstal=80, bedreiging=60, drugs=20), PERIOD).text.nl == (
        "Het vaakst: diefstal en bedreiging."
    )


def test_categories_with_equal_rounded_values_stand_in_the_order_of_the_bill():
    assert most_frequent(with_values(diefstal=60, bedreiging=60, drugs=20), PERIOD).text.nl == (
        "Het vaakst: bedreiging en diefstal."
    )


def test_categories_within_each_others_bounds_stand_in_the_order_of_the_bill():
    assert most_frequent(with_values(diefstal=65, bedreiging=60, drugs=20), PERIOD).text.nl == (
        "Het vaakst: bedreiging en diefstal."
    )


def test_no_category_is_named_when_none_certainly_comes_first():
    values = {c.code.replace("-", "_"): 20 for c in publication(PERIOD, number=1).categories}

    assert most_frequent(with_values(**values), PERIOD).text.nl.startswith("Welke categorie het vaakst voorkomt, is")


def test_a_category_that_is_held_back_is_not_said_to_be_small():
    assert most_frequent(with_values(diefstal=80, bedreiging=60, drugs=None), PERIOD).text.nl == (
        "Van de categorieën die we tonen het vaakst: diefstal en bedreiging."
    )


def test_a_total_of_zero_is_said_to_be_0_up_to_4():
    made = publication(PERIOD, number=1)
    figures = Figures((replace(made, cells=(cell("T1", CITY, ALL, PERIOD, 0),)),), DISTRICTS)

    assert "0 tot en met 4 incidenten" in total(figures, PERIOD).text.nl


def test_a_total_that_is_held_back_gets_no_number():
    made = publication(PERIOD, number=1)
    figures = Figures((replace(made, cells=(cell("T1", CITY, ALL, PERIOD, None),)),), DISTRICTS)

    sentence = total(figures, PERIOD).text.nl

    assert "tonen we geen totaal" in sentence
    assert not re.search(r"\d", sentence.replace("2026", "").replace("2027", ""))


def test_growth_of_participation_stands_beside_growth_of_the_figures():
    figures = Figures(chain(), DISTRICTS)

    said = [s.text.nl for s in summary(figures, "2026-2027/1")]

    assert any(text.startswith("Dat is meer dan") for text in said)
    assert any("van 6-9 scholen naar 10+ scholen" in text for text in said)


def test_areas_that_changed_are_named_beside_a_comparison():
    first, second = chain(("2026-2027/1", "2026-2027/2"))
    changed = replace(second, areas=second.areas[:4])
    figures = Figures((first, changed), DISTRICTS)

    assert "de gebieden of hun scholen veranderden" in change_of_participation(figures, PERIOD, "2026-2027/2").text.nl


def test_the_same_band_is_not_said_to_be_the_same_number_of_schools():
    figures = Figures(chain(("2026-2027/1", "2026-2027/2")), DISTRICTS)

    said = change_of_participation(figures, PERIOD, "2026-2027/2").text.nl

    assert said == "In beide perioden: 10+ scholen, in dezelfde gebieden. Hoeveel precies kan verschillen."


def test_a_figure_that_is_held_back_is_compared_with_nothing():
    first, second = chain(("2026-2027/1", "2026-2027/2"))
    hidden = replace(second, cells=(cell("T1", CITY, ALL, second.period, None),))

    assert change(Figures((first, hidden), DISTRICTS), PERIOD, second.period) is None


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_number_in_a_sentence_is_published(language):
    made = chain()
    figures = Figures(made, DISTRICTS)
    allowed = published_numbers(made) | structural_numbers(made, len(DISTRICTS))

    for period in figures.periods:
        for sentence in summary(figures, period):
            assert foreign_numbers(sentence.text.in_language(language), allowed) == []


def test_every_number_of_incidents_in_a_sentence_is_a_multiple_of_the_base():
    figures = Figures(chain(), DISTRICTS)
    said = " ".join(s.text.nl for period in figures.periods for s in summary(figures, period))

    numbers = [int(n.replace(".", "")) for n in re.findall(r"ongeveer ([\d.]+)", said)]

    assert numbers
    assert all(n % BASE == 0 for n in numbers)


def test_no_sentence_judges_or_ranks_an_area():
    figures = Figures(chain(), DISTRICTS)
    said = " ".join(s.text.nl + s.text.en for period in figures.periods for s in summary(figures, period)).lower()

    for word in ("onveilig", "veiligst", "gevaarlijk", "slechtst", "unsafe", "dangerous", "worst", "escamp"):
        assert word not in said
