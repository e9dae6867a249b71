"""Families of words (vocabulary.toml), and which of them a label touches: in compounds, abbreviated or misspelled."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

from baken.schoolside.read.words import normal

_TYPO_RATIO = 0.84
_TYPO_LENGTH = 6
_LONG_STEM = 6
_WITHOUT = "zonder"
_LEADING_NUMBER = re.compile(r"^(?:[a-z]?\d{1,3}[a-z]?[.:) -]+)+(?=[^\d\s])", re.IGNORECASE)
_ABBREVIATED = re.compile(r"[a-z]{2,}(?=\.)")


@dataclass(frozen=True, slots=True)
class Family:
    begins: tuple[str, ...]
    contains: tuple[str, ...]
    whole: frozenset[str]
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Touch:
    """The families that a label touches, and those that it only touches if a word was misspelled or abbreviated."""

    sure: frozenset[str]
    likely: frozenset[str]

    def has(self, *names: str) -> bool:
        return any(name in self.sure or name in self.likely for name in names)

    def sure_of(self, *names: str) -> bool:
        return any(name in self.sure for name in names)


@cache
def families() -> dict[str, Family]:
    table = tomllib.loads(files("baken.schoolside.mapping").joinpath("vocabulary.toml").read_text("utf-8"))
    return {
        name: Family(
            tuple(row.get("begins", ())),
            tuple(row.get("contains", ())),
            frozenset(row.get("whole", ())),
            tuple(row.get("phrases", ())),
        )
        for name, row in table.items()
    }


def plain_label(text: str) -> str:
    """A label without the number that some systems put before it ("3. Fysiek geweld", "B2 - Diefstal")."""
    return _LEADING_NUMBER.sub("", text.strip())


@cache
def touched(text: str) -> Touch:
    """Which families the words of a label belong to."""
    label = plain_label(text)
    tokens = [_mended(token) for token in normal(label).split()]
    whole_text = " ".join(tokens)
    sure = {name for name, family in families().items() if any(f" {p} " in f" {whole_text} " for p in family.phrases)}
    known = set()
    for token in tokens:
        hits = {name for name, family in families().items() if _fits(token, family)}
        sure |= hits
        if hits:
            known.add(token)
    likely: set[str] = set()
    abbreviated = set(_ABBREVIATED.findall(label.casefold()))
    for token in tokens:
        if token not in known:
            likely |= _near(token, abbreviated=token in abbreviated)
    return Touch(frozenset(sure), frozenset(likely - sure))


def _mended(token: str) -> str:
    """A misspelled "zonder" turns the meaning round, so it is recognised before anything else."""
    near = (
        5 <= len(token) <= 7 and token[0] == "z" and SequenceMatcher(None, token, _WITHOUT).ratio() >= _TYPO_RATIO - 0.1
    )
    return _WITHOUT if near else token


def _fits(token: str, family: Family) -> bool:
    return (
        token in family.whole
        or any(token.startswith(stem) for stem in family.begins)
        or any(stem in token for stem in family.contains)
    )


@cache
def _near(token: str, *, abbreviated: bool) -> set[str]:
    """Families with a word that this one abbreviates ("vern.") or misspells ("bedrijging")."""
    if abbreviated and 2 <= len(token) <= 8:
        found = {n for n, f in families().items() if any(s.startswith(token) for s in (*f.begins, *f.contains))}
        return found if len(found) == 1 or len(token) >= 4 else set()
    if len(token) < _TYPO_LENGTH:
        return set()
    best: dict[str, float] = {}
    for name, family in families().items():
        stems = [s for s in _long_stems(family) if s[0] == token[0] and len(s) <= len(token) + 1]
        best[name] = max((_likeness(token, stem) for stem in stems), default=0.0)
    highest = max(best.values(), default=0.0)
    return {name for name, ratio in best.items() if ratio >= _TYPO_RATIO and ratio >= highest - 0.02}


@cache
def _long_stems(family: Family) -> tuple[str, ...]:
    """Stems long enough to be recognised when misspelled; the first letter of a word is rarely wrong."""
    return tuple(s for s in dict.fromkeys((*family.begins, *family.contains)) if len(s) >= _LONG_STEM)


def _likeness(token: str, stem: str) -> float:
    matcher = SequenceMatcher(None, "", stem, autojunk=False)
    best = 0.0
    for length in {len(stem) - 1, len(stem), len(stem) + 1, len(token)}:
        matcher.set_seq1(token[:length])
        if matcher.real_quick_ratio() >= _TYPO_RATIO and matcher.quick_ratio() >= _TYPO_RATIO:
            best = max(best, matcher.ratio())
    return best
