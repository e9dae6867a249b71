"""Additive tables of any number of dimensions with hierarchies: their cells, relations and totals from contributions.

A table is dense: one cell for every combination of codes of its dimensions, totals included. Never here: a rule about
what is sensitive (that is `primary.py`), a solver, a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from baken.shield.faults import Fault, TableError

ROOT = "Total"
MOST_CELLS = 20_000_000
Integers = NDArray[np.int64]


class Dimension:
    """A tree of codes under the root "Total". `codes` are in order of depth; every code comes after its parent.

    `tree`: parent → children; leaves may lie at any depth. Raises TableError with everything that is wrong.
    """

    def __init__(self, name: str, tree: Mapping[str, Sequence[str]], file: str = "hierarchy.json") -> None:
        self.name = name
        self.tree = {parent: tuple(children) for parent, children in tree.items()}
        if faults := list(self._faults(file)):
            raise TableError(faults)
        self.codes = tuple(self._in_order())
        self.index = {code: i for i, code in enumerate(self.codes)}
        self.leaves = frozenset(code for code in self.codes if code not in self.tree)

    def _faults(self, file: str) -> Iterator[Fault]:
        if ROOT not in self.tree:
            yield Fault(file, 0, f"{self.name}: there is no root.", f"Every root is called {ROOT!r}.")
            return
        parents: dict[str, str] = {}
        several = False
        for parent, children in self.tree.items():
            if not children:
                yield Fault(file, 0, f"{self.name}: {parent!r} has no children.", "Leave it out of the hierarchy.")
            for child in children:
                if child == ROOT:
                    yield Fault(file, 0, f"{self.name}: {ROOT!r} is a child of {parent!r}.", "Break the cycle.")
                elif child in parents:
                    several = True
                    what = f"{self.name}: {child!r} has several parents, or comes twice under one."
                    yield Fault(file, 0, what, "Give every code one parent.")
                parents[child] = parent
        if not several and ROOT not in parents:
            for code in sorted(set(self.tree) - set(self._in_order())):
                what = f"{self.name}: {code!r} does not hang from {ROOT!r}."
                yield Fault(file, 0, what, "Break the cycle, or name it as a child.")

    def _in_order(self) -> Iterator[str]:
        level: list[str] = [ROOT]
        while level:
            yield from level
            level = [child for code in level for child in self.tree.get(code, ())]

    @cached_property
    def ancestors(self) -> dict[str, tuple[int, ...]]:
        """Leaf → positions of the leaf and of everything above it."""
        above: dict[str, tuple[int, ...]] = {ROOT: (self.index[ROOT],)}
        for code in self.codes:
            for child in self.tree.get(code, ()):
                above[child] = (self.index[child], *above[code])
        return {leaf: above[leaf] for leaf in self.leaves}


@dataclass(frozen=True)
class Table:
    """A table with its cells in one flat order (the last dimension runs fastest).

    `n`: value per cell. `contributors`, `largest`, `second`: how many stand in the cell, and its two largest parts.
    """

    dimensions: tuple[Dimension, ...]
    n: Integers
    contributors: Integers
    largest: Integers
    second: Integers

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(d.codes) for d in self.dimensions)

    @cached_property
    def relations(self) -> sp.csr_matrix:
        return relations(self.dimensions)


@dataclass(frozen=True)
class SuppressedTable:
    """A table with a pattern of suppression. `n`: true value per cell, in the order of `Table`.

    `primary`: hidden because sensitive; `secondary`: hidden because it would give a sensitive cell away.
    """

    dimensions: tuple[Dimension, ...]
    n: Integers
    primary: NDArray[np.bool_]
    secondary: NDArray[np.bool_]

    @property
    def value_lost(self) -> int:
        """Sum of the values that secondary suppression hides."""
        return int(self.n[self.secondary].sum())

    def status(self) -> list[str]:
        """Per cell: U primary, M secondary, E empty, S safe."""
        marks = np.where(self.n == 0, "E", "S")
        marks[self.primary] = "U"
        marks[self.secondary] = "M"
        return [str(mark) for mark in marks]

    def keys(self) -> Iterator[tuple[str, ...]]:
        """The codes of every cell, in the order of the cells."""
        return product(*(d.codes for d in self.dimensions))


def from_contributions(
    dimensions: tuple[Dimension, ...], codes: Sequence[Sequence[str]], contributor: Sequence[str], n: Sequence[int]
) -> Table:
    """Add contributions up to all totals. `codes[k][i]`: the leaf of contribution i in dimension k; n[i]: 0 or more.

    A contributor that stands in several leaves counts once in their total, with the sum of its parts; with nothing but
    zeros it does not count. Raises TableError when the table would have more than 20 million cells.
    """
    shape = tuple(len(d.codes) for d in dimensions)
    if prod(shape) > MOST_CELLS:
        what = f"The table would have more than {MOST_CELLS:,} cells."
        raise TableError([Fault("hierarchy.json", 0, what, "Make several tables of fewer dimensions.")])
    names = {name: i for i, name in enumerate(dict.fromkeys(contributor))}
    who = np.array([names[name] for name in contributor], dtype=np.int64)
    value = np.asarray(n, dtype=np.int64)
    places = [
        np.array([d.index[c] for c in column], dtype=np.int64) for d, column in zip(dimensions, codes, strict=True)
    ]
    cell = np.ravel_multi_index(tuple(places), shape).astype(np.int64)
    for k, dimension in enumerate(dimensions):
        cell, who, value = _with_totals(dimension, prod(shape[k + 1 :]), cell, who, value)
    return _ranked(dimensions, prod(shape), cell, value)


def _with_totals(
    dimension: Dimension, stride: int, cell: Integers, who: Integers, value: Integers
) -> tuple[Integers, Integers, Integers]:
    """Parts per (cell, contributor) for the cells of the leaves and of everything above them along one dimension."""
    deepest = max(len(path) for path in dimension.ancestors.values())
    above = np.full((len(dimension.codes), deepest), -1, dtype=np.int64)
    for leaf, path in dimension.ancestors.items():
        above[dimension.index[leaf], : len(path)] = path
    place = cell // stride % len(dimension.codes)
    row, step = np.nonzero(above[place] >= 0)
    moved = cell[row] + (above[place[row], step] - place[row]) * stride
    people = int(who.max(initial=0)) + 1
    pair, back = np.unique(moved * people + who[row], return_inverse=True)
    part = np.bincount(back, weights=value[row], minlength=len(pair)).round().astype(np.int64)
    return pair // people, pair % people, part


def _ranked(dimensions: tuple[Dimension, ...], size: int, cell: Integers, part: Integers) -> Table:
    cell, part = cell[part > 0], part[part > 0]
    order = np.lexsort((-part, cell))
    cell, part = cell[order], part[order]
    first = np.concatenate([[True], cell[1:] != cell[:-1]])[: len(cell)]
    next_to_first = np.concatenate([[False], first[:-1]])[: len(cell)] & ~first
    largest, second = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    largest[cell[first]] = part[first]
    second[cell[next_to_first]] = part[next_to_first]
    total = np.bincount(cell, weights=part, minlength=size).round().astype(np.int64)
    return Table(dimensions, total, np.bincount(cell, minlength=size).astype(np.int64), largest, second)


def relations(dimensions: tuple[Dimension, ...]) -> sp.csr_matrix:
    """Every additive relation of a table: one row per (parent, rest), +1 at the parent and -1 at its children."""
    shape = tuple(len(d.codes) for d in dimensions)
    grid = np.arange(prod(shape)).reshape(shape)
    rows, columns, signs, count = [], [], [], 0
    for k, dimension in enumerate(dimensions):
        along = np.moveaxis(grid, k, 0).reshape(shape[k], -1)
        width = along.shape[1]
        for parent, children in dimension.tree.items():
            members = along[[dimension.index[code] for code in (parent, *children)]]
            rows.append(np.tile(np.arange(count, count + width), len(members)))
            columns.append(members.ravel())
            signs.append(np.repeat([1.0] + [-1.0] * len(children), width))
            count += width
    data = (np.concatenate(signs), (np.concatenate(rows), np.concatenate(columns)))
    return sp.csr_matrix(data, shape=(count, grid.size))
