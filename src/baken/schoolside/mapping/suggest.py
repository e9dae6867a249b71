"""A mapping suggested from the export alone: headings, the shape of the values and their words, each with a confidence.

A suggestion is a draft for a person. It decides what it is confident of, says what it assumed, and asks the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from baken.contract.problems import Unacceptable, problem
from baken.schoolside.check.personal import find_personal
from baken.schoolside.mapping.categories import iris_numbers, judge
from baken.schoolside.mapping.fields import field_value
from baken.schoolside.mapping.kinds import Kinds, is_iris, kinds_in_marks, kinds_in_words
from baken.schoolside.mapping.model import FIELDS, FieldMapping, Mapping, field_codes
from baken.schoolside.mapping.profile import Profile, mark, profile
from baken.schoolside.read.dates import DateOrder, detect_order
from baken.schoolside.read.header import SEARCH_ROWS, Table, find_tables, speaks
from baken.schoolside.read.words import heading
from baken.schoolside.read.workbook import Workbook, text_of

_PERSONAL_ROLES = ("namen", "persoonlijk")


def suggest(workbook: Workbook) -> Mapping:
    """Suggest a mapping. Raises `Unacceptable` when no header, no date column or no kind of incident can be found."""
    tables = find_tables(workbook, _likeness)
    if not tables:
        raise Unacceptable([problem("X-109", limit=SEARCH_ROWS)])
    date, order, kept, profiles = _dates(tables)
    rest = [p for key, p in profiles.items() if key != heading(date)]
    titles = _titles(workbook)
    injury = next((p for p in rest if p.roles.get("letsel", 0) >= 0.6 and _field_share("letsel", p) >= 0.6), None)
    kinds = _kinds(rest, kept, titles, injury)
    rest = [p for p in rest if p.name not in kinds.columns and p.name not in kinds.marks]
    told = kinds.injury or (injury.name if injury and injury.name not in kinds.marks else "")
    fields = _fields(rest, iris=_all_iris(profiles, kinds, titles), injury=told)
    id_column = _id(rest)
    names = tuple(p.name for p in rest if p.name != id_column and _is_personal(p, fields))
    used = {date, id_column, *kinds.columns, *kinds.marks, *names, *(f.column for f in fields.values())}
    return Mapping(
        source="",
        date=date,
        date_order=order,
        id=id_column,
        category=kinds.columns,
        values=kinds.values,
        marks=kinds.marks,
        fields=fields,
        names=names,
        dropped=tuple(p.name for p in rest if p.name not in used),
        skip_sheets=(),
        header_row=0,
        suggested=True,
    )


def _likeness(text: str) -> float:
    """A text looks like a column name when it names a role, or a kind of incident (a column of marks)."""
    spoken = speaks(text)
    if spoken >= 0.6 or not 3 <= len(text) <= 60:
        return spoken
    return max(spoken, 0.6 if judge(text, has_injury=True).counts else 0.0)


def _titles(workbook: Workbook) -> str:
    """The first rows of the first sheet as text: a title may name the system."""
    if not workbook.sheets:
        return ""
    top = islice(workbook.sheets[0].rows(), 5)
    return " ".join(text_of(cell) for _, row in top for cell in row if isinstance(cell, str))[:2_000]


# --- the date ----------------------------------------------------------------------------------------------------


def _dates(tables: Sequence[Table]) -> tuple[str, DateOrder, list[Table], dict[str, Profile]]:
    """The heading of the date column, the order of day and month, the tables with such a column and their profiles."""
    found = profile(tables)
    if not any(p.filled for p in found.values()):
        raise Unacceptable([problem("X-112")])
    scored = []
    for place, one in enumerate(found.values()):
        order = _order(one)
        share = one.date_share(order)
        if share >= 0.5 and not _is_birth(one):
            spoken = one.roles.get("datum", 0.0)
            scored.append((spoken + share * one.filled / max(one.rows, 1), -place, spoken, one, order))
    if not scored or (len(scored) > 1 and max(s[2] for s in scored) < 0.25):
        raise Unacceptable([problem("X-110")])
    best, order = max(scored, key=lambda s: s[:2])[3:]
    kept = [t for t in tables if t.position(best.name) is not None]
    return best.name, order, kept, found if len(kept) == len(tables) else profile(kept)


def _order(one: Profile) -> DateOrder:
    return detect_order([cell for cell in one.cells if isinstance(cell, str)])


def _is_birth(one: Profile) -> bool:
    return one.roles.get("persoonlijk", 0.0) >= 0.6


# --- the kind ----------------------------------------------------------------------------------------------------


def _kinds(rest: Sequence[Profile], tables: Sequence[Table], titles: str, injury: Profile | None) -> Kinds:
    others = [p for p in rest if p is not injury]
    iris = any(is_iris(p, titles) for p in others)
    in_words = kinds_in_words(others, tables, has_injury=injury is not None, iris=iris)
    in_marks = kinds_in_marks(rest, has_injury=False)
    if in_words and (in_marks is None or in_words.score >= in_marks.score):
        return in_words
    if in_marks:
        return in_marks
    raise Unacceptable([problem("X-111")])


def _all_iris(profiles: dict[str, Profile], kinds: Kinds, titles: str) -> bool:
    return any(is_iris(profiles[heading(name)], titles) for name in kinds.columns)


# --- the other columns -------------------------------------------------------------------------------------------


def _fields(rest: Sequence[Profile], *, iris: bool, injury: str) -> dict[str, FieldMapping]:
    """For each optional field the column that speaks of it and whose words are known, if there is one."""
    found: dict[str, FieldMapping] = {}
    for name in FIELDS:
        scored = [(p.roles.get(name, 0.0), _field_share(name, p, iris=iris), p) for p in rest]
        fitting = [
            (role + share, -place, p) for place, (role, share, p) in enumerate(scored) if role >= 0.5 and share >= 0.4
        ]
        if name == "letsel" and injury:
            fitting = [(2.0, 0, p) for p in rest if p.name == injury]
        if fitting:
            one = max(fitting, key=lambda item: item[:2])[2]
            found[name] = FieldMapping(one.name, _field_values(name, one, iris=iris))
    if "politie" not in found and "afhandeling" in found:
        source = next(p for p in rest if p.name == found["afhandeling"].column)
        police = _police_in_measures(source, iris=iris)
        if any(police.values()):
            found["politie"] = FieldMapping(source.name, police)
    return found


def _field_share(name: str, one: Profile, *, iris: bool = False) -> float:
    """The share of filled cells whose word is known for a field."""
    if one.varied or not one.filled or one.personal_share > 0.2:
        return 0.0
    known = sum(count for text, count in one.words.items() if _code(name, text, iris=iris))
    return known / one.filled


def _code(name: str, text: str, *, iris: bool) -> str:
    if iris and text.isdecimal() and iris_numbers(name):
        return iris_numbers(name).get(str(int(text)), "")
    code = field_value(name, text) or ""
    return code if all(c in field_codes(name) for c in code.split(",")) else ""


def _field_values(name: str, one: Profile, *, iris: bool) -> dict[str, str]:
    """The words of a column with their codes; an unknown word gets nothing, for a person to fill in."""
    values = {text: _code(name, text, iris=iris) for text in sorted(one.words) if not find_personal(text)}
    if name == "letsel" and one.filled < one.rows and all(mark(text) for text in one.words):
        values[""] = "geen"
    return values


def _police_in_measures(one: Profile, *, iris: bool) -> dict[str, str]:
    """Contact with the police as one of the measures; any other measure says nothing about the police."""
    if iris:
        return {text: iris_numbers("politie").get(text, "") for text in sorted(one.words)}
    spoken = {text: text.casefold() for text in sorted(one.words) if not find_personal(text)}
    return {
        text: (field_value("politie", text) or "")
        if "politie" in low or "aangifte" in low or "wijkagent" in low
        else ""
        for text, low in spoken.items()
    }


def _id(rest: Sequence[Profile]) -> str:
    """The column with the number of the incident: unique, or plainly named so. Never the number of a pupil."""
    best, best_score = "", 0.0
    for one in rest:
        role = one.roles.get("kenmerk", 0.0)
        if role < 0.5 or max(one.roles.get(r, 0.0) for r in _PERSONAL_ROLES) >= role or one.filled < 0.95 * one.rows:
            continue
        unique = one.varied or one.distinct == one.filled
        plain = any(word in one.name.casefold() for word in ("incident", "registr", "meld", "dossier", "zaak", "case"))
        score = role + (0.5 if plain else 0.0)
        if (unique or (plain and one.distinct >= 0.3 * one.filled)) and score > best_score:
            best, best_score = one.name, score
    return best


def _is_personal(one: Profile, fields: dict[str, FieldMapping]) -> bool:
    if any(f.column == one.name for f in fields.values()):
        return False
    spoken = max(one.roles.get(role, 0.0) for role in _PERSONAL_ROLES)
    harmless = max(one.roles.get(role, 0.0) for role in ("overig", "vrij", "categorie"))
    shaped = one.personal_share > 0.5 and one.date_share() < 0.5 and not one.roles.get("vrij")
    return (spoken >= 0.5 and spoken >= harmless) or shaped
