"""Everything that can be wrong with an input: a code, a place and a remedy; all problems at once.

A problem never repeats a value from a school's file: it says where to look, not what stands there. The texts are
data (problems.toml), so that a screen, a log line and the manual use the same words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files

from baken.contract.texts import Text


class Severity(StrEnum):
    FATAL = "fatal"
    """Stops: nothing is read, delivered or published until it is mended."""
    WARNING = "warning"
    """A question to a person; a yes lets it through."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What the code book of problems says about one code."""

    code: str
    severity: Severity
    message: Text
    remedy: Text


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input; every part is optional. `row` and `column` count from 1, as a spreadsheet does."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    field: str = ""

    def describe(self, language: str = "nl") -> str:
        """The place in words, e.g. "blad 2, rij 14, kolom C"; empty when nothing is known."""
        words = {
            "sheet": ("blad", "sheet"),
            "row": ("rij", "row"),
            "column": ("kolom", "column"),
            "field": ("veld", "field"),
        }
        pick = 1 if language.startswith("en") else 0
        parts = [self.file] if self.file else []
        parts += [f"{words[name][pick]} {value}" for name in words if (value := getattr(self, name)) not in ("", None)]
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `facts` fill the text and may hold only counts, our own codes, field names and limits."""

    code: str
    place: Place = Place()
    facts: tuple[tuple[str, str | int], ...] = ()

    @property
    def kind(self) -> Kind:
        return kinds()[self.code]

    @property
    def fatal(self) -> bool:
        return self.kind.severity is Severity.FATAL

    def message(self, language: str = "nl") -> str:
        return self.kind.message.in_language(language).format_map(dict(self.facts))

    def remedy(self, language: str = "nl") -> str:
        return self.kind.remedy.in_language(language).format_map(dict(self.facts))

    def describe(self, language: str = "nl") -> str:
        """One line: code, place, message, remedy."""
        place = self.place.describe(language)
        return f"{self.code} {place + ': ' if place else ''}{self.message(language)} {self.remedy(language)}"


def problem(code: str, place: Place | None = None, **facts: str | int) -> Problem:
    """Make a problem; a code that has no text is a programming error and raises KeyError at once."""
    made = Problem(code, place or Place(), tuple(sorted(facts.items())))
    made.message(), made.remedy()
    return made


@dataclass(slots=True)
class Problems:
    """A collector: gather everything first, decide afterwards."""

    found: list[Problem] = field(default_factory=list)

    def add(self, code: str, place: Place | None = None, **facts: str | int) -> None:
        self.found.append(problem(code, place, **facts))

    def extend(self, more: Iterable[Problem]) -> None:
        self.found.extend(more)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    @property
    def fatal(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.found if p.fatal)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.found if not p.fatal)

    def raise_if_fatal(self) -> None:
        """Raise `Unacceptable` with everything found when at least one problem is fatal."""
        if self.fatal:
            raise Unacceptable(tuple(self.found))


class Unacceptable(Exception):  # noqa: N818  (reads as what it says: the input is unacceptable)
    """The input cannot be used; `problems` says everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(p.code for p in self.problems))

    def describe(self, language: str = "nl") -> str:
        return "\n".join(p.describe(language) for p in self.problems)


@cache
def kinds() -> dict[str, Kind]:
    """All codes with their texts, from problems.toml."""
    table = tomllib.loads(files("baken.contract").joinpath("problems.toml").read_text("utf-8"))
    return {
        code: Kind(code, Severity(row["severity"]), Text.from_table(row, "message"), Text.from_table(row, "remedy"))
        for code, row in table.items()
    }
