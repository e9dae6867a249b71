"""From a school's word for a kind of incident to a decision, with a confidence.

The law has threshold words: violence *with injury*, *gross* bullying, *serious* vandalism, *systematic* intimidation.
A label that lacks them is not quietly let in: it is asked about, or counted as an assumption that is reported.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files

from baken.contract import codebook
from baken.schoolside.mapping.model import ASK, NOT_IN_LAW, Decision
from baken.schoolside.mapping.vocabulary import Touch, touched
from baken.schoolside.read.words import normal

SURE, FAIR, ASSUMED, LIKELY, LOW = 0.95, 0.88, 0.7, 0.65, 0.3
"""Steps of confidence: the word says it; it nearly does; a threshold word is missing; misspelled; not decided."""
_EITHER_OR = re.compile(r"/|\bof\b|\bor\b|\|", re.IGNORECASE)
_SUBS = {
    "drugs": (("handel", "handel"), ("bezit", "bezit"), ("gebruik", "gebruik")),
    "wapen": (("handel", "handel"), ("bezit", "bezit"), ("gebruik", "gebruik")),
    "seksueel": (("misbruikt", "misbruik"), ("intimiteit", "intimidatie")),
}


@cache
def _iris() -> dict[str, dict[str, list[str] | str]]:
    return tomllib.loads(files("baken.schoolside.mapping").joinpath("iris.toml").read_text("utf-8"))


def iris_numbers(name: str) -> dict[str, str]:
    """The numbers of IRIS+ for an optional field, with our codes; empty for a field that has none."""
    return {number: str(code) for number, code in _iris().get(name, {}).items()}


def is_iris_number(text: str) -> bool:
    return text.isdecimal() and str(int(text)) in _iris()["voorval"]


def judge_number(text: str, *, has_injury: bool) -> Decision:
    """What a number of the IRIS+ list is."""
    entry = _iris()["voorval"].get(str(int(text))) if text.isdecimal() else None
    if entry is None:
        return Decision(ASK, confidence=LOW, why="nummers")
    decision = Decision.parse(entry[0])
    why = entry[1] if len(entry) > 1 else ""
    if decision.with_injury and not has_injury:
        return Decision(ASK, confidence=LOW, why="geweld-zonder-letselkolom")
    if decision.code == ASK:
        return replace(decision, confidence=LOW, why=why)
    return replace(decision, confidence=ASSUMED if why else SURE, why=why)


@cache
def _own_labels() -> dict[str, str]:
    found = {}
    for category in codebook.all_categories():
        for text in (category.code, category.label.nl, category.label.en):
            found[normal(text)] = category.code
    return found


@cache
def judge(text: str, *, has_injury: bool, list_of_law: bool = False) -> Decision:
    """What a label is. `has_injury`: the export tells apart whether there was injury.

    `list_of_law`: the label stands in a list that plainly mirrors the nine categories, so that a missing threshold word
    is more likely an abbreviation than a lighter kind.
    """
    own = _own_labels().get(normal(text))
    if own:
        return Decision(own)
    touch = touched(text)
    found = _candidates(touch, has_injury=has_injury, list_of_law=list_of_law)
    decision = _choose(text, touch, found)
    if decision.code == ASK:
        return decision
    if not touch.sure_of(*_families_of(decision.code)) and decision.confidence > LIKELY:
        decision = replace(decision, confidence=LIKELY, why=decision.why or "lijkt-op")
    return _with_sub(decision, touch)


def _families_of(code: str) -> tuple[str, ...]:
    return {
        "fysiek-geweld-letsel": ("geweld", "fysiek", "letsel"),
        "seksueel": ("seks", "misbruik"),
        "stelselmatige-intimidatie": ("intimidatie",),
        "bedreiging": ("bedreiging",),
        "grove-pesterijen": ("pesten",),
        "ernstige-vernieling": ("vernieling",),
        "diefstal": ("diefstal",),
        "drugs": ("drugs", "middelen"),
        "wapen": ("wapen",),
    }.get(code, ("gewoon", "verbaal", "alcohol", "roken", "vuurwerk", "ongeval", "licht", "geen_letsel"))


def _candidates(touch: Touch, *, has_injury: bool, list_of_law: bool) -> list[Decision]:
    """One decision per category that the words speak of, in no order."""
    found = []
    if touch.has("seks") or (touch.has("misbruik") and not touch.has("drugs", "alcohol", "middelen")):
        found.append(Decision("seksueel", confidence=SURE if touch.has("seks") else ASSUMED, why=_doubt_seks(touch)))
    if touch.has("wapen"):
        found.append(Decision("wapen", confidence=SURE))
    if touch.has("drugs"):
        found.append(Decision("drugs", confidence=SURE))
    elif touch.has("middelen"):
        found.append(Decision(ASK, confidence=LOW, why="middelen"))
    if touch.has("diefstal"):
        found.append(Decision("diefstal", confidence=SURE))
    if touch.has("vernieling"):
        found.append(_threshold("ernstige-vernieling", touch, ("ernstig",), "ernstig"))
    if touch.has("pesten"):
        pesten = _threshold("grove-pesterijen", touch, ("ernstig", "stelselmatig"), "grof")
        asks = pesten.why == "grof" and not list_of_law
        found.append(Decision(ASK, confidence=LOW, why="grof") if asks else pesten)
    if touch.has("bedreiging"):
        found.append(Decision("bedreiging", confidence=SURE))
    if touch.has("intimidatie") and not touch.has("seks"):
        found.append(_threshold("stelselmatige-intimidatie", touch, ("stelselmatig",), "stelselmatig"))
    if touch.has("afpersing"):
        found.append(Decision(ASK, confidence=LOW, why="afpersing"))
    violence = _violence(touch, has_injury=has_injury)
    return [*found, violence] if violence else found


def _doubt_seks(touch: Touch) -> str:
    return "" if touch.has("seks") else "misschien-anders"


def _threshold(code: str, touch: Touch, words: tuple[str, ...], why: str) -> Decision:
    if touch.has("licht"):
        return Decision(NOT_IN_LAW, confidence=FAIR)
    if touch.has(*words):
        return Decision(code, confidence=SURE)
    return Decision(code, confidence=ASSUMED, why=why)


def _violence(touch: Touch, *, has_injury: bool) -> Decision | None:
    """Violence counts with injury only: said in the label, or told by a column of injury."""
    physical = touch.has("geweld") and not (touch.has("verbaal") and not touch.has("fysiek"))
    physical = (physical or touch.has("fysiek")) and not touch.has("seks", "pesten", "bedreiging", "vernieling")
    if touch.has("ongeval"):
        return None
    if touch.has("geen_letsel"):
        return Decision(NOT_IN_LAW, confidence=SURE)
    if touch.has("letsel"):
        spoken = physical or touch.has("geweld", "fysiek")
        doubt = "" if spoken else "letsel"
        return Decision("fysiek-geweld-letsel", confidence=SURE if spoken else ASSUMED, why=doubt)
    if not physical:
        return None
    if has_injury:
        return Decision("fysiek-geweld-letsel", with_injury=True, confidence=FAIR)
    if touch.has("zwaar_geweld"):
        return Decision("fysiek-geweld-letsel", confidence=ASSUMED, why="letsel")
    return Decision(ASK, confidence=LOW, why="geweld-zonder-letselkolom")


def _choose(text: str, touch: Touch, found: list[Decision]) -> Decision:
    """One decision out of the candidates, by the rank order of the code book."""
    apart = touch.sure_of("alcohol", "roken", "vuurwerk") or touch.has("ongeval")
    if not found:
        outside = touch.has("gewoon", "verbaal", "alcohol", "roken", "vuurwerk", "ongeval")
        sure = touch.sure_of("gewoon", "verbaal", "alcohol", "roken", "vuurwerk", "ongeval")
        # A threshold word beside an unknown one may be a misspelled kind of the law: never dropped without asking.
        if outside and not (touch.has("ernstig", "letsel") and not touch.has("verbaal", "ongeval")):
            return Decision(NOT_IN_LAW, confidence=FAIR if sure else LIKELY, why="" if sure else "lijkt-op")
        return Decision(ASK, confidence=LOW, why="onbekend")
    counting = [d for d in found if d.counts]
    if apart and (counting or any(d.code == ASK for d in found)):
        only_smoke = (
            touch.has("drugs") and touch.has("roken") and not touch.has("alcohol") and not _EITHER_OR.search(text)
        )
        if not only_smoke:
            return Decision(ASK, confidence=LOW, why="middelen" if touch.has("drugs", "middelen") else "gemengd")
    if _EITHER_OR.search(text) and (len(counting) > 1 or (counting and touch.sure_of("verbaal", "gewoon"))):
        return _either_or(text, touch, counting)
    if not counting:
        return next((d for d in found if d.code == ASK), found[0])
    return _ranked(counting)


def _either_or(text: str, touch: Touch, counting: list[Decision]) -> Decision:
    """A label for one of several kinds: threat or intimidation is threat; anything else a person must split."""
    codes = {d.code for d in counting}
    if codes == {"bedreiging", "stelselmatige-intimidatie"}:
        return Decision("bedreiging", confidence=ASSUMED, why="meer-categorieen")
    if len(codes) == 1 and not touch.sure_of("verbaal"):
        return counting[0]
    return Decision(ASK, confidence=LOW, why="meer-categorieen" if len(codes) > 1 else "gemengd")


def _ranked(counting: list[Decision]) -> Decision:
    if len(counting) == 1:
        return counting[0]
    certain = [d for d in counting if not d.with_injury] or counting
    main = next(d for d in certain if d.code == codebook.main_category(tuple(d.code for d in certain)))
    also = tuple(d.code for d in certain if d.code != main.code and not d.why)
    return replace(main, also=also, confidence=min(main.confidence, 0.8), why=main.why or "meer-categorieen")


def _with_sub(decision: Decision, touch: Touch) -> Decision:
    """The sub-code, when the label speaks of exactly one."""
    hits = {sub for family, sub in _SUBS.get(decision.code, ()) if touch.sure_of(family)}
    return replace(decision, sub=hits.pop()) if len(hits) == 1 else decision
