"""Tables as they are shown: captions, heads, rows of figures, and the legend that belongs under them.

Rows and columns keep a fixed order (districts, categories, periods); nothing is sorted by a figure. Never here: a cell
that is neither a published figure nor a sum of published figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from baken.contract.periods import SchoolYear, parse_period
from baken.contract.publication import ALL, CITY, Area
from baken.contract.texts import Text
from baken.render import words
from baken.render.charts import in_words
from baken.render.figures import Figure, Figures, base_of
from baken.render.sentences import BAND


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `remark` stands for all figures of a row that has none, e.g. of a district that does not take part."""

    head: str
    figures: tuple[Figure | None, ...]
    note: str = ""
    remark: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`with_bounds`: each row has one figure, and its bounds stand in a column of their own."""

    name: str
    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    legend: tuple[str, ...]
    language: str
    with_bounds: bool = False

    def lines(self) -> Iterator[tuple[Row, tuple[str, ...]]]:
        """Rows with what their cells say, as text."""
        for row in self.rows:
            if row.remark:
                yield row, (row.remark,)
            elif self.with_bounds:
                figure = row.figures[0]
                yield row, (shown(figure, self.language), bounds(figure, self.language))
            else:
                yield row, tuple(shown(figure, self.language) for figure in row.figures)


def shown(figure: Figure | None, language: str) -> str:
    """ "1.250", "1.250*" for a sum, "·" when held back, "–" when there is no such figure."""
    if figure is None:
        return "–"
    if figure.value is None:
        return figure.shown
    return words.number(figure.value, language) + ("*" if figure.summed else "")


def bounds(figure: Figure | None, language: str) -> str:
    """ "71 tot en met 79"; empty when there is nothing to say."""
    if figure is None or figure.held_back:
        return ""
    inside = in_words(figure, language)
    return inside[inside.index("(") + 1 : -1]


def note_of(area: Area, language: str) -> str:
    """Bands of an area: "6-9 scholen, 3-5 besturen"."""
    schools = Text(f"{area.schools} scholen", f"{area.schools} schools").in_language(language)
    boards = Text(f"{area.boards} besturen", f"{area.boards} boards").in_language(language)
    return f"{schools}, {boards}" if BAND.fullmatch(area.schools) and BAND.fullmatch(area.boards) else ""


def legend(figures: Figures, period: str, language: str, used: Iterable[Figure | None]) -> tuple[str, ...]:
    """What a reader needs to know to read the figures of a period right."""
    publication = figures.publication_of(period)
    if publication is None:
        return ()
    shown_figures = [f for f in used if f is not None]
    base = base_of(publication)
    zero = [f.high for f in shown_figures if f.value == 0 and f.high is not None and not f.summed]
    texts = [words.rounding_legend(base), words.zero_legend(max(zero, default=base - 1)), words.HELD_BACK_LEGEND]
    texts += [words.SUMMED] if any(f.summed for f in shown_figures) else []
    texts += [words.NOT_ZERO] if figures.absent(period) else []
    texts.append(words.PARTICIPATING)
    return tuple(t.in_language(language) for t in texts)


def _area_rows(figures: Figures, period: str, codes: Sequence[str], areas: Sequence[Area], language: str) -> list[Row]:
    return [
        Row(
            figures.name_of(a, language),
            tuple(figures.figure(a.code, code, period) for code in codes),
            note_of(a, language),
        )
        for a in areas
    ]


def _absent_rows(figures: Figures, period: str, language: str) -> list[Row]:
    remark = words.NOT_TAKING_PART.in_language(language)
    return [Row(district.name, (), remark=remark) for district in figures.absent(period)]


def _used(rows: Iterable[Row]) -> list[Figure | None]:
    return [figure for row in rows for figure in row.figures]


def areas_by_category(
    figures: Figures, period: str, language: str, *, area: str = "", category: str = ""
) -> Table | None:
    """Area × category of a school year, with margins. `area`, `category` narrow it; None when nothing is left."""
    categories = [c for c in figures.categories(period) if category in ("", c.code)]
    areas = [a for a in figures.areas(period) if area in ("", a.code)]
    if not categories or not isinstance(parse_period(period), SchoolYear) or not (areas or area == CITY):
        return None
    codes = [c.code for c in categories] + ([] if category else [ALL])
    rows = _area_rows(figures, period, codes, areas, language)
    if area in ("", CITY):
        city = tuple(figures.figure(CITY, code, period) for code in codes)
        rows += [] if area else _absent_rows(figures, period, language)
        rows.append(Row(words.WHOLE_CITY.in_language(language), city, total=True))
    columns = [c.short.in_language(language) for c in categories]
    columns += [] if category else [words.ALL_CATEGORIES.in_language(language)]
    name = words.period(period).in_language(language)
    caption = Text(f"Incidenten per gebied en categorie, {name}", f"Incidents by area and category, {name}")
    return Table(
        "gebied-categorie", caption.in_language(language), words.AREA.in_language(language), tuple(columns),
        tuple(rows), legend(figures, period, language, _used(rows)), language,
    )  # fmt: skip


def by_category(figures: Figures, period: str, language: str, *, area: str = CITY, category: str = "") -> Table | None:
    """The categories of the whole city, or of one area, with bounds and the total. None when nothing is left."""
    categories = [c for c in figures.categories(period) if category in ("", c.code)]
    rows = [Row(c.label.in_language(language), (figures.figure(area, c.code, period),)) for c in categories]
    if not any(row.figures[0] for row in rows):
        return None
    if not category:
        rows.append(_total(figures, area, ALL, period, language, words.ALL_CATEGORIES))
    found, name = figures.area(area, period), words.period(period)
    where = Text("hele stad", "whole city")
    if found:
        where = Text(figures.name_of(found, "nl"), figures.name_of(found, "en"))
    caption = Text(f"Incidenten per categorie, {where.nl}, {name.nl}", f"Incidents by category, {where.en}, {name.en}")
    return _with_bounds("categorieen", caption, words.CATEGORY, rows, figures, period, language)


def by_area(figures: Figures, period: str, language: str, *, category: str = ALL, area: str = "") -> Table | None:
    """The areas for all categories together, or for one, with bounds and the city. None when nothing is left."""
    areas = [a for a in figures.areas(period) if area in ("", a.code)]
    rows = _area_rows(figures, period, [category], areas, language)
    if not any(row.figures[0] for row in rows):
        return None
    if not area:
        rows += _absent_rows(figures, period, language)
        rows.append(_total(figures, CITY, category, period, language, words.WHOLE_CITY))
    what = next((c.label for c in figures.categories(period) if c.code == category), words.ALL_CATEGORIES)
    name = words.period(period)
    caption = Text(
        f"Incidenten per gebied, {what.nl.lower()}, {name.nl}", f"Incidents by area, {what.en.lower()}, {name.en}"
    )
    return _with_bounds("gebieden", caption, words.AREA, rows, figures, period, language)


def over_time(figures: Figures, area: str, category: str, heading: Text, language: str) -> Table | None:
    """One area and category over all quarters that are published, with bounds."""
    rows = [Row(words.period(q).in_language(language), (figures.figure(area, category, q),)) for q in figures.quarters]
    if not any(row.figures[0] for row in rows):
        return None
    return _with_bounds("verloop", heading, words.PERIOD, rows, figures, figures.quarters[-1], language)


def _total(figures: Figures, area: str, category: str, period: str, language: str, head: Text) -> Row:
    return Row(head.in_language(language), (figures.figure(area, category, period),), total=True)


def _with_bounds(
    name: str, caption: Text, corner: Text, rows: list[Row], figures: Figures, period: str, language: str
) -> Table:
    columns = (words.INCIDENTS.in_language(language), words.BETWEEN.in_language(language))
    return Table(
        name, caption.in_language(language), corner.in_language(language), columns, tuple(rows),
        legend(figures, period, language, _used(rows)), language, with_bounds=True,
    )  # fmt: skip


def tables_of(figures: Figures, period: str, language: str) -> tuple[Table, ...]:
    """Every table of a period: for a school year area × category; for all periods city × category and area × total."""
    made = (
        by_category(figures, period, language),
        by_area(figures, period, language),
        areas_by_category(figures, period, language),
    )
    return tuple(table for table in made if table is not None)
