"""The hidden cube: counts by area, category and quarter, with the parts that contributors have in it.

A *holding* is the schools of one board inside one base area: the contributor of the field's rules. A *question* is a
sum over the cube that an attacker may want to bound for somebody else. Everything that other modules ask of the cube
to decide what is shown is symmetric in the holdings of an area. Never here: a decision, a rounded value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from baken.shield.participation import components
from baken.shield.policy import Policy
from baken.shield.structure import Area, Contributor

Ints = npt.NDArray[np.int64]
LARGEST_SUM = 1_000_000
"""Counts above this are not statistics of incidents; the bound keeps the linear programs well scaled."""


@dataclass(frozen=True)
class Layout:
    """Where a count lies. `groups`: per quarter, its areas as indices of base areas. Variables are numbered by quarter,
    then area of that quarter, then category."""

    areas: int
    categories: int
    groups: tuple[tuple[tuple[int, ...], ...], ...]

    @cached_property
    def starts(self) -> tuple[int, ...]:
        sizes = [len(groups) * self.categories for groups in self.groups]
        return tuple(int(n) for n in np.cumsum([0, *sizes]))

    @property
    def size(self) -> int:
        return self.starts[-1]

    @property
    def quarters(self) -> tuple[int, ...]:
        return tuple(range(len(self.groups)))

    def to_date(self, quarter: int) -> tuple[tuple[int, ...], ...]:
        """Areas in which a sum over the quarters up to and including this one can be taken."""
        return components(group for groups in self.groups[: quarter + 1] for group in groups)

    def variables(
        self, quarters: Iterable[int], areas: Sequence[int] | None = None, category: int | None = None
    ) -> npt.NDArray[np.int32]:
        """The variables of a sum. `areas` None: the city; `category` None: all."""
        wanted = range(self.categories) if category is None else (category,)
        found = [
            self.starts[k] + g * self.categories + c
            for k in quarters
            for g, group in enumerate(self.groups[k])
            if areas is None or set(group) <= set(areas)
            for c in wanted
        ]
        return np.array(found, dtype=np.int32)

    def spread(self, by_area: Ints) -> Ints:
        """From (base area, quarter, category) to one number per variable, summed within the areas of each quarter."""
        parts = [by_area[list(group), k, :].sum(axis=0) for k, groups in enumerate(self.groups) for group in groups]
        return np.concatenate(parts).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Question:
    """A sum over quarters, base areas and one or all categories. `areas` None: the city.

    `rest`: how much must remain possible for the others when the largest contributor subtracts itself (counts).
    """

    quarters: tuple[int, ...]
    areas: tuple[int, ...] | None
    category: int | None
    rest: int = 1

    def of(self, values: Ints) -> Ints:
        """The sum for each row of `values` (row, quarter, category)."""
        chosen = values[:, list(self.quarters), :]
        return np.asarray(chosen.sum(axis=(1, 2)) if self.category is None else chosen[:, :, self.category].sum(axis=1))


@dataclass(frozen=True)
class Cube:
    """Counts of one school year so far.

    `units`: (school, quarter, category); `present`: (school, quarter), who is in the published sums of it; a school
    that is not counts 0 there. `area_of`, `board_of`: per school, indices of base area and board.
    """

    layout: Layout
    units: Ints
    present: npt.NDArray[np.bool_]
    area_of: Ints
    board_of: Ints

    @cached_property
    def _holdings(self) -> tuple[Ints, Ints]:
        """Values (holding, quarter, category), and the base area of each."""
        pairs = sorted({(int(a), int(b)) for a, b in zip(self.area_of, self.board_of, strict=True)})
        number = {pair: i for i, pair in enumerate(pairs)}
        values = np.zeros((len(pairs), *self.units.shape[1:]), dtype=np.int64)
        for unit, area, board in zip(self.units, self.area_of, self.board_of, strict=True):
            values[number[int(area), int(board)]] += unit
        return values, np.array([area for area, _ in pairs])

    def holdings_in(self, area: int) -> Ints:
        """The holdings of a base area in the order of their figures, so that who they are has no influence."""
        values, where = self._holdings
        return np.array(sorted(values[where == area].tolist()), dtype=np.int64).reshape(-1, *values.shape[1:])

    def delivered(self, area: int, quarter: int) -> list[list[int]]:
        """What the holdings of a base area delivered in a quarter, by category, in the order of their figures."""
        here = (self.area_of == area) & self.present[:, quarter]
        boards = sorted(set(self.board_of[here].tolist()))
        return sorted(self.units[here & (self.board_of == b), quarter].sum(axis=0).tolist() for b in boards)

    def board_areas(self, quarters: Sequence[int]) -> list[tuple[int, ...]]:
        """Public: the different sets of base areas in which a board is in the published sums of these quarters."""
        here = self.present[:, list(quarters)].any(axis=1)
        boards = self.board_of[here]
        return sorted({tuple(sorted(set(self.area_of[here][boards == b].tolist()))) for b in set(boards.tolist())})

    def by_area(self, values: Ints, where: Ints) -> Ints:
        total = np.zeros((self.layout.areas, *values.shape[1:]), dtype=np.int64)
        np.add.at(total, where, values)
        return total

    @cached_property
    def sums(self) -> Ints:
        """The count of every variable of the layout."""
        return self.layout.spread(self.by_area(self.units, self.area_of))

    @cached_property
    def largest_by_area(self) -> Ints:
        """(base area, quarter, category): the largest holding in each cell."""
        values, where = self._holdings
        largest = np.zeros((self.layout.areas, *values.shape[1:]), dtype=np.int64)
        np.maximum.at(largest, where, values)
        return largest

    @cached_property
    def largest(self) -> Ints:
        """Per variable a count that is at least what any board has there: the strongest attacker's own figures."""
        return self.layout.spread(self.largest_by_area)

    def total(self, question: Question) -> int:
        variables = self.layout.variables(question.quarters, question.areas, question.category)
        return int(self.sums[variables].sum())

    def parts(self, question: Question) -> list[list[int]]:
        """The holdings' shares in a question, largest first, per base area; [0] for an area in which nobody is."""
        areas = range(self.layout.areas) if question.areas is None else question.areas
        values, where = self._holdings
        shares = question.of(values)
        return [sorted(shares[where == a].tolist(), reverse=True) or [0] for a in areas]


