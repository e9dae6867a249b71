"""Which cells are held back: symmetric rules on audited upper bounds.

Step 5 of protection. A cell is held back when one contributor dominates it, or when what is published would let a board
bound somebody else too closely. A single gap in an additive table is no gap, so further cells are held back, as few and
as small as possible, until the rounded value of each cannot be computed. Every rule is symmetric in the holdings of an
area: the attacker is a *virtual* board that owns, in the area asked about, any one holding, and elsewhere the largest
figure of any holding in every single cell. Each real board knows less than one of these, so what they cannot conclude
no board can; and exchanging two holdings of an area changes nothing. Never here: a board, a school, an order of units.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterable, Iterator

import highspy
import numpy as np
import numpy.typing as npt
from scipy import sparse

from baken.shield.attacker import TOLERANCE, Asked, Attacker, linear_program, quiet_solver
from baken.shield.cube import LARGEST_SUM, Cube, Ints, Question, dominance, needed, percent
from baken.shield.knowledge import Knowledge, Statement
from baken.shield.policy import Policy
from baken.shield.rounding import BITS, keyed

Floats = npt.NDArray[np.float64]
PASSES = 10
MOST_VIRTUAL_BOARDS = 64
"""Up to so many combinations of holdings are played; beyond that one attacker that is stronger than all of them."""


class NotSettled(Exception):  # noqa: N818 - becomes a refusal at the gate
    """Holding back does not help: what was published before already says too much."""


def questions(cube: Cube, known: Knowledge, policy: Policy) -> list[Question]:
    """All sums that are audited: every published cell, every cell of the hidden cube, and the sums to date."""
    layout = cube.layout
    found = {s.question: None for s in known.statements if s.question.areas is not None or not s.margin}
    for k in layout.quarters:
        for group in layout.groups[k]:
            found.update({Question((k,), group, c): None for c in range(layout.categories)})
    last = layout.quarters[-1]
    asked = {(q.quarters, q.areas, q.category) for q in found}
    for part in layout.to_date(last) if last else ():
        for category in (None, *range(layout.categories)):
            if (layout.quarters, part, category) not in asked:
                found[Question(layout.quarters, part, category)] = None
    return list(found)


class HoldBack:
    """One release at the moment of deciding. `current`: the statements of this release; only these may be held back.

    `multiples`: value / base of every statement. `before`: those held back in earlier releases; the attacker sees
    neither their values nor those held back now.
    """

    def __init__(
        self,
        cube: Cube,
        known: Knowledge,
        multiples: Ints,
        *,
        before: Collection[int],
        current: Collection[int],
        policy: Policy,
        key: bytes,
    ) -> None:
        self.cube, self.known, self.policy, self.key = cube, known, policy, key
        self.multiples = multiples
        self.current = sorted(current)
        self.before = sorted(before)
        self.held: set[int] = set()
        hidden = np.zeros(len(known.statements), dtype=bool)
        hidden[self.before] = True
        self.nothing = np.zeros(cube.layout.size, dtype=np.int64)
        self.attacker = Attacker(known, multiples, hidden, cube.largest)
        self.asked = [(q, self._variables(q), needed(cube, q, policy)) for q in questions(cube, known, policy)]

    def settle(self) -> frozenset[int]:
        """The statements of this release to hold back. Raises `NotSettled` when that is not enough."""
        dominated = self._dominated()
        for cell in dominated:
            self._hold(cell)
        for _ in range(PASSES):
            before = len(self.held)
            open_questions = self._answer_questions()
            self.attacker.know(self.nothing)
            self._hide_dominated(dominated)
            self._hide_values()
            self.attacker.know(self.cube.largest)
            if not open_questions and len(self.held) == before:
                return frozenset(self.held)
        raise NotSettled

    def _variables(self, question: Question) -> npt.NDArray[np.int32]:
        return self.cube.layout.variables(question.quarters, question.areas, question.category)

    def _hold(self, cell: int) -> None:
        if cell not in self.held:
            self.held.add(cell)
            self.attacker.lose(cell)

    def _hold_all(self, cells: list[int] | None) -> None:
        """Hold these cells back; where nothing less helps (None), everything of this release."""
        if cells is None and len(self.held) == len(self.current):
            raise NotSettled
        for cell in self.current if cells is None else cells:
            self._hold(cell)

    def _dominated(self) -> dict[int, int]:
        """Cells of this release in which one holding dominates, and the bound that must stay possible.

        A cell that follows from earlier publications is left out: hiding it would hide nothing.
        """
        bounds = {
            cell: bound
            for cell in self.current
            if not (statement := self.known.statements[cell]).margin
            and (bound := dominance(self.cube, statement.question, self.policy))
        }
        if not bounds:
            return {}
        hidden = np.zeros(len(self.known.statements), dtype=bool)
        hidden[[*self.before, *self.current]] = True
        without_us = Attacker(self.known, self.multiples, hidden, self.nothing)
        return {cell: bound for cell, bound in bounds.items() if not without_us.is_settled(cell)}

    def _answer_questions(self) -> bool:
        """Hold back what it takes to leave every bound possible. True when something had to be done."""
        left = self.attacker.unreachable([(variables, bound) for _, variables, bound in self.asked], self.cube.sums)
        acted = False
        for i in left:
            question, variables, bound = self.asked[i]
            for own, asked in self._virtual_boards(question, variables, bound):
                self.attacker.know(own)
                if self.attacker.upper(asked[0]) < asked[1]:
                    acted = True
                    self._hold_all(self._cheapest(own, asked=asked))
        self.attacker.know(self.cube.largest)
        return acted

    def _virtual_boards(
        self, question: Question, variables: npt.NDArray[np.int32], bound: int
    ) -> Iterator[tuple[Ints, Asked]]:
        """The attackers behind a question about one area, or a few: each choice of one holding per area.

        Without areas, or with too many choices, the one that is stronger than all.
        """
        cube = self.cube
        areas = [area for area in question.areas or () if len(cube.holdings_in(area))]
        choices = [cube.holdings_in(area) for area in areas]
        if not choices or math.prod(len(holdings) for holdings in choices) > MOST_VIRTUAL_BOARDS:
            yield cube.largest, (variables, bound)
            return
        for chosen in itertools.product(*(range(len(holdings)) for holdings in choices)):
            by_area = cube.largest_by_area.copy()
            own, most, largest = 0, 0, 0
            for area, holdings, i in zip(areas, choices, chosen, strict=True):
                by_area[area] = holdings[i]
                shares = question.of(holdings).tolist()
                own += shares[i]
                largest += max(shares)
                most = max([most, *shares[:i], *shares[i + 1 :]])
            rest = question.rest if own == largest else 1
            value = own + max(rest, most + percent(self.policy.p_percent, most))
            yield cube.layout.spread(by_area), (variables, value)

    def _hide_dominated(self, dominated: dict[int, int]) -> None:
        """Leave a reader the upper bound that the dominance rule asks for, where earlier releases still allow it."""
        for cell, bound in dominated.items():
            variables = self.known.statements[cell].variables
            if self.attacker.upper(variables) < bound:
                for other in self._cheapest(self.nothing, asked=(variables, bound)) or ():
                    self._hold(other)

    def _hide_values(self) -> None:
        """No value that is held back, now or before, may follow for a reader from those that are shown."""
        for cell in [*self.before, *sorted(self.held)]:
            if not self.attacker.is_settled(cell):
                continue
            up, down = (self._cheapest(self.nothing, moved=(cell, sign)) for sign in (1, -1))
            options = [cells for cells in (up, down) if cells is not None]
            for other in min(options, key=self._price, default=()):
                self._hold(other)

    def _price(self, cells: Iterable[int]) -> tuple[int, list[int]]:
        return sum(self._cost(cell) for cell in cells), sorted(cells)

    def _cost(self, cell: int) -> int:
        """What the reader loses with a cell: large values and margins more; a keyed tie-break makes it distinct."""
        statement: Statement = self.known.statements[cell]
        weight = (10 + int(self.multiples[cell])) * (10 if statement.margin else 1)
        return (weight << (BITS // 2)) + (keyed(self.key, "hold", *statement.key) >> (BITS // 2))

    def _cheapest(
        self, own: Ints, *, asked: Asked | None = None, moved: tuple[int, int] | None = None
    ) -> list[int] | None:
        """The cells to hold back so that a sum can reach a value, or a cell can move one multiple up or down.

        The cheapest other table that a reader could then believe in, as a mixed integer program: a cell that differs
        in it is held back. For a sum, fractions of a multiple will do when whole ones do not: that is the measure of
        the audit. None when there is no such table.
        """
        n, k = self.attacker.size, self.attacker.cells
        low, high = self.attacker.low.copy(), self.attacker.high.copy()
        low[:n] = own
        costs = np.zeros(len(low))
        for cell in self.current:
            if cell not in self.held:
                high[n + cell], high[n + k + cell] = LARGEST_SUM, self.multiples[cell]
                costs[n + cell] = costs[n + k + cell] = self._cost(cell)
        if moved is not None:
            cell, sign = moved
            goes, stays = (n + cell, n + k + cell) if sign > 0 else (n + k + cell, n + cell)
            low[goes], high[stays] = 1.0, 0.0
            if high[goes] < 1:
                return None
        steps = self._other_table((low, high), costs, asked, whole=True)
        if steps is None and asked is not None:
            steps = self._other_table((low, high), costs, asked, whole=False)
        if steps is None:
            return None
        changed = steps[:k] + steps[k:] > TOLERANCE
        return [cell for cell in self.current if changed[cell] and cell not in self.held]

    def _other_table(
        self, columns: tuple[Floats, Floats], costs: Floats, asked: Asked | None, *, whole: bool
    ) -> Floats | None:
        """The steps up and down of every cell in the cheapest table within these bounds, in multiples of the base."""
        matrix, (lower, upper) = self.attacker.matrix, self.attacker.rows
        if asked is not None:
            extra = sparse.lil_array((1, len(costs)))
            extra[0, asked[0]] = 1.0
            matrix = sparse.csr_array(sparse.vstack([matrix, extra]))
            lower, upper = np.append(lower, asked[1]), np.append(upper, np.inf)
        program = linear_program(matrix, (lower, upper), columns, costs)
        counts = self.attacker.size
        if whole:
            integer, real = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
            program.integrality_ = [real] * counts + [integer] * (len(costs) - counts)
        solver = quiet_solver()
        solver.passModel(program)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.asarray(solver.getSolution().col_value)[counts:]
