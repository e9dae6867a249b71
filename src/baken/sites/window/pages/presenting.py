"""What each page shows: panels with a chart and its table, sentences, lists to choose from, dates.

Here meet what `baken.render` makes of the files and the addresses of this site. Never here: a figure of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from baken.contract.periods import Calendar, Quarter, SchoolYear
from baken.contract.publication import ALL, CITY
from baken.contract.texts import Text
from baken.render import charts, document, method, pictures, sentences, tables, words
from baken.render.figures import Figure, base_of
from baken.render.svg import Drawing
from baken.render.tables import Table
from baken.sites.shared.clock import today
from baken.sites.window.pages import choices
from baken.sites.window.pages.choices import Choice
from baken.sites.window.pages.library import Library, Release

Context = dict[str, Any]
FIRST_QUARTER = "2026-2027/1"
"""Of the first city, unless BAKEN_FIRST_QUARTER says otherwise."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart for wide and one for narrow screens, a table, or both. `note` explains what is not there."""

    name: str
    heading: str
    wide: SafeString
    narrow: SafeString
    table: Table | None
    download: str
    note: str = ""

    @property
    def long(self) -> bool:
        """A line over time needs more room than half a page."""
        return self.name == "verloop"

    @property
    def drawn(self) -> bool:
        return bool(self.wide)


def midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _panel(
    name: str, drawings: tuple[Drawing | None, Drawing | None], table: Table | None, download: str = "", note: str = ""
) -> Panel | None:
    wide, narrow = drawings
    if wide is None and table is None:
        return None
    heading = wide.title if wide else table.caption if table else ""
    return Panel(
        name,
        heading,
        # The drawing module escapes every word that it writes.
        SafeString(wide.inline(f"{name}-wide") if wide else ""),
        SafeString(narrow.inline(f"{name}-narrow") if narrow else ""),
        table,
        download,
        note,
    )


def _bars(shelf: Library, period: str, language: str, area: str = CITY) -> Panel | None:
    wide, narrow = (
        pictures.category_bars(shelf.figures, period, language, area=area, width=width)
        for width in (charts.WIDE, charts.NARROW)
    )
    table = tables.by_category(shelf.figures, period, language, area=area)
    download = _file(shelf, period, "categorieen", language, area == CITY)
    return _panel("categorieen", (wide, narrow), table, download, _rounded(shelf, period, language))


def _rounded(shelf: Library, period: str, language: str) -> str:
    publication = shelf.figures.publication_of(period)
    return words.rounding_legend(base_of(publication)).in_language(language) if publication else ""


def _map(shelf: Library, period: str, language: str, category: str = ALL) -> Panel | None:
    wide, narrow = (
        pictures.area_map(shelf.figures, shelf.city, period, language, category=category, width=width)
        for width in (charts.WIDE, charts.NARROW)
    )
    table = tables.by_area(shelf.figures, period, language, category=category)
    note = words.MORE_SCHOOLS.in_language(language)
    return _panel("kaart", (wide, narrow), table, _file(shelf, period, "kaart", language, category == ALL), note)


def _file(shelf: Library, period: str, name: str, language: str, offered: bool) -> str:
    """The address of the same drawing as a file of the release in which the period came out; "" when there is none."""
    found = next((r for r in shelf.releases if r.publication.period == period), None)
    return reverse("release-file", args=[found.number, f"{name}-{language}.svg"]) if found and offered else ""


def _line(shelf: Library, area: str, category: str, title: Text, language: str) -> Panel | None:
    wide, narrow = (
        pictures.line_over_time(shelf.figures, area, category, title, language, width=width)
        for width in (charts.LONG, charts.NARROW)
    )
    table = tables.over_time(shelf.figures, area, category, title, language)
    offered = area == CITY and category == ALL and shelf.latest is not None
    download = reverse("release-file", args=[len(shelf.releases), f"verloop-{language}.svg"]) if offered else ""
    return _panel("verloop", (wide, narrow), table, download, _rounded(shelf, shelf.figures.quarters[-1], language))


