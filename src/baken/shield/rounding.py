"""Joint controlled rounding: every value a multiple of the base, close to its count, and all margins exactly additive.

Step 4 of protection. One mixed integer program per quarter and one per year. Its preferences are pseudo-random and
keyed: a count of 6 becomes 10 in one of five keys and 5 in the others. A cell whose lower multiple would tell its
largest contributor too much about the others prefers the upper one. Names of tables, areas, categories and periods
enter the key, never a contributor, so nobody's pseudonym has any influence. Costs are whole numbers with twenty random
bits, which makes the optimum unique but for about one case in ten thousand, whatever machine computes it.
Never here: what is shown.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt
from scipy import sparse

from baken.shield.attacker import linear_program, quiet_solver
from baken.shield.cube import Ints
from baken.shield.knowledge import Key, Knowledge
from baken.shield.publication import canonical

BITS = 20
WIDENED = (1, 2, 4)
"""Multiples of the base by which errors may be bounded, tried in this order."""


def keyed(key: bytes, *names: object) -> int:
    """A pseudo-random number of `BITS` bits (HMAC-SHA-256 of the names)."""
    digest = hmac.new(key, canonical([None if name is None else str(name) for name in names]), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - BITS)


@dataclass(frozen=True, slots=True)
class Target:
    """A cell to round. `needed`: the upper bound its value should leave possible. `fixed`: its multiple, if known."""

    key: Key
    count: int
    needed: int
    fixed: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """`low <= sum of plus - sum of minus <= high`, in multiples of the base; positions of targets."""

    plus: tuple[int, ...]
    minus: tuple[int, ...]
    low: int
    high: int


def within(count: int, base: int, limit: int) -> tuple[int, int]:
    """Smallest and largest multiple that lie less than `limit` from the count."""
    return -((limit - 1 - count) // base), (count + limit - 1) // base


def _preference(target: Target, base: int, key: bytes) -> int:
    """Cost of the upper multiple over the lower one."""
    rest = target.count % base
    cost = keyed(key, "round", *target.key) * base - (rest << BITS)
    too_low = target.count - rest + base - 1 < target.needed
    return cost - ((base << BITS) * 64 if too_low else 0)


def solve(targets: Sequence[Target], rows: Sequence[Row], *, base: int, limit: int, key: bytes) -> Ints | None:
    """Multiples of the base for all targets, or None when there is no solution.

    Columns: lower multiple + step up (0 or 1, none for a count that is a multiple) + wide steps, which exist only when
    `limit` exceeds the base and cost more than any preference.
    """
    n = len(targets)
    floors = np.array([t.count // base for t in targets], dtype=np.int64)
    low, high = np.zeros(3 * n), np.zeros(3 * n)
    costs = np.zeros(3 * n)
    for i, target in enumerate(targets):
        first, last = within(target.count, base, limit)
        steps = 1 if target.count % base else 0
        low[i], high[i] = floors[i], floors[i] + steps
        high[n + i], high[2 * n + i] = last - floors[i] - steps, floors[i] - max(first, 0)
        costs[i] = _preference(target, base, key) if steps else 0
        costs[n + i] = costs[2 * n + i] = ((base << BITS) * 256) + keyed(key, "wide", *target.key)
    whole = np.array([[1.0, 1.0, -1.0]])
    matrix = sparse.csr_array(sparse.kron(whole, _incidence(rows, n)))
    bounds = np.array([[row.low, row.high] for row in rows], dtype=float).reshape(-1, 2)
    fixed = [(i, t.fixed) for i, t in enumerate(targets) if t.fixed is not None]
    pins = sparse.lil_array((len(fixed), n))
    for r, (i, _) in enumerate(fixed):
        pins[r, i] = 1.0
    if fixed:
        matrix = sparse.csr_array(sparse.vstack([matrix, sparse.kron(whole, pins)]))
        bounds = np.vstack([bounds, [[value, value] for _, value in fixed]])
    found = _integers(matrix, bounds, (low, high), costs)
    return None if found is None else np.asarray(found[:n] + found[n : 2 * n] - found[2 * n :])


def _incidence(rows: Sequence[Row], n: int) -> sparse.lil_array:
    matrix = sparse.lil_array((len(rows), n))
    for r, row in enumerate(rows):
        for i in row.plus:
            matrix[r, i] += 1.0
        for i in row.minus:
            matrix[r, i] -= 1.0
    return matrix


def _integers(
    matrix: sparse.csr_array,
    bounds: npt.NDArray[np.float64],
    columns: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]],
    costs: npt.NDArray[np.float64],
) -> Ints | None:
    solver = quiet_solver()
    program = linear_program(matrix, (bounds[:, 0], bounds[:, 1]), columns, costs)
    program.integrality_ = [highspy.HighsVarType.kInteger] * matrix.shape[1]
    solver.passModel(program)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    whole: Ints = np.rint(np.asarray(solver.getSolution().col_value)).astype(np.int64)
    return whole


def round_quarter(
    known: Knowledge,
    targets: Mapping[int, Target],
    to_date: Sequence[tuple[tuple[int, ...], int, int]],
    key: bytes,
    limit: int | None,
) -> dict[int, int] | None:
    """Round the cells of one quarter; statement number -> multiple.

    `to_date`: per sum over the quarters so far, the cells of this quarter in it, the count to date, and the sum of the
    multiples of the quarters before. `limit`: how far a sum to date may lie from its count (exclusive), None for any.
    """
    numbers = sorted(targets)
    position = {number: i for i, number in enumerate(numbers)}
    rows = _additive(known, position, {})
    if limit is not None:
        for cells, count, before in to_date:
            first, last = within(count, known.base, limit)
            rows.append(Row(tuple(position[i] for i in cells), (), first - before, last - before))
    found = solve([targets[i] for i in numbers], rows, base=known.base, limit=known.base, key=key)
    return None if found is None else {number: int(found[i]) for number, i in position.items()}


def round_year(
    known: Knowledge, targets: Mapping[int, Target], margins: Mapping[int, int], key: bytes, limit: int
) -> dict[int, int] | None:
    """Round T3 on the margins that the quarters have fixed (statement number -> multiple), errors below `limit`."""
    numbers = sorted(targets)
    position = {number: i for i, number in enumerate(numbers)}
    rows = _additive(known, position, margins)
    found = solve([targets[i] for i in numbers], rows, base=known.base, limit=limit, key=key)
    return None if found is None else {number: int(found[i]) for number, i in position.items()}


def _additive(known: Knowledge, position: Mapping[int, int], fixed: Mapping[int, int]) -> list[Row]:
    """The sums among the cells to round; a whole that is fixed becomes a number."""
    rows = []
    for relation in known.sums:
        if not all(i in position for i in relation.parts):
            continue
        parts = tuple(position[i] for i in relation.parts)
        if all(i in position for i in relation.whole):
            rows.append(Row(parts, tuple(position[i] for i in relation.whole), 0, 0))
        elif all(i in fixed for i in relation.whole):
            total = sum(fixed[i] for i in relation.whole)
            rows.append(Row(parts, (), total, total))
    return rows
