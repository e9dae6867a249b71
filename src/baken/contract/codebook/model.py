"""What the code book consists of, and how each part is read from a parsed table.

Every function takes the table, so that a list that does not exist yet (a tenth category, another deadline) can be tried
beside the one that holds. Never here: a file, a date of today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from baken.contract.texts import Text

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SubCode:
    """A finer kind within a category. Its code is unique within the category only."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Category:
    """One category of the bill. `rank` 1 counts before 2 when one event fits several categories.

    `certainty` is that of the label; `definition_certainty` that of definition, examples, threshold and rank.
    """

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
    rank_reason: Text
    definition_source: str
    definition_certainty: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a code list. `group` is the coarser value under which it is counted, where the counters have one."""

    code: str
    label: Text
    group: str


@dataclass(frozen=True, slots=True)
class Duty:
    """What follows from a record. `when` is a condition on its fields: every listed field has one of the values.

    `deadline` is free text of the source; `deadline_school_days` is what the program warns with (0: the same school
    day); None where no number is known. `certainty` and `deadline_certainty` are "law", "bill" or "assumption".
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
    deadline_certainty: str

    def holds_for(self, row: Mapping[str, str | Sequence[str]]) -> bool:
        """Do all conditions hold? A field with several codes meets a condition when one of them does."""
        return all(_codes(row.get(field, "")) & set(wanted) for field, wanted in self.when)


class RecordLike(Protocol):
    """Anything that can show itself as a row of text, column by column."""

    def to_row(self) -> dict[str, str]: ...


def _codes(value: str | Sequence[str]) -> set[str]:
    """The codes in a field: a list, or text with commas; an empty field holds the empty code."""
    parts = value.split(",") if isinstance(value, str) else value
    return {part.strip() for part in parts} or {""}


def read_categories(table: Table) -> tuple[Category, ...]:
    """Every category of a table, in its order (that of the bill). Raises KeyError when a text is missing."""
    return tuple(_category(row) for row in table["category"])


def _category(row: Table) -> Category:
    return Category(
        code=row["code"],
        label=Text.from_table(row, "label"),
        short=Text.from_table(row, "short"),
        definition=Text.from_table(row, "definition"),
        examples=_texts(row, "examples"),
        counter_examples=_texts(row, "counter_examples"),
        threshold=Text.from_table(row, "threshold"),
        sub_codes=tuple(SubCode(sub["code"], Text.from_table(sub, "label")) for sub in row.get("sub", [])),
        rank=row["rank"],
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        source=row["source"],
        certainty=row["certainty"],
        rank_reason=Text.from_table(row, "rank_reason"),
        definition_source=row["definition_source"],
        definition_certainty=row["definition_certainty"],
    )


def _texts(row: Table, name: str) -> tuple[Text, ...]:
    return tuple(Text(nl, en) for nl, en in zip(row[f"{name}_nl"], row[f"{name}_en"], strict=True))


def read_duties(table: Table) -> tuple[Duty, ...]:
    """Every duty of a table, in its order. Raises KeyError when a text is missing."""
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
            deadline_certainty=row["deadline_certainty"],
        )
        for row in table["duty"]
    )


def read_values(rows: Table) -> tuple[Value, ...]:
    """One code list of the record, in its order."""
    return tuple(Value(code, Text(row["nl"], row["en"]), row.get("group", "")) for code, row in rows.items())


def in_force(item: Category | Duty, on: date) -> bool:
    """Does it hold on a day? First and last day included."""
    return item.valid_from <= on and (item.valid_to is None or on <= item.valid_to)


def changes(categories: Iterable[Category]) -> tuple[date, ...]:
    """The days on which a list of categories took effect, oldest first. An end counts a day later."""
    known = tuple(categories)
    days = {c.valid_from for c in known} | {c.valid_to + timedelta(days=1) for c in known if c.valid_to}
    return tuple(sorted(days))


def version(categories: Iterable[Category], on: date) -> str:
    """The name of the list of categories on a day: the day on which the latest change took effect, ISO.

    Raises ValueError for a day before the first list.
    """
    past = [day for day in changes(categories) if day <= on]
    if not past:
        raise ValueError("no list of categories held on that day")
    return max(past).isoformat()


def by_rank(categories: Iterable[Category], codes: Iterable[str]) -> str:
    """Which of several categories of one event is counted: the one with the lowest rank number."""
    ranks = {c.code: c.rank for c in categories}
    return min(codes, key=ranks.__getitem__)
