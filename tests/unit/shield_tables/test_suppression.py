"""Suppression protects every sensitive cell against an attacker of another make, and says so or writes nothing."""

import argparse

import numpy as np
import pytest

from baken.shield import commands, files
from baken.shield.audit import audit
from baken.shield.primary import Rules
from baken.shield.suppression import protect_table
from building import plain_tables


def parser():
    made = argparse.ArgumentParser()
    subparsers = made.add_subparsers()
    commands.add_protect(subparsers)
    commands.add_audit(subparsers)
    return made


def run(*words):
    arguments = parser().parse_args([str(w) for w in words])
    return arguments.run(arguments)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("schools", [4, 15, 60])
def test_no_attacker_of_one_program_at_a_time_comes_too_close(seed, schools):
    rng = np.random.default_rng([seed, schools])
    protected = protect_table(plain_tables.table(*plain_tables.heavy_tailed(rng, schools)), seed=seed)

    assert plain_tables.too_narrow(protected, Rules()) == []


def test_hiding_only_the_sensitive_cells_is_not_enough_and_both_attackers_say_so():
    table = plain_tables.table(*plain_tables.heavy_tailed(np.random.default_rng(3), 15))
    protected = protect_table(table)
    naked = type(protected)(table, protected.primary, np.zeros_like(protected.secondary), protected.report)
    rules, targets = Rules(), np.flatnonzero(protected.primary)
    n = table.n[targets]
    report = audit(table.relations, table.n, protected.primary, targets, rules.width_up(n), rules.width_down(n))

    assert protected.secondary.any()
    assert sorted({f.cell for f in report.narrow}) == plain_tables.too_narrow(naked, rules) != []


def test_safe_cells_keep_their_value_and_sensitive_ones_are_never_shown():
    table = plain_tables.table(*plain_tables.heavy_tailed(np.random.default_rng(5), 30))
    protected = protect_table(table)
    status = np.array(protected.status())

    assert ((status == "U") == Rules().sensitive(table)).all()
    assert not (protected.primary & protected.secondary).any()
    assert (table.n[status == "E"] == 0).all()


def test_the_same_table_and_seed_give_the_same_bytes(tmp_path):
    dimensions, rows = plain_tables.heavy_tailed(np.random.default_rng(8), 40)
    written = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        plain_tables.write(tmp_path / name, dimensions, rows)
        assert run("protect", tmp_path / name, "--seed", 3) == 0
        written.append((tmp_path / name / "table.csv").read_bytes())

    assert written[0] == written[1]


def test_protect_writes_a_table_that_audit_finds_safe(tmp_path, capsys):
    plain_tables.write(tmp_path, *plain_tables.heavy_tailed(np.random.default_rng(9), 25))

    assert run("protect", tmp_path) == 0
    assert run("audit", tmp_path) == 0
    assert "exact 0 narrow 0" in capsys.readouterr().out


def test_audit_finds_a_cell_that_somebody_opened_again(tmp_path, capsys):
    plain_tables.write(tmp_path, *plain_tables.heavy_tailed(np.random.default_rng(9), 25))
    run("protect", tmp_path)
    table = tmp_path / "table.csv"
    table.write_text(table.read_text().replace(",M\n", ",S\n"))

    assert run("audit", tmp_path) == 1
    assert "exact 0 narrow 0" not in capsys.readouterr().out.splitlines()[-2]


def test_bad_input_writes_nothing_and_says_what_to_do(tmp_path, capsys):
    assert run("protect", tmp_path) == 2
    assert "hierarchy.json: The file is not there" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_table_that_lost_a_line_or_has_one_twice_is_not_read_as_whole(tmp_path):
    plain_tables.write(tmp_path, *plain_tables.heavy_tailed(np.random.default_rng(9), 25))
    run("protect", tmp_path)
    lines = (tmp_path / "table.csv").read_text().splitlines()
    (tmp_path / "table.csv").write_text("\n".join([*lines, lines[-1]]))

    with pytest.raises(files.BadTable, match="twice"):
        files.read_table(tmp_path)


def test_rows_apart_counts_every_row_as_a_contributor(tmp_path):
    dimensions, rows = plain_tables.heavy_tailed(np.random.default_rng(2), 20)
    plain_tables.write(tmp_path, dimensions, rows)
    together, apart = (files.read_contributions(tmp_path, rows_apart=apart) for apart in (False, True))

    assert apart.contributors[0] == len(rows) > together.contributors[0]
    assert (apart.n == together.n).all()
