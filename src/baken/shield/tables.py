"""Additive tables of any number of dimensions with hierarchies, from contributions; their cells and relations.

A table is dense: one cell for every combination of codes of its dimensions, totals included. Never here: a rule about
what is sensitive (that is `primary.py`), a solver.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

ROOT = "Total"
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the input: in which file, on which line (0: nowhere in particular), what, and the remedy."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}: {self.what} {self.remedy}"


class BadTable(ValueError):
    """The input is no table; `faults` says everything that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(f) for f in faults))


class Dimension:
    """A tree of codes. `codes` are in order of depth, the root first; children come after their parent."""

    def __init__(self, name: str, tree: Mapping[str, Sequence[str]], file: str = "hierarchy.json") -> None:
        self.name = name
        self.tree = {parent: tuple(children) for parent, children in tree.items()}
        self._check(file)
        self.codes = tuple(self._in_order())
        self.index = {code: i for i, code in enumerate(self.codes)}

    def _check(self, file: str) -> None:
        faults = []
        parents: dict[str, str] = {}
        for parent, children in self.tree.items():
            if not children:
                faults.append(Fault(file, 0, f"{self.name}: {parent!r} has no children.", "Leave it out of the tree."))
            for child in children:
                if child in parents or child == ROOT:
                    faults.append(
                        Fault(file, 0, f"{self.name}: {child!r} has several parents.", "Give every code one parent.")
                    )
                parents[child] = parent
        if ROOT not in self.tree:
            faults.append(Fault(file, 0, f"{self.name}: there is no root.", f"Every root is called {ROOT!r}."))
        reached = set(self._in_order()) if not faults else set()
        if not faults and reached != {ROOT, *parents}:
            faults.append(
                Fault(
                    file, 0, f"{self.name}: some codes do not hang from the root.", "Mend the cycle or the lost branch."
                )
            )
        if faults:
            raise BadTable(faults)

    def _in_order(self) -> Iterator[str]:
        level: list[str] = [ROOT]
        while level:
            yield from level
            level = [child for code in level for child in self.tree.get(code, ())]

    @cached_property
    def leaves(self) -> frozenset[str]:
        return frozenset(code for code in self.codes if code not in self.tree)

    @cached_property
    def ancestors(self) -> dict[str, tuple[int, ...]]:
        """Leaf → positions of the leaf and of everything above it."""
        parent = {child: up for up, children in self.tree.items() for child in children}
        found = {}
        for leaf in self.leaves:
            path = [leaf]
            while path[-1] != ROOT:
                path.append(parent[path[-1]])
            found[leaf] = tuple(self.index[code] for code in path)
        return found


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

    def keys(self) -> Iterator[tuple[str, ...]]:
        for position in np.ndindex(*self.shape):
            yield tuple(d.codes[i] for d, i in zip(self.dimensions, position, strict=True))

    @cached_property
    def relations(self) -> sp.csr_matrix:
        return relations(self.dimensions)


def from_contributions(
    dimensions: tuple[Dimension, ...], codes: Sequence[Sequence[str]], contributor: Sequence[str], n: Sequence[int]
) -> Table:
    """Add contributions up to all totals. `codes[k][i]` is the leaf of contribution i in dimension k; n[i] > = 0.

    A contributor that stands in several leaves counts once in their total, with the sum of its parts.
    """
    shape = tuple(len(d.codes) for d in dimensions)
    size = int(np.prod(shape))
    names = {name: i for i, name in enumerate(dict.fromkeys(contributor))}
    who = np.array([names[name] for name in contributor], dtype=np.int64)
    value = np.asarray(n, dtype=np.int64)
    cell = np.zeros(len(value), dtype=np.int64)
    row = np.arange(len(value))
    for k, dimension in enumerate(dimensions):
        paths = [dimension.ancestors[code] for code in codes[k]]
        lengths = np.array([len(p) for p in paths], dtype=np.int64)
        spread = np.repeat(np.arange(len(row)), lengths[row])
        starts = np.concatenate([[0], np.cumsum(lengths)])[:-1]
        flat = np.array([i for p in paths for i in p], dtype=np.int64)
        within = np.arange(len(spread)) - np.repeat(np.cumsum(lengths[row]) - lengths[row], lengths[row])
        cell = cell[spread] * shape[k] + flat[starts[row[spread]] + within]
        row = row[spread]
    return _summed(dimensions, size, cell, who[row], value[row], len(names))


def _summed(
    dimensions: tuple[Dimension, ...], size: int, cell: Integers, who: Integers, value: Integers, people: int
) -> Table:
    pair, back = np.unique(cell * max(people, 1) + who, return_inverse=True)
    part = np.zeros(len(pair), dtype=np.int64)
    np.add.at(part, back, value)
    where = pair // max(people, 1)
    where, part = where[part > 0], part[part > 0]
    order = np.lexsort((-part, where))
    where, part = where[order], part[order]
    first = np.flatnonzero(np.r_[True, where[1:] != where[:-1]]) if len(where) else np.array([], dtype=np.int64)
    largest, second = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    largest[where[first]] = part[first]
    follows = first + 1
    follows = follows[follows < len(where)]
    follows = follows[where[follows] == where[follows - 1]]
    second[where[follows]] = part[follows]
    total = np.bincount(where, weights=part, minlength=size).round().astype(np.int64)
    return Table(dimensions, total, np.bincount(where, minlength=size).astype(np.int64), largest, second)


def relations(dimensions: tuple[Dimension, ...]) -> sp.csr_matrix:
    """Every additive relation of a table: one row per (parent, rest), +1 at the parent and -1 at its children."""
    shape = tuple(len(d.codes) for d in dimensions)
    size = int(np.prod(shape))
    grid = np.arange(size).reshape(shape)
    rows, columns, signs, count = [], [], [], 0
    for k, dimension in enumerate(dimensions):
        along = np.moveaxis(grid, k, 0).reshape(shape[k], -1)
        width = along.shape[1]
        for parent, children in dimension.tree.items():
            ids = np.arange(count, count + width)
            members = [along[dimension.index[parent]], *(along[dimension.index[c]] for c in children)]
            rows += [ids] * len(members)
            columns += members
            signs += [np.ones(width)] + [-np.ones(width)] * len(children)
            count += width
    data = (np.concatenate(signs), (np.concatenate(rows), np.concatenate(columns)))
    return sp.csr_matrix(data, shape=(count, size))
