"""A table as a folder: micro.csv, hierarchy.json in; table.csv out. All faults at once, nothing half-written.

micro.csv: one row per contributor and cell, columns: the dimensions, contributor, n. hierarchy.json: {"dimensions":
[…], "hierarchy": {dimension: {parent: [children]}}}, every root called "Total". table.csv: the dimensions, n, status
(S safe, U primary, M secondary, E empty). Never here: a rule, a solver, a value from a file in a message.
"""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import StringIO
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from baken.shield.faults import Fault, TableError
from baken.shield.tables import MOST_CELLS, Dimension, SuppressedTable, Table, from_contributions, relations

HIERARCHY, MICRO, TABLE = "hierarchy.json", "micro.csv", "table.csv"
STATUSES = ("S", "U", "M", "E")
LARGEST_N = 10**12
SHAPE = 'Write {"dimensions": [names], "hierarchy": {name: {parent: [children]}}}.'


@dataclass
class _Reading:
    """One reading of a folder: what was found wrong so far."""

    folder: Path
    faults: list[Fault] = field(default_factory=list)

    def fault(self, file: str, line: int, what: str, remedy: str) -> None:
        self.faults.append(Fault(file, line, what, remedy))

    def finish(self) -> None:
        if self.faults:
            raise TableError(self.faults)

    def text(self, name: str) -> str | None:
        try:
            return (self.folder / name).read_text("utf-8-sig")
        except OSError:
            self.fault(name, 0, "The file is not there or cannot be read.", "Put it in the folder.")
        except UnicodeDecodeError:
            self.fault(name, 0, "The file is not UTF-8.", "Save it as UTF-8.")
        return None

    # --- the hierarchy ---

    def description(self) -> tuple[list[str], dict[str, Any]]:
        """The names of the dimensions and their trees, unchecked; nothing when there is none."""
        text = self.text(HIERARCHY)
        if text is None:
            return [], {}
        try:
            found = json.loads(text, object_pairs_hook=self._without_doubles)
        except json.JSONDecodeError as error:
            self.fault(HIERARCHY, error.lineno, "This is no JSON.", SHAPE)
            return [], {}
        except RecursionError:
            found = None
        names, trees = (found.get("dimensions"), found.get("hierarchy")) if isinstance(found, dict) else (None, None)
        if not _is_text_list(names) or not names or not isinstance(trees, dict):
            self.fault(HIERARCHY, 0, "This is not a description of hierarchies.", SHAPE)
            return [], {}
        return names, trees

    def _without_doubles(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        if len(set(keys)) != len(keys):
            self.fault(HIERARCHY, 0, "A name comes twice in one object.", "Put what stands under it together.")
        return dict(pairs)

    def dimensions(self, names: list[str], trees: dict[str, Any]) -> tuple[Dimension, ...]:
        """The dimensions; fewer than there are names when something is wrong."""
        found = []
        for name in names:
            tree = trees.get(name)
            if not isinstance(tree, dict) or not all(_is_text_list(children) for children in tree.values()):
                self.fault(HIERARCHY, 0, f"{name}: there is no hierarchy of codes.", SHAPE)
                continue
            try:
                found.append(Dimension(name, tree, HIERARCHY))
            except TableError as bad:
                self.faults += bad.faults
        if len(set(names)) != len(names) or {"n", "status", "contributor"} & set(names):
            what = "A dimension comes twice, or is called n, status or contributor."
            self.fault(HIERARCHY, 0, what, "Give every dimension a name of its own.")
        if prod(len(d.codes) for d in found) > MOST_CELLS:
            what = f"The table would have more than {MOST_CELLS:,} cells."
            self.fault(HIERARCHY, 0, what, "Make several tables of fewer dimensions.")
        return tuple(found)

    # --- rows ---

    def rows(self, name: str, wanted: Sequence[str]) -> tuple[list[list[str]], list[int]]:
        """The wanted columns per row, and the line on which each row begins."""
        cells: list[list[str]] = []
        lines: list[int] = []
        text = self.text(name)
        if text is None:
            return cells, lines
        before = len(self.faults)
        reader = csv.reader(StringIO(text, newline=""), strict=True)
        try:
            header = next(reader, [])
            places = [header.index(column) for column in wanted if header.count(column) == 1]
            if missing := [column for column in wanted if header.count(column) != 1]:
                what = f"Missing (or double) column(s): {', '.join(missing)}."
                self.fault(name, 1, what, "Name every column once, in the first line.")
                return cells, lines
            line = reader.line_num + 1
            for row in reader:
                if row and len(row) != len(header):
                    self.fault(name, line, "The line has another number of cells than the first.", "Mend it.")
                elif row:
                    cells.append([row[place] for place in places])
                    lines.append(line)
                line = reader.line_num + 1
        except csv.Error:
            self.fault(name, reader.line_num, "A quote is not closed, or a cell is too long.", "Mend it.")
        if not cells and len(self.faults) == before:
            self.fault(name, 0, "There is no row in it.", "Give at least one.")
        return cells, lines

    def number(self, name: str, line: int, text: str) -> int:
        """A non-negative whole number, also as "4.0"; 0 after a fault."""
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if 0 <= value <= LARGEST_N and value == int(value):
            return int(value)
        self.fault(name, line, "n is no whole number of 0 or more (at most a million million).", "Mend it.")
        return 0


def _is_text_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)


