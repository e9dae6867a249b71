"""Words made comparable: case, accents, punctuation and camelCase fall away. Pure text, no meaning yet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
_APART = re.compile(r"[^0-9a-z]+")
_LETTERS = str.maketrans({"ı": "i", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})


@lru_cache(maxsize=20_000)
def normal(text: str) -> str:
    """Lower case, no accents, words separated by one space; text without a letter or digit stays as it is, stripped."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " en ").casefold().translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _APART.sub(" ", plain).strip() or text.strip().casefold()


def words(text: str) -> tuple[str, ...]:
    return tuple(normal(text).split())


def heading(text: str) -> str:
    """A column name made comparable; camelCase and underscores count as spaces."""
    return normal(_CAMEL.sub(" ", text.strip()))
