"""An attacker as a linear program: what can a reader, or a board that knows its own figures, conclude?

One model per attacker, solved again and again from the last solution; only bounds and objective change. Most questions
are settled in batches: one solution with a random objective shows for many sums at once that they may be large. What is
left is asked singly. Bounds of the linear program contain those of whole numbers, so an upper bound found here is never
smaller than the one a patient attacker could reach by enumeration. Never here: who the attacker is.
"""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np
import numpy.typing as npt
from scipy import sparse

from baken.shield.cube import LARGEST_SUM, Ints
from baken.shield.knowledge import Knowledge

Asked = tuple[npt.NDArray[np.int32], int]
"""Variables of a sum, and the value that it should be able to reach."""

TOLERANCE = 1e-6
MOST_NODES = 100_000
"""A limit that no clock decides: beyond it there is no answer, on any machine."""
BATCH_FROM = 4
"""Fewer open questions than this are asked singly at once."""


class SolverFailed(Exception):  # noqa: N818 - becomes a refusal at the gate
    """The solver gave no optimum where one exists."""


def quiet_solver() -> highspy.Highs:
    """HiGHS on one thread with a fixed seed and exact optimality, so that it gives the same answer everywhere."""
    solver = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 1),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.0),
        ("mip_max_nodes", MOST_NODES),
    ):
        solver.setOptionValue(option, value)
    return solver


def linear_program(
    matrix: sparse.csr_array,
    rows: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]],
    columns: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]],
    costs: npt.NDArray[np.float64],
) -> highspy.HighsLp:
    """A program for HiGHS, to be minimised: `rows[0] <= matrix @ x <= rows[1]`, `columns[0] <= x <= columns[1]`."""
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = matrix.shape
    program.col_cost_ = costs
    program.col_lower_, program.col_upper_ = columns
    program.row_lower_, program.row_upper_ = rows
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = matrix.indptr
    program.a_matrix_.index_ = matrix.indices
    program.a_matrix_.value_ = matrix.data
    return program


class Attacker:
    """Somebody who knows all that is published, and some figures of their own.

    `multiples`: value / base of every statement, as far as published; anything for the others. `open_cells`: statements
    whose value the attacker does not see. `own`: lower bounds on the variables, the attacker's own counts.
    `solved` counts the linear programs.
    """

    def __init__(self, knowledge: Knowledge, multiples: Ints, open_cells: npt.NDArray[np.bool_], own: Ints) -> None:
        self.size = knowledge.layout.size
        self.cells = len(knowledge.statements)
        self.multiples = multiples
        self.matrix, lower, upper = knowledge.system(multiples)
        self.rows = (lower, upper)
        self.low = np.concatenate([own, np.zeros(2 * self.cells)]).astype(float)
        self.high = np.concatenate([np.full(self.size, LARGEST_SUM), np.zeros(2 * self.cells)]).astype(float)
        for cell in np.flatnonzero(open_cells):
            self._open(int(cell))
        self.solved = 0
        self._everything = np.arange(len(self.low), dtype=np.int32)
        self._solver = quiet_solver()
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("simplex_strategy", 4)
        nothing = np.zeros(len(self.low))
        self._solver.passModel(linear_program(self.matrix, self.rows, (self.low, self.high), nothing))
        self._solver.changeObjectiveSense(highspy.ObjSense.kMaximize)

    def _open(self, cell: int) -> None:
        self.high[self.size + cell] = LARGEST_SUM
        self.high[self.size + self.cells + cell] = self.multiples[cell]

    def lose(self, cell: int) -> None:
        """The cell is held back from now on."""
        self._open(cell)
        for column in (self.size + cell, self.size + self.cells + cell):
            self._solver.changeColBounds(column, 0.0, float(self.high[column]))

    def know(self, own: Ints) -> None:
        """Take the place of somebody with these figures."""
        self.low[: self.size] = own
        columns = np.arange(self.size, dtype=np.int32)
        self._solver.changeColsBounds(self.size, columns, self.low[: self.size], self.high[: self.size])

    def _maximise(self, objective: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        self._solver.changeColsCost(len(objective), self._everything, objective)
        for attempt in range(2):
            self._solver.run()
            self.solved += 1
            if self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                value = float(self._solver.getInfo().objective_function_value)
                return value, np.asarray(self._solver.getSolution().col_value)
            if attempt == 0:
                self._solver.clearSolver()
        raise SolverFailed

    def upper(self, variables: npt.NDArray[np.int32]) -> int:
        """The largest value that the sum of these counts can have."""
        objective = np.zeros(len(self.low))
        objective[variables] = 1.0
        return int(np.floor(self._maximise(objective)[0] + TOLERANCE))

    def is_settled(self, cell: int) -> bool:
        """Can the attacker compute the rounded value of this cell?"""
        for sign in (1.0, -1.0):
            objective = np.zeros(len(self.low))
            objective[self.size + cell], objective[self.size + self.cells + cell] = sign, -sign
            if self._maximise(objective)[0] > 1 - TOLERANCE:
                return False
        return True

    def unreachable(self, asked: Sequence[Asked], truth: Ints, seed: int = 1) -> list[int]:
        """Which of the sums cannot reach the value asked, as positions in `asked`. Exact for the linear program.

        `truth`: the counts themselves. They fit everything published, so they are the first witness.
        """
        left = self._batches(asked, truth, np.random.default_rng(seed))
        return [i for i in left if self.upper(asked[i][0]) < asked[i][1]]

    def _batches(self, asked: Sequence[Asked], truth: Ints, random: np.random.Generator) -> list[int]:
        """Settle questions with witnesses: a random half of those left is maximised together, weighted at random."""
        lengths = [len(variables) for variables, _ in asked]
        columns = np.concatenate([variables for variables, _ in asked]) if asked else np.zeros(0, dtype=np.int32)
        sums = sparse.csr_array(
            (np.ones(len(columns)), columns, np.cumsum([0, *lengths])), shape=(len(asked), len(self.low))
        )
        values = np.array([value for _, value in asked], dtype=float)
        left = np.flatnonzero(sums[:, : self.size] @ truth < values)
        while len(left) >= BATCH_FROM:
            weights = np.zeros(len(asked))
            weights[left] = random.random(len(left)) * (random.random(len(left)) < 0.5) / np.maximum(values[left], 1.0)
            _, world = self._maximise(np.asarray(sums.T @ weights))
            still = left[(sums @ world)[left] < values[left] - TOLERANCE]
            if len(still) > 0.9 * len(left):
                return [int(i) for i in still]
            left = still
        return [int(i) for i in left]
