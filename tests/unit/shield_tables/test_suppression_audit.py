"""The audit of a suppressed table: what a reader computes, what comes too close, and what is wide enough."""

import numpy as np

from baken.shield.audit import audit_table
from baken.shield.primary import Rules
from baken.shield.suppression import protect_table
from baken.shield.tables import Dimension, SuppressedTable
from building import plain_tables


def flat(values, primary, secondary=()):
    """One dimension: a total of leaves a, b, c…; codes to hide."""
    leaves = list("abcdef"[: len(values)])
    dimension = Dimension("d", {"Total": leaves})
    n = np.array([sum(values), *values])
    masks = [np.array([code in chosen for code in dimension.codes]) for chosen in (primary, secondary)]
    return SuppressedTable((dimension,), n, *masks)


def test_a_cell_that_is_hidden_alone_is_exact():
    report = audit_table(flat([1, 5, 9], primary=["a"]))

    assert report.exact == (1,)
    assert [(f.direction, f.reach, f.need) for f in report.narrow] == [(1, 0.0, 1), (-1, 0.0, 1)]


def test_two_hidden_cells_that_can_give_to_each_other_are_safe():
    assert audit_table(flat([1, 5, 9], primary=["a"], secondary=["b"])).safe


def test_a_partner_that_is_too_small_makes_the_interval_narrow_but_not_exact():
    report = audit_table(flat([40, 1, 90], primary=["a"], secondary=["b"]))

    assert report.exact == ()
    assert [(f.cell, f.direction, f.reach, f.need) for f in report.narrow] == [(1, 1, 1.0, 4)]


def test_a_hidden_total_above_published_parts_is_exact():
    report = audit_table(flat([4, 5], primary=["Total"]))

    assert report.exact == (0,)


def test_a_hidden_total_gives_room_without_end():
    report = audit_table(flat([4, 5], primary=["a"], secondary=["Total"]))

    assert report.safe
    assert report.targets == 1


def test_a_table_with_nothing_sensitive_is_safe_without_a_program():
    report = audit_table(flat([4, 5], primary=[]))

    assert (report.safe, report.targets, report.programs) == (True, 0, 0)


def test_a_wider_rule_finds_a_table_narrow_that_was_safe():
    table = flat([40, 5, 90], primary=["a"], secondary=["b"])

    assert audit_table(table, Rules(width_percent=10)).safe
    assert not audit_table(table, Rules(width_percent=50)).safe


def test_hiding_only_the_sensitive_cells_is_not_enough_and_both_attackers_name_the_same_cells():
    table = plain_tables.table(*plain_tables.heavy_tailed(np.random.default_rng(3), 15))
    sensitive = Rules().sensitive(table)
    naked = SuppressedTable(table.dimensions, table.n, sensitive, np.zeros_like(sensitive))

    assert sorted({f.cell for f in audit_table(naked).narrow}) == plain_tables.too_narrow(naked) != []


def test_every_secondary_cell_of_a_small_table_is_needed():
    protected = protect_table(plain_tables.table(*plain_tables.heavy_tailed(np.random.default_rng(5), 20)))

    for cell in np.flatnonzero(protected.secondary):
        without = protected.secondary.copy()
        without[cell] = False
        opened = SuppressedTable(protected.dimensions, protected.n, protected.primary, without)
        assert not audit_table(opened).safe
