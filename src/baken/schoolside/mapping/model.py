"""What a mapping (vertaaltabel) says: which columns hold what, and which word of a school is which code.

A decision about a word is a category, `niet-in-de-wet` (not in the law) or `vragen` (ask a person). Nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping as Table
from dataclasses import dataclass, field

from baken.contract import codebook
from baken.schoolside.read.dates import DateOrder
from baken.schoolside.read.words import heading, normal

NOT_IN_LAW = "niet-in-de-wet"
ASK = "vragen"
WITH_INJURY = "als letsel"
INJURED = "ja"
"""In the values of `letsel`: there was injury, how serious is not known."""
SINGLE_FIELDS = (
    "dagdeel", "plaats", "slachtoffer", "pleger", "letsel", "middel", "ernstig", "betrokkenen",
    "politie", "reden_geen_aangifte", "gemeld_inspectie", "vertrouwensinspecteur",
)  # fmt: skip
FIELDS = (*SINGLE_FIELDS, "afhandeling")
"""Fields of the record that a column may fill, besides month and category."""

DECIDE_FROM = 0.6
"""Below this confidence a suggestion asks instead of deciding."""
CERTAIN_FROM = 0.85
"""Below this confidence (and above the one before) a suggestion counts the rows and says that it assumed something."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What one word means. `also` are further categories of the same event; only `code` is counted.

    `why` names the reason for doubt (a key of the texts in `doubts`); empty when there is none.
    """

    code: str
    sub: str = ""
    with_injury: bool = False
    also: tuple[str, ...] = ()
    confidence: float = 1.0
    why: str = ""

    @property
    def counts(self) -> bool:
        return self.code not in (NOT_IN_LAW, ASK)

    @property
    def assumed(self) -> bool:
        return self.code != ASK and self.confidence < CERTAIN_FROM

    def __str__(self) -> str:
        """As it is written in the mapping file: "drugs/bezit", "fysiek-geweld-letsel als letsel", "wapen + drugs"."""
        main = f"{self.code}/{self.sub}" if self.sub else self.code
        main += f" {WITH_INJURY}" if self.with_injury else ""
        return " + ".join((main, *self.also))

    @classmethod
    def parse(cls, text: str) -> Decision:
        """Read what `str` wrote. Raises ValueError for a code that is not in the code book."""
        main, *also = (part.strip() for part in text.split("+"))
        with_injury = main.endswith(WITH_INJURY)
        code, _, sub = main.removesuffix(WITH_INJURY).strip().partition("/")
        known = {c.code: c for c in codebook.all_categories()}
        if code in (NOT_IN_LAW, ASK):
            if sub or also or with_injury:
                raise ValueError("this decision stands alone")
            return cls(code)
        if code not in known or any(other not in known or other == code for other in also):
            raise ValueError("no such category")
        if sub and sub not in {s.code for s in known[code].sub_codes}:
            raise ValueError("no such sub-category")
        return cls(code, sub, with_injury, tuple(also))


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """The column that fills an optional field, and its words: from a word to codes with commas, or "" for none."""

    column: str
    values: Table[str, str]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Everything a person decides about one kind of export.

    A kind of incident stands either in the words of the `category` columns (`values`) or in marks in a column per kind
    (`marks`: column name to decision). `names` are columns with personal data: read only to check that none of it is
    in the output. `dropped` are columns that were seen and are not used. `header_row` 0 means: look for it.
    """

    source: str = ""
    date: str = ""
    date_order: DateOrder = DateOrder.DAY_FIRST
    id: str = ""
    category: tuple[str, ...] = ()
    values: Table[str, Decision] = field(default_factory=dict)
    marks: Table[str, Decision] = field(default_factory=dict)
    fields: Table[str, FieldMapping] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    skip_sheets: tuple[str, ...] = ()
    header_row: int = 0
    suggested: bool = False

    def columns(self) -> set[str]:
        """The headings of all columns that this mapping knows, made comparable."""
        used = [self.date, self.id, *self.category, *self.marks, *self.names, *self.dropped]
        return {heading(name) for name in (*used, *(f.column for f in self.fields.values())) if name}

    def lookup(self) -> dict[str, Decision]:
        """The decisions by the comparable form of their word."""
        return {value_key(word): decision for word, decision in self.values.items()}


def value_key(text: str) -> str:
    """The form in which words of a school are compared; several category columns are joined by " | "."""
    return " | ".join(normal(part) for part in text.split(" | "))


def field_codes(name: str) -> tuple[str, ...]:
    """The codes that a field of the mapping may hold."""
    codes = tuple(value.code for value in codebook.values(name))
    return (*codes, INJURED) if name == "letsel" else codes
