"""The search for witnesses in one part of a table: many cells together, then the cheapest way for each that is left.

A part is a set of cells that may move while all other cells stay as they are, so what holds in a part holds in the
whole table. Never here: which parts there are (`decomposition.py`), giving back what is not needed (`cleaning.py`).
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from baken.shield.lp import INFINITE, Integers, Program, Vector
from baken.shield.witnesses import DOWN, MOVED, SIDES, UP, Mask, Witnesses

IDLE_ROUNDS = 2


def equations(relations: sp.csc_matrix, cells: Integers) -> sp.csc_matrix:
    """The relations between these cells when nothing else moves: rows that mention none of them are left out."""
    chosen = relations[:, cells].tocsr()
    return chosen[np.diff(chosen.indptr) > 0].tocsc()


def settle_together(A: sp.csc_matrix, found: Witnesses, suppressed: Mask, rng: np.random.Generator) -> None:
    """Random ± objectives over what is suppressed already; one solution settles many. Suppresses nothing.

    Moves are boxed, or a few cells would take all the room.
    """
    cells = np.flatnonzero(suppressed)
    place = np.full(len(suppressed), -1)
    place[cells] = np.arange(len(cells))
    at = place[found.targets]
    need = np.maximum(1.0, found.need[UP])
    box = np.full(len(cells), 5.0)
    box[at] = 3 * need + 2
    program = Program(equations(A, cells), -np.minimum(found.n[cells], box), box, np.zeros(len(cells)))
    idle = 0
    while idle < IDLE_ROUNDS and (before := found.still_open()):
        up, down = found.open(UP), found.open(DOWN)
        sign = np.where(up & down, rng.choice([-1.0, 1.0], len(up)), up.astype(float) - down)
        cost = np.zeros(len(cells))
        cost[at] = -sign * rng.uniform(0.5, 1.5, len(at)) / need
        program.set_costs(cost)
        moved = program.solve()
        assert moved is not None, "a program in a box has an optimum"
        whole = np.zeros(len(suppressed))
        whole[cells] = moved
        found.add(whole)
        idle = idle + 1 if found.still_open() == before else 0


class CheapestMoves:
    """Minimise price·(p + q) over moves up p and down q with A(p − q) = 0 and q at most the value, cell by cell.

    Split in two columns per cell, so that the solver starts from a table that does not move.
    """

    def __init__(self, A: sp.csc_matrix, n: Vector, price: Vector) -> None:
        self._n, self._size = n, len(n)
        upper = np.concatenate([np.full(self._size, INFINITE), n])
        both = sp.hstack([A, -A], format="csc")
        self._program = Program(both, np.zeros(2 * self._size), upper, np.concatenate([price, price]))

    def make_free(self, cells: Integers) -> None:
        self._program.set_costs(np.zeros(2 * len(cells)), np.concatenate([cells, cells + self._size]))

    def hold(self, cell: int) -> None:
        """From now on this cell does not move."""
        self._bound(cell, (0.0, 0.0), (0.0, 0.0))

    def release(self, cell: int) -> None:
        self._bound(cell, (0.0, INFINITE), (0.0, float(self._n[cell])))

    def moving(self, cell: int, side: int, need: float) -> Vector | None:
        """The cheapest move of all cells that moves this one by `need` to this side; None when there is none."""
        if side == UP:
            self._bound(cell, (need, INFINITE), (0.0, 0.0))
        else:
            self._bound(cell, (0.0, 0.0), (need, float(self._n[cell])))
        both = self._program.solve()
        self.release(cell)
        return None if both is None else both[: self._size] - both[self._size :]

    def _bound(self, cell: int, up: tuple[float, float], down: tuple[float, float]) -> None:
        self._program.bound(cell, *up)
        self._program.bound(cell + self._size, *down)


def settle_one_by_one(A: sp.csc_matrix, found: Witnesses, suppressed: Mask) -> None:
    """For each open cell, largest first, the cheapest move that gives it its room; what moves becomes suppressed.

    What is suppressed costs nothing. Changes `suppressed`. A cell that cannot move in this part stays open.
    """
    moves = CheapestMoves(A, found.n, np.where(suppressed, 0.0, found.n + 1))
    for t in np.lexsort((np.arange(len(found.targets)), -found.n[found.targets])):
        for side in SIDES:
            if not found.open(side)[t]:
                continue
            move = moves.moving(int(found.targets[t]), side, found.need[side][t])
            if move is None:
                continue
            new = np.flatnonzero((np.abs(move) > MOVED) & ~suppressed)
            suppressed[new] = True
            moves.make_free(new)
            found.add(move)
