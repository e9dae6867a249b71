"""Cell suppression: which other cells must be hidden so that no sensitive cell can be computed from the rest.

Sequential linear programs with witness reuse. For each sensitive cell that is not yet safe, largest first, the cheapest
way to move it by its width through the table is sought; what it moves becomes suppressed and is free from then on. Each
solution also settles every other cell that it moves far enough. A clean-up gives back what no kept solution needs. The
result is audited by another path of code (`audit.py`); what fails is mended, and nothing unaudited is ever returned.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from baken.shield.audit import AuditReport, audit
from baken.shield.lp import INFINITE, SolverFailed, Vector, WarmModel
from baken.shield.primary import Rules
from baken.shield.tables import Integers, Table

MOVED = 1e-7
MEND_ROUNDS = 10
Mask = NDArray[np.bool_]


class Unprotectable(RuntimeError):
    """Even with everything else suppressed a cell keeps too little room."""


@dataclass(frozen=True)
class ProtectedTable:
    """A table with its pattern. `primary` and `secondary` are masks over the cells; `report` is the last audit."""

    table: Table
    primary: Mask
    secondary: Mask
    report: AuditReport

    @property
    def value_lost(self) -> int:
        """Sum of the values that secondary suppression hides."""
        return int(self.table.n[self.secondary].sum())

    def status(self) -> list[str]:
        """Per cell: U primary, M secondary, E empty, S safe."""
        words = np.where(self.table.n == 0, "E", "S").astype("<U1")
        words[self.primary] = "U"
        words[self.secondary] = "M"
        return [str(word) for word in words]


def protect_table(table: Table, rules: Rules | None = None, *, seed: int = 0) -> ProtectedTable:
    """Suppress what is sensitive and what would give it away. The same table, rules and seed give the same pattern.

    Raises Unprotectable when no pattern protects every cell.
    """
    rules = rules or Rules()
    primary = rules.sensitive(table)
    targets = np.flatnonzero(primary)
    up, down = rules.width_up(table.n[targets]), rules.width_down(table.n[targets])
    search = _Search(table, targets, up, down)
    search.settle_with_primary_only(seed)
    search.protect_all(range(len(targets)))
    suppressed = search.cleaned()
    for _ in range(MEND_ROUNDS):
        report = audit(table.relations, table.n, suppressed, targets, up, down, seed=seed)
        if report.safe:
            return ProtectedTable(table, primary, suppressed & ~primary, report)
        place = {int(cell): i for i, cell in enumerate(targets)}
        search.reopen(suppressed, [place[f.cell] for f in report.narrow])
        search.protect_all(sorted({place[f.cell] for f in report.narrow}))
        suppressed = search.suppressed.copy()
    raise Unprotectable("the table keeps a cell that cannot be protected")


@dataclass(frozen=True, slots=True)
class _Witness:
    """A way to move the table that touches only suppressed cells: `cells` with their moves."""

    cells: Integers
    move: Vector


class _Search:
    """The state of the sequential search: what is suppressed, which side of which target is open, the witnesses."""

    def __init__(self, table: Table, targets: Integers, up: Integers, down: Integers) -> None:
        self.n = table.n.astype(float)
        self.relations = table.relations
        self.targets = targets
        self.need = {1: up.astype(float), -1: down.astype(float)}
        self.open = {side: need > 0 for side, need in self.need.items()}
        self.suppressed = np.zeros(len(self.n), dtype=bool)
        self.suppressed[targets] = True
        self.witnesses: list[_Witness] = []
        self.settled_by: dict[tuple[int, int], int] = {}
        self._model: WarmModel | None = None

    # --- what the sensitive cells already do for each other ---

    def settle_with_primary_only(self, seed: int) -> None:
        """Random objectives over the sensitive cells alone settle most of them before anything is added."""
        known = self.relations[:, self.targets]
        A = known[np.diff(known.indptr) > 0].tocsc()
        value = self.n[self.targets]
        box = 3 * self.need[1] + 2
        model = WarmModel(A, np.maximum(-value, -box), box, np.zeros(len(value)))
        rng = np.random.default_rng(seed)
        idle = 0
        while idle < 2 and (self.open[1].any() or self.open[-1].any()):
            before = self._count()
            sign = self.open[1].astype(float) - self.open[-1]
            both = self.open[1] & self.open[-1]
            sign[both] = rng.choice([-1.0, 1.0], int(both.sum()))
            model.costs(-sign * rng.uniform(0.5, 1.5, len(sign)) / self.need[1])
            move = model.solve()
            if move is not None:
                self._keep(self.targets, move)
            idle = idle + 1 if self._count() == before else 0

    def _count(self) -> int:
        return int(self.open[1].sum() + self.open[-1].sum())

    def _keep(self, cells: Integers, move: Vector) -> None:
        """Remember a witness and settle what it moves far enough, scaled as far as the values allow, both ways."""
        moved = np.abs(move) > MOVED
        if not moved.any():
            return
        witness = _Witness(cells[moved], move[moved])
        position = np.full(len(self.n), 0.0)
        position[witness.cells] = witness.move
        number, used = len(self.witnesses), False
        for side in (1, -1):
            falling = side * witness.move < 0
            room = self.n[witness.cells[falling]] / -(side * witness.move[falling])
            scale = min(float(room.min()) if falling.any() else INFINITE, 1e6)
            reach = side * position[self.targets] * scale
            other = -side * position[self.targets] * scale
            for direction, far in ((1, reach), (-1, other)):
                hit = self.open[direction] & (far >= self.need[direction] - MOVED)
                for t in np.flatnonzero(hit):
                    self.settled_by[int(t), direction] = number
                    used = True
                self.open[direction] &= ~hit
        if used:
            self.witnesses.append(witness)

    # --- the cheapest way for each cell that is still open ---

    def _split_model(self) -> WarmModel:
        """Columns: upward moves of all cells that are not empty, then their downward moves."""
        if self._model is None:
            self.live = np.flatnonzero(self.n > 0)
            self.column = np.full(len(self.n), -1)
            self.column[self.live] = np.arange(len(self.live))
            known = self.relations[:, self.live]
            half = known[np.diff(known.indptr) > 0].tocsc()
            A = sp.hstack([half, -half], format="csc")
            upper = np.concatenate([np.full(len(self.live), INFINITE), self.n[self.live]])
            self._model = WarmModel(A, np.zeros(A.shape[1]), upper, self._costs())
        return self._model

    def _costs(self) -> Vector:
        cost = np.log1p(self.n[self.live]) + 0.5
        cost[self.suppressed[self.live]] = 0.0
        return np.concatenate([cost, cost])

    def protect_all(self, order: range | list[int]) -> None:
        """Make every target of `order` safe, largest first."""
        if not self._count():
            return
        for t in sorted(order, key=lambda t: (-self.n[self.targets[t]], t)):
            for side in (1, -1):
                if self.open[side][t]:
                    self._protect(t, side)

    def _protect(self, t: int, side: int) -> None:
        model = self._split_model()
        half = len(self.live)
        column = int(self.column[self.targets[t]])
        up, down = column, column + half
        need = float(self.need[side][t])
        model.bound(up, need if side > 0 else 0.0, INFINITE if side > 0 else 0.0)
        model.bound(down, need if side < 0 else 0.0, self.n[self.targets[t]] if side < 0 else 0.0)
        found = model.solve()
        model.bound(up, 0.0, INFINITE)
        model.bound(down, 0.0, self.n[self.targets[t]])
        if found is None:
            raise SolverFailed("a bounded program came out unbounded")
        move = found[:half] - found[half:]
        new = (np.abs(move) > MOVED) & ~self.suppressed[self.live]
        self.suppressed[self.live[new]] = True
        for column in np.flatnonzero(new):
            model.cost(column, 0.0)
            model.cost(column + half, 0.0)
        self._keep(self.live, move)
        self.open[side][t] = False

    # --- giving back ---

    def cleaned(self) -> Mask:
        """Only what the witnesses in use touch, and the sensitive cells themselves."""
        kept = np.zeros(len(self.n), dtype=bool)
        kept[self.targets] = True
        for number in self._cover():
            kept[self.witnesses[number].cells] = True
        return kept

    def _cover(self) -> set[int]:
        """The witnesses that some target was settled by."""
        return set(self.settled_by.values())

    def reopen(self, suppressed: Mask, targets: list[int]) -> None:
        """Begin again from a pattern for the targets that an audit found too narrow."""
        self.suppressed = suppressed.copy()
        self._model = None
        for t in targets:
            for side in (1, -1):
                self.open[side][t] = bool(self.need[side][t] > 0)
