"""What a reader knows: every figure published about a school year, and how the figures hang together.

The reader knows the method: each count lies within the rounding error of its value, values are multiples of the base
and add up exactly, sums over the quarters so far are rounded closely too. So a cell that is held back still has a
rounded value, and the reader knows in which sums it takes part. Counts and rounded values are the variables of one
system of linear inequalities. Never here: a count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from baken.shield.cube import Layout, Question
from baken.shield.publication import Precision, Table


class Key(NamedTuple):
    """A cell as it is published."""

    table: Table
    area: str | None
    category: str | None
    period: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One cell. `error`: how far its value may lie from the count (inclusive). `margin`: a total of its table."""

    key: Key
    question: Question
    variables: npt.NDArray[np.int32]
    error: int
    margin: bool


@dataclass(frozen=True, slots=True)
class Sum:
    """Values of the first cells add up to the values of the second ones."""

    parts: tuple[int, ...]
    whole: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Names of the layout's numbers: categories, quarters, and the areas of a group of base areas."""

    categories: tuple[str, ...]
    quarters: tuple[str, ...]
    areas: Mapping[tuple[int, ...], str]


@dataclass
class Knowledge:
    """All statements about a school year, in a fixed order, and the relations between them."""

    layout: Layout
    base: int
    statements: list[Statement] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    to_date: list[tuple[tuple[int, ...], int]] = field(default_factory=list)
    number: dict[Key, int] = field(default_factory=dict)

    def add(self, key: Key, question: Question, error: int, *, margin: bool = False) -> int:
        variables = self.layout.variables(question.quarters, question.areas, question.category)
        self.number[key] = len(self.statements)
        self.statements.append(Statement(key, question, variables, error, margin))
        return self.number[key]

    def system(
        self, multiples: npt.NDArray[np.int64]
    ) -> tuple[sparse.csr_array, npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Rows `lower <= matrix @ x <= upper` over x = (counts, steps up, steps down).

        A cell's value is `base * (multiple + up - down)`; a cell that is shown has no steps.
        """
        rows: list[tuple[npt.NDArray[np.int32], tuple[int, ...], tuple[int, ...], int]] = [
            (s.variables, (i,), (), s.error) for i, s in enumerate(self.statements)
        ]
        for cells, error in self.to_date:
            rows.append((np.concatenate([self.statements[i].variables for i in cells]), cells, (), error))
        none = np.zeros(0, dtype=np.int32)
        rows += [(none, s.parts, s.whole, 0) for s in self.sums]
        centre = np.zeros(len(rows))
        errors = np.array([error for *_, error in rows], dtype=float)
        where: list[tuple[int, int]] = []
        factors: list[float] = []
        ups, downs = self.layout.size, self.layout.size + len(self.statements)
        for r, (variables, plus, minus, _) in enumerate(rows):
            scale = self.base if len(variables) else 1
            where += [(r, int(v)) for v in variables]
            factors += [-1.0] * len(variables)
            for side, sign in ((plus, scale), (minus, -scale)):
                where += [(r, column + i) for i in side for column in (ups, downs)]
                factors += [sign, -sign] * len(side)
                centre[r] += sign * sum(int(multiples[i]) for i in side)
        shape = (len(rows), self.layout.size + 2 * len(self.statements))
        matrix = sparse.coo_array((factors, tuple(np.array(where).T)), shape=shape)
        return sparse.csr_array(matrix), -errors - centre, errors - centre


def knowledge_of(
    layout: Layout, names: Names, base: int, slack: int, precisions: Sequence[Precision], year: Precision | None
) -> Knowledge:
    """Everything published up to the last quarter of the layout, and the year tables when `year` is given."""
    known = Knowledge(layout, base)
    for k in layout.quarters:
        _quarter(known, names, k, slack, precisions[k])
    if year is not None:
        _year(known, names, slack, precisions, year)
    return known


def _quarter(known: Knowledge, names: Names, k: int, slack: int, precision: Precision) -> None:
    layout, period, error = known.layout, names.quarters[k], known.base - 1
    total = known.add(Key(Table.T1, None, None, period), Question((k,), None, None, slack), error, margin=True)
    by_category = [
        known.add(Key(Table.T1, None, name, period), Question((k,), None, c, slack), error)
        for c, name in enumerate(names.categories)
    ]
    by_area = [
        known.add(Key(Table.T2, names.areas[group], None, period), Question((k,), group, None, slack), error)
        for group in layout.groups[k]
    ]
    known.sums += [Sum(tuple(by_category), (total,)), Sum(tuple(by_area), (total,))]
    if k == 0 or precision.year_to_date is None:
        return
    limit = precision.year_to_date - 1
    for cells in to_date_cells(known, names, k):
        known.to_date.append((cells, limit))


def to_date_cells(known: Knowledge, names: Names, k: int) -> list[tuple[int, ...]]:
    """The cells of each sum over the quarters up to k: per category, per area, and of the city."""
    quarters = range(k + 1)

    def cells(table: Table, area: str | None, category: str | None, j: int) -> int:
        return known.number[Key(table, area, category, names.quarters[j])]

    found = [tuple(cells(Table.T1, None, name, j) for j in quarters) for name in names.categories]
    for part in known.layout.to_date(k):
        inside = [(j, group) for j in quarters for group in known.layout.groups[j] if set(group) <= set(part)]
        found.append(tuple(cells(Table.T2, names.areas[group], None, j) for j, group in inside))
    found.append(tuple(cells(Table.T1, None, None, j) for j in quarters))
    return found


def _year(known: Knowledge, names: Names, slack: int, precisions: Sequence[Precision], year: Precision) -> None:
    layout, period, quarters = known.layout, names.quarters[0][:9], known.layout.quarters
    last = quarters[-1]
    sums = to_date_cells(known, names, last)
    parts = layout.to_date(last)
    limit = precisions[last].year_to_date
    errors = [len(cells) * (known.base - 1) if limit is None else limit - 1 for cells in sums]
    keys = (
        [Key(Table.T3, None, name, period) for name in names.categories]
        + [Key(Table.T3, names.areas[part], None, period) for part in parts]
        + [Key(Table.T3, None, None, period)]
    )
    questions = (
        [Question(quarters, None, c) for c in range(layout.categories)]
        + [Question(quarters, part, None) for part in parts]
        + [Question(quarters, None, None)]
    )
    margins = [known.add(*cell, margin=True) for cell in zip(keys, questions, errors, strict=True)]
    known.sums += [Sum(cells, (margin,)) for cells, margin in zip(sums, margins, strict=True)]
    inner = {
        (part, c): known.add(
            Key(Table.T3, names.areas[part], name, period), Question(quarters, part, c, slack), year.cell - 1
        )
        for part in parts
        for c, name in enumerate(names.categories)
    }
    for c in range(layout.categories):
        known.sums.append(Sum(tuple(inner[part, c] for part in parts), (margins[c],)))
    for part, margin in zip(parts, margins[layout.categories :], strict=False):
        known.sums.append(Sum(tuple(inner[part, c] for c in range(layout.categories)), (margin,)))
