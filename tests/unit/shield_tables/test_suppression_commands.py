"""`protect` and `audit` as a statistician meets them: one line, an exit status, nothing half-written."""

import argparse

import numpy as np
import pytest

from baken.shield import commands, suppression
from building import plain_tables


def run(*words):
    parser = argparse.ArgumentParser()
    subparsers = parser.add_subparsers()
    commands.add_protect(subparsers)
    commands.add_audit(subparsers)
    arguments = parser.parse_args([str(w) for w in words])
    return arguments.run(arguments)


@pytest.fixture
def folder(tmp_path):
    plain_tables.write(tmp_path, *plain_tables.heavy_tailed(np.random.default_rng(9), 25))
    return tmp_path


def test_protect_prints_one_line_and_writes_one_file(folder, capfd):
    assert run("protect", folder) == 0
    said = capfd.readouterr()
    assert said.out.count("\n") == 1
    for word in ("cells ", "primary ", "secondary ", "value lost ", "seconds "):
        assert word in said.out
    assert sorted(p.name for p in folder.iterdir()) == ["hierarchy.json", "micro.csv", "table.csv"]


def test_protect_writes_a_table_that_audit_finds_safe(folder, capsys):
    run("protect", folder)

    assert run("audit", folder) == 0
    assert "exact 0 narrow 0" in capsys.readouterr().out


def test_audit_finds_cells_that_somebody_opened_again(folder, capsys):
    run("protect", folder)
    table = folder / "table.csv"
    table.write_text(table.read_text().replace(",M\n", ",S\n"))

    assert run("audit", folder) == 1
    said = capsys.readouterr().out.splitlines()[1:]
    assert "exact 0" not in said[0]
    assert any(line.startswith("  exact (") and " of " in line for line in said[1:])


def test_many_narrow_cells_are_counted_and_ten_shown(tmp_path, capsys):
    plain_tables.write(tmp_path, *plain_tables.heavy_tailed(np.random.default_rng(4), 40))
    run("protect", tmp_path)
    table = tmp_path / "table.csv"
    table.write_text(table.read_text().replace(",M\n", ",S\n"))
    capsys.readouterr()

    assert run("audit", tmp_path) == 1
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 1 + commands.SHOWN + 1
    assert said[-1].endswith(" more")


def test_the_same_table_and_seed_give_the_same_bytes(tmp_path):
    dimensions, rows = plain_tables.country(np.random.default_rng(8), 60)
    written = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        plain_tables.write(tmp_path / name, dimensions, rows)
        run("protect", tmp_path / name, "--seed", 3)
        written.append((tmp_path / name / "table.csv").read_bytes())

    assert written[0] == written[1]


def test_stricter_rules_hide_more(folder, capsys):
    counts = []
    for rules in (["--minimum", 2, "--p", 0], [], ["--minimum", 6, "--p", 40]):
        run("protect", folder, *rules)
        counts.append(int(capsys.readouterr().out.split("primary ")[1].split()[0]))

    assert counts[0] < counts[1] < counts[2]


def test_bad_input_is_status_two_and_writes_nothing(tmp_path, capsys):
    assert run("protect", tmp_path) == 2
    assert "hierarchy.json: The file is not there" in capsys.readouterr().err
    assert run("audit", tmp_path) == 2
    assert "table.csv: The file is not there" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_bad_input_leaves_an_older_table_alone(folder):
    run("protect", folder)
    before = (folder / "table.csv").read_bytes()
    (folder / "micro.csv").write_text("region,category,term,contributor,n\nN1,a1,k1,s,-1\n")

    assert run("protect", folder) == 2
    assert (folder / "table.csv").read_bytes() == before


@pytest.mark.parametrize("wrong", [["--p", "101"], ["--minimum", "0"], ["--seed", "-1"], ["--method", "none"]])
def test_options_out_of_range_are_refused_before_anything_is_read(folder, wrong):
    with pytest.raises(SystemExit) as refused:
        run("protect", folder, *wrong)
    assert refused.value.code == 2


def test_a_folder_in_which_nothing_can_be_written_is_status_two(folder, capsys):
    (folder / "table.csv").mkdir()

    assert run("protect", folder) == 2
    assert "nothing was written" in capsys.readouterr().err
    assert not [p for p in folder.iterdir() if p.name.startswith(".table-")]


def test_a_table_that_cannot_be_protected_is_status_one_and_writes_nothing(folder, capsys, monkeypatch):
    monkeypatch.setattr(suppression, "MEND_ROUNDS", 0)

    assert run("protect", folder) == 1
    assert "nothing was written" in capsys.readouterr().err
    assert not (folder / "table.csv").exists()
