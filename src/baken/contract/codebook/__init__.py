"""The categories of the bill, the code lists of the record, severity and duties: dated data, read from TOML.

The bill was not in force when this was written. So every category, ground and duty carries the dates between which
it holds, its source and how certain it is; a tenth category is a change of data, not of code. `on` is always the
first day of the period that the question is about, never "today".
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from baken.contract.texts import Text


@dataclass(frozen=True, slots=True)
class SubCode:
    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Category:
    """One category of the bill. `rank` 1 counts before 2 when one event fits several categories."""

    code: str
    label: Text
    short: Text
    definition: Text
    examples: tuple[Text, ...]
    counter_examples: tuple[Text, ...]
    threshold: Text
    """What the threshold word of the law means ("met letsel", "ernstige", "grove", "stelselmatige"); may be empty."""
    sub_codes: tuple[SubCode, ...]
    rank: int
    valid_from: date
    valid_to: date | None
    source: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a code list. `group` is the coarser value under which it is counted, where the counters have one."""

    code: str
    label: Text
    group: str


@dataclass(frozen=True, slots=True)
class Duty:
    """What follows from a record. `when` is a condition on the record's fields: every listed field has one of the values.

    `deadline` is free text of the source; `deadline_school_days` is what the program warns with.
    """

    code: str
    label: Text
    explanation: Text
    when: tuple[tuple[str, tuple[str, ...]], ...]
    deadline: Text
    deadline_school_days: int | None
    source: str
    certainty: str
    valid_from: date
    valid_to: date | None


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))


def _texts(row: dict[str, Any], name: str) -> tuple[Text, ...]:
    return tuple(Text(nl, en) for nl, en in zip(row[f"{name}_nl"], row[f"{name}_en"], strict=True))


def _in_force(item: Category | Duty, on: date) -> bool:
    return item.valid_from <= on and (item.valid_to is None or on <= item.valid_to)


@cache
def all_categories() -> tuple[Category, ...]:
    """Every category that ever held, in the order of the bill."""
    return tuple(
        Category(
            code=row["code"],
            label=Text.from_table(row, "label"),
            short=Text.from_table(row, "short"),
            definition=Text.from_table(row, "definition"),
            examples=_texts(row, "examples"),
            counter_examples=_texts(row, "counter_examples"),
            threshold=Text.from_table(row, "threshold"),
            sub_codes=tuple(SubCode(s["code"], Text.from_table(s, "label")) for s in row.get("sub", [])),
            rank=row["rank"],
            valid_from=row["valid_from"],
            valid_to=row.get("valid_to"),
            source=row["source"],
            certainty=row["certainty"],
        )
        for row in _table("categories")["category"]
    )


def categories(on: date) -> tuple[Category, ...]:
    """The categories that hold on a day, in the order of the bill (which is the order of the counters)."""
    return tuple(c for c in all_categories() if _in_force(c, on))


def category(code: str) -> Category:
    """Raises KeyError for an unknown code."""
    return {c.code: c for c in all_categories()}[code]


def code_list_version(on: date) -> str:
    """The name of the list of categories on a day: the day on which the latest change took effect, ISO.

    Raises ValueError for a day before the first list.
    """
    changes = {c.valid_from for c in all_categories()} | {c.valid_to for c in all_categories() if c.valid_to}
    past = [day for day in changes if day <= on]
    if not past:
        raise ValueError("no list of categories held on that day")
    return max(past).isoformat()


def main_category(codes: tuple[str, ...]) -> str:
    """Which of several categories of one event is counted: the one with the lowest rank number."""
    return min(codes, key=lambda code: category(code).rank)


@cache
def values(name: str) -> tuple[Value, ...]:
    """A code list of the record by the name of its field, e.g. "plaats". Raises KeyError for an unknown list."""
    rows = _table("values")[name]
    return tuple(Value(code, Text(row["nl"], row["en"]), row.get("group", "")) for code, row in rows.items())


@cache
def all_duties() -> tuple[Duty, ...]:
    return tuple(
        Duty(
            code=row["code"],
            label=Text.from_table(row, "label"),
            explanation=Text.from_table(row, "explanation"),
            when=tuple((field, tuple(wanted)) for field, wanted in row.get("when", {}).items()),
            deadline=Text.from_table(row, "deadline"),
            deadline_school_days=row.get("deadline_school_days"),
            source=row["source"],
            certainty=row["certainty"],
            valid_from=row["valid_from"],
            valid_to=row.get("valid_to"),
        )
        for row in _table("duties")["duty"]
    )


def duties(on: date) -> tuple[Duty, ...]:
    return tuple(d for d in all_duties() if _in_force(d, on))


def severe_by_rule(*, letsel: str, middel: str) -> tuple[str, ...]:
    """The grounds that make an incident serious whatever anybody judges: death, and a firearm."""
    rules = _table("severity")["rule"]
    facts = {"letsel": letsel, "middel": middel}
    return tuple(r["ground"] for r in rules if facts[r["field"]] == r["value"])