def percent(share: int, of: int) -> int:
    """A percentage of a count, rounded up."""
    return -(-share * of // 100)


def needed(cube: Cube, question: Question, policy: Policy) -> int:
    """The upper bound that has to stay possible so that no board learns too much about somebody else.

    The attacker is taken to be the largest holding in every area of the question at once, or, for the city, in every
    area where some board has schools; the target is the largest other holding. With shares y1 >= y2 of one area:
    U - y1 >= rest, and U - y1 - y2 >= p% of y1 (the p% rule, worst when y2 attacks y1).
    """
    parts = cube.parts(question)
    if question.areas is None:
        chosen = cube.board_areas(question.quarters)
        return max(sum(parts[a][0] for a in areas) for areas in chosen) + question.rest
    own = sum(shares[0] for shares in parts)
    bounds = [own + question.rest]
    for shares in parts:
        largest, second = (*shares, 0)[:2]
        if largest:
            bounds.append(own + second + percent(policy.p_percent, largest))
    return max(bounds)


def dominance(cube: Cube, question: Question, policy: Policy) -> int:
    """0 when no holding dominates the sum; else the upper bound that must stay possible for it (its share / limit)."""
    shares = [share for part in cube.parts(question) for share in part]
    total, largest = sum(shares), max(shares, default=0)
    if total < policy.dominance_from or 100 * largest <= policy.dominance_percent * total:
        return 0
    return -(-100 * largest // policy.dominance_percent)


def cube_of(
    layout: Layout,
    base: Sequence[Area],
    quarters: Sequence[str],
    members: Mapping[str, frozenset[str]],
    contributors: Mapping[str, Contributor],
    counts: Mapping[tuple[str, str], Sequence[int]],
) -> Cube:
    """Fill the cube. `members`: quarter -> units that are in it; `counts` as in `gate.protect`, checked there."""
    units = sorted(frozenset().union(*members.values()))
    boards = {b: i for i, b in enumerate(sorted({contributors[u].board for u in units}))}
    area = {district: i for i, piece in enumerate(base) for district in piece.districts}
    values = np.zeros((len(units), len(quarters), layout.categories), dtype=np.int64)
    for i, unit in enumerate(units):
        for k, quarter in enumerate(quarters):
            if unit in members[quarter]:
                values[i, k] = counts[unit, quarter]
    if values.sum() > LARGEST_SUM:
        raise ValueError(f"the counts add up to more than {LARGEST_SUM}")
    return Cube(
        layout,
        values,
        np.array([[unit in members[quarter] for quarter in quarters] for unit in units]),
        np.array([area[contributors[u].district] for u in units]),
        np.array([boards[contributors[u].board] for u in units]),
    )
