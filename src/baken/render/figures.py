"""All published figures together: which there are, and what each of them says. The only look-up of the reader's side.

A figure is looked up by area, category and period. A margin that is not published may be added up from published
parts, when every part is shown; it then says so. Never here: a figure that is not in a publication file or a sum of
such figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from baken.contract.periods import Quarter, SchoolYear, parse_period
from baken.contract.publication import ALL, CITY, HELD_BACK, Area, Cell, Publication, PublishedCategory
from baken.contract.structure import District
from baken.render import words


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as the reader sees it; unit: incidents. `cells` are the published cells it comes from.

    `value` None is held back. `low` and `high` bound the true number.
    """

    value: int | None
    low: int | None
    high: int | None
    cells: tuple[Cell, ...]

    @property
    def held_back(self) -> bool:
        return self.value is None

    @property
    def summed(self) -> bool:
        return len(self.cells) > 1

    @property
    def shown(self) -> str:
        return HELD_BACK if self.value is None else str(self.value)

    def is_clear_of(self, other: Figure) -> bool:
        """Do the bounds say for certain that the two true numbers differ? False when one of them is held back."""
        if self.low is None or self.high is None or other.low is None or other.high is None:
            return False
        return self.low > other.high or other.low > self.high


def figure_of(cell: Cell) -> Figure:
    return Figure(cell.value, cell.low, cell.high, (cell,))


def _sum(parts: Sequence[Cell | None]) -> Figure | None:
    """The sum of parts that are all published and shown; otherwise None."""
    value = low = high = 0
    cells: list[Cell] = []
    for cell in parts:
        if cell is None or cell.value is None or cell.low is None or cell.high is None:
            return None
        value, low, high = value + cell.value, low + cell.low, high + cell.high
        cells.append(cell)
    return Figure(value, low, high, tuple(cells)) if cells else None


@dataclass(frozen=True)
class Figures:
    """What a chain of publications says. `publications` in order of number; `districts` gives the fixed order.

    Every list that it returns has a fixed order: districts as the city lists them, categories as the bill does,
    periods from old to new. No order depends on a figure.
    """

    publications: tuple[Publication, ...]
    districts: tuple[District, ...] = ()
    _index: dict[tuple[str, str, str], Cell] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index: dict[tuple[str, str, str], Cell] = {}
        for publication in self.publications:
            for cell in publication.cells:
                # What was published first stays: a later file never changes a figure.
                index.setdefault((cell.area, cell.category, cell.period), cell)
        object.__setattr__(self, "_index", index)

    @cached_property
    def latest(self) -> Publication | None:
        return self.publications[-1] if self.publications else None

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """Periods about which something is published; a school year comes after its quarters."""
        return tuple(sorted({key[2] for key in self._index}, key=_moment))

    @cached_property
    def quarters(self) -> tuple[str, ...]:
        return tuple(p for p in self.periods if isinstance(parse_period(p), Quarter))

    @cached_property
    def school_years(self) -> tuple[str, ...]:
        return tuple(p for p in self.periods if isinstance(parse_period(p), SchoolYear))

    def publication_of(self, period: str) -> Publication | None:
        """The publication in which the figures of a period first appeared."""
        return next((p for p in self.publications if any(c.period == period for c in p.cells)), None)

    def categories(self, period: str) -> tuple[PublishedCategory, ...]:
        publication = self.publication_of(period)
        return publication.categories if publication else ()

    def areas(self, period: str) -> tuple[Area, ...]:
        """The areas of a period, in the order of the districts of the city."""
        publication = self.publication_of(period)
        if publication is None:
            return ()
        place = {district.code: index for index, district in enumerate(self.districts)}
        last = len(place)
        return tuple(sorted(publication.areas, key=lambda a: min((place.get(d, last) for d in a.districts), default=0)))

    def area(self, code: str, period: str) -> Area | None:
        return next((a for a in self.areas(period) if a.code == code), None)

    def name_of(self, area: Area, language: str) -> str:
        """The name in the file, in the grammar of the language when it is a list of districts."""
        known = {district.code: district.name for district in self.districts}
        names = [known[code] for code in area.districts if code in known]
        return words.joined(names, language) if words.joined(names, "nl") == area.name else area.name

    def absent(self, period: str) -> tuple[District, ...]:
        """Districts that are in no area of the period: they do not take part."""
        inside = {code for area in self.areas(period) for code in area.districts}
        return tuple(d for d in self.districts if d.code not in inside) if self.areas(period) else ()

    def figure(self, area: str, category: str, period: str) -> Figure | None:
        """The figure, or None when it is not published and cannot be added up from what is.

        A cell that is held back stays held back, also when its parts are shown.
        """
        cell = self._index.get((area, category, period))
        if cell is not None:
            return figure_of(cell)
        sums = [s for parts in self._ways_to_add_up(area, category, period) if (s := _sum(parts))]
        return min(sums, key=_width, default=None)

    def _ways_to_add_up(self, area: str, category: str, period: str) -> list[list[Cell | None]]:
        ways: list[list[Cell | None]] = []
        if category == ALL:
            ways.append([self._index.get((area, c.code, period)) for c in self.categories(period)])
        if area == CITY:
            ways.append([self._index.get((a.code, category, period)) for a in self.areas(period)])
        parsed = parse_period(period)
        if isinstance(parsed, SchoolYear) and self._same_area_all_year(area, parsed):
            ways.append([self._index.get((area, category, str(quarter))) for quarter in parsed.quarters])
        return ways

    def _same_area_all_year(self, code: str, year: SchoolYear) -> bool:
        """A code of which the districts changed within the year does not add up to one area."""
        if code == CITY:
            return True
        wanted = {a.districts for q in year.quarters if (a := self.area(code, str(q)))}
        whole = self.area(code, str(year))
        return len(wanted | ({whole.districts} if whole else set())) == 1

    def areas_changed(self, before: str, after: str) -> bool:
        """Did the areas (which districts, or how many schools in bands) differ between two periods?"""
        return _outline(self.areas(before)) != _outline(self.areas(after))

    def highest_of_zero(self, period: str) -> int | None:
        """What a shown 0 can be at most in the figures of a period; None when there is no 0."""
        bounds = [c.high for k, c in self._index.items() if k[2] == period and c.value == 0 and c.high is not None]
        return max(bounds, default=None)


def base_of(publication: Publication) -> int:
    """The rounding base in the policy of a publication. Raises KeyError when the file does not say."""
    return int(publication.policy["base"])


def _moment(period: str) -> tuple[int, int]:
    parsed = parse_period(period)
    return (parsed.year.start, parsed.number) if isinstance(parsed, Quarter) else (parsed.start, 5)


def _width(figure: Figure) -> int:
    return (figure.high or 0) - (figure.low or 0)


def _outline(areas: tuple[Area, ...]) -> frozenset[tuple[frozenset[str], str, str]]:
    return frozenset((frozenset(a.districts), a.schools, a.boards) for a in areas)
