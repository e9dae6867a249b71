"""What the cells of one row mean under a mapping. Every distinct cell is interpreted once and remembered."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Generic, TypeVar

from baken.contract import codebook
from baken.schoolside.anonymise.report import LeftOut
from baken.schoolside.mapping.kinds import join_words
from baken.schoolside.mapping.model import ASK, INJURED, NOT_IN_LAW, Decision, FieldMapping, Mapping, value_key
from baken.schoolside.mapping.profile import mark
from baken.schoolside.read.dates import DateOrder, parse_day
from baken.schoolside.read.workbook import Cell, text_of

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
_INJURED = ("licht", "zwaar", "overlijden", INJURED)
_LATEST_YEAR = 2099


class Remembered(dict[K, V], Generic[K, V]):
    """A dictionary that works out a missing value once."""

    def __init__(self, work_out: Callable[[K], V]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, key: K) -> V:
        value = self[key] = self._work_out(key)
        return value


def days(order: DateOrder) -> Remembered[Cell, date | None]:
    return Remembered(lambda cell: parse_day(cell, order))


@cache
def in_force(month: str) -> frozenset[str]:
    """The categories that held in a month; none before the first list."""
    first = date.fromisoformat(month + "-01")
    return frozenset(c.code for c in codebook.categories(first)) if first.year <= _LATEST_YEAR else frozenset()


@dataclass(frozen=True, slots=True)
class Kind:
    """What a row is: `decisions`, of which the first in rank order is the category, or the reason that there is none.

    `word` is compared to tell undecided words apart; it is never shown.
    """

    decisions: tuple[Decision, ...] = ()
    empty: bool = False
    unknown: bool = False
    bad_mark: bool = False
    word: str = ""


def kinds_in_words(mapping: Mapping) -> Remembered[tuple[Cell, ...], Kind]:
    """From the cells of the category columns to a kind."""
    lookup = mapping.lookup()

    def work_out(cells: tuple[Cell, ...]) -> Kind:
        texts = [text_of(cell) for cell in cells]
        word = value_key(join_words(texts))
        decision = lookup.get(word)
        if decision is None and not any(texts):
            return Kind(empty=True)
        return Kind(unknown=True, word=word) if decision is None else Kind((decision,), word=word)

    return Remembered(work_out)


def kinds_in_marks(decisions: tuple[Decision, ...]) -> Remembered[tuple[Cell, ...], Kind]:
    """From the cells of the columns of marks, in the order of their decisions, to a kind."""

    def work_out(cells: tuple[Cell, ...]) -> Kind:
        marks = [mark(text_of(cell)) for cell in cells]
        if None in marks:
            return Kind(bad_mark=True)
        chosen = tuple(d for d, marked in zip(decisions, marks, strict=True) if marked)
        return Kind(chosen, empty=not chosen, word="".join("x" if m else "." for m in marks))

    return Remembered(work_out)


def field_values(mapped: FieldMapping) -> Remembered[Cell, str | None]:
    """From a cell of an optional field to its code; "" when it fills nothing, None when the word is not mapped."""
    lookup = {value_key(word): codes.replace(" ", "") for word, codes in mapped.values.items()}

    def work_out(cell: Cell) -> str | None:
        key = value_key(text_of(cell))
        return lookup.get(key, "") if not key else lookup.get(key)

    return Remembered(work_out)


def injured(code: str | None) -> bool | None:
    """Whether there was injury; None when the cell does not tell."""
    if code in _INJURED:
        return True
    return False if code == "geen" else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The category of a row, or why it has none."""

    code: str = ""
    sub: str = ""
    also: tuple[str, ...] = ()
    left_out: LeftOut | None = None
    decision: Decision | None = None
    """The decision that was doubtful, for the account of assumptions and open questions."""


def outcome(kind: Kind, hurt: bool | None, month: str) -> Outcome:
    """Apply the decisions to a row of a month. An open question about one of several kinds leaves the row open."""
    asked = next((d for d in kind.decisions if d.code == ASK), None)
    if kind.unknown or asked:
        return Outcome(left_out=LeftOut.UNDECIDED, decision=asked)
    counting = [d for d in kind.decisions if d.counts and not (d.with_injury and hurt is False)]
    if any(d.with_injury and hurt is None for d in counting):
        return Outcome(left_out=LeftOut.INJURY_UNKNOWN)
    if not counting:
        return Outcome(left_out=LeftOut.NOT_IN_LAW, decision=next((d for d in kind.decisions if d.assumed), None))
    valid = in_force(month)
    codes = [code for d in counting for code in (d.code, *d.also) if code in valid]
    if not codes:
        return Outcome(left_out=LeftOut.OUTSIDE)
    mains = tuple(d.code for d in counting if d.code in valid) or tuple(codes)
    main = codebook.main_category(mains)
    sub = next((d.sub for d in counting if d.code == main), "")
    also = tuple(dict.fromkeys(code for code in codes if code != main))
    return Outcome(main, sub, also, decision=next((d for d in counting if d.assumed), None))


def not_in_law_for_sure(kind: Kind) -> bool:
    return bool(kind.decisions) and all(d.code == NOT_IN_LAW for d in kind.decisions)
