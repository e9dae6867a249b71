"""A table as a folder: faults come all at once, with file, line and remedy, and never with a value."""

import json

import numpy as np
import pytest

from baken.shield import files
from baken.shield.faults import TableError
from baken.shield.suppression import protect_table
from building import plain_tables

FLAT = {"dimensions": ["region"], "hierarchy": {"region": {"Total": ["a", "b"]}}}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "hierarchy.json").write_text(json.dumps(FLAT))
    return tmp_path


@pytest.fixture
def protected(tmp_path):
    dimensions, rows = plain_tables.heavy_tailed(np.random.default_rng(9), 12)
    plain_tables.write(tmp_path, dimensions, rows)
    files.write_table(tmp_path, protect_table(files.read_contributions(tmp_path)))
    return tmp_path


BAD = {
    "a code that is not there": ("region,contributor,n\nX,s,1\n", "line 2: The code of region is not in the hierarchy"),
    "a total": ("region,contributor,n\nTotal,s,1\n", "line 2: The code of region is a total"),
    "a negative number": ("region,contributor,n\na,s,-1\n", "line 2: n is no whole number"),
    "a fraction": ("region,contributor,n\na,s,1.5\n", "line 2: n is no whole number"),
    "no number": ("region,contributor,n\na,s,nan\n", "line 2: n is no whole number"),
    "an endless number": ("region,contributor,n\na,s,inf\n", "line 2: n is no whole number"),
    "no contributor": ("region,contributor,n\na,,1\n", "line 2: The contributor is empty"),
    "the same cell twice": ("region,contributor,n\na,s,1\na,s,2\n", "line 3: This contributor stands in this cell"),
    "a missing column": ("region,n\na,1\n", "line 1: Missing (or double) column(s): contributor"),
    "a double column": ("region,contributor,n,n\na,s,1,2\n", "line 1: Missing (or double) column(s): n"),
    "a short line": ("region,contributor,n\na,s\n", "line 2: The line has another number of cells"),
    "a quote that is not closed": ('region,contributor,n\n"a,s,1\n', "A quote is not closed"),
    "only a header": ("region,contributor,n\n", "There is no row in it"),
    "nothing": ("", "line 1: Missing (or double) column(s): region, contributor, n"),
}


@pytest.mark.parametrize(("text", "words"), BAD.values(), ids=BAD)
def test_bad_contributions_say_where_and_what_to_do(folder, text, words):
    (folder / "micro.csv").write_text(text)

    with pytest.raises(TableError) as refused:
        files.read_contributions(folder)
    assert words in str(refused.value)


def test_all_faults_of_both_files_come_at_once(tmp_path):
    broken = {
        "dimensions": ["region", "kind"],
        "hierarchy": {"region": {"Total": ["a", "a"]}, "kind": {"Total": ["x"]}},
    }
    (tmp_path / "hierarchy.json").write_text(json.dumps(broken))
    (tmp_path / "micro.csv").write_text("region,kind,contributor,n\na,x,s,1\na,x,s,-3\na,x,,2\n")

    with pytest.raises(TableError) as refused:
        files.read_contributions(tmp_path)
    assert [(f.file, f.line) for f in refused.value.faults] == [
        ("hierarchy.json", 0),
        ("micro.csv", 3),
        ("micro.csv", 3),
        ("micro.csv", 4),
    ]


def test_a_line_number_counts_lines_and_not_rows(folder):
    (folder / "micro.csv").write_text('region,contributor,n\na,"s\nt",1\n\nb,s,-1\n')

    with pytest.raises(TableError) as refused:
        files.read_contributions(folder)
    assert [f.line for f in refused.value.faults] == [5]


def test_no_message_repeats_a_value_of_the_contributions(folder):
    (folder / "micro.csv").write_text("region,contributor,n\nkanarie1,kanarie2,kanarie3\n")

    with pytest.raises(TableError) as refused:
        files.read_contributions(folder)
    assert "kanarie" not in str(refused.value)


def test_a_thousand_faults_are_counted_and_a_hundred_shown(folder):
    (folder / "micro.csv").write_text("region,contributor,n\n" + "a,,1\n" * 1000)

    with pytest.raises(TableError) as refused:
        files.read_contributions(folder)
    assert len(refused.value.faults) == 1999
    assert str(refused.value).endswith("and 1899 more")


