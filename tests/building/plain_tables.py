"""Random hierarchical tables of contributions, and two attackers that share nothing with the shield but the cells.

The slow attacker solves two fresh linear programs per cell over relations that it derives from the codes; the patient
one goes through all worlds of whole numbers.
"""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import numpy as np
from scipy.optimize import linprog

from baken.shield.primary import Rules
from baken.shield.tables import Dimension, SuppressedTable, Table, from_contributions

MOST_WORLDS = 300_000
Rows = list[tuple[tuple[str, ...], str, int]]
Dimensions = tuple[Dimension, ...]


def heavy_tailed(rng: np.random.Generator, schools: int) -> tuple[Dimensions, Rows]:
    """Schools in areas of regions × categories in groups × terms; branches of unequal depth; few schools have most."""
    dimensions = (
        Dimension("region", {"Total": ["Noord", "Zuid", "Zee"], "Noord": ["N1", "N2", "N3"], "Zuid": ["Z1", "Z2"]}),
        Dimension("category", {"Total": ["A", "B"], "A": ["a1", "a2"]}),
        Dimension("term", {"Total": ["k1", "k2", "k3"]}),
    )
    return dimensions, registrations(rng, dimensions, schools, rate=1.6)


def country(rng: np.random.Generator, schools: int, provinces: int = 4, each: int = 6) -> tuple[Dimensions, Rows]:
    """Provinces of municipalities, categories in groups, quarters; enough cells to be protected in parts."""
    names = {f"P{p}": [f"P{p}-{m}" for m in range(each)] for p in range(provinces)}
    dimensions = (
        Dimension("region", {"Total": list(names), **names}),
        Dimension("category", {"Total": ["G0", "G1"], "G0": ["c0", "c1"], "G1": ["c2", "c3", "c4"]}),
        Dimension("quarter", {"Total": ["q1", "q2", "q3", "q4"]}),
    )
    return dimensions, registrations(rng, dimensions, schools, rate=1.5)


def registrations(rng: np.random.Generator, dimensions: Dimensions, schools: int, rate: float) -> Rows:
    """Every school lies in one leaf of the first dimension and registers in all leaves of the others."""
    first, *others = (sorted(d.leaves) for d in dimensions)
    rows: Rows = []
    for s in range(schools):
        where, mean = str(rng.choice(first)), rate * rng.lognormal(0.0, 1.1)
        for rest in product(*others):
            if n := int(rng.poisson(mean)):
                rows.append(((where, *rest), f"s{s}", n))
    return rows


def table(dimensions: Dimensions, rows: Rows) -> Table:
    codes = [[key[k] for key, _, _ in rows] for k in range(len(dimensions))]
    return from_contributions(dimensions, codes, [who for _, who, _ in rows], [n for _, _, n in rows])


def write(folder: Path, dimensions: Dimensions, rows: Rows) -> None:
    names = [d.name for d in dimensions]
    meta = {"dimensions": names, "hierarchy": {d.name: {k: list(v) for k, v in d.tree.items()} for d in dimensions}}
    (folder / "hierarchy.json").write_text(json.dumps(meta))
    lines = [",".join([*names, "contributor", "n"])] + [",".join([*key, who, str(n)]) for key, who, n in rows]
    (folder / "micro.csv").write_text("\n".join(lines) + "\n")


def position(dimensions: Dimensions, *key: str) -> int:
    """Where a cell stands in the flat order."""
    places = tuple(d.codes.index(code) for d, code in zip(dimensions, key, strict=True))
    return int(np.ravel_multi_index(places, tuple(len(d.codes) for d in dimensions)))


def sums(dimensions: Dimensions) -> list[tuple[int, list[int]]]:
    """Every (total, parts) of the table, from the codes."""
    at = {key: i for i, key in enumerate(product(*(d.codes for d in dimensions)))}
    found = []
    for k, dimension in enumerate(dimensions):
        for parent, children in dimension.tree.items():
            for key in at:
                if key[k] == parent:
                    found.append((at[key], [at[*key[:k], child, *key[k + 1 :]] for child in children]))
    return found