def home(shelf: Library, language: str) -> Context:
    """The newest figures first, in sentences; then per category, per area, over time."""
    latest = shelf.releases[-1]
    period = latest.publication.period
    story = sentences.paragraphs(shelf.figures, period, language)
    panels = [_bars(shelf, period, language), _map(shelf, period, language)]
    over_time = _line(
        shelf, CITY, ALL, Text("Verloop per kwartaal, hele stad", "Trend by quarter, whole city"), language
    )
    return {
        "city": shelf.city,
        "period": words.capital(words.period(period).in_language(language)),
        "published_on": words.day(latest.published_on).in_language(language),
        "headline": story[0],
        "story": story[1:],
        "panels": [panel for panel in panels if panel],
        "over_time": over_time if len(shelf.figures.quarters) > 1 else None,
        "follow_up": latest.publication.follow_up.in_language(language),
        "latest": latest,
        "joined": _joined(shelf, period, language),
        "next_on": words.day(next_publication(shelf, today())).in_language(language),
    }


def nothing_yet(shelf: Library, language: str) -> Context:
    day = words.day(next_publication(shelf, today())).in_language(language)
    return {"city": shelf.city, "empty": True, "next_on": day}


def next_publication(shelf: Library, on: date) -> date:
    """The next day in the calendar, from the first quarter on, for a period that has not come out yet."""
    calendar, first = Calendar(), Quarter.parse(getattr(settings, "BAKEN_FIRST_QUARTER", FIRST_QUARTER))
    quarter = max(first, Quarter.of(on).previous.previous)
    coming: list[Quarter | SchoolYear] = []
    for _step in range(5):
        coming += [quarter, quarter.year]
        quarter = quarter.next
    published = set(shelf.figures.periods)
    return min(d for p in coming if str(p) not in published and (d := calendar.publishes_on(p)) >= on)


def _joined(shelf: Library, period: str, language: str) -> list[str]:
    return [shelf.figures.name_of(a, language) for a in shelf.figures.areas(period) if len(a.districts) > 1]


def figures(shelf: Library, chosen: Choice, language: str) -> Context:
    """The figures of one period, or of one area or category of it, or a single one."""
    found, period = shelf.figures, chosen.period
    panels: list[Panel | None] = []
    if not chosen.category:
        panels.append(_bars(shelf, period, language, chosen.area or CITY))
    if not chosen.area:
        panels.append(_map(shelf, period, language, chosen.category or ALL))
    panels += _tables_without_chart(shelf, chosen, language)
    single = found.figure(chosen.area, chosen.category, period) if chosen.one_figure else None
    return {
        "city": shelf.city,
        "fields": _fields(shelf, chosen, language),
        "filtered": bool(chosen.area or chosen.category),
        "period": words.capital(words.period(period).in_language(language)),
        "story": sentences.paragraphs(found, period, language),
        "panels": [panel for panel in panels if panel],
        "single": _single(single, language) if single else None,
        "single_name": _names(shelf, chosen, language),
        "joined": _joined(shelf, period, language),
        "reason": method.sections(found.publication_of(period))[1].paragraphs,
        "language": language,
        "release": next((r for r in shelf.releases if r.publication.period == period), None),
    }


def _tables_without_chart(shelf: Library, chosen: Choice, language: str) -> list[Panel | None]:
    """What is chosen and has no chart, and the large table of a school year when nothing is chosen."""
    found, period = shelf.figures, chosen.period
    if chosen.one_figure:
        return []
    if not chosen.area and not chosen.category:
        return [_panel("tabel", (None, None), tables.areas_by_category(found, period, language))]
    if chosen.area and not tables.by_category(found, period, language, area=chosen.area):
        note = _(
            "Per kwartaal tonen we van een gebied alleen het totaal. De categorieën per gebied komen per schooljaar."
        )
        return [_panel("gebied", (None, None), tables.by_area(found, period, language, area=chosen.area), note=note)]
    if chosen.category and not tables.by_area(found, period, language, category=chosen.category):
        note = _("Per kwartaal tonen we een categorie alleen voor de hele stad. Per gebied komt ze per schooljaar.")
        table = tables.by_category(found, period, language, category=chosen.category)
        return [_panel("categorie", (None, None), table, note=note)]
    return []


def _single(figure: Figure, language: str) -> dict[str, str]:
    return {"value": tables.shown(figure, language), "bounds": tables.bounds(figure, language)}


