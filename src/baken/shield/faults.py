"""What is wrong with a table that somebody offers: all of it at once, each with its place and the remedy.

Never here: a value from the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """In which file, on which line (0: nowhere in particular), what, and the remedy."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}: {self.what} {self.remedy}"


class TableError(ValueError):
    """The input is no table; `faults` says everything that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        shown = [str(fault) for fault in self.faults[:MOST_SHOWN]]
        if len(self.faults) > MOST_SHOWN:
            shown.append(f"and {len(self.faults) - MOST_SHOWN} more")
        super().__init__("\n".join(shown))
