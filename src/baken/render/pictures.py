"""The charts of a period, made of its published figures: bars per category, map of the areas, line over the quarters.

Each returns None when there is nothing to draw, so that no empty chart suggests a zero.
"""

from __future__ import annotations

from baken.contract.periods import Quarter, parse_period
from baken.contract.publication import ALL, CITY
from baken.contract.structure import City
from baken.contract.texts import Text
from baken.render import charts, tilemap, words
from baken.render.figures import Figures
from baken.render.svg import Drawing

_PARTICIPATION = Text("deelname veranderd", "participation changed")
_AREAS = Text("andere gebieden", "other areas")


def category_bars(
    figures: Figures, period: str, language: str, *, area: str = CITY, width: int = charts.WIDE
) -> Drawing | None:
    """Bars per category of the city or of one area."""
    rows = [
        charts.Bar(c.short.in_language(language), figures.figure(area, c.code, period))
        for c in figures.categories(period)
    ]
    if not any(row.figure for row in rows):
        return None
    where = _name(figures, area, period)
    name = words.period(period)
    title = Text(
        f"Incidenten per categorie, {where.nl}, {name.nl}", f"Incidents by category, {where.en}, {name.en}"
    ).in_language(language)
    return charts.bars(rows, title=title, language=language, width=width)


def _name(figures: Figures, area: str, period: str) -> Text:
    found = figures.area(area, period)
    if found is None:
        return Text("hele stad", "whole city")
    return Text(figures.name_of(found, "nl"), figures.name_of(found, "en"))


def area_map(
    figures: Figures, city: City, period: str, language: str, *, category: str = ALL, width: int = charts.WIDE
) -> Drawing | None:
    """The map of the areas of a period for one category; districts outside every area do not take part."""
    known = {district.code: district for district in city.districts}
    regions = [
        tilemap.Region(
            figures.name_of(area, language),
            tuple(known[code] for code in area.districts if code in known),
            figures.figure(area.code, category, period),
        )
        for area in figures.areas(period)
    ]
    if not any(region.figure for region in regions):
        return None
    regions += [tilemap.Region(d.name, (d,), None, absent=True) for d in figures.absent(period)]
    what = next((c.label for c in figures.categories(period) if c.code == category), words.ALL_CATEGORIES)
    name = words.period(period)
    title = Text(
        f"Incidenten per gebied, {what.nl.lower()}, {name.nl}", f"Incidents by area, {what.en.lower()}, {name.en}"
    ).in_language(language)
    return tilemap.tile_map(regions, title=title, language=language, width=width)


def line_over_time(
    figures: Figures, area: str, category: str, title: Text, language: str, *, width: int = charts.LONG
) -> Drawing | None:
    """One area and category over the quarters from the first to the last that is published, gaps included."""
    quarters = _all_between(figures)
    points = []
    before = ""
    for quarter in quarters:
        figure = figures.figure(area, category, str(quarter))
        points.append(
            charts.Point(
                group=str(quarter.year),
                label=Text(f"kw {quarter.number}", f"Q{quarter.number}").in_language(language),
                spoken=words.period(str(quarter)).in_language(language),
                figure=figure,
                breaks=break_between(figures, area, before, str(quarter)).in_language(language),
            )
        )
        before = str(quarter) if str(quarter) in figures.quarters else before
    if not any(point.figure and not point.figure.held_back for point in points):
        return None
    return charts.trend(points, title=title.in_language(language), language=language, width=width)


def _all_between(figures: Figures) -> list[Quarter]:
    if not figures.quarters:
        return []
    quarter, last = parse_period(figures.quarters[0]), parse_period(figures.quarters[-1])
    between = []
    while isinstance(quarter, Quarter) and isinstance(last, Quarter) and quarter <= last:
        between.append(quarter)
        quarter = quarter.next
    return between


def break_between(figures: Figures, area: str, before: str, after: str) -> Text:
    """What makes two quarters hard to compare, in words for a chart; two empty texts for nothing.

    For the city: another band of schools, or other areas. For an area: other districts or other bands.
    """
    nothing = Text("", "")
    then, now = figures.publication_of(before) if before else None, figures.publication_of(after)
    if then is None or now is None:
        return nothing
    if area == CITY:
        if then.participation != now.participation:
            return _PARTICIPATION
        return _AREAS if figures.areas_changed(before, after) else nothing
    old, new = figures.area(area, before), figures.area(area, after)
    if old is None or new is None or old.districts != new.districts:
        return _AREAS if old or new else nothing
    return _PARTICIPATION if (old.schools, old.boards) != (new.schools, new.boards) else nothing
