"""Suppression and its audit beside a patient attacker who goes through all worlds of whole numbers.

Tables of two flat dimensions: there the linear and the whole-number reader see the same (their matrix is a network).
"""

import numpy as np
import pytest

from baken.shield.audit import audit_table
from baken.shield.suppression import protect_table
from baken.shield.tables import Dimension, SuppressedTable
from building import plain_tables


def tiny(rng, rows, most):
    """Rows × two columns; up to four contributors per cell, each with less than `most`."""
    names = [f"r{i}" for i in range(rows)]
    dimensions = (Dimension("row", {"Total": names}), Dimension("column", {"Total": ["c1", "c2"]}))
    keys = [(r, c) for r in names for c in ("c1", "c2") for _ in range(int(rng.integers(1, 5)))]
    return plain_tables.table(
        dimensions, [(key, f"s{i % 7}", int(rng.integers(0, most))) for i, key in enumerate(keys)]
    )


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("size", [(3, 2), (2, 5)])
def test_the_audit_names_the_cells_for_which_no_other_world_is_far_enough(seed, size):
    rng = np.random.default_rng([seed, *size])
    table = tiny(rng, *size)
    marks = rng.choice(list("SSSUM"), len(table.n))
    marks[table.n == 0] = "S"
    pattern = SuppressedTable(table.dimensions, table.n, marks == "U", marks == "M")

    assert sorted({f.cell for f in audit_table(pattern).narrow}) == plain_tables.too_narrow_for_the_patient(pattern)


@pytest.mark.parametrize("seed", range(15))
@pytest.mark.parametrize("size", [(3, 2), (2, 5)])
def test_every_sensitive_cell_has_worlds_far_enough_on_both_sides(seed, size):
    protected = protect_table(tiny(np.random.default_rng([7, seed]), *size))

    assert plain_tables.too_narrow_for_the_patient(protected) == []


def smallest_loss(table, primary):
    """The least value that any safe pattern hides, by trying them all."""
    candidates = np.flatnonzero((table.n > 0) & ~primary)
    best = None
    for number in range(2 ** len(candidates)):
        chosen = [int(c) for k, c in enumerate(candidates) if number >> k & 1]
        lost = int(table.n[chosen].sum())
        if best is None or lost < best:
            secondary = np.zeros(len(table.n), dtype=bool)
            secondary[chosen] = True
            if audit_table(SuppressedTable(table.dimensions, table.n, primary, secondary)).safe:
                best = lost
    return best


def test_the_value_lost_is_close_to_the_least_possible():
    ours = least = 0
    for seed in range(12):
        table = tiny(np.random.default_rng([11, seed]), 3, 12)
        protected = protect_table(table)
        ours += protected.value_lost
        least += smallest_loss(table, protected.primary)

    assert least > 0
    assert least <= ours <= 1.1 * least
