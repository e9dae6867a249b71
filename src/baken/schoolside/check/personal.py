"""Does a text hold personal data? Patterns that mean a person in Dutch school files; the text itself is never reported.

Outputs hold codes only, so this should never find anything. It looks all the same: a rule that is never checked is
a rule that is already broken somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from baken.schoolside.read.words import normal


class Personal(StrEnum):
    """Kinds of personal data, in Dutch words for the message."""

    NAME = "naam"
    EMAIL = "e-mailadres"
    PHONE = "telefoonnummer"
    BSN = "BSN"
    DATE = "datum"
    NUMBER = "leerlingnummer"
    POSTCODE = "postcode"
    FREE_TEXT = "vrije tekst"


_EMAIL = re.compile(r"[^\s@<>;,]+@[^\s@<>;,]+\.[^\W\d_]{2,}")
_PHONE = re.compile(
    r"(?<![\d-])(?:(?:\+|00)31[ -]?\(?0?\)?[ -]?[1-9]|0[1-9])(?:[ -]?\d){8}(?!\d)|(?<!\d)06[ -]?(?:\d[ -]?){8}(?!\d)"
)
_NINE = re.compile(r"(?<!\d)(\d{9})(?!\d)|(?<!\d)(\d{4}[. ]\d{2}[. ]\d{3})(?!\d)")
_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)?\d{2}|(?:19|20)\d{2}[-/]\d{1,2}[-/]\d{1,2})(?!\d)")
_NUMBER = re.compile(r"(?<![\d.,])\d{5,10}(?![\d.,])")
_POSTCODE = re.compile(r"(?<!\w)[1-9]\d{3} ?[A-Z]{2}(?!\w)")
_PARTICLES = frozenset(
    [
        "van",
        "de",
        "den",
        "der",
        "het",
        "ter",
        "ten",
        "el",
        "la",
        "le",
        "du",
        "da",
        "dos",
        "al",
        "ben",
        "bin",
        "op",
        "in",
        "t",
        "aan",
        "bij",
        "en",
        "von",
        "di",
    ]
)
SHORTEST_NAME = 3


def is_bsn(digits: str) -> bool:
    """The eleven test: 9×a + 8×b + … + 2×h − 1×i is a multiple of eleven, and not all nil (Logisch Ontwerp BSN)."""
    if len(digits) != 9 or not digits.isdecimal() or not int(digits):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11 == 0


@lru_cache(maxsize=50_000)
def find_personal(text: str) -> Personal | None:
    """The first kind of personal data found in a text, or None. Names are found by `NameList`."""
    if len(text) < 5:
        return None
    if "@" in text and _EMAIL.search(text):
        return Personal.EMAIL
    for match in _NINE.finditer(text):
        if is_bsn(re.sub(r"\D", "", match[0])):
            return Personal.BSN
    if _PHONE.search(text):
        return Personal.PHONE
    if _DATE.search(text):
        return Personal.DATE
    if _NUMBER.search(text):
        return Personal.NUMBER
    return Personal.POSTCODE if _POSTCODE.search(text) else None


class NameList:
    """The words of the input's own name columns, to look for in the output. Kept in memory only, for one run."""

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._whole: set[str] = set()

    def add(self, texts: Iterable[str]) -> None:
        for text in texts:
            plain = normal(text)
            if len(plain) < SHORTEST_NAME:
                continue
            self._whole.add(plain)
            self._words.update(w for w in plain.split() if len(w) >= SHORTEST_NAME and w not in _PARTICLES)

    def __len__(self) -> int:
        return len(self._words)

    def finds(self, text: str) -> bool:
        """Whether a text is one of the names, or has a word of one."""
        plain = normal(text)
        return plain in self._whole or any(word in self._words for word in plain.split())
