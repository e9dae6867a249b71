"""Charts: geometry from published values, joined districts as one area, words for who cannot see them."""

import re

import pytest

from baken import cities
from baken.contract.publication import ALL, CITY
from baken.contract.texts import Text
from baken.render import charts, pictures
from baken.render.figures import Figures, figure_of
from baken.render.markupscan import parse, published_numbers, scan_svg, structural_numbers
from baken.render.svg import element
from baken.render.tilemap import Region, step_of
from building.publications import cell, chain

HAGUE = cities.load("den_haag")
WIDTHS = (charts.WIDE, charts.NARROW)


@pytest.fixture
def figures() -> Figures:
    return Figures(chain(), HAGUE.districts)


def bar(value: int | None) -> charts.Bar:
    return charts.Bar("x", figure_of(cell("T1", CITY, ALL, "2026-2027/1", value)))


def test_equal_published_values_have_bars_of_equal_length():
    tree, _ = parse(charts.bars([bar(20), bar(45), bar(20)], title="t", language="nl").inline("a"))

    one, _, other = [r.attributes["width"] for r in tree.find("rect", "bar")]
    assert one == other


def test_a_zero_has_no_bar_and_a_line_up_to_its_upper_bound():
    tree, _ = parse(charts.bars([bar(0), bar(45)], title="t", language="nl").inline("a"))

    row = tree.find("g", "row")[0]
    assert row.find("rect", "bar")[0].attributes["width"] == "0"
    first = row.find("line", "whisker")[0].attributes
    assert int(first["x2"]) > int(first["x1"])


def test_a_figure_that_is_held_back_has_no_bar_and_no_line():
    tree, _ = parse(charts.bars([bar(None), bar(45)], title="t", language="nl").inline("a"))

    row = tree.find("g", "row")[0]
    assert not row.find("rect") and not row.find("line")
    assert [t.text for t in row.find("text")] == ["x", "·", "niet getoond"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_drawing_passes_the_leak_scan_and_has_a_title_and_a_description(figures, width, language):
    allowed = published_numbers(figures.publications) | structural_numbers(figures.publications, 8)
    title = Text("Verloop", "Trend")
    for period in figures.periods:
        drawings = [
            pictures.category_bars(figures, period, language, width=width),
            pictures.area_map(figures, HAGUE, period, language, width=width),
            pictures.line_over_time(figures, CITY, ALL, title, language, width=width),
        ]
        for drawing in drawings:
            markup = drawing.inline("a")
            assert scan_svg(markup, allowed) == []
            assert scan_svg(drawing.standalone("Bron"), allowed) == []
            tree, _ = parse(markup)
            assert tree.find("title")[0].text and tree.find("desc")[0].text
            assert tree.find("svg")[0].attributes["role"] == "img"


def test_joined_districts_are_one_area_with_the_same_number_in_every_tile(figures):
    tree, _ = parse(pictures.area_map(figures, HAGUE, "2025-2026", "nl").inline("a"))

    regions = tree.find("g", "region")
    numbers = [[t.text for t in region.find("text", "number")] for region in regions]
    assert numbers == [["190"] * 4, ["95"] * 2, [], []]
    assert len({e.attributes["class"].split()[0] for e in regions[0].find("rect")}) == 2


def test_a_district_that_does_not_take_part_has_no_number_and_says_so(figures):
    drawing = pictures.area_map(figures, HAGUE, "2025-2026", "nl")

    assert "Loosduinen: doet (nog) niet mee" in drawing.description
    absent = parse(drawing.inline("a"))[0].find("g", "region")[-1]
    assert not absent.find("text", "number")


def test_the_shade_depends_on_the_published_value_only():
    figure = [figure_of(cell("T2", "a", ALL, "2026-2027/1", value)) for value in (0, 5, 20, None)]
    steps = [step_of(Region("a", (), one), 20) for one in figure]

    assert steps == ["0", "1", "4", "held"]
    assert step_of(Region("a", (), None, absent=True), 20) == "absent"


def test_the_line_is_broken_and_marked_where_participation_changed(figures):
    drawing = pictures.line_over_time(figures, CITY, ALL, Text("t", "t"), "nl")
    tree, _ = parse(drawing.inline("a"))

    assert len(tree.find("polyline", "line")) == 2
    assert len(tree.find("line", "change")) == 1
    assert "(deelname veranderd)" in drawing.description


def test_the_line_is_broken_where_a_quarter_is_missing():
    figures = Figures(chain(("2026-2027/1", "2026-2027/4")), HAGUE.districts)

    drawing = pictures.line_over_time(figures, CITY, ALL, Text("t", "t"), "nl")

    assert drawing.description.count("geen cijfer") == 2
    assert not parse(drawing.inline("a"))[0].find("polyline")


def test_an_area_is_followed_only_as_long_as_it_has_the_same_districts(figures):
    assert pictures.break_between(figures, "escamp", "2025-2026/4", "2026-2027/1").nl == "andere gebieden"
    assert pictures.break_between(figures, "escamp", "2026-2027/1", "2026-2027/2").nl == ""


def test_nothing_is_drawn_of_a_period_without_figures(figures):
    assert pictures.category_bars(figures, "2030-2031", "nl") is None
    assert pictures.area_map(figures, HAGUE, "2030-2031", "nl") is None


def test_a_fraction_cannot_be_drawn():
    with pytest.raises(TypeError):
        element("rect", width=12.5)  # type: ignore[arg-type]


def test_an_attribute_that_drawings_do_not_have_cannot_be_written():
    with pytest.raises(ValueError, match="data-raw"):
        element("rect", data_raw=13)


def test_no_colour_is_red_or_green():
    from baken.render.svg import style_sheet

    for red, green, blue in re.findall(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", style_sheet()):
        assert int(blue, 16) >= int(red, 16) - 8 and int(blue, 16) >= int(green, 16) - 8
