"""One warm HiGHS model: built once, asked many times with other costs and bounds. Used by suppression and by its audit."""

from __future__ import annotations

import highspy
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Vector = NDArray[np.float64]
INFINITE = highspy.kHighsInf


class SolverFailed(RuntimeError):
    """The solver gave no optimum where there must be one; nothing may be concluded."""


class WarmModel:
    """minimise cost·x subject to A x = 0, lower <= x <= upper. `A` has one row per additive relation (rows × columns)."""

    def __init__(self, A: sp.csc_matrix, lower: Vector, upper: Vector, cost: Vector, *, presolve: bool = False) -> None:
        rows, columns = A.shape
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = rows, columns
        model.col_cost_, model.col_lower_, model.col_upper_ = cost, lower, upper
        model.row_lower_ = model.row_upper_ = np.zeros(rows)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = A.indptr, A.indices, A.data
        self._solver = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
            self._solver.setOptionValue(option, value)
        self._solver.setOptionValue("presolve", "choose" if presolve else "off")
        self._solver.passModel(model)
        self._ids = np.arange(columns, dtype=np.int32)
        self.solved = 0

    def costs(self, cost: Vector) -> None:
        self._solver.changeColsCost(len(self._ids), self._ids, cost)

    def cost(self, column: int, cost: float) -> None:
        self._solver.changeColCost(int(column), float(cost))

    def bounds(self, lower: Vector, upper: Vector) -> None:
        self._solver.changeColsBounds(len(self._ids), self._ids, lower, upper)

    def bound(self, column: int, lower: float, upper: float) -> None:
        self._solver.changeColBounds(int(column), float(lower), float(upper))

    def solve(self) -> Vector | None:
        """The optimum, or None when it is unbounded. Raises SolverFailed for anything else."""
        self._solver.run()
        self.solved += 1
        status = self._solver.getModelStatus()
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise SolverFailed(str(status))
        return np.array(self._solver.getSolution().col_value)
