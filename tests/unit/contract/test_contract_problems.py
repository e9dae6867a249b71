"""Every problem has its words in two languages, says where and how to mend it, and never what stands there."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from baken.contract.problems import Place, Problem, Problems, Severity, Unacceptable, kinds, problem

SOURCE = Path(__file__).resolve().parents[3] / "src" / "baken"
CODE = re.compile(r'"([A-Z]-\d{3})"')
FACTS = {
    *("field", "allowed", "limit", "unit", "found", "wanted", "first", "highest", "number"),  # our own words and limits
    *("part", "entry", "rows", "columns", "count", "kind", "length", "category", "why_nl", "why_en"),
    *("opens", "latest", "next", "quarter", "before", "now"),  # dates, versions, and a school's own counts to itself
}
"""What a text may be filled with: counts, row numbers, limits, and names and codes of our own. Never a cell."""


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def calls() -> Iterator[tuple[str, str, set[str]]]:
    """(place, code, facts) of every problem that the source makes with a literal code and named facts."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not _makes(node):
                continue
            code = node.args[0]
            if isinstance(code, ast.Constant) and CODE.fullmatch(f'"{code.value}"'):
                yield f"{path.name}:{node.lineno}", str(code.value), {k.arg for k in node.keywords if k.arg}


def _makes(node: ast.Call) -> bool:
    """Is it `problem(…)`, `_refuse(…)` or `problems.add(…)`, with facts written out?"""
    if not node.args or any(keyword.arg is None for keyword in node.keywords):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id in {"problem", "_refuse"}
    return isinstance(node.func, ast.Attribute) and ast.unparse(node.func) == "problems.add"


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.code)
def test_a_problem_has_a_message_and_a_remedy_in_both_languages(kind: object) -> None:
    texts = [kind.message.nl, kind.message.en, kind.remedy.nl, kind.remedy.en]  # type: ignore[attr-defined]

    assert all(text.endswith((".", "?", "}")) for text in texts)
    assert kind.message.nl != kind.message.en  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.code)
def test_a_text_is_never_filled_with_a_value_from_a_file(kind: object) -> None:
    texts = [kind.message.nl, kind.message.en, kind.remedy.nl, kind.remedy.en]  # type: ignore[attr-defined]

    assert set().union(*map(placeholders, texts)) <= FACTS


def test_the_source_uses_exactly_the_codes_that_have_a_text() -> None:
    used = {code for path in SOURCE.rglob("*.py") for code in CODE.findall(path.read_text("utf-8"))}

    assert used == set(kinds())


def test_every_problem_that_the_source_makes_brings_the_facts_of_its_text() -> None:
    lacking = []
    for place, code, facts in calls():
        kind = kinds()[code]
        wanted = set().union(*(placeholders(t) for text in (kind.message, kind.remedy) for t in (text.nl, text.en)))
        if not wanted <= facts:
            lacking.append((place, code, wanted - facts))

    assert lacking == []


def test_a_code_without_a_text_is_a_programming_error() -> None:
    with pytest.raises(KeyError):
        problem("Q-999")


def test_a_fact_that_the_text_needs_is_a_programming_error_when_it_is_left_out() -> None:
    with pytest.raises(KeyError):
        problem("T-101")


def test_a_fact_with_braces_is_shown_and_not_read_as_a_placeholder() -> None:
    assert "{0.__class__}" in problem("F-105", field="{0.__class__}").message()


def test_a_problem_says_where_what_and_how_in_one_line() -> None:
    found = problem("F-101", Place(row=14, field="maand"), field="maand")

    assert found.describe() == "F-101 rij 14, veld maand: Het veld maand is leeg, maar verplicht. Vul het veld in."
    assert found.describe("en").startswith("F-101 row 14, field maand: The field maand is empty")


def test_a_place_is_told_from_large_to_small() -> None:
    place = Place(file="export", sheet="2", row=14, column="C", field="maand")

    assert place.describe() == "export, blad 2, rij 14, kolom C, veld maand"
    assert Place().describe() == ""


def test_all_problems_come_together() -> None:
    problems = Problems()
    problems.add("F-101", Place(row=2), field="maand")
    problems.add("X-145")
    problems.add("F-101", Place(row=3), field="maand")

    with pytest.raises(Unacceptable) as refused:
        problems.raise_if_fatal()
    assert [p.code for p in refused.value.problems] == ["F-101", "X-145", "F-101"]
    assert len(problems.fatal) == 2
    assert len(refused.value.describe().splitlines()) == 3


def test_a_warning_alone_stops_nothing() -> None:
    problems = Problems([Problem("X-145")])

    problems.raise_if_fatal()
    assert [p.kind.severity for p in problems.warnings] == [Severity.WARNING]
