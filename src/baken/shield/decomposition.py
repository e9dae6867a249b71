"""Parts of a large table: what hangs below one code of its deepest dimension, its margin fixed. Lower parts come first.

Never here: a solver, a rule.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from baken.shield.tables import ROOT, Dimension, Integers, Table

LARGE = 2000


def parts(table: Table, large: int = LARGE) -> Iterator[Integers]:
    """Positions of the non-empty cells of each part; the last part is the whole table.

    A table (or a branch of it) with at most `large` non-empty cells is one part.
    """
    live = np.flatnonzero(table.n)
    branching = [d for d in table.dimensions if len(d.tree) > 1]
    if len(live) <= large or not branching:
        yield live
        return
    dimension = max(branching, key=lambda d: len(d.codes))
    axis = table.dimensions.index(dimension)
    code = np.unravel_index(live, table.shape)[axis]
    for below in _branches(dimension, np.bincount(code, minlength=len(dimension.codes)), large):
        inside = np.zeros(len(dimension.codes), dtype=bool)
        inside[below] = True
        yield live[inside[code]]
    yield live


def _branches(dimension: Dimension, cells: Integers, large: int) -> Iterator[list[int]]:
    """Codes strictly below each code that makes a part, except the root; `cells`: non-empty cells per code."""
    below: dict[str, list[int]] = {}
    for code in reversed(dimension.codes):
        children = dimension.tree.get(code, ())
        below[code] = [dimension.index[c] for c in children] + [i for c in children for i in below[c]]
    chosen: set[str] = set()
    for code in dimension.codes:
        if code == ROOT or (code in chosen and int(cells[below[code]].sum()) > large):
            chosen.update(child for child in dimension.tree.get(code, ()) if child in dimension.tree)
    for code in reversed(dimension.codes):
        if code in chosen:
            yield below[code]
