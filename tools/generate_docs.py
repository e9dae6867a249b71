"""Write the generated parts of the docs again, from the code and the tests that they describe.

`python tools/generate_docs.py` writes; with `--check` it names what is not current and writes nothing. A part of a page
stands between `<!-- generated: name -->` and `<!-- end: name -->`; files in docs/generated are made whole.
"""

from __future__ import annotations

import ast
import re
import sys
import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path

from baken.contract import codebook, delivery, problems, record
from baken.contract.tabular import Column
from baken.sites.register.deliveries import states as delivery_states
from baken.sites.register.releases import states as release_states

ROOT = Path(__file__).resolve().parents[1]
SPEC = ROOT / "tests" / "spec"
LIST = codebook.code_lists()[-1]


# --- parts of docs/formats.md ------------------------------------------------------------------------------------


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    escaped = ([cell.replace("|", "\\|") for cell in cells] for cells in rows)
    return "\n".join(lines + ["| " + " | ".join(cells) + " |" for cells in escaped])


def _values(column: Column) -> str:
    if column.codes:
        return ", ".join(f"`{code}`" for code in column.codes) + (" (several, with commas)" if column.several else "")
    return f"`{column.pattern}`"


def record_columns() -> str:
    rows = ((f"`{c.name}`", "yes" if c.required else "", c.description.en, _values(c)) for c in record.columns())
    return _table(("column", "required", "meaning", "values"), rows)


def counter_columns() -> str:
    return _table(
        ("column", "meaning", "values"), ((f"`{c.name}`", c.description.en, _values(c)) for c in delivery.columns())
    )


def counter_vectors() -> str:
    """How many counters of each kind, with an example of the name."""
    names: dict[str, list[str]] = {}
    for counter in delivery.layout(LIST):
        names.setdefault(counter.vector, []).append(counter.name)
    rows = [(f"`{vector}`", str(len(found)), f"`{found[0]}`") for vector, found in names.items()]
    return _table(
        ("vector", "counters", "the first of them"), [*rows, ("all together", str(sum(map(len, names.values()))), "")]
    )


def code_groups() -> str:
    rows = [
        (f"`{field}`", f"`{value.code}`", value.label.nl, value.label.en, f"`{value.group}`" if value.group else "")
        for field in (*delivery.MARGINS, *delivery.SINGLE_MARGINS)
        for value in codebook.values(field)
    ]
    return _table(("field", "code", "Dutch", "English", "counted as"), rows)


# --- whole files -------------------------------------------------------------------------------------------------


def code_book() -> str:
    """The code book in Dutch: definitions, examples and doubtful cases; then the duties."""
    parts = [
        "# Codeboek",
        f"Lijst van {LIST}. De namen van de categorieën zijn die van het wetsvoorstel. Omschrijvingen, voorbeelden en"
        " rang zijn van ons, tot de toelichting bij de wet bekend is. De rang beslist waaronder een voorval telt dat"
        " bij meer categorieën past.",
    ]
    for number, category in enumerate(codebook.all_categories(), start=1):
        parts += [
            f"## {number}. {category.label.nl}",
            f"Code `{category.code}`, rang {category.rank}. {category.definition.nl}",
            f"**Drempel.** {category.threshold.nl}",
            "**Wel:**\n" + "\n".join(f"- {text.nl}" for text in category.examples),
            "**Niet, of anders:**\n" + "\n".join(f"- {text.nl}" for text in category.counter_examples),
            f"**Rang {category.rank}.** {category.rank_reason.nl}",
        ]
    rows = (
        (d.label.nl, _when(d), d.deadline.nl, d.certainty, d.deadline_certainty, d.source)
        for d in codebook.all_duties()
    )
    head = ("plicht", "wanneer", "termijn", "zekerheid", "van de termijn", "bron")
    return "\n\n".join([*parts, "## Plichten na een incident", _table(head, rows)]) + "\n"


def _when(duty: codebook.Duty) -> str:
    conditions = (f"{field} = {' of '.join(value or '(leeg)' for value in wanted)}" for field, wanted in duty.when)
    return "; ".join(conditions) or "altijd"


def problem_book() -> str:
    """Every problem with its message and remedy in Dutch and English."""
    rows = (
        (f"`{k.code}`", k.severity.value, f"{k.message.nl} {k.remedy.nl}", f"{k.message.en} {k.remedy.en}")
        for k in sorted(problems.kinds().values(), key=lambda kind: kind.code)
    )
    text = "What can be wrong with an input, by code. A problem says where to look, never what stands there."
    return f"# Problems\n\n{text}\n\n{_table(('code', 'severity', 'Dutch', 'English'), rows)}\n"


def specification() -> str:
    """The tests of tests/spec as a book: chapters, paragraphs and tables."""
    chapters = ["# Specificatie van de formaten", "Dit boek bestaat uit tests: elke tabel is nagerekend."]
    for path in sorted(SPEC.glob("test_spec_[0-9]*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        title, _, text = (ast.get_docstring(tree) or "").partition("\n")
        chapters += [f"## {title}", text.strip()]
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                chapters += [ast.get_docstring(node) or "", *_tables_of(node)]
    return "\n\n".join(part for part in chapters if part) + "\n"


def _tables_of(function: ast.FunctionDef) -> list[str]:
    texts = (n.value for n in ast.walk(function) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    return [textwrap.dedent(text).strip() for text in texts if text.strip().startswith("|")]


def release_state_page() -> str:
    head = "# States of a release\n\nMade from `releases/states.py`; do not edit.\n"
    return f"{head}\n```mermaid\n{release_states.diagram().rstrip()}\n```\n"


PARTS: dict[str, dict[str, Callable[[], str]]] = {
    "docs/formats.md": {
        "record": record_columns,
        "counters": counter_columns,
        "vectors": counter_vectors,
        "groups": code_groups,
    },
}
WHOLE: dict[str, Callable[[], str]] = {
    "docs/generated/codeboek.md": code_book,
    "docs/generated/problems.md": problem_book,
    "docs/generated/specification.md": specification,
    "docs/generated/delivery-states.md": delivery_states.page,
    "docs/generated/release-states.md": release_state_page,
}


def current(name: str, text: str) -> str:
    """The text of a page with its generated parts as they are now. Raises ValueError when a marker is missing."""
    for part, make in PARTS.get(name, {}).items():
        start, end = f"<!-- generated: {part} -->", f"<!-- end: {part} -->"
        pieces = re.split(f"{start}.*?{end}", text, flags=re.DOTALL)
        if len(pieces) != 2:
            raise ValueError(f"{name} has no place for {part}")
        text = f"{start}\n{make()}\n{end}".join(pieces)
    return text


def pages() -> dict[Path, str]:
    """Every page that has generated parts, as it should be."""
    made = {ROOT / name: current(name, (ROOT / name).read_text("utf-8")) for name in PARTS}
    return made | {ROOT / name: make() for name, make in WHOLE.items()}


def main(arguments: list[str]) -> int:
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text]
    for path in stale:
        print(path.relative_to(ROOT))
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages()[path], "utf-8")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
