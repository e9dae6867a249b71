"""Questions to the school about the height of its figures, beside what it delivered before. A yes lets them through.

The questions go to the person who delivers and nowhere else: they hold figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from baken.contract.delivery import Counters
from baken.contract.problems import Place, Problem, problem

NIL_AFTER = 5
"""A nil return is asked about when an earlier quarter of the past year had at least this many."""
JUMP = 3
"""A category is asked about when it became this many times as high or as low …"""
JUMP_FROM = 10
"""… and the higher of the two is at least this (small numbers jump by themselves)."""


def questions(counters: Counters, earlier: Sequence[Counters]) -> tuple[Problem, ...]:
    """What to ask about new counters, given earlier ones of the same school, most recent first."""
    if counters.nil:
        return _about_nil(earlier)
    recent = earlier[0] if earlier else None
    if recent is None or recent.code_list != counters.code_list:
        return ()
    found = []
    if _jumps(recent.total, counters.total):
        found.append(problem("D-203", quarter=str(recent.quarter), before=recent.total, now=counters.total))
    for code, now in counters.per_category.items():
        before = recent.per_category[code]
        if _jumps(before, now):
            place = Place(field=code)
            found.append(problem("D-202", place, quarter=str(recent.quarter), before=before, now=now))
    return tuple(found)


def _about_nil(earlier: Sequence[Counters]) -> tuple[Problem, ...]:
    telling = next((e for e in earlier if e.total >= NIL_AFTER), None)
    return (problem("D-201", quarter=str(telling.quarter), before=telling.total),) if telling else ()


def _jumps(before: int, now: int) -> bool:
    high, low = max(before, now), min(before, now)
    return high >= JUMP_FROM and high >= JUMP * low