def does_not_add_up(dimensions: Dimensions, n: np.ndarray) -> list[int]:
    return [total for total, parts in sums(dimensions) if n[total] != sum(n[p] for p in parts)]


def too_narrow(suppressed: SuppressedTable, rules: Rules | None = None) -> list[int]:
    """Sensitive cells that the slow attacker comes too close to."""
    rules = rules or Rules()
    n, hidden = suppressed.n, suppressed.primary | suppressed.secondary
    unseen = {int(cell): column for column, cell in enumerate(np.flatnonzero(hidden))}
    matrix, b = [], []
    for total, parts in sums(suppressed.dimensions):
        signs = [(total, 1.0), *((part, -1.0) for part in parts)]
        row = np.zeros(len(unseen))
        row[[unseen[cell] for cell, _ in signs if cell in unseen]] = [s for cell, s in signs if cell in unseen]
        if row.any():
            matrix.append(row)
            b.append(-sum(sign * float(n[cell]) for cell, sign in signs if cell not in unseen))
    found = []
    for cell in np.flatnonzero(suppressed.primary):
        up, down = int(rules.width_up(n[[cell]])[0]), int(rules.width_down(n[[cell]])[0])
        low, high = (_extreme(matrix, b, len(unseen), unseen[int(cell)], sign) for sign in (1.0, -1.0))
        if high < n[cell] + up - 1e-6 or low > n[cell] - down + 1e-6:
            found.append(int(cell))
    return found


def _extreme(matrix: list[np.ndarray], b: list[float], size: int, column: int, sign: float) -> float:
    cost = np.zeros(size)
    cost[column] = sign
    answer = linprog(cost, A_eq=np.array(matrix) if matrix else None, b_eq=b or None, bounds=(0, None), method="highs")
    assert answer.status in (0, 3), answer.message
    return sign * answer.fun if answer.status == 0 else -sign * np.inf


def too_narrow_for_the_patient(suppressed: SuppressedTable, rules: Rules | None = None) -> list[int]:
    """Sensitive cells for which no world of whole numbers lies far enough away; for tables with few hidden leaves."""
    rules = rules or Rules()
    dimensions, n = suppressed.dimensions, suppressed.n
    hidden = suppressed.primary | suppressed.secondary
    keys = list(product(*(d.codes for d in dimensions)))
    leaf = [i for i, key in enumerate(keys) if all(c in d.leaves for c, d in zip(key, dimensions, strict=True))]
    unseen = [i for i in leaf if hidden[i]]
    highest = int(n[unseen].max(initial=0)) + 2 * int(rules.width_up(n[suppressed.primary]).max(initial=1))
    number = (highest + 1) ** len(unseen)
    assert number <= MOST_WORLDS, "too many worlds"
    worlds = np.array(list(product(range(highest + 1), repeat=len(unseen))), dtype=np.int64).reshape(
        number, len(unseen)
    )
    values = np.repeat(n[None, :], len(worlds), axis=0)
    values[:, unseen] = worlds
    for total, parts in reversed(_from_the_top(dimensions)):
        values[:, total] = values[:, parts].sum(axis=1)
    possible = values[(values[:, ~hidden] == n[~hidden]).all(axis=1)]
    up, down = n + rules.width_up(n), n - rules.width_down(n)
    far = (possible.max(axis=0) >= up) & (possible.min(axis=0) <= down)
    return [int(i) for i in np.flatnonzero(suppressed.primary) if not far[i]]


def _from_the_top(dimensions: Dimensions) -> list[tuple[int, list[int]]]:
    """One sum per cell that is a total, in an order in which parts come after their total."""
    chosen: dict[int, list[int]] = {}
    for total, parts in sums(dimensions):
        chosen.setdefault(total, parts)
    return sorted(chosen.items())
