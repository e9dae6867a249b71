"""How suppression finds its pattern: parts of a table, witnesses, and mending after an audit."""

import numpy as np
import pytest
import scipy.sparse as sp

from baken.shield import suppression
from baken.shield.audit import audit_table
from baken.shield.decomposition import parts
from baken.shield.lp import Program, SolverError
from baken.shield.primary import Rules
from baken.shield.suppression import protect_table
from baken.shield.tables import Dimension
from baken.shield.witnesses import DOWN, UP, Witnesses
from building import plain_tables


def country(seed=1, schools=60):
    return plain_tables.table(*plain_tables.country(np.random.default_rng(seed), schools))


def test_a_small_table_is_one_part():
    table = country()

    assert [part.tolist() for part in parts(table)] == [np.flatnonzero(table.n).tolist()]


def test_a_large_table_has_a_part_below_every_province_and_then_the_whole():
    table = country()
    *provinces, whole = parts(table, large=100)
    codes = np.array([key[0] for key in _keys(table)])

    assert [sorted({code[:2] for code in codes[part]}) for part in provinces] == [["P3"], ["P2"], ["P1"], ["P0"]]
    assert all("-" in code for part in provinces for code in codes[part])
    assert whole.tolist() == np.flatnonzero(table.n).tolist()


def test_deeper_branches_come_before_the_branches_that_hold_them():
    tree = {"Total": ["A", "B"], "A": ["A1", "A2"], "A1": ["x", "y"], "A2": ["z"], "B": ["w"]}
    region, term = Dimension("region", tree), Dimension("term", {"Total": ["k1", "k2"]})
    rows = [((leaf, k), "s", 1) for leaf in "xyzw" for k in ("k1", "k2")]
    table = plain_tables.table((region, term), rows)
    names = [key[0] for key in _keys(table)]
    found = [sorted({names[i] for i in part}) for part in parts(table, large=4)]

    assert found == [["z"], ["x", "y"], ["w"], ["A1", "A2", "x", "y", "z"], sorted(region.codes)]


def _keys(table):
    return protect_table(table).keys()


def test_a_witness_settles_every_cell_and_side_that_it_moves_far_enough():
    found = Witnesses(np.array([4, 9, 9]), np.array([0, 1]), up=np.array([1, 5]), down=np.array([1, 5]))

    assert found.add(np.array([1.0, -1.0, 0.0]))
    assert found.open(UP).tolist() == [False, True]
    assert found.open(DOWN).tolist() == [False, False]
    assert found.support().tolist() == [True, True, False]


def test_a_witness_is_stretched_until_a_cell_would_fall_below_zero():
    found = Witnesses(np.array([4, 9]), np.array([0]), up=np.array([9]), down=np.array([4]))

    assert found.add(np.array([0.5, -0.5]))
    assert not found.still_open()


def test_a_move_that_settles_nothing_is_not_kept():
    found = Witnesses(np.array([4, 9]), np.array([0]), up=np.array([10]), down=np.array([0]))

    assert not found.add(np.array([-1.0, 1.0]))
    assert found.kept == []


@pytest.mark.parametrize("seed", range(4))
def test_a_table_protected_in_parts_is_as_safe_as_one_protected_as_a_whole(seed):
    table = plain_tables.table(*plain_tables.country(np.random.default_rng(seed), 25, provinces=3, each=3))

    assert plain_tables.too_narrow(protect_table(table, large=100)) == []


def test_protecting_in_parts_loses_about_as_much_as_protecting_the_whole():
    lost = {large: sum(protect_table(country(s), large=large).value_lost for s in range(6)) for large in (100, 10**6)}

    assert lost[100] <= 1.3 * lost[10**6]


def unprotected(table):
    """A search that believes it is ready while only the sensitive cells are hidden."""
    work = suppression._Work(table, Rules(), seed=0)
    for side in (UP, DOWN):
        work.open[side][:] = False
    return work


def test_what_an_audit_finds_is_opened_again_mended_and_audited():
    work = unprotected(country(2))
    before = audit_table(work.pattern())
    mended = suppression._audited(work)

    assert not before.safe
    assert mended.secondary.any()
    assert audit_table(mended).safe


def test_a_table_that_keeps_failing_its_audit_is_refused(monkeypatch):
    monkeypatch.setattr(suppression, "MEND_ROUNDS", 1)

    with pytest.raises(suppression.UnprotectableError):
        suppression._audited(unprotected(country(2)))


def test_a_solver_that_stops_before_its_answer_gives_no_verdict():
    program = Program(sp.csc_matrix([[1.0, -1.0]]), np.full(2, -1.0), np.full(2, 2.0), np.array([-1.0, -1.0]))
    program._solver.setOptionValue("simplex_iteration_limit", 0)

    with pytest.raises(SolverError):
        program.solve()


def test_a_program_that_is_none_is_refused():
    with pytest.raises(SolverError):
        Program(sp.csc_matrix(np.eye(2)), np.full(2, np.nan), np.ones(2), np.zeros(2))


def test_a_table_of_one_contributor_is_hidden_whole():
    dimensions = (Dimension("d", {"Total": ["a", "b", "c"]}),)
    protected = protect_table(plain_tables.table(dimensions, [(("a",), "s", 3), (("b",), "s", 8)]))

    assert protected.status() == ["U", "U", "U", "E"]
    assert protected.value_lost == 0


def test_a_table_without_anything_sensitive_is_published_whole():
    dimensions = (Dimension("d", {"Total": ["a", "b"]}),)
    rows = [((leaf,), f"s{i}", 10) for leaf in "ab" for i in range(4)]

    assert protect_table(plain_tables.table(dimensions, rows)).status() == ["S", "S", "S"]


def test_an_empty_table_is_published_as_it_is():
    dimensions = (Dimension("d", {"Total": ["a", "b"]}),)

    assert protect_table(plain_tables.table(dimensions, [])).status() == ["E", "E", "E"]


def test_large_values_are_protected_too():
    dimensions, rows = plain_tables.heavy_tailed(np.random.default_rng(6), 30)
    protected = protect_table(plain_tables.table(dimensions, [(key, who, n * 1_000_000) for key, who, n in rows]))

    assert protected.report.safe
