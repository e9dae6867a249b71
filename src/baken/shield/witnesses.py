"""Witnesses: ways to move a table that break no relation, and which sensitive cells each of them settles.

A witness is a deviation d of the table with A d = 0. A sensitive cell is settled upwards when some multiple of a
witness lifts it by its width and takes no cell below zero; downwards likewise. Never here: a solver.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from baken.shield.lp import Vector
from baken.shield.tables import Integers

MOVED = 1e-7
SHORT = 1e-6  # what the solver's tolerance may leave short, per unit of need
MOST_TIMES = 1000.0  # a witness is not stretched further: rounding errors stretch with it
UP, DOWN = 1, -1
SIDES = (UP, DOWN)
OPEN, NOTHING_TO_DO = -1, -2
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Witness:
    """`cells`: positions of the cells that move; `move`: by how much (counts)."""

    cells: Integers
    move: Vector


class Witnesses:
    """The witnesses of a part of a table, and per sensitive cell and side the one that settles it.

    `n`: value per cell; `targets`: positions of the sensitive cells; `up`, `down`: the room each needs, in that order.
    """

    def __init__(self, n: Integers, targets: Integers, up: Integers, down: Integers) -> None:
        self.n = n.astype(float)
        self.targets = targets
        self.need = {UP: up.astype(float), DOWN: down.astype(float)}
        self._enough = {side: need - SHORT * np.maximum(1.0, need) for side, need in self.need.items()}
        self.settler = {side: np.where(need > 0, OPEN, NOTHING_TO_DO) for side, need in self.need.items()}
        self.kept: list[Witness] = []
        self._through: defaultdict[int, list[int]] = defaultdict(list)
        self._target_of = np.full(len(n), -1)
        self._target_of[targets] = np.arange(len(targets))

    def open(self, side: int) -> Mask:
        """Which targets still lack room on this side."""
        return np.equal(self.settler[side], OPEN)

    def still_open(self) -> int:
        return int(self.open(UP).sum() + self.open(DOWN).sum())

    def add(self, move: Vector) -> bool:
        """Settle what a move of all cells settles; keep it when it settles something."""
        cells = np.flatnonzero(np.abs(move) > MOVED)
        witness = Witness(cells, move[cells])
        settled = [(side, hit) for side in SIDES if len(hit := self.settles(witness, side, self.open(side)))]
        if settled:
            for side, hit in settled:
                self.settler[side][hit] = len(self.kept)
            for cell in cells.tolist():
                self._through[cell].append(len(self.kept))
            self.kept.append(witness)
        return bool(settled)

    def settles(self, witness: Witness, side: int, among: Mask) -> Integers:
        """Targets of the mask that some multiple of the witness moves far enough on this side."""
        found = []
        target = self._target_of[witness.cells]
        concerned = target >= 0
        target = target[concerned]
        for sign in SIDES:
            move = sign * witness.move
            falling = move < 0
            room = self.n[witness.cells[falling]] / -move[falling]
            times = min(float(room.min()), MOST_TIMES) if falling.any() else MOST_TIMES
            reach = side * move[concerned] * times
            found.append(target[among[target] & (reach >= self._enough[side][target])])
        return np.unique(np.concatenate(found))

    def using(self, cell: int) -> list[tuple[int, int]]:
        """(side, target) of everything that is settled by a witness that moves this cell."""
        through = self._through[cell]
        return [(side, int(t)) for side in SIDES for t in np.flatnonzero(np.isin(self.settler[side], through))]

    def in_use(self) -> list[int]:
        """The witnesses that settle something, in the order in which they were found."""
        both = np.concatenate([self.settler[UP], self.settler[DOWN]])
        return [int(k) for k in np.unique(both[both >= 0])]

    def support(self) -> Mask:
        """Every cell that a witness in use moves."""
        mask = np.zeros(len(self.n), dtype=bool)
        for k in self.in_use():
            mask[self.kept[k].cells] = True
        return mask