def read_contributions(folder: Path, *, rows_apart: bool = False) -> Table:
    """Read micro.csv with hierarchy.json. `rows_apart`: every row counts as a contributor of its own.

    Raises TableError with everything that is wrong.
    """
    reading = _Reading(folder)
    names, trees = reading.description()
    dimensions = reading.dimensions(names, trees)
    rows, lines = reading.rows(MICRO, [*names, "contributor", "n"])
    seen: set[tuple[str, ...]] = set()
    values = []
    for row, line in zip(rows, lines, strict=True):
        if len(dimensions) == len(names):
            _check_leaves(reading, dimensions, row, line)
        values.append(reading.number(MICRO, line, row[-1]))
        if not row[-2].strip():
            reading.fault(MICRO, line, "The contributor is empty.", "Name who contributes.")
        if (key := tuple(row[:-1])) in seen:
            reading.fault(MICRO, line, "This contributor stands in this cell already.", "Add the rows up.")
        seen.add(key)
    reading.finish()
    codes = [[row[k] for row in rows] for k in range(len(dimensions))]
    who = [str(i) if rows_apart else row[-2] for i, row in enumerate(rows)]
    return from_contributions(dimensions, codes, who, values)


def _check_leaves(reading: _Reading, dimensions: tuple[Dimension, ...], row: list[str], line: int) -> None:
    for dimension, code in zip(dimensions, row, strict=False):
        if code not in dimension.leaves:
            what = "is a total" if code in dimension.index else "is not in the hierarchy"
            remedy = "Use a code without children, or mend hierarchy.json."
            reading.fault(MICRO, line, f"The code of {dimension.name} {what}.", remedy)


def read_table(folder: Path) -> SuppressedTable:
    """Read table.csv with hierarchy.json; a cell that is not in it counts as empty.

    Raises TableError with everything that is wrong, also for a table that does not add up.
    """
    reading = _Reading(folder)
    names, trees = reading.description()
    dimensions = reading.dimensions(names, trees)
    rows, lines = reading.rows(TABLE, [*names, "n", "status"])
    shape = tuple(len(d.codes) for d in dimensions)
    n, status = np.zeros(shape, dtype=np.int64), np.full(shape, "E")
    seen: set[tuple[int, ...]] = set()
    for row, line in zip(rows, lines, strict=True):
        value = reading.number(TABLE, line, row[-2])
        if row[-1] not in STATUSES or (row[-1] in "UE" and (row[-1] == "E") != (value == 0)):
            remedy = "S safe, M secondary, U primary (n above 0), E empty (n is 0)."
            reading.fault(TABLE, line, "The status is wrong.", remedy)
            continue
        if len(dimensions) != len(names):
            continue
        cell = tuple(d.index.get(code, -1) for d, code in zip(dimensions, row, strict=False))
        if -1 in cell:
            unknown = ", ".join(d.name for d, place in zip(dimensions, cell, strict=True) if place < 0)
            reading.fault(TABLE, line, f"The code of {unknown} is not in the hierarchy.", "Mend the code.")
            continue
        if cell in seen:
            reading.fault(TABLE, line, "This cell comes twice.", "Leave one out.")
        seen.add(cell)
        n[cell], status[cell] = value, row[-1]
    reading.finish()
    _check_sums(reading, dimensions, n.ravel())
    marks = status.ravel()
    return SuppressedTable(dimensions, n.ravel(), marks == "U", marks == "M")


def _check_sums(reading: _Reading, dimensions: tuple[Dimension, ...], n: np.ndarray[Any, Any]) -> None:
    system = relations(dimensions)
    wrong = np.flatnonzero(system @ n)
    shape = tuple(len(d.codes) for d in dimensions)
    for total in np.unique([system.indices[system.indptr[row] : system.indptr[row + 1]].min() for row in wrong]):
        place = np.unravel_index(int(total), shape)
        codes = ", ".join(d.codes[int(i)] for d, i in zip(dimensions, place, strict=True))
        reading.fault(TABLE, 0, f"({codes}) is not the sum of its parts.", "Protect the table again.")
    reading.finish()


def write_table(folder: Path, table: SuppressedTable) -> Path:
    """Write table.csv in one step: a reader sees the old file or the new one, never a part."""
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".table-", suffix=".csv")
    try:
        with os.fdopen(handle, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([*(d.name for d in table.dimensions), "n", "status"])
            rows = zip(table.keys(), table.n.tolist(), table.status(), strict=True)
            writer.writerows([*key, n, status] for key, n, status in rows)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(folder / TABLE)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return folder / TABLE