def _names(shelf: Library, chosen: Choice, language: str) -> str:
    area = shelf.figures.area(chosen.area, chosen.period)
    labels = dict(choices.categories(shelf.figures, chosen.period, language))
    return f"{labels.get(chosen.category, '')}, {shelf.figures.name_of(area, language) if area else ''}"


def _fields(shelf: Library, chosen: Choice, language: str) -> list[choices.Field]:
    found = shelf.figures
    return [
        choices.field("periode", _("Periode"), "", choices.periods(found, language), chosen.period),
        choices.field(
            "gebied", _("Gebied"), _("Hele stad"), choices.areas(found, chosen.period, language), chosen.area
        ),
        choices.field(
            "categorie",
            _("Categorie"),
            _("Alle categorieën"),
            choices.categories(found, chosen.period, language),
            chosen.category,
        ),
    ]


def trend(shelf: Library, chosen: Choice, language: str) -> Context:
    """One line over the quarters: the city, a category of the city, or an area."""
    found, newest = shelf.figures, shelf.figures.quarters[-1]
    known_areas = {a.code: found.name_of(a, language) for quarter in found.quarters for a in found.areas(quarter)}
    labels = dict(choices.categories(found, newest, language))
    area_name = known_areas.get(chosen.area, words.WHOLE_CITY.in_language(language))
    category_name = labels.get(chosen.category, words.ALL_CATEGORIES.in_language(language))
    title = f"{category_name}, {area_name[:1].lower() + area_name[1:] if not chosen.area else area_name}"
    heading = Text(f"{title}, per kwartaal", f"{title}, by quarter")
    return {
        "city": shelf.city,
        "fields": [
            choices.field("gebied", _("Gebied"), _("Hele stad"), list(known_areas.items()), chosen.area),
            choices.field("categorie", _("Categorie"), _("Alle categorieën"), list(labels.items()), chosen.category),
        ],
        "panel": _line(shelf, chosen.area or CITY, chosen.category or ALL, heading, language),
        "changes": changes(shelf, language),
    }


def changes(shelf: Library, language: str) -> list[str]:
    """Where participation or areas changed between quarters that follow each other, in words."""
    found, said = shelf.figures, []
    for before, after in zip(found.quarters, found.quarters[1:], strict=False):
        if pictures.break_between(found, CITY, before, after).nl:
            sentence = sentences.change_of_participation(found, before, after)
            name = words.capital(words.period(after).in_language(language))
            said += [f"{name}: {sentence.text.in_language(language)}"] if sentence else []
    return said


def protection(shelf: Library, language: str) -> Context:
    latest = shelf.latest
    publication = latest.publication if latest else None
    return {
        "city": shelf.city,
        "sections": [
            (s.name, s.heading.in_language(language), [p.in_language(language) for p in s.paragraphs])
            for s in method.sections(publication)
        ],
        "policy": method.policy_facts(publication, language) if publication else (),
        "areas": [
            (shelf.figures.name_of(area, language), tables.note_of(area, language))
            for area in (shelf.figures.areas(publication.period) if publication else ())
        ],
        "held_back": _held_back(latest) if latest else None,
        "keys": sorted({r.key_id for r in shelf.releases}),
        "latest": latest,
    }


def _held_back(release: Release) -> dict[str, int]:
    cells = release.publication.cells
    return {"hidden": sum(c.value is None for c in cells), "all": len(cells)}


def releases(shelf: Library, language: str) -> Context:
    return {
        "city": shelf.city,
        "empty": not shelf.releases,
        "next_on": words.day(next_publication(shelf, today())).in_language(language),
        "rows": [
            {
                "release": release,
                "period": words.capital(words.period(release.publication.period).in_language(language)),
                "day": words.day(release.published_on).in_language(language),
                "follow_up": release.publication.follow_up.in_language(language),
            }
            for release in reversed(shelf.releases)
        ],
    }


def release(shelf: Library, number: int, language: str) -> Context:
    found = shelf.up_to(number)[-1]
    period = found.publication.period
    return {
        "city": shelf.city,
        "found": found,
        "language": language,
        "period": words.capital(words.period(period).in_language(language)),
        "day": words.day(found.published_on).in_language(language),
        "facts": document.facts(found.publication, language),
        "policy": method.policy_facts(found.publication, language),
        "story": sentences.paragraphs(shelf.figures, period, language),
    }
