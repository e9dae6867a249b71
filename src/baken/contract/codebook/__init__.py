"""The categories of the bill, the code lists of the record, severity and duties: dated data, read from TOML.

The bill was not in force when this was written. So every category, ground and duty carries the dates between which
it holds, its source and how certain it is; a tenth category is a change of data, not of code. `on` is always the
first day of the period that the question is about, never "today".
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from baken.contract.codebook import model
from baken.contract.codebook.model import Category, Duty, RecordLike, SubCode, Value

__all__ = [
    "Category",
    "Duty",
    "SubCode",
    "Value",
    "all_categories",
    "all_duties",
    "categories",
    "category",
    "code_list_version",
    "code_lists",
    "duties",
    "duties_for",
    "main_category",
    "severe_by_rule",
    "values",
]


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def all_categories() -> tuple[Category, ...]:
    """Every category that ever held, in the order of the bill."""
    return model.read_categories(_table("categories"))


def categories(on: date) -> tuple[Category, ...]:
    """The categories that hold on a day, in the order of the bill (which is the order of the counters)."""
    return tuple(c for c in all_categories() if model.in_force(c, on))


def category(code: str) -> Category:
    """Raises KeyError for an unknown code."""
    return {c.code: c for c in all_categories()}[code]


def code_list_version(on: date) -> str:
    """The name of the list of categories on a day: the day on which the latest change took effect, ISO.

    Raises ValueError for a day before the first list.
    """
    return model.version(all_categories(), on)


def code_lists() -> tuple[str, ...]:
    """Every version of the list of categories, oldest first."""
    return tuple(day.isoformat() for day in model.changes(all_categories()))


def main_category(codes: tuple[str, ...]) -> str:
    """Which of several categories of one event is counted: the one with the lowest rank number."""
    return model.by_rank(all_categories(), codes)


@cache
def values(name: str) -> tuple[Value, ...]:
    """A code list of the record by the name of its field, e.g. "plaats". Raises KeyError for an unknown list."""
    return model.read_values(_table("values")[name])


@cache
def all_duties() -> tuple[Duty, ...]:
    """Every duty that ever held."""
    return model.read_duties(_table("duties"))


def duties(on: date) -> tuple[Duty, ...]:
    """The duties that hold on a day, whatever the incident."""
    return tuple(d for d in all_duties() if model.in_force(d, on))


def duties_for(record: RecordLike | Mapping[str, str | Sequence[str]], on: date) -> tuple[Duty, ...]:
    """The duties that follow from one record (or a row of its fields), in the order in which to do them.

    A field that the record does not fill is the empty code: a condition holds for it only where it names "".
    """
    row = record if isinstance(record, Mapping) else record.to_row()
    return tuple(d for d in duties(on) if d.holds_for(row))


def severe_by_rule(*, letsel: str, middel: str) -> tuple[str, ...]:
    """The grounds that make an incident serious whatever anybody judges: death, and a firearm."""
    rules = _table("severity")["rule"]
    facts = {"letsel": letsel, "middel": middel}
    return tuple(r["ground"] for r in rules if facts[r["field"]] == r["value"])
