"""What the words above a column say about its role. A guess from the heading alone; the values have their say later."""

from __future__ import annotations

import tomllib
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

from baken.schoolside.read.words import heading

WHOLE, PART, COMPOUND, LIKE = 1.0, 0.75, 0.6, 0.5
"""How strongly a heading speaks for a role: it is the word, has it as a word, inside a compound, or looks like it."""


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("baken.schoolside.read").joinpath("headings.toml").read_text("utf-8"))


@cache
def roles_of(name: str) -> dict[str, float]:
    """For each role that the heading speaks for, how strongly (0 to 1)."""
    text = heading(name)
    if not text:
        return {}
    scores = {role: _strength(text, rules["words"]) for role, rules in _table().items()}
    for role, rules in _table().items():
        if scores[role] and _hits(text, rules.get("not", [])) and scores[role] < WHOLE:
            scores[role] = 0.0
        if scores[role] and _hits(text, rules.get("weak", [])):
            scores[role] = 0.3
    return {role: score for role, score in scores.items() if score}


def _strength(text: str, words: list[str]) -> float:
    return max((_compare(text, word) for word in words), default=0.0)


def _compare(text: str, word: str) -> float:
    if text == word or text.replace(" ", "") == word.replace(" ", ""):
        return WHOLE
    if f" {word} " in f" {text} ":
        return PART + 0.2 * len(word) / len(text)
    if len(word) >= 4 and word in text:
        return COMPOUND + 0.1 * len(word) / len(text)
    similar = len(text) >= 6 and abs(len(text) - len(word)) <= 2 and text[0] == word[0]
    if similar and SequenceMatcher(None, text, word).ratio() >= 0.86:
        return LIKE
    if 3 <= len(text) <= 6 and len(word) >= 6 and word.startswith(text):
        return LIKE
    return 0.0


def _hits(text: str, words: list[str]) -> bool:
    return any(word in text.split() or (len(word) >= 4 and word in text) for word in words)
