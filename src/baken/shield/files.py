"""A table as a folder: micro.csv, hierarchy.json in; table.csv out. All faults at once, nothing half-written.

micro.csv: one row per contributor and cell, columns: the dimensions, contributor, n. hierarchy.json: {"dimensions":
[…], "hierarchy": {dimension: {parent: [children]}}}, every root called "Total". table.csv: the dimensions, n, status
(S safe, U primary, M secondary, E empty).
"""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from baken.shield.suppression import ProtectedTable
from baken.shield.tables import BadTable, Dimension, Fault, Integers, Table, from_contributions

STATUSES = ("S", "U", "M", "E")
MOST_FAULTS = 20


def read_dimensions(folder: Path) -> tuple[Dimension, ...]:
    """Read hierarchy.json. Raises BadTable with everything that is wrong."""
    name = "hierarchy.json"
    try:
        meta = json.loads(_text(folder / name))
        names, trees = meta["dimensions"], meta["hierarchy"]
        if not names or not all(isinstance(n, str) and isinstance(trees[n], dict) for n in names):
            raise TypeError
        if not all(
            isinstance(c, list) and all(isinstance(x, str) for x in c) for n in names for c in trees[n].values()
        ):
            raise TypeError
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, BadTable):
            raise
        remedy = 'Write {"dimensions": [names], "hierarchy": {name: {parent: [children]}}}.'
        raise BadTable([Fault(name, 0, "This is not a description of hierarchies.", remedy)]) from error
    faults: list[Fault] = []
    found = []
    for dimension in names:
        try:
            found.append(Dimension(dimension, trees[dimension]))
        except BadTable as bad:
            faults += bad.faults
    if len(set(names)) != len(names):
        faults.append(Fault(name, 0, "A dimension comes twice.", "Name every dimension once."))
    if faults:
        raise BadTable(faults)
    return tuple(found)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError:
        raise BadTable(
            [Fault(path.name, 0, "The file is not there or cannot be read.", "Put it in the folder.")]
        ) from None
    except UnicodeDecodeError:
        raise BadTable([Fault(path.name, 0, "The file is not UTF-8.", "Save it as UTF-8.")]) from None


def _rows(folder: Path, name: str, wanted: Sequence[str]) -> list[list[str]]:
    """The wanted columns of a CSV, as text, in file order."""
    try:
        lines = list(csv.reader(_text(folder / name).splitlines(), strict=True))
    except csv.Error:
        raise BadTable(
            [Fault(name, 0, "A quote is not closed.", "The file was probably cut off; make it again.")]
        ) from None
    header = lines[0] if lines else []
    missing = [column for column in wanted if column not in header]
    if missing:
        raise BadTable([Fault(name, 1, f"Missing column(s): {', '.join(missing)}.", "Name them in the first line.")])
    places = [header.index(column) for column in wanted]
    short = [i for i, line in enumerate(lines[1:], start=2) if line and len(line) < len(header)]
    if short:
        raise BadTable([Fault(name, i, "The line has too few cells.", "Complete it.") for i in short[:MOST_FAULTS]])
    return [[line[p] for p in places] for line in lines[1:] if line]


def _whole(text: str) -> int | None:
    """A non-negative whole number, also as "4.0"; None for anything else."""
    try:
        value = float(text)
    except ValueError:
        return None
    return int(value) if 0 <= value < 2**53 and value == int(value) else None


def read_contributions(folder: Path, *, rows_apart: bool = False) -> Table:
    """Read micro.csv with hierarchy.json. `rows_apart`: every row counts as a contributor of its own.

    Raises BadTable with everything that is wrong.
    """
    dimensions = read_dimensions(folder)
    names = [d.name for d in dimensions]
    rows = _rows(folder, "micro.csv", [*names, "contributor", "n"])
    faults: list[Fault] = []
    if not rows:
        faults.append(Fault("micro.csv", 0, "There is no contribution in it.", "Give at least one row."))
    values = []
    for line, row in enumerate(rows, start=2):
        if len(faults) >= MOST_FAULTS:
            break
        for dimension, code in zip(dimensions, row, strict=False):
            if code not in dimension.leaves:
                what = f"{dimension.name} {code!r} is " + (
                    "a total." if code in dimension.index else "not in the hierarchy."
                )
                faults.append(Fault("micro.csv", line, what, "Use a code without children."))
        value = _whole(row[-1])
        if value is None:
            faults.append(Fault("micro.csv", line, "n is no whole number of 0 or more.", "Mend it."))
        if not row[-2]:
            faults.append(Fault("micro.csv", line, "The contributor is empty.", "Name who contributes."))
        values.append(value or 0)
    if faults:
        raise BadTable(faults)
    codes = [[row[k] for row in rows] for k in range(len(dimensions))]
    who = [str(i) if rows_apart else row[-2] for i, row in enumerate(rows)]
    return from_contributions(dimensions, codes, who, values)


def write_table(folder: Path, protected: ProtectedTable) -> Path:
    """Write table.csv in one step: a reader sees the old file or the new one, never a part."""
    table = protected.table
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".table-", suffix=".csv")
    try:
        with os.fdopen(handle, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([*(d.name for d in table.dimensions), "n", "status"])
            rows = zip(table.keys(), table.n.tolist(), protected.status(), strict=True)
            writer.writerows([*key, n, status] for key, n, status in rows)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(folder / "table.csv")
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return folder / "table.csv"


def read_table(folder: Path) -> tuple[tuple[Dimension, ...], Integers, NDArray[np.str_]]:
    """Read table.csv: dimensions, value per cell and status per cell, in the flat order of `tables.Table`.

    Raises BadTable, also for a cell that is missing, comes twice or does not add up.
    """
    dimensions = read_dimensions(folder)
    shape = tuple(len(d.codes) for d in dimensions)
    rows = _rows(folder, "table.csv", [*(d.name for d in dimensions), "n", "status"])
    size = int(np.prod(shape))
    n, status = np.zeros(size, dtype=np.int64), np.full(size, "E", dtype="<U1")
    faults: list[Fault] = []
    seen: set[int] = set()
    for line, row in enumerate(rows, start=2):
        if len(faults) >= MOST_FAULTS:
            break
        value, word = _whole(row[-2]), row[-1]
        unknown = [d.name for d, code in zip(dimensions, row, strict=False) if code not in d.index]
        if unknown:
            faults.append(Fault("table.csv", line, f"{', '.join(unknown)}: not in the hierarchy.", "Mend the code."))
            continue
        if value is None or word not in STATUSES:
            faults.append(Fault("table.csv", line, "n or status is wrong.", "n is 0 or more; status is S, U, M or E."))
            continue
        cell = int(np.ravel_multi_index([d.index[c] for d, c in zip(dimensions, row, strict=False)], shape))
        if cell in seen:
            faults.append(Fault("table.csv", line, "This cell comes twice.", "Leave one out."))
        seen.add(cell)
        n[cell], status[cell] = value, word
    if faults:
        raise BadTable(faults)
    if not rows:
        raise BadTable([Fault("table.csv", 0, "There is no cell in it.", "Protect the table first.")])
    return dimensions, n, status
