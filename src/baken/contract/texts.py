"""A text in the two languages of the program; Dutch is the default and always there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """One text, `nl` and `en`. `str(text)` is the Dutch one."""

    nl: str
    en: str

    def __str__(self) -> str:
        return self.nl

    def in_language(self, language: str) -> str:
        """The text in `language` ("nl", "en", "en-gb", …); Dutch for any other language."""
        return self.en if language.startswith("en") else self.nl

    @classmethod
    def from_table(cls, table: Mapping[str, Any], name: str) -> Text:
        """Read `name_nl` and `name_en` from a TOML table.

        Raises KeyError when one of the two is missing: no text exists in one language only.
        """
        return cls(table[f"{name}_nl"].strip(), table[f"{name}_en"].strip())
