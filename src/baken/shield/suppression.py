"""Cell suppression: which other cells must be hidden so that no sensitive cell can be computed from the rest.

Sequential linear programs with witness reuse, part by part (`decomposition.py`): what the hidden cells already do for
each other, then the cheapest way for each sensitive cell that is left (`search.py`), then giving back what nobody needs
(`cleaning.py`). The result is audited by another path of code (`audit.py`); what fails is mended and audited again, and
nothing that fails its audit is ever returned. Never here: reading or writing files.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from baken.shield.audit import AuditReport, audit_table
from baken.shield.cleaning import give_back
from baken.shield.decomposition import LARGE, parts
from baken.shield.lp import Integers
from baken.shield.primary import Rules
from baken.shield.search import equations, settle_one_by_one, settle_together
from baken.shield.tables import SuppressedTable, Table
from baken.shield.witnesses import DOWN, NOTHING_TO_DO, UP, Witnesses

MEND_ROUNDS = 5


class UnprotectableError(RuntimeError):
    """The table fails its audit and could not be mended; nothing may be published."""


@dataclass(frozen=True)
class ProtectedTable(SuppressedTable):
    """A suppressed table that passed its audit; only `protect_table` makes one. `report`: that audit."""

    report: AuditReport


def protect_table(table: Table, rules: Rules | None = None, *, seed: int = 0, large: int = LARGE) -> ProtectedTable:
    """Hide what is sensitive and what would give it away. The same table, rules and seed give the same pattern.

    A table with more than `large` non-empty cells is protected in parts. Raises UnprotectableError when the audit keeps
    finding a cell that is too narrow.
    """
    work = _Work(table, rules or Rules(), seed)
    for number, cells in enumerate(parts(table, large)):
        work.protect_part(cells, number)
    return _audited(work)


def _audited(work: _Work) -> ProtectedTable:
    """The table with the pattern found, once it passes its audit; what does not is mended and audited again."""
    for _ in range(MEND_ROUNDS):
        pattern = work.pattern()
        report = audit_table(pattern, work.rules, seed=work.seed)
        if report.safe:
            return ProtectedTable(pattern.dimensions, pattern.n, pattern.primary, pattern.secondary, report)
        work.reopen(report)
        work.protect_part(np.flatnonzero(work.table.n), 0)
    raise UnprotectableError("the audit still finds cells that are too narrow")


class _Work:
    """The state of the search over the whole table: what is hidden, and which side of which sensitive cell is open."""

    def __init__(self, table: Table, rules: Rules, seed: int) -> None:
        self.table, self.rules, self.seed = table, rules, seed
        self.primary = rules.sensitive(table)
        self.hidden = self.primary.copy()
        self.need = {UP: rules.width_up(table.n), DOWN: rules.width_down(table.n)}
        self.open = {side: self.primary & (need > 0) for side, need in self.need.items()}
        self.relations: sp.csc_matrix = table.relations.tocsc()

    def protect_part(self, cells: Integers, number: int) -> None:
        """Settle what can be settled when only these cells may move."""
        if not (self.open[UP][cells] | self.open[DOWN][cells]).any():
            return
        A, hidden = equations(self.relations, cells), self.hidden[cells]
        before = hidden.copy()
        found = self._witnesses(cells)
        settle_together(A, found, hidden, np.random.default_rng([self.seed, number]))
        if found.still_open():
            settle_one_by_one(A, found, hidden)
            give_back(A, found, hidden, hidden & ~before)
        self.hidden[cells] = hidden
        for side in (UP, DOWN):
            self.open[side][cells[found.targets]] = found.open(side)

    def _witnesses(self, cells: Integers) -> Witnesses:
        targets = np.flatnonzero(self.primary[cells])
        at = cells[targets]
        found = Witnesses(self.table.n[cells], targets, self.need[UP][at], self.need[DOWN][at])
        for side in (UP, DOWN):
            found.settler[side][~self.open[side][at]] = NOTHING_TO_DO
        return found

    def pattern(self) -> SuppressedTable:
        return SuppressedTable(self.table.dimensions, self.table.n, self.primary, self.hidden & ~self.primary)

    def reopen(self, report: AuditReport) -> None:
        """What the audit found too narrow is open again, on both sides: the witness that settled it did not hold."""
        for one in report.narrow:
            for side in (UP, DOWN):
                self.open[side][one.cell] = self.need[side][one.cell] > 0
