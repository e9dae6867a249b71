"""Building a table from contributions: totals, contributors, relations, and hierarchies that are none."""

import numpy as np
import pytest

from baken.shield import tables
from baken.shield.faults import TableError
from baken.shield.primary import Rules
from baken.shield.tables import Dimension, from_contributions
from building import plain_tables


def small():
    region = Dimension("region", {"Total": ["N", "Z"], "N": ["N1", "N2"]})
    kind = Dimension("kind", {"Total": ["a", "b"]})
    rows = [(("N1", "a"), "s1", 4), (("N1", "b"), "s1", 1), (("N2", "a"), "s2", 3), (("Z", "a"), "s3", 10)]
    return plain_tables.table((region, kind), rows)


def at(table, *key):
    return plain_tables.position(table.dimensions, *key)


def test_totals_add_up_over_unequal_depths():
    table = small()

    assert table.n[at(table, "Total", "Total")] == 18
    assert table.n[at(table, "N", "a")] == 7
    assert table.n[at(table, "Z", "b")] == 0
    assert plain_tables.does_not_add_up(table.dimensions, table.n) == []


def test_the_relations_are_the_sums_of_the_codes():
    table = small()
    rows = table.relations.toarray()
    found = {(int(np.flatnonzero(r == 1)[0]), tuple(np.flatnonzero(r == -1))) for r in rows}

    assert found == {(total, tuple(sorted(parts))) for total, parts in plain_tables.sums(table.dimensions)}


def test_a_contributor_in_two_leaves_counts_once_in_their_total():
    table = small()
    cell = at(table, "N1", "Total")

    assert (table.contributors[cell], table.largest[cell], table.second[cell]) == (1, 5, 0)


def test_the_two_largest_parts_are_those_of_two_contributors():
    table = small()
    cell = at(table, "Total", "a")

    assert (table.largest[cell], table.second[cell]) == (10, 4)


def test_a_contributor_with_nothing_but_zeros_does_not_count():
    dimension = Dimension("d", {"Total": ["a"]})
    table = plain_tables.table((dimension,), [(("a",), "s1", 0), (("a",), "s2", 3)])

    assert table.contributors.tolist() == [1, 1]


def test_one_dimension_is_a_table_too():
    table = plain_tables.table((Dimension("d", {"Total": ["a", "b"]}),), [(("a",), "s", 2), (("b",), "t", 3)])

    assert table.n.tolist() == [5, 2, 3]


def test_four_dimensions_are_a_table_too():
    dimensions = tuple(Dimension(name, {"Total": ["x", "y"]}) for name in "abcd")
    table = plain_tables.table(dimensions, [(("x", "y", "x", "y"), "s", 2), (("y", "y", "x", "x"), "s", 5)])

    assert table.n[at(table, "Total", "y", "x", "Total")] == 7
    assert plain_tables.does_not_add_up(dimensions, table.n) == []


def test_no_contribution_at_all_gives_a_table_of_zeros():
    table = from_contributions((Dimension("d", {"Total": ["a"]}),), [[]], [], [])

    assert table.n.tolist() == table.contributors.tolist() == [0, 0]


def test_few_contributors_and_a_small_remainder_are_sensitive_and_empty_cells_are_not():
    dimension = Dimension("k", {"Total": ["few", "remainder", "fine", "just", "empty"]})
    parts = {"few": [5, 5], "remainder": [100, 50, 4, 5], "fine": [10, 9, 8], "just": [100, 50, 10]}
    rows = [((leaf,), f"{leaf}{i}", n) for leaf, values in parts.items() for i, n in enumerate(values)]
    sensitive = Rules().sensitive(plain_tables.table((dimension,), rows))

    assert [code for code in dimension.codes if sensitive[dimension.index[code]]] == ["few", "remainder"]


def test_the_width_is_a_tenth_rounded_up_at_least_one_and_downwards_at_most_the_value():
    n = np.array([0, 1, 10, 11, 100])

    assert Rules().width_up(n).tolist() == [1, 1, 1, 2, 10]
    assert Rules().width_down(n).tolist() == [0, 1, 1, 2, 10]


@pytest.mark.parametrize("wrong", [{"minimum": 0}, {"p_percent": -1}, {"p_percent": 101}, {"width_percent": 0}])
def test_rules_outside_their_range_are_refused(wrong):
    with pytest.raises(ValueError, match="percentages"):
        Rules(**wrong)


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        ({"Total": ["a", "b"], "a": ["b"]}, "several parents"),
        ({"Total": ["a", "a"]}, "comes twice under one"),
        ({"Totaal": ["a"]}, "no root"),
        ({"Total": ["a"], "x": ["y"], "y": ["x"]}, "does not hang from"),
        ({"Total": ["a"], "x": ["y"]}, "does not hang from"),
        ({"Total": ["a"], "a": ["Total"]}, "Break the cycle"),
        ({"Total": []}, "no children"),
    ],
)
def test_a_hierarchy_that_is_no_tree_is_refused(tree, words):
    with pytest.raises(TableError, match=words):
        Dimension("d", tree)


def test_a_table_that_no_memory_holds_is_refused(monkeypatch):
    monkeypatch.setattr(tables, "MOST_CELLS", 8)

    with pytest.raises(TableError, match="more than 8 cells"):
        small()
