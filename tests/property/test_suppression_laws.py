"""Laws of cell suppression, on random tables with random hierarchies."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.shield.audit import audit_table
from baken.shield.primary import Rules
from baken.shield.suppression import protect_table
from baken.shield.tables import Dimension, SuppressedTable
from building import plain_tables


@st.composite
def trees(draw, name):
    """Unbalanced trees with at most 8 codes below the root, of any depth."""
    tree = {"Total": []}
    codes = ["Total"]
    for i in range(draw(st.integers(1, 7))):
        parent = draw(st.sampled_from(codes))
        code = f"{name}{i}" + "x" * (i % 3)
        tree.setdefault(parent, []).append(code)
        codes.append(code)
    return Dimension(name, tree)


@st.composite
def tables(draw):
    dimensions = tuple(draw(trees(name)) for name in "abc"[: draw(st.integers(1, 3))])
    leaves = [sorted(d.leaves) for d in dimensions]
    keys = st.tuples(*(st.sampled_from(own) for own in leaves))
    rows = draw(
        st.dictionaries(
            st.tuples(keys, st.sampled_from(["s", "t", "u", "v", "w", "x"])),
            st.integers(0, 60),
            min_size=1,
            max_size=40,
        )
    )
    return plain_tables.table(dimensions, [(key, who, n) for (key, who), n in rows.items()])


@settings(max_examples=40)
@given(tables(), st.integers(0, 5))
def test_no_attacker_of_one_program_at_a_time_comes_too_close(table, seed):
    assert plain_tables.too_narrow(protect_table(table, seed=seed)) == []


@settings(max_examples=40)
@given(tables())
def test_protection_in_parts_is_protection(table):
    assert plain_tables.too_narrow(protect_table(table, large=5)) == []


@settings(max_examples=40)
@given(tables(), st.integers(1, 5), st.integers(0, 60), st.integers(1, 60))
def test_any_rules_can_be_met(table, minimum, p_percent, width_percent):
    rules = Rules(minimum, p_percent, width_percent)

    assert plain_tables.too_narrow(protect_table(table, rules), rules) == []


@settings(max_examples=60)
@given(tables())
def test_published_cells_keep_their_value_and_everything_still_adds_up(table):
    protected = protect_table(table)

    assert (protected.n == table.n).all()
    assert plain_tables.does_not_add_up(protected.dimensions, protected.n) == []


@settings(max_examples=60)
@given(tables())
def test_sensitive_cells_are_hidden_and_empty_cells_are_shown(table):
    protected = protect_table(table)

    assert (protected.primary == Rules().sensitive(table)).all()
    assert not (protected.primary & protected.secondary).any()
    assert not (protected.secondary & (table.n == 0)).any()


@settings(max_examples=30)
@given(tables(), st.integers(0, 3))
def test_the_same_table_and_seed_give_the_same_pattern(table, seed):
    assert protect_table(table, seed=seed).status() == protect_table(table, seed=seed).status()


@settings(max_examples=60)
@given(tables(), st.randoms(use_true_random=False))
def test_the_audit_names_what_the_slow_attacker_names_for_any_pattern(table, chance):
    marks = np.array([chance.choice("SSUM") if n else "S" for n in table.n.tolist()])
    pattern = SuppressedTable(table.dimensions, table.n, marks == "U", marks == "M")

    assert sorted({f.cell for f in audit_table(pattern).narrow}) == plain_tables.too_narrow(pattern)
