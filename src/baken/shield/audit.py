"""Can a reader who solves linear programs come too close to a sensitive cell? A path of its own beside suppression.

Suppression moves cells along relations; the audit knows only leaves. A hidden leaf is an unknown number of 0 or more,
a published cell is the sum of its leaves, and the question is how far the sum behind a sensitive cell can lie from the
truth on either side. The table falls apart into pieces that share no unknown. Per piece random ± objectives over all
sensitive cells, in a box, settle most at once; the few that are left are asked one by one without a box, so a verdict
is exact.

The reader is anybody who sees the table; a contributor who subtracts its own figure is not this reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from baken.shield.lp import INFINITE, Integers, Program, Vector
from baken.shield.primary import Rules
from baken.shield.tables import Dimension, SuppressedTable

IDLE_ROUNDS = 3
TOLERANCE = 1e-6
UP, DOWN = 1, -1
SIDES = (UP, DOWN)
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Narrow:
    """A sensitive cell with too little room on one side (+1 up, -1 down): how far it reaches, how far it should."""

    cell: int
    direction: int
    reach: float
    need: int


@dataclass(frozen=True, slots=True)
class AuditReport:
    """`narrow`: empty for a safe table. `exact`: cells that the reader computes.

    `targets`: number of sensitive cells; `programs`: linear programs solved.
    """

    narrow: tuple[Narrow, ...]
    exact: tuple[int, ...]
    targets: int
    programs: int

    @property
    def safe(self) -> bool:
        return not self.narrow


def audit_table(table: SuppressedTable, rules: Rules | None = None, *, seed: int = 0) -> AuditReport:
    """Ask for every sensitive cell whether its feasibility interval is as wide as the rules want.

    The reader knows all cells that are not hidden (the empty ones among them), the hierarchy, and that no value is
    negative.
    """
    rules = rules or Rules()
    targets = np.flatnonzero(table.primary)
    unknown = _Unknown(table, targets)
    widths = {UP: rules.width_up(table.n[targets]), DOWN: rules.width_down(table.n[targets])}
    narrow: list[Narrow] = []
    programs = 0
    for number, (rows, columns, asked) in enumerate(unknown.pieces()):
        need = {side: width[asked].astype(float) for side, width in widths.items()}
        if len(columns):
            sums, A = unknown.targets[asked][:, columns].tocsr(), unknown.published[rows][:, columns].tocsc()
            attack = _Attack(A, sums, unknown.value[columns], need, np.random.default_rng([seed, number]))
            found = attack.run()
            programs += attack.program.solved
        else:  # every leaf below is published
            found = [(int(t), s, 0.0, int(need[s][t])) for s in SIDES for t in np.flatnonzero(need[s])]
        narrow += [Narrow(int(targets[asked[t]]), side, reach, width) for t, side, reach, width in found]
    narrow.sort(key=lambda one: (one.cell, -one.direction))
    return AuditReport(tuple(narrow), _exact(narrow, table), len(targets), programs)


def _exact(narrow: list[Narrow], table: SuppressedTable) -> tuple[int, ...]:
    stuck = {(one.cell, one.direction) for one in narrow if one.reach < TOLERANCE}
    return tuple(sorted({c for c, side in stuck if (c, -side) in stuck or table.n[c] == 0}))


def _sums(dimension: Dimension) -> sp.csr_matrix:
    """codes × leaves: which leaves a code is the sum of."""
    leaves = [code for code in dimension.codes if code in dimension.leaves]
    pairs = [(above, k) for k, leaf in enumerate(leaves) for above in dimension.ancestors[leaf]]
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return sp.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(dimension.codes), len(leaves)))


class _Unknown:
    """What the reader does not know: the hidden leaves. `published` rows fix their sums, `targets` are asked about."""

    def __init__(self, table: SuppressedTable, targets: Integers) -> None:
        hidden = table.primary | table.secondary
        sums = sp.csr_matrix(np.ones((1, 1)))
        leaf = np.ones(1, dtype=bool)
        for dimension in table.dimensions:
            sums = sp.kron(sums, _sums(dimension), format="csr")
            leaf = np.kron(leaf, np.array([code in dimension.leaves for code in dimension.codes]))
        inside = hidden[leaf]
        self.value = table.n[leaf][inside].astype(float)
        sums = sums[:, np.flatnonzero(inside)].tocsr()
        says_something = ~hidden & ~_follows(table.dimensions, hidden) & (np.diff(sums.indptr) > 0)
        self.published = sums[np.flatnonzero(says_something)]
        self.targets = sums[targets]

    def pieces(self) -> Iterator[tuple[Integers, Integers, Integers]]:
        """(published rows, columns, targets) of each piece that shares no unknown with another."""
        known, asked = self.published.shape[0], self.targets.shape[0]
        both = sp.vstack([self.published, self.targets]).tocoo()
        size = known + asked + len(self.value)
        edges = sp.coo_matrix((np.ones(both.nnz), (both.row, both.col + known + asked)), shape=(size, size))
        number, piece = connected_components(edges, directed=False)
        order = np.argsort(piece, kind="stable")
        for members in np.split(order, np.searchsorted(piece[order], np.arange(1, number))):
            rows = members[members < known]
            targets = members[(members >= known) & (members < known + asked)] - known
            if len(targets):
                yield rows, members[members >= known + asked] - known - asked, targets


def _follows(dimensions: tuple[Dimension, ...], hidden: Mask) -> Mask:
    """Published cells that say nothing new: along some dimension all their children are published too."""
    shape = tuple(len(d.codes) for d in dimensions)
    unseen, follows = hidden.reshape(shape), np.zeros(shape, dtype=bool)
    for axis, dimension in enumerate(dimensions):
        along, result = np.moveaxis(unseen, axis, 0), np.moveaxis(follows, axis, 0)
        for parent, children in dimension.tree.items():
            result[dimension.index[parent]] |= ~along[[dimension.index[c] for c in children]].any(axis=0)
    return follows.ravel()


class _Attack:
    """The questions to one piece. `A`: published sums × unknowns, `sums`: targets × unknowns, `need`: up and down."""

    def __init__(
        self,
        A: sp.csc_matrix,
        sums: sp.csr_matrix,
        value: Vector,
        need: dict[int, Vector],
        rng: np.random.Generator,
    ) -> None:
        self.sums, self.value, self.need, self.rng = sums, value, need, rng
        self.open = {side: width > 0 for side, width in self.need.items()}
        widest = sums.T.multiply(need[UP]).max(axis=1).toarray().ravel()
        self.box = 3 * np.maximum(1.0, widest) + 2
        self.program = Program(A, -np.minimum(value, self.box), self.box, np.zeros(len(value)))

    def run(self) -> list[tuple[int, int, float, int]]:
        """(target, side, reach, need) of everything that is too narrow."""
        idle = 0
        while idle < IDLE_ROUNDS and (before := self._left()):
            self._ask_together()
            idle = idle + 1 if self._left() == before else 0
        self.program.set_bounds(-self.value, np.full(len(self.value), INFINITE))
        return [answer for side in SIDES for t in np.flatnonzero(self.open[side]) for answer in self._ask(int(t), side)]

    def _left(self) -> int:
        return int(self.open[UP].sum() + self.open[DOWN].sum())

    def _ask_together(self) -> None:
        up, down = self.open[UP], self.open[DOWN]
        sign = np.where(up & down, self.rng.choice([-1.0, 1.0], len(up)), up.astype(float) - down)
        weight = sign * self.rng.uniform(0.5, 1.5, len(sign)) / np.maximum(1.0, self.need[UP])
        self.program.set_costs(-(self.sums.T @ weight))
        found = self.program.solve()
        assert found is not None, "a program in a box has an optimum"
        moved = self.sums @ found
        for side in SIDES:
            self.open[side] &= side * moved < self.need[side] - TOLERANCE

    def _ask(self, t: int, side: int) -> Iterator[tuple[int, int, float, int]]:
        self.program.set_costs(-side * self.sums[t].toarray().ravel())
        found = self.program.solve()
        reach = np.inf if found is None else side * float((self.sums[t] @ found)[0])
        if reach < self.need[side][t] - TOLERANCE:
            yield t, side, 0.0 if reach < TOLERANCE else reach, int(self.need[side][t])
