"""The tables of one release: earlier quarters as they are, this release rounded, some cells held back.

Steps 3 to 5 of protection in their order. Never here: a publication (the gate makes it, after its audit).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from baken.shield.cube import Cube, Ints, needed
from baken.shield.history import History, PublishedQuarter
from baken.shield.holdback import HoldBack
from baken.shield.insider import HIDDEN
from baken.shield.knowledge import Key, Knowledge, Names, knowledge_of, to_date_cells
from baken.shield.participation import NotPossible
from baken.shield.policy import Policy
from baken.shield.publication import Precision, Reason, ReasonCode, Release, ReleaseKind, Table
from baken.shield.rounding import WIDENED, Target, round_quarter, round_year


@dataclass(frozen=True, slots=True)
class Tables:
    """`shown`: value / base of every statement about the school year, `HIDDEN` where nothing is shown. `current`: the
    statements of this release."""

    known: Knowledge
    shown: Ints
    current: tuple[int, ...]
    precision: Precision


def tabulate(cube: Cube, names: Names, history: History, release: Release, policy: Policy, key: bytes) -> Tables:
    """Round and hold back. Raises `NotPossible` without an additive rounding, `NotSettled` when dots do not help."""
    precisions = [quarter.precision for quarter in history.quarters]
    strict = Precision(policy.base, policy.base)
    values: dict[Key, int] = {}
    for k, quarter in enumerate(history.quarters):
        values |= _replayed(cube, names, k, quarter, values, policy, key)
    year = None
    if release.kind is ReleaseKind.QUARTER:
        fresh, precision = _new_quarter(cube, names, len(names.quarters) - 1, values, policy, key)
        precisions.append(precision)
    else:
        known = knowledge_of(cube.layout, names, policy.base, policy.slack, precisions, strict)
        fresh, precision = _new_year(cube, known, values, precisions[-1], policy, key)
        year = precision
    values |= fresh
    known = knowledge_of(cube.layout, names, policy.base, policy.slack, precisions, year)
    return _held_back(cube, known, values, history, frozenset(fresh), precision, policy, key)


def _held_back(
    cube: Cube,
    known: Knowledge,
    values: Mapping[Key, int],
    history: History,
    fresh: frozenset[Key],
    precision: Precision,
    policy: Policy,
    key: bytes,
) -> Tables:
    dots = {
        Key(*cell, quarter.period)
        for quarter in history.quarters
        for cell, value in quarter.values.items()
        if value is None
    }
    current = tuple(i for i, s in enumerate(known.statements) if s.key in fresh)
    before = [i for i, s in enumerate(known.statements) if s.key in dots]
    multiples = np.array([values[s.key] for s in known.statements], dtype=np.int64)
    held = HoldBack(cube, known, multiples, before=before, current=current, policy=policy, key=key).settle()
    shown = multiples.copy()
    shown[[*before, *held]] = HIDDEN
    return Tables(known, shown, current, precision)


def _quarter_targets(cube: Cube, known: Knowledge, period: str, policy: Policy) -> dict[int, Target]:
    return {
        i: Target(s.key, cube.total(s.question), 0 if s.margin else needed(cube, s.question, policy))
        for i, s in enumerate(known.statements)
        if s.key.period == period
    }


def _rounded_quarter(
    cube: Cube,
    known: Knowledge,
    names: Names,
    k: int,
    targets: Mapping[int, Target],
    earlier: Mapping[Key, int],
    key: bytes,
    limit: int | None,
) -> dict[Key, int] | None:
    to_date = []
    for cells in to_date_cells(known, names, k):
        now = tuple(i for i in cells if i in targets)
        count = sum(cube.total(known.statements[i].question) for i in cells)
        before = sum(earlier[known.statements[i].key] for i in cells if i not in targets)
        to_date.append((now, count, before))
    found = round_quarter(known, targets, to_date, key, limit)
    return None if found is None else {known.statements[i].key: multiple for i, multiple in found.items()}


def _new_quarter(
    cube: Cube, names: Names, k: int, earlier: Mapping[Key, int], policy: Policy, key: bytes
) -> tuple[dict[Key, int], Precision]:
    """Round a new quarter, with sums to date as close as possible: within the base, twice, four times, or any."""
    loose = [Precision(policy.base, None)] * len(names.quarters)
    known = knowledge_of(cube.layout, names, policy.base, policy.slack, loose, None)
    targets = _quarter_targets(cube, known, names.quarters[k], policy)
    limits: Sequence[int | None] = [*(wide * policy.base for wide in WIDENED), None]
    for limit in limits:
        found = _rounded_quarter(cube, known, names, k, targets, earlier, key, limit)
        if found is not None:
            return found, Precision(policy.base, limit)
    raise NotPossible(Reason(ReasonCode.ROUNDING))


def _replayed(
    cube: Cube,
    names: Names,
    k: int,
    quarter: PublishedQuarter,
    earlier: Mapping[Key, int],
    policy: Policy,
    key: bytes,
) -> dict[Key, int]:
    """The multiples of a published quarter. What was shown is taken from the ledger; what was held back is in no file,
    so it is found again: the same program with the shown values fixed has the same optimum."""
    shown = {Key(*cell, quarter.period): value for cell, value in quarter.values.items()}
    if None not in shown.values():
        return {cell: value // policy.base for cell, value in shown.items() if value is not None}
    loose = [Precision(policy.base, None)] * len(names.quarters)
    known = knowledge_of(cube.layout, names, policy.base, policy.slack, loose, None)
    targets = {
        i: Target(t.key, t.count, t.needed, None if (value := shown[t.key]) is None else value // policy.base)
        for i, t in _quarter_targets(cube, known, quarter.period, policy).items()
    }
    found = _rounded_quarter(cube, known, names, k, targets, earlier, key, quarter.precision.year_to_date)
    if found is None:
        raise NotPossible(Reason(ReasonCode.ROUNDING, release=quarter.period))
    return found


def _new_year(
    cube: Cube, known: Knowledge, values: Mapping[Key, int], last: Precision, policy: Policy, key: bytes
) -> tuple[dict[Key, int], Precision]:
    """Round T3 on the margins that follow from the quarters."""
    by_number = {i: values[s.key] for i, s in enumerate(known.statements) if s.key in values}
    margins = {}
    for relation in known.sums:
        whole = relation.whole[0]
        if known.statements[whole].key.table is Table.T3 and all(i in by_number for i in relation.parts):
            margins[whole] = sum(by_number[i] for i in relation.parts)
    targets = {
        i: Target(s.key, cube.total(s.question), needed(cube, s.question, policy))
        for i, s in enumerate(known.statements)
        if s.key.table is Table.T3 and not s.margin
    }
    for wide in WIDENED:
        found = round_year(known, targets, margins, key, wide * policy.base)
        if found is not None:
            everything = margins | found
            fresh = {known.statements[i].key: multiple for i, multiple in everything.items()}
            return fresh, Precision(wide * policy.base, last.year_to_date)
    raise NotPossible(Reason(ReasonCode.ROUNDING))
