"""What a reader may choose: periods, areas and categories that are in the files, and nothing else.

A parameter that is not one of ours is ignored; a value that is in no file leads to the one answer that says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from baken.contract.publication import ALL, CITY
from baken.render import words
from baken.render.figures import Figures


class NotThere(Exception):  # noqa: N818  (says what is the matter, as the domain's refusals do)
    """Unknown, held back or never published: nobody is told which of the three."""


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One list to choose from, as a form shows it. `empty` is the label of no choice; "" when one must be chosen."""

    name: str
    label: str
    empty: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> bool:
        return any(option.chosen for option in self.options)


def field(name: str, label: str, empty: str, pairs: Iterable[tuple[str, str]], chosen: str) -> Field:
    return Field(name, label, empty, tuple(Option(value, text, value == chosen) for value, text in pairs))


def one_of(query: QueryDict, name: str, allowed: Iterable[str]) -> str:
    """The chosen value, "" for none. Raises `NotThere` for a value that is not allowed."""
    value = query.get(name, "")
    if value and value not in set(allowed):
        raise NotThere
    return value


def periods(figures: Figures, language: str) -> list[tuple[str, str]]:
    """Newest first."""
    return [(p, words.capital(words.period(p).in_language(language))) for p in reversed(figures.periods)]


def areas(figures: Figures, period: str, language: str) -> list[tuple[str, str]]:
    return [(area.code, figures.name_of(area, language)) for area in figures.areas(period)]


def categories(figures: Figures, period: str, language: str) -> list[tuple[str, str]]:
    return [(c.code, c.label.in_language(language)) for c in figures.categories(period)]


@dataclass(frozen=True, slots=True)
class Choice:
    """A period, and optionally an area and a category of it ("" for all)."""

    period: str
    area: str
    category: str

    @property
    def one_figure(self) -> bool:
        return bool(self.area and self.category)


def choice(query: QueryDict, figures: Figures, newest: str) -> Choice:
    """Raises `NotThere` for anything that is not in the files, and for a single figure that is not shown."""
    period = one_of(query, "periode", figures.periods) or newest
    area = one_of(query, "gebied", [area.code for area in figures.areas(period)])
    category = one_of(query, "categorie", [c.code for c in figures.categories(period)])
    made = Choice(period, area, category)
    figure = figures.figure(area or CITY, category or ALL, period)
    if made.one_figure and (figure is None or figure.held_back):
        raise NotThere
    return made


def chosen_series(query: QueryDict, figures: Figures) -> Choice:
    """Area or category to follow over the quarters. Raises `NotThere`, also for both: that is never published."""
    known_areas = {area.code for quarter in figures.quarters for area in figures.areas(quarter)}
    known_categories = {c.code for quarter in figures.quarters for c in figures.categories(quarter)}
    area = one_of(query, "gebied", known_areas)
    category = one_of(query, "categorie", known_categories)
    if area and category:
        raise NotThere
    return Choice("", area, category)
