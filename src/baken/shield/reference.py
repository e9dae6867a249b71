"""The slow and obvious twin of the shield, for tests only: it shares no step with the fast code.

Areas by trying, atoms by comparing pairs, an attacker with one unknown per school that solves one linear program per
question, and one that writes down every possible world. It reads publications and ledger records as a reader would.
Never here: anything that a release depends on.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import highspy

from baken.shield.policy import Policy
from baken.shield.publication import Cell, Publication
from baken.shield.structure import Contributor, Geography

Count = tuple[str, str, str]
"""Unit, quarter, category: one number that a school delivered."""
Key = tuple[str, str | None, str | None, str]
"""Table, area, category, period: one cell."""


def safe(people: Iterable[Contributor], policy: Policy) -> bool:
    people = list(people)
    return len({c.unit for c in people}) >= policy.min_schools and len({c.board for c in people}) >= policy.min_boards


def areas(cohort: Sequence[Contributor], geography: Geography, policy: Policy) -> set[frozenset[str]]:
    """Join the smallest unsafe set of districts to an unsafe, else the smallest, neighbour until all are safe."""
    regions = {frozenset([district]) for district in geography.districts}

    def people(region: frozenset[str]) -> list[Contributor]:
        return [c for c in cohort if c.district in region]

    def rank(region: frozenset[str]) -> tuple[bool, int, list[str]]:
        return safe(people(region), policy), len(people(region)), sorted(region)

    while len(regions) > 1 and not all(safe(people(region), policy) for region in regions):
        first, *rest = sorted(regions, key=rank)
        near = [r for r in rest if any(pair & first and pair & r for pair in geography.neighbours)]
        second = min(near or rest, key=rank)
        regions = regions - {first, second} | {first | second}
    return regions if all(safe(people(region), policy) for region in regions) else set()


def atoms(sets: Sequence[Collection[object]]) -> set[frozenset[object]]:
    """Put two together when no set contains one and not the other."""
    everybody = {member for one in sets for member in one}
    return {frozenset(b for b in everybody if all((a in s) == (b in s) for s in sets)) for a in everybody}


@dataclass
class World:
    """All that was published about a school year, as constraints on what every school delivered and on every value.

    `sets`: contributor-set name -> (quarter, unit) pairs. `sums` holds which values add up to which other ones;
    `close` which values lie how close to which counts.
    """

    base: int
    categories: tuple[str, ...]
    sets: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    cells: dict[Key, Cell] = field(default_factory=dict)
    close: list[tuple[list[Key], int]] = field(default_factory=list)
    sums: list[tuple[list[Key], Key]] = field(default_factory=list)

    @classmethod
    def of(cls, publications: Sequence[Publication]) -> World:
        """Put publications of one school year side by side, oldest first."""
        first = publications[0]
        world = cls(first.policy.base, tuple(sorted({c.category for c in first.cells if c.category})))
        quarters: list[Publication] = []
        for publication in publications:
            world.sets |= {name: frozenset(pairs) for name, pairs in publication.record.members}
            world.cells |= {(c.table, c.area, c.category, c.period): c for c in publication.cells}
            if publication.release.kind == "quarter":
                quarters.append(publication)
                world._quarter(publication, quarters)
            else:
                world._year(publication, quarters)
        return world

    def _quarter(self, publication: Publication, quarters: list[Publication]) -> None:
        period = publication.release.period
        total: Key = ("T1", None, None, period)
        self.sums.append(([("T1", None, c, period) for c in self.categories], total))
        self.sums.append(([("T2", area.code, None, period) for area in publication.areas], total))
        self.close += [([key], self.base - 1) for key in self.cells if key[3] == period]
        if publication.precision.year_to_date is not None:
            self.close += [(keys, publication.precision.year_to_date - 1) for keys, *_ in self._to_date(quarters)]

    def _year(self, publication: Publication, quarters: list[Publication]) -> None:
        period, codes = publication.release.period, [area.code for area in publication.areas]
        inner: dict[tuple[str, str], Key] = {(a, c): ("T3", a, c, period) for a in codes for c in self.categories}
        for keys, area, category in self._to_date(quarters):
            self.sums.append((keys, ("T3", area, category, period)))
        for name in self.categories:
            self.sums.append(([inner[code, name] for code in codes], ("T3", None, name, period)))
        for code in codes:
            self.sums.append(([inner[code, name] for name in self.categories], ("T3", code, None, period)))
        self.close += [([key], publication.precision.cell - 1) for key in inner.values()]

    def _to_date(self, quarters: list[Publication]) -> Iterator[tuple[list[Key], str | None, str | None]]:
        """Sums over the quarters so far: per category, per area that no quarter divides, and of the city."""
        periods = [q.release.period for q in quarters]
        for category in (None, *self.categories):
            yield [("T1", None, category, period) for period in periods], None, category
        regions: list[set[str]] = []
        for area in (area for q in quarters for area in q.areas):
            touched = [r for r in regions if r & set(area.districts)]
            regions = [r for r in regions if r not in touched] + [set(area.districts).union(*touched)]
        for region in regions:
            inside = [(q, a) for q in quarters for a in q.areas if set(a.districts) <= region]
            keys: list[Key] = [("T2", a.code, None, q.release.period) for q, a in inside]
            yield keys, "+".join(sorted(region)), None

    def counts(self, key: Key) -> list[Count]:
        """The delivered numbers that a cell is the sum of."""
        _, area, category, period = key
        pairs = self.sets[f"{period}:{'city' if area is None else area}"]
        return [(u, q, c) for q, u in pairs for c in self.categories if category in (None, c)]

    def unknowns(self) -> list[Count]:
        return sorted({count for key in self.cells for count in self.counts(key)})


class Asker:
    """An attacker who knows `own` numbers and solves one program for every question.

    Unknown are the numbers of all schools and the values of all cells, in multiples of the base. `whole` adds that all
    of these are whole numbers: slower, and exact.
    """

    def __init__(self, world: World, own: Mapping[Count, int], *, whole: bool = False) -> None:
        unknowns = world.unknowns()
        self.column: dict[Count | Key, int] = {count: i for i, count in enumerate(unknowns)}
        self.column |= {key: len(unknowns) + i for i, key in enumerate(world.cells)}
        self.solver = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("simplex_strategy", 4)):
            self.solver.setOptionValue(option, value)
        values = [None if cell.value is None else cell.value // world.base for cell in world.cells.values()]
        for known in [*(own.get(count) for count in unknowns), *values]:
            self.solver.addVar(0.0 if known is None else float(known), 1e6 if known is None else float(known))
        if whole:
            for column in range(len(self.column)):
                self.solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        else:
            self.solver.setOptionValue("presolve", "off")
        for keys, error in world.close:
            self._row([*((k, world.base) for k in keys), *((n, -1.0) for k in keys for n in world.counts(k))], error)
        for parts, whole_sum in world.sums:
            self._row([*((k, 1.0) for k in parts), (whole_sum, -1.0)], 0)

    def _row(self, terms: Iterable[tuple[Count | Key, float]], error: int) -> None:
        factors: dict[int, float] = {}
        for name, factor in terms:
            factors[self.column[name]] = factors.get(self.column[name], 0.0) + factor
        self.solver.addRow(-float(error), float(error), len(factors), list(factors), list(factors.values()))

    def interval(self, counts: Iterable[Count]) -> tuple[int, int]:
        """Smallest and largest value that the sum of these numbers can have, rounded to whole numbers inwards."""
        return self._interval([self.column[count] for count in counts])

    def value(self, key: Key) -> tuple[int, int]:
        """Smallest and largest value of a cell, in multiples of the base, rounded to whole numbers inwards."""
        return self._interval([self.column[key]])

    def _interval(self, columns: Sequence[int]) -> tuple[int, int]:
        found = []
        for column in columns:
            self.solver.changeColCost(column, 1.0)
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            self.solver.changeObjectiveSense(sense)
            self.solver.run()
            if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                raise ArithmeticError("what was published contradicts itself")
            found.append(self.solver.getInfo().objective_function_value)
        for column in columns:
            self.solver.changeColCost(column, 0.0)
        return math.ceil(found[0] - 1e-6), math.floor(found[1] + 1e-6)


def possible(world: World, own: Mapping[Count, int], most: int) -> Iterator[dict[Count, int]]:
    """Every world of whole numbers up to `most` per unknown that fits all that was published. For tiny cities only."""
    unknown = [count for count in world.unknowns() if count not in own]
    for values in itertools.product(range(most + 1), repeat=len(unknown)):
        numbers = {**own, **dict(zip(unknown, values, strict=True))}
        if _fits(world, numbers):
            yield numbers


def _fits(world: World, numbers: Mapping[Count, int]) -> bool:
    """Is there a value for every cell that is held back, so that all sums and errors are right?"""
    total = {key: sum(numbers[n] for n in world.counts(key)) for key in world.cells}
    if not all(
        cell.value is None or abs(cell.value - total[key]) <= error
        for keys, error in world.close
        if len(keys) == 1
        for key in keys
        for cell in (world.cells[key],)
    ):
        return False
    hidden = [key for key, cell in world.cells.items() if cell.value is None]
    choices = [
        [v for v in range(0, total[key] + 4 * world.base, world.base) if abs(v - total[key]) < 4 * world.base]
        for key in hidden
    ]
    for values in itertools.product(*choices):
        value = {key: cell.value or 0 for key, cell in world.cells.items()} | dict(zip(hidden, values, strict=True))
        close = all(abs(sum(value[k] - total[k] for k in keys)) <= error for keys, error in world.close)
        if close and all(sum(value[k] for k in parts) == value[whole] for parts, whole in world.sums):
            return True
    return False


def conclusions(interval: tuple[int, int], truth: int, policy: Policy) -> list[str]:
    """What an attacker with this interval may say about a number of somebody else that he should not."""
    low, high = interval
    found = []
    if low == high:
        found.append("exact")
    if high <= 0:
        found.append("zero")
    if low >= 1:
        found.append("not zero")
    if truth > 0 and 100 * (high - truth) < policy.p_percent * truth:
        found.append("within p percent")
    return found
