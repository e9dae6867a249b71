"""The reasons why a suggestion is not certain, as texts (doubts.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from baken.contract.texts import Text


@cache
def _table() -> dict[str, Text]:
    table = tomllib.loads(files("baken.schoolside.mapping").joinpath("doubts.toml").read_text("utf-8"))
    return {name: Text.from_table(row, "text") for name, row in table.items()}


def doubt(name: str) -> Text:
    """Raises KeyError for a reason that has no text."""
    return _table()[name]
