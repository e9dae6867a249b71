"""Random hierarchical tables of contributions, and an attacker of one linear program at a time, for the tests."""

from __future__ import annotations

import json
from pathlib import Path

import highspy
import numpy as np

from baken.shield.primary import Rules
from baken.shield.suppression import ProtectedTable
from baken.shield.tables import Dimension, Table, from_contributions

Rows = list[tuple[tuple[str, ...], str, int]]


def heavy_tailed(rng: np.random.Generator, schools: int) -> tuple[tuple[Dimension, ...], Rows]:
    """Schools in areas of regions × categories in groups × quarters; a few schools have most."""
    regions = {"Total": ["Noord", "Zuid"], "Noord": ["N1", "N2", "N3"], "Zuid": ["Z1", "Z2"]}
    groups = {"Total": ["A", "B"], "A": ["a1", "a2"]}
    quarters = {"Total": ["k1", "k2", "k3"]}
    dimensions = (Dimension("region", regions), Dimension("category", groups), Dimension("quarter", quarters))
    where = rng.choice(["N1", "N2", "N3", "Z1", "Z2"], schools)
    rate = rng.lognormal(0.5, 1.0, schools)
    rows: Rows = []
    for s in range(schools):
        for category in ("a1", "a2", "B"):
            for quarter in ("k1", "k2", "k3"):
                if n := int(rng.poisson(rate[s])):
                    rows.append(((str(where[s]), category, quarter), f"s{s}", n))
    return dimensions, rows


def table(dimensions: tuple[Dimension, ...], rows: Rows) -> Table:
    codes = [[key[k] for key, _, _ in rows] for k in range(len(dimensions))]
    return from_contributions(dimensions, codes, [who for _, who, _ in rows], [n for _, _, n in rows])


def write(folder: Path, dimensions: tuple[Dimension, ...], rows: Rows) -> None:
    names = [d.name for d in dimensions]
    meta = {"dimensions": names, "hierarchy": {d.name: {k: list(v) for k, v in d.tree.items()} for d in dimensions}}
    (folder / "hierarchy.json").write_text(json.dumps(meta))
    lines = [",".join([*names, "contributor", "n"])] + [",".join([*key, who, str(n)]) for key, who, n in rows]
    (folder / "micro.csv").write_text("\n".join(lines) + "\n")


def interval(protected: ProtectedTable, cell: int) -> tuple[float, float]:
    """The feasibility interval of one cell by two fresh programs in values: slow, obvious, of its own."""
    table = protected.table
    hidden = protected.primary | protected.secondary
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    n = len(table.n)
    lower = np.where(hidden, 0.0, table.n)
    upper = np.where(hidden, 1e7, table.n)
    model.addVars(n, lower.astype(float), upper.astype(float))
    rows = table.relations.tocsr()
    for r in range(rows.shape[0]):
        part = rows.getrow(r)
        model.addRow(0.0, 0.0, part.nnz, part.indices.astype(np.int32), part.data)
    model.changeColCost(cell, 1.0)
    found = []
    for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
        model.changeObjectiveSense(sense)
        model.run()
        found.append(model.getInfo().objective_function_value)
    return found[0], found[1]


def too_narrow(protected: ProtectedTable, rules: Rules) -> list[int]:
    """Sensitive cells that the obvious attacker comes too close to."""
    n = protected.table.n
    found = []
    for cell in np.flatnonzero(protected.primary):
        low, high = interval(protected, int(cell))
        one = n[cell : cell + 1]
        if high < n[cell] + rules.width_up(one)[0] - 1e-6 or low > n[cell] - rules.width_down(one)[0] + 1e-6:
            found.append(int(cell))
    return found
