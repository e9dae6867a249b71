"""Building a table from contributions: totals, contributors, relations, and faults that say where."""

import json

import numpy as np
import pytest

from baken.shield import files
from baken.shield.primary import Rules
from baken.shield.tables import BadTable, Dimension, from_contributions
from building import plain_tables


def small():
    region = Dimension("region", {"Total": ["N", "Z"], "N": ["N1", "N2"]})
    kind = Dimension("kind", {"Total": ["a", "b"]})
    rows = [(("N1", "a"), "s1", 4), (("N1", "b"), "s1", 1), (("N2", "a"), "s2", 3), (("Z", "a"), "s3", 10)]
    return plain_tables.table((region, kind), rows)


def at(table, *key):
    shape = table.shape
    return int(np.ravel_multi_index([d.index[c] for d, c in zip(table.dimensions, key, strict=True)], shape))


def test_totals_add_up_over_unequal_depths():
    table = small()

    assert table.n[at(table, "Total", "Total")] == 18
    assert table.n[at(table, "N", "a")] == 7
    assert table.n[at(table, "Z", "b")] == 0
    assert not (table.relations @ table.n).any()


def test_a_contributor_in_two_leaves_counts_once_in_their_total():
    table = small()
    cell = at(table, "N1", "Total")

    assert table.contributors[cell] == 1
    assert table.largest[cell] == 5
    assert table.second[cell] == 0


def test_the_two_largest_parts_are_those_of_two_contributors():
    table = small()
    cell = at(table, "Total", "a")

    assert (table.largest[cell], table.second[cell]) == (10, 4)


def test_few_contributors_and_a_small_remainder_are_sensitive_and_empty_cells_are_not():
    dimension = Dimension("k", {"Total": ["few", "remainder", "fine", "empty"]})
    parts = {"few": [5, 5], "remainder": [100, 50, 4, 5], "fine": [10, 9, 8]}
    rows = [((leaf,), f"{leaf}{i}", n) for leaf, values in parts.items() for i, n in enumerate(values)]
    table = plain_tables.table((dimension,), rows)
    sensitive = Rules().sensitive(table)

    assert [code for code in dimension.codes if sensitive[dimension.index[code]]] == ["few", "remainder"]


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        ({"Total": ["a", "b"], "a": ["b"]}, "several parents"),
        ({"Totaal": ["a"]}, "no root"),
        ({"Total": ["a"], "x": ["y"], "y": ["x"]}, "do not hang from the root"),
        ({"Total": []}, "no children"),
    ],
)
def test_a_hierarchy_that_is_no_tree_is_refused(tree, words):
    with pytest.raises(BadTable, match=words):
        Dimension("d", tree)


def test_no_contribution_at_all_gives_a_table_of_zeros():
    table = from_contributions((Dimension("d", {"Total": ["a"]}),), [[]], [], [])

    assert table.n.tolist() == [0, 0]


BAD = {
    "a code that is not there": ("region,contributor,n\nX,s,1\n", "line 2: region 'X' is not in the hierarchy"),
    "a total": ("region,contributor,n\nTotal,s,1\n", "'Total' is a total"),
    "a negative number": ("region,contributor,n\na,s,-1\n", "line 2: n is no whole number"),
    "a fraction": ("region,contributor,n\na,s,1.5\n", "line 2: n is no whole number"),
    "no contributor": ("region,contributor,n\na,,1\n", "The contributor is empty"),
    "a missing column": ("region,n\na,1\n", "Missing column(s): contributor"),
    "a short line": ("region,contributor,n\na,s\n", "line 2: The line has too few cells"),
    "nothing": ("region,contributor,n\n", "There is no contribution in it"),
}


@pytest.mark.parametrize(("text", "words"), BAD.values(), ids=BAD)
def test_bad_contributions_say_where_and_what_to_do(tmp_path, text, words):
    meta = {"dimensions": ["region"], "hierarchy": {"region": {"Total": ["a", "b"]}}}
    (tmp_path / "hierarchy.json").write_text(json.dumps(meta))
    (tmp_path / "micro.csv").write_text(text)

    with pytest.raises(BadTable) as refused:
        files.read_contributions(tmp_path)
    assert words in str(refused.value)


def test_all_faults_come_at_once(tmp_path):
    meta = {"dimensions": ["region"], "hierarchy": {"region": {"Total": ["a", "b"]}}}
    (tmp_path / "hierarchy.json").write_text(json.dumps(meta))
    (tmp_path / "micro.csv").write_text("region,contributor,n\nX,s,1\na,s,-3\nb,,2\n")

    with pytest.raises(BadTable) as refused:
        files.read_contributions(tmp_path)
    assert [f.line for f in refused.value.faults] == [2, 3, 4]


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"[]", b"{}", b'{"dimensions": "x"}', b'{"dimensions": [1]}', b""])
def test_a_description_that_is_none_is_refused(tmp_path, data):
    (tmp_path / "hierarchy.json").write_bytes(data)

    with pytest.raises(BadTable):
        files.read_dimensions(tmp_path)