def test_numbers_written_as_decimals_without_a_fraction_are_whole(folder):
    (folder / "micro.csv").write_text("\ufeffregion,contributor,n\na,s,4.0\n", "utf-8")

    assert files.read_contributions(folder).n.tolist() == [4, 4, 0]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xfe\x00", "hierarchy.json: The file is not UTF-8"),
        (b"", "hierarchy.json, line 1: This is no JSON"),
        (b'{\n"dimensions": [}', "hierarchy.json, line 2: This is no JSON"),
        (b"[]", "not a description"),
        (b"{}", "not a description"),
        (b'{"dimensions": "x", "hierarchy": {}}', "not a description"),
        (b'{"dimensions": [1], "hierarchy": {}}', "not a description"),
        (b'{"dimensions": [], "hierarchy": {}}', "not a description"),
        (b"[" * 100_000, "not a description"),
        (b'{"dimensions": ["d"], "hierarchy": {}}', "d: there is no hierarchy"),
        (b'{"dimensions": ["d"], "hierarchy": {"d": {"Total": "a"}}}', "d: there is no hierarchy"),
        (b'{"dimensions": ["n"], "hierarchy": {"n": {"Total": ["a"]}}}', "is called n"),
        (b'{"dimensions": ["d", "d"], "hierarchy": {"d": {"Total": ["a"]}}}', "comes twice"),
        (b'{"dimensions": ["d"], "hierarchy": {"d": {"Total": ["a"], "Total": ["b"]}}}', "twice in one object"),
    ],
)
def test_a_description_that_is_none_is_refused(tmp_path, data, words):
    (tmp_path / "hierarchy.json").write_bytes(data)

    with pytest.raises(TableError) as refused:
        files.read_contributions(tmp_path)
    assert words in str(refused.value)


def test_hierarchies_with_too_many_combinations_are_refused(tmp_path):
    wide = {name: {"Total": [f"{name}{i}" for i in range(400)]} for name in "abc"}
    (tmp_path / "hierarchy.json").write_text(json.dumps({"dimensions": list("abc"), "hierarchy": wide}))
    (tmp_path / "micro.csv").write_text("a,b,c,contributor,n\na0,b0,c0,s,1\n")

    with pytest.raises(TableError, match="more than 20,000,000 cells"):
        files.read_contributions(tmp_path)


def test_rows_apart_counts_every_row_as_a_contributor(tmp_path):
    dimensions, rows = plain_tables.heavy_tailed(np.random.default_rng(2), 20)
    plain_tables.write(tmp_path, dimensions, rows)
    together, apart = (files.read_contributions(tmp_path, rows_apart=apart) for apart in (False, True))

    assert apart.contributors[0] == len(rows) > together.contributors[0]
    assert (apart.n == together.n).all()


def test_a_written_table_reads_back_as_it_was(protected):
    read = files.read_table(protected)
    table = files.read_contributions(protected)

    assert (read.n == table.n).all()
    assert (protected / "table.csv").read_text().startswith("region,category,term,n,status\n")
    assert set(read.status()) == {"S", "U", "M", "E"}


def test_empty_cells_that_another_program_left_out_are_empty(protected):
    whole = files.read_table(protected)
    lines = [x for x in (protected / "table.csv").read_text().splitlines() if not x.endswith(",E")]
    (protected / "table.csv").write_text("\n".join(lines) + "\n")

    assert files.read_table(protected).status() == whole.status()


def spoil(folder, change):
    lines = (folder / "table.csv").read_text().splitlines()
    (folder / "table.csv").write_text("\n".join(change(lines)) + "\n")


SPOILT = {
    "a line twice": (lambda lines: [*lines, lines[-1]], "This cell comes twice"),
    "a line lost": (lambda lines: [lines[0], *lines[2:]], "(Total, Total, Total) is not the sum of its parts"),
    "a status that is none": (lambda lines: [*lines[:-1], lines[-1][:-1] + "X"], "The status is wrong"),
    "an empty cell that is not": (lambda lines: [lines[0], lines[1][:-1] + "E", *lines[2:]], "The status is wrong"),
    "a code that is none": (lambda lines: [*lines, "X,Total,Total,0,E"], "The code of region is not in the hierarchy"),
    "no number": (lambda lines: [*lines[:-1], "Total,Total,Total,,S"], "n is no whole number"),
    "only a header": (lambda lines: lines[:1], "There is no row in it"),
}


@pytest.mark.parametrize(("change", "words"), SPOILT.values(), ids=SPOILT)
def test_a_spoilt_table_is_refused(protected, change, words):
    spoil(protected, change)

    with pytest.raises(TableError) as refused:
        files.read_table(protected)
    assert words in str(refused.value)


def test_a_table_with_a_broken_hierarchy_says_what_is_wrong_with_both(protected):
    (protected / "hierarchy.json").write_text('{"dimensions": ["region", "category", "term"], "hierarchy": {}}')
    spoil(protected, lambda lines: [*lines, "a,b,c,-1,S"])

    with pytest.raises(TableError) as refused:
        files.read_table(protected)
    assert {f.file for f in refused.value.faults} == {"hierarchy.json", "table.csv"}


def test_a_write_that_fails_leaves_the_old_table_and_nothing_else(protected):
    before = sorted(p.name for p in protected.iterdir()), (protected / "table.csv").read_bytes()
    table = files.read_table(protected)
    broken = type(table)(table.dimensions, table.n[:-1], table.primary[:-1], table.secondary[:-1])

    with pytest.raises(ValueError, match="zip"):
        files.write_table(protected, broken)
    assert (sorted(p.name for p in protected.iterdir()), (protected / "table.csv").read_bytes()) == before
