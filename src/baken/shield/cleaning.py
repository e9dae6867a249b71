"""Giving back: secondary cells that no sensitive cell needs are shown again, the largest first, each only when checked.

Never here: suppressing anything.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from baken.shield.lp import Integers
from baken.shield.search import CheapestMoves, equations
from baken.shield.witnesses import DOWN, OPEN, UP, Mask, Witnesses


def give_back(A: sp.csc_matrix, found: Witnesses, suppressed: Mask, candidates: Mask) -> None:
    """Show again which candidates the sensitive cells of this part can do without. Changes `suppressed` and `found`."""
    suppressed &= ~candidates | found.support()
    cleaning = _Cleaning(A, found, suppressed)
    queue = np.flatnonzero(candidates & suppressed)
    for cell in queue[np.argsort(-found.n[queue], kind="stable")]:
        if suppressed[cell] and cleaning.can_do_without(int(cell)):
            superfluous = np.flatnonzero(candidates & suppressed & ~found.support())
            suppressed[superfluous] = False
            cleaning.show(superfluous)


class _Cleaning:
    def __init__(self, A: sp.csc_matrix, found: Witnesses, suppressed: Mask) -> None:
        self.found = found
        self.cells = np.flatnonzero(suppressed)
        self.place = np.full(len(suppressed), -1)
        self.place[self.cells] = np.arange(len(self.cells))
        inner = equations(A, self.cells)
        self.locks = _Locks(inner, self.place[found.targets])
        self.program = CheapestMoves(inner, found.n[self.cells], np.zeros(len(self.cells)))

    def can_do_without(self, cell: int) -> bool:
        """Find other witnesses for everything that moves this cell; keep them only when there is one for each."""
        if self.locks.would_lock_a_target(int(self.place[cell])):
            return False
        found = self.found
        before = {side: settler.copy() for side, settler in found.settler.items()}
        affected = found.using(cell)
        for side, t in affected:
            found.settler[side][t] = OPEN
        self._settle_by_what_is_there()
        self.program.hold(int(self.place[cell]))
        for side, t in sorted(affected, key=lambda one: -found.n[found.targets[one[1]]]):
            if found.open(side)[t] and not self._settle(side, t):
                found.settler = before
                self.program.release(int(self.place[cell]))
                return False
        return True

    def _settle_by_what_is_there(self) -> None:
        """Witnesses still in use move the candidate no more: everything that one of those settled was opened."""
        found = self.found
        for k in found.in_use():
            for side in (UP, DOWN):
                found.settler[side][found.settles(found.kept[k], side, found.open(side))] = k

    def _settle(self, side: int, t: int) -> bool:
        cell = int(self.found.targets[t])
        inner = self.program.moving(int(self.place[cell]), side, self.found.need[side][t])
        if inner is None:
            return False
        move = np.zeros(len(self.place))
        move[self.cells] = inner
        self.found.add(move)
        return not self.found.open(side)[t]

    def show(self, cells: Integers) -> None:
        for cell in cells:
            self.program.hold(int(self.place[cell]))
            self.locks.fix(int(self.place[cell]))


class _Locks:
    """The only hidden cell of a relation is known. Most candidates fail by this alone, without a program.

    Per relation the number of hidden cells and the sum of their positions, so the last one left names itself.
    """

    def __init__(self, A: sp.csc_matrix, targets: Integers) -> None:
        rows = A.tocsr()
        self.members = [column.tolist() for column in np.split(A.indices, A.indptr[1:-1])]
        self.left = np.diff(rows.indptr).tolist()
        self.sum = np.bincount(A.indices, np.repeat(np.arange(A.shape[1]), np.diff(A.indptr)), A.shape[0])
        self.sum = self.sum.astype(np.int64).tolist()
        self.target = np.zeros(A.shape[1], dtype=bool)
        self.target[targets] = True

    def would_lock_a_target(self, cell: int) -> bool:
        locked, undo = self._propagate(cell)
        for column in undo:
            self._change(column, 1)
        return locked

    def fix(self, cell: int) -> None:
        self._change(cell, -1)

    def _propagate(self, cell: int) -> tuple[bool, list[int]]:
        queue, fixed = [cell], [cell]
        self._change(cell, -1)
        known = {cell}
        while queue:
            for row in self.members[queue.pop()]:
                if self.left[row] != 1 or (last := self.sum[row]) in known:
                    continue
                if self.target[last]:
                    return True, fixed
                known.add(last)
                fixed.append(last)
                queue.append(last)
                self._change(last, -1)
        return False, fixed

    def _change(self, cell: int, by: int) -> None:
        for row in self.members[cell]:
            self.left[row] += by
            self.sum[row] += by * cell
