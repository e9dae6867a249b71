"""The columns of our formats in words: label and description per column, read from columns.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from baken.contract.texts import Text


@dataclass(frozen=True, slots=True)
class ColumnText:
    label: Text
    description: Text


@cache
def texts(form: str) -> Mapping[str, ColumnText]:
    """The texts of a format ("record" or "counters") by column, in order. Raises KeyError for another name."""
    table = tomllib.loads(files("baken.contract").joinpath("columns.toml").read_text("utf-8"))
    return {
        name: ColumnText(Text.from_table(row, "label"), Text.from_table(row, "description"))
        for name, row in table[form].items()
    }
