"""Where the kind of an incident stands: in the words of a column (or two), or in marks in a column per kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from baken.schoolside.check.personal import find_personal
from baken.schoolside.mapping.categories import LIKELY, is_iris_number, judge, judge_number
from baken.schoolside.mapping.model import ASK, NOT_IN_LAW, Decision, value_key
from baken.schoolside.mapping.profile import Profile
from baken.schoolside.read.header import Table
from baken.schoolside.read.workbook import text_of

_MOST_KINDS = 250
_LAW_LIST = 5
"""From this many categories of the law, a list of columns is taken to mirror the law."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """A way to read the kind of an incident. `score` compares ways; `injury` is a column of marks that tells injury."""

    columns: tuple[str, ...]
    values: dict[str, Decision]
    marks: dict[str, Decision]
    score: float
    injury: str = ""


# --- columns of marks --------------------------------------------------------------------------------------------


def kinds_in_marks(profiles: Iterable[Profile], *, has_injury: bool) -> Kinds | None:
    """A column per kind of incident, marked with x; None when fewer than three columns say a kind of the law."""
    marked = [p for p in profiles if _is_marks(p)]
    first = {p.name: judge(p.name, has_injury=has_injury) for p in marked}
    law = {d.code for d in first.values() if d.counts}
    if len(law) < 3 or not any(p.filled for p in marked if first[p.name].counts):
        return None
    injury = _injury_column(first)
    mirrors = len(law) >= _LAW_LIST
    told = has_injury or bool(injury)
    names = [p.name for p in marked if p.name != injury]
    judged = {name: judge(name, has_injury=told, list_of_law=mirrors) for name in names}
    kept = {name: decision for name, decision in judged.items() if _says_a_kind(name, decision)}
    return Kinds((), {}, kept, min(1.0, 0.5 + 0.1 * len(law)), injury)


def _is_marks(one: Profile) -> bool:
    fields = max(
        (one.roles.get(role, 0) for role in ("datum", "kenmerk", "plaats", "politie", "overig", "namen", "vrij")),
        default=0,
    )
    return one.mark_share >= 0.9 and fields < 0.9 if one.filled else judge(one.name, has_injury=False).counts


def _says_a_kind(name: str, decision: Decision) -> bool:
    return decision.counts or decision.code == NOT_IN_LAW or decision.why != "onbekend"


def _injury_column(judged: dict[str, Decision]) -> str:
    """A column that only says "injury" beside a column of violence tells about that violence."""
    bare = [name for name, d in judged.items() if d.code == "fysiek-geweld-letsel" and d.why == "letsel"]
    violence = [
        name
        for name, d in judged.items()
        if name not in bare and (d.why == "geweld-zonder-letselkolom" or d.code == "fysiek-geweld-letsel")
    ]
    return bare[0] if bare and violence else ""


# --- a column of words -------------------------------------------------------------------------------------------


def kinds_in_words(
    profiles: Sequence[Profile], tables: Sequence[Table], *, has_injury: bool, iris: bool
) -> Kinds | None:
    """The column whose words are kinds of incidents, with a second one when that decides more; None without one."""
    ranked = sorted(((_score(p, has_injury=has_injury, iris=iris), p) for p in profiles), key=lambda pair: -pair[0])
    ranked = [(score, p) for score, p in ranked if score >= 1.0]
    if not ranked:
        return None
    score, best = ranked[0]
    values = decisions(best, has_injury=has_injury, iris=iris)
    alone = Kinds((best.name,), values, {}, min(1.0, score / 2))
    others = [p for p in profiles if p is not best and _could_refine(p)]
    pairs = [_joined(best, other, tables, has_injury=has_injury) for other in others]
    undecided = _undecided(values, best.words)
    better = [(pair, left) for pair, left in pairs if left < undecided * 0.9]
    return min(better, key=lambda item: item[1])[0] if better else alone


def _could_refine(one: Profile) -> bool:
    role = max(one.roles.get("categorie", 0), 0.0)
    return role >= 0.6 and not one.varied and 0 < one.distinct <= _MOST_KINDS and not one.words.keys() & {"0"}


def decisions(one: Profile, *, has_injury: bool, iris: bool) -> dict[str, Decision]:
    """A decision for each word of a column; words with personal data in them get none and are never written down."""
    numbers = _is_numbers(one)
    found: dict[str, Decision] = {}
    for text in sorted(one.words, key=lambda t: (t.isdecimal() and int(t), value_key(t))):
        if find_personal(text):
            continue
        decision = judge_number(text, has_injury=has_injury) if numbers else judge(text, has_injury=has_injury)
        if numbers and not iris:
            decision = Decision(ASK, confidence=decision.confidence, why="nummers")
        found[text] = decision
    return found


def is_iris(one: Profile, titles: str) -> bool:
    """Whether the numbers of a column are those of IRIS+: it is named so, or has numbers that only IRIS+ has."""
    if not _is_numbers(one) or not all(is_iris_number(text) for text in one.words):
        return False
    named = "voorval" in one.name.casefold() or "iris" in titles.casefold()
    high = sum(1 for text in one.words if int(text) > 12)
    return named or (high >= 3 and one.distinct >= 6 and one.roles.get("categorie", 0) >= 0.5)


def _is_numbers(one: Profile) -> bool:
    return bool(one.words) and all(text.isdecimal() and len(text) <= 3 for text in one.words)


def _score(one: Profile, *, has_injury: bool, iris: bool) -> float:
    """Heading plus share of rows whose word is known, provided that the law is spoken of at all; below 1 is no."""
    if one.varied or not 0 < one.distinct <= _MOST_KINDS or one.mean_length > 60 or one.personal_share > 0.1:
        return 0.0
    role = one.roles.get("categorie", 0.0)
    if not role and max((one.roles.get(other, 0.0) for other in ("namen", "persoonlijk")), default=0.0) >= 0.75:
        return 0.0
    if _is_numbers(one):
        return 1.5 + role if iris or (role >= 0.6 and one.distinct >= 3 and _few_numbers(one)) else 0.0
    found = decisions(one, has_injury=has_injury, iris=False)
    known = sum(count for text, count in one.words.items() if text in found and found[text].confidence >= LIKELY)
    asked = sum(count for text, count in one.words.items() if text in found and _is_question(found[text]))
    law = {found[t].code for t in found if found[t].counts} | {"?" for t in found if _is_question(found[t])}
    if not law:
        return 0.0
    free = max(one.roles.get("vrij", 0.0), one.roles.get("namen", 0.0), one.roles.get("afhandeling", 0.0))
    score = 1.2 * role + 1.2 * (known + asked) / one.filled + 0.15 * min(len(law), 4) - 1.5 * free * (role < 0.9)
    return score if role >= 0.5 or (known + asked) / one.filled >= 0.6 else 0.0


def _few_numbers(one: Profile) -> bool:
    return one.distinct <= 40 and one.filled > one.distinct


def _is_question(decision: Decision) -> bool:
    return decision.code == ASK and decision.why not in ("onbekend", "nummers")


def _undecided(values: dict[str, Decision], words: dict[str, int]) -> int:
    lookup = {value_key(text): decision for text, decision in values.items()}
    asked = Decision(ASK)
    return sum(count for text, count in words.items() if lookup.get(value_key(text), asked).code == ASK)


def _joined(best: Profile, other: Profile, tables: Sequence[Table], *, has_injury: bool) -> tuple[Kinds, int]:
    """Both columns read together ("Geweld | met letsel"), and how many rows stay undecided."""
    words: dict[str, int] = {}
    for table in tables:
        first, second = table.position(best.name), table.position(other.name)
        if first is None or second is None:
            continue
        for _, row in table.rows():
            if text_of(row[first]):
                text = join_words((text_of(row[first]), text_of(row[second])))
                words[text] = words.get(text, 0) + 1
    values = {}
    for text in sorted(words, key=value_key)[: 4 * _MOST_KINDS]:
        if find_personal(text):
            continue
        alone = judge(text.split(" | ")[0], has_injury=has_injury)
        both = judge(text.replace(" | ", " "), has_injury=has_injury)
        values[text] = both if alone.code == ASK or both.code == alone.code else _of_two(alone, both)
    return Kinds((best.name, other.name), values, {}, 1.0), _undecided(values, words)


def _of_two(alone: Decision, both: Decision) -> Decision:
    """The second word may say that the first does not count (a light kind); it never makes another category of it."""
    if both.code == NOT_IN_LAW:
        return both
    return replace(alone, confidence=min(alone.confidence, LIKELY), why=alone.why or "meer-categorieen")


def join_words(texts: Sequence[str]) -> str:
    """The words of several category columns as one text, as they are written in the mapping."""
    return " | ".join(texts) if len(texts) > 1 else texts[0]
