"""Plain sentences about the published figures, in both languages, each with the cells that it comes from.

A sentence claims no direction and no order that the bounds of the figures do not prove. It never compares areas with
each other, and it names a change in who takes part beside a change in the figures. Never here: an opinion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from baken.contract.periods import Quarter, parse_period
from baken.contract.publication import ALL, CITY, Cell, Publication, PublishedCategory
from baken.contract.texts import Text
from baken.render import words
from baken.render.figures import Figure, Figures

LONGEST_LABEL = 45
"""Characters of a category's label that still read well inside a sentence; else its short name is used."""
MOST_NAMED = 4
BAND = re.compile(r"\d+[-–]\d+|\d+\+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the published cells that its numbers and claims come from."""

    text: Text
    cells: tuple[Cell, ...]


class Direction(StrEnum):
    MORE = "more"
    LESS = "less"
    EQUAL = "equal"
    TOO_CLOSE = "too-close"
    """The rounded values differ, but the true numbers may be the other way round."""
    UNKNOWN = "unknown"


def direction(before: Figure, after: Figure) -> Direction:
    """What can be said about the change between two figures; a direction only when their bounds do not overlap."""
    if before.value is None or after.value is None:
        return Direction.UNKNOWN
    if before.value == after.value:
        return Direction.EQUAL
    if not before.is_clear_of(after):
        return Direction.TOO_CLOSE
    return Direction.MORE if after.value > before.value else Direction.LESS


def about(figure: Figure, language: str) -> str:
    """ "ongeveer 1.250", or "0 tot en met 4" for a 0. The figure must be shown."""
    english = language.startswith("en")
    if figure.value is None:
        raise ValueError("a figure that is held back has no words")
    if figure.value == 0:
        return f"0 {'up to and including' if english else 'tot en met'} {figure.high}"
    return f"{'about' if english else 'ongeveer'} {words.number(figure.value, language)}"


def name_in_sentence(category: PublishedCategory) -> Text:
    """The label, or the short name where the label would break the sentence; in lower case."""
    chosen = category.label if len(category.label.nl) <= LONGEST_LABEL and "," not in category.label.nl else None
    text = chosen or category.short
    return Text(text.nl.lower(), text.en.lower())


def total(figures: Figures, period: str) -> Sentence:
    """How many incidents the schools that take part registered in a period."""
    figure, opening = figures.figure(CITY, ALL, period), words.period_in_sentence(period)
    if figure is None or figure.held_back:
        return Sentence(
            Text(
                f"{opening.nl} tonen we geen totaal, om scholen te beschermen.",
                f"{opening.en} no total is shown, to protect schools.",
            ),
            figure.cells if figure else (),
        )
    return Sentence(
        Text(
            f"{opening.nl} registreerden de deelnemende scholen {about(figure, 'nl')} incidenten.",
            f"{opening.en} the schools that take part registered {about(figure, 'en')} incidents.",
        ),
        figure.cells,
    )


def most_frequent(figures: Figures, period: str) -> Sentence | None:
    """The categories that certainly come before all other shown ones; None when nothing can be compared."""
    known = [(c, figures.figure(CITY, c.code, period)) for c in figures.categories(period)]
    shown = [(c, f) for c, f in known if f is not None and not f.held_back]
    if len(shown) < 2:
        return None
    cells = tuple(cell for _, figure in known if figure for cell in figure.cells)
    partial = len(shown) < len(known)
    top = _clear_top(shown)
    if not top:
        return Sentence(
            Text(
                "Welke categorie het vaakst voorkomt, is met deze afgeronde aantallen niet te zeggen.",
                "Which category comes most often cannot be told from these rounded numbers.",
            ),
            cells,
        )
    names = [name_in_sentence(category) for category in top]
    among = Text("Van de categorieën die we tonen het vaakst", "Most often, among the categories shown")
    opening = among if partial else Text("Het vaakst", "Most often")
    return Sentence(
        Text(
            f"{opening.nl}: {words.joined([n.nl for n in names], 'nl')}.",
            f"{opening.en}: {words.joined([n.en for n in names], 'en')}.",
        ),
        cells,
    )


def _clear_top(shown: list[tuple[PublishedCategory, Figure]]) -> list[PublishedCategory]:
    """The smallest group, of two if there is one, whose lower bounds all lie above the upper bounds of the rest.

    Within the group the order is that of the bill, unless the bounds prove another.
    """
    ranked = sorted(shown, key=lambda pair: -(pair[1].value or 0))
    for size in (2, 1, 3, MOST_NAMED):
        inside, outside = ranked[:size], ranked[size:]
        if outside and all(a.is_clear_of(b) for _, a in inside for _, b in outside):
            return _in_provable_order(inside, shown)
    return []


def _in_provable_order(
    group: list[tuple[PublishedCategory, Figure]], fixed: list[tuple[PublishedCategory, Figure]]
) -> list[PublishedCategory]:
    proven = all(a.is_clear_of(b) for (_, a), (_, b) in pairwise(group))
    if proven:
        return [category for category, _ in group]
    codes = {category.code for category, _ in group}
    return [category for category, _ in fixed if category.code in codes]


_CHANGE = {
    Direction.MORE: Text("Dat is meer dan {then} ({n}).", "That is more than {then} ({n})."),
    Direction.LESS: Text("Dat is minder dan {then} ({n}).", "That is less than {then} ({n})."),
    Direction.EQUAL: Text(
        "Dat is ongeveer gelijk aan het aantal {then} ({n}).", "That is about the same as {then} ({n})."
    ),
    Direction.TOO_CLOSE: Text(
        "Het verschil met {then} ({n}) is te klein om iets over te zeggen.",
        "The difference from {then} ({n}) is too small to say anything about.",
    ),
}


def change(figures: Figures, before: str, after: str) -> Sentence | None:
    """The city's total of one period beside that of another; None when one of the two is not shown."""
    then, now = figures.figure(CITY, ALL, before), figures.figure(CITY, ALL, after)
    if then is None or now is None or then.held_back or now.held_back:
        return None
    pattern = _CHANGE[direction(then, now)]
    name = _then(before, after)
    return Sentence(
        Text(
            pattern.nl.format(then=name.nl, n=about(then, "nl")),
            pattern.en.format(then=name.en, n=about(then, "en")),
        ),
        (*then.cells, *now.cells),
    )


def _then(before: str, after: str) -> Text:
    old, new = parse_period(before), parse_period(after)
    if isinstance(old, Quarter) and isinstance(new, Quarter):
        if old.next == new:
            return Text("in het kwartaal ervoor", "in the quarter before")
        if old.year.next == new.year and old.number == new.number:
            return Text("in hetzelfde kwartaal een jaar eerder", "in the same quarter a year earlier")
    name = words.period_in_sentence(before)
    return Text(name.nl[:1].lower() + name.nl[1:], name.en[:1].lower() + name.en[1:])


def band(participation: str) -> Text:
    """A band of schools ("10+") in words; any other text of the file stands as it is."""
    if BAND.fullmatch(participation):
        return Text(f"{participation} scholen", f"{participation} schools")
    return Text(participation, participation)


def participation(figures: Figures, period: str) -> Sentence | None:
    """Who takes part, in bands, as the publication of the period says."""
    publication = figures.publication_of(period)
    if publication is None:
        return None
    areas, absent = figures.areas(period), figures.absent(period)
    inside = sum(len(area.districts) for area in areas)
    schools = band(publication.participation)
    nl = f"Deelname: {schools.nl}, in {_count(len(areas), 'gebied', 'gebieden')}"
    en = f"Taking part: {schools.en}, in {_count(len(areas), 'area', 'areas')}"
    if figures.districts:
        nl += (
            f" met samen {inside} van de {inside + len(absent)} stadsdelen" if absent else " met samen alle stadsdelen"
        )
        en += f" that hold {inside} of the {inside + len(absent)} districts" if absent else " that hold all districts"
    return Sentence(Text(f"{nl}.", f"{en}."), ())


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def change_of_participation(figures: Figures, before: str, after: str) -> Sentence | None:
    """Named beside every comparison: whether the two periods are about the same participation; None without one."""
    then, now = figures.publication_of(before), figures.publication_of(after)
    if then is None or now is None:
        return None
    if then.participation != now.participation:
        old, new = band(then.participation), band(now.participation)
        return Sentence(
            Text(
                f"Let op: de deelname veranderde, van {old.nl} naar {new.nl}. Een verschil kan daardoor komen.",
                f"Note: participation changed, from {old.en} to {new.en}. That may explain a difference.",
            ),
            (),
        )
    if figures.areas_changed(before, after):
        return Sentence(_areas_text(then, now), ())
    # A band such as 10+ is wide: the same band is no proof that as many schools took part.
    same = band(now.participation)
    return Sentence(
        Text(
            f"In beide perioden: {same.nl}, in dezelfde gebieden. Hoeveel precies kan verschillen.",
            f"In both periods: {same.en}, in the same areas. How many exactly may differ.",
        ),
        (),
    )


def _areas_text(then: Publication, now: Publication) -> Text:
    return Text(
        f"Let op: de gebieden of hun scholen veranderden (toen {_count(len(then.areas), 'gebied', 'gebieden')}, "
        f"nu {len(now.areas)}). Een verschil kan daardoor komen.",
        f"Note: the areas or their schools changed (then {_count(len(then.areas), 'area', 'areas')}, "
        f"now {len(now.areas)}). That may explain a difference.",
    )


def comparable_with(figures: Figures, period: str) -> str | None:
    """The period that a reader compares with first: the one of the same length just before, when it is published."""
    previous = str(parse_period(period).previous)
    return previous if previous in figures.periods else None


def story(figures: Figures, period: str) -> tuple[tuple[Sentence, ...], ...]:
    """The story of one period in paragraphs: how many, compared with before, what most often, who takes part."""
    before = comparable_with(figures, period)
    changed = change(figures, before, period) if before else None
    compared = (changed, change_of_participation(figures, before, period)) if before and changed else ()
    paragraphs = (
        (total(figures, period),),
        compared,
        (most_frequent(figures, period),),
        (participation(figures, period),),
    )
    kept = (tuple(s for s in paragraph if s is not None) for paragraph in paragraphs)
    return tuple(paragraph for paragraph in kept if paragraph)


def summary(figures: Figures, period: str) -> tuple[Sentence, ...]:
    """The sentences of the story, one after the other."""
    return tuple(sentence for paragraph in story(figures, period) for sentence in paragraph)


def paragraphs(figures: Figures, period: str, language: str) -> list[str]:
    """The paragraphs of the story as text; the first is the headline."""
    return [" ".join(s.text.in_language(language) for s in paragraph) for paragraph in story(figures, period)]
