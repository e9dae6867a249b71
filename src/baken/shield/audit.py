"""Can a reader who solves linear programs come too close to a sensitive cell? A path of its own beside suppression.

Batch witnesses: a program with a random ± objective over all open cells, kept in a box; every cell that its solution
moves far enough is settled. The few that no batch settles are asked one by one, without the box, so a verdict is exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from baken.shield.lp import INFINITE, Vector, WarmModel
from baken.shield.tables import Integers

IDLE_BATCHES = 3
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Narrow:
    """A sensitive cell whose interval is too narrow on one side (+1 up, -1 down): how far it reaches, what it needs."""

    cell: int
    direction: int
    reach: float
    need: int


@dataclass(frozen=True, slots=True)
class AuditReport:
    """`narrow` is empty for a safe table. `targets`: sensitive cells; `programs`: linear programs solved."""

    narrow: tuple[Narrow, ...]
    targets: int
    programs: int

    @property
    def safe(self) -> bool:
        return not self.narrow

    def exact(self, n: Integers) -> tuple[int, ...]:
        """Cells that a reader computes exactly: no room on either side that matters."""
        stuck = {(f.cell, f.direction) for f in self.narrow if f.reach < TOLERANCE}
        return tuple(sorted({c for c, s in stuck if (c, -s) in stuck or n[c] == 0}))


def audit(
    relations: sp.csr_matrix,
    n: Integers,
    suppressed: NDArray[np.bool_],
    targets: Integers,
    up: Integers,
    down: Integers,
    *,
    seed: int = 0,
) -> AuditReport:
    """Audit a table. `relations` as of `tables.relations`; `suppressed` marks what the reader does not see.

    `targets`: positions of the sensitive cells; `up`, `down`: the room each needs (counts, same order). The reader
    knows every other cell, all relations and that no value is negative.
    """
    hidden = np.flatnonzero(suppressed)
    place = np.full(len(n), -1)
    place[hidden] = np.arange(len(hidden))
    if np.any(place[targets] < 0):
        raise ValueError("a sensitive cell is not suppressed")
    if not len(targets):
        return AuditReport((), 0, 0)
    known = relations[:, hidden]
    known = known[np.diff(known.indptr) > 0].tocsc()
    return _Attack(known, n[hidden].astype(float), place[targets], up, down, seed).run(hidden)


class _Attack:
    def __init__(self, A: sp.csc_matrix, value: Vector, targets: Integers, up: Integers, down: Integers, seed: int):
        self.value, self.targets = value, targets
        self.need = {1: up.astype(float), -1: down.astype(float)}
        self.open = {side: need > 0 for side, need in self.need.items()}
        box = np.ones(len(value))
        box[targets] = np.maximum(box[targets], self.need[1])
        self.lower = np.maximum(-value, -3 * box - 2)
        self.model = WarmModel(A, self.lower, 3 * box + 2, np.zeros(len(value)))
        self.rng = np.random.default_rng(seed)

    def run(self, hidden: Integers) -> AuditReport:
        idle = 0
        while self._count() and idle < IDLE_BATCHES:
            before = self._count()
            self._batch()
            idle = idle + 1 if self._count() == before else 0
        self.model.bounds(-self.value, np.full(len(self.value), INFINITE))
        narrow = tuple(f for side in (1, -1) for f in self._singly(side, hidden))
        return AuditReport(narrow, len(self.targets), self.model.solved)

    def _count(self) -> int:
        return int(self.open[1].sum() + self.open[-1].sum())

    def _batch(self) -> None:
        sign = self.open[1].astype(float) - self.open[-1]
        both = self.open[1] & self.open[-1]
        sign[both] = self.rng.choice([-1.0, 1.0], int(both.sum()))
        cost = np.zeros(len(self.value))
        cost[self.targets] = -sign * self.rng.uniform(0.5, 1.5, len(sign)) / self.need[1]
        self.model.costs(cost)
        found = self.model.solve()
        if found is not None:
            for side in (1, -1):
                self.open[side] &= side * found[self.targets] < self.need[side] - TOLERANCE

    def _singly(self, side: int, hidden: Integers) -> list[Narrow]:
        found = []
        for t in np.flatnonzero(self.open[side]):
            cost = np.zeros(len(self.value))
            cost[self.targets[t]] = -side
            self.model.costs(cost)
            moved = self.model.solve()
            reach = np.inf if moved is None else side * moved[self.targets[t]]
            if reach < self.need[side][t] - TOLERANCE:
                found.append(Narrow(int(hidden[self.targets[t]]), side, float(reach), int(self.need[side][t])))
        return found
