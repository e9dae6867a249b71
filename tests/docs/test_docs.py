"""The docs cannot lie: links lead somewhere, examples run, generated parts are current."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w+) runnable\n(.*?)^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for target in LINK.findall(CODE.sub("", page.read_text("utf-8"))):
            if not target.startswith(("http://", "https://", "mailto:")):
                yield page, target


def examples() -> Iterator[tuple[str, str, str]]:
    for page in PAGES:
        for number, (language, text) in enumerate(FENCE.findall(page.read_text("utf-8")), start=1):
            yield f"{name(page)} {number}", language, text


def anchors(page: Path) -> set[str]:
    """The anchors that a reader makes of the headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "tools" / "generate_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("source", "target"), list(links()), ids=lambda v: name(v) if isinstance(v, Path) else v)
def test_a_link_leads_somewhere(source: Path, target: str) -> None:
    file, _, anchor = target.partition("#")
    found = (source.parent / file) if file else source

    assert found.exists()
    assert not anchor or anchor in anchors(found)


@pytest.mark.parametrize(("language", "text"), [e[1:] for e in examples()], ids=[e[0] for e in examples()])
def test_an_example_runs(language: str, text: str, tmp_path: Path) -> None:
    command = {"sh": ["bash", "-euo", "pipefail", "-c", text], "python": [sys.executable, "-c", text]}[language]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    done = subprocess.run(
        command, cwd=tmp_path, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_generated_parts_are_current(generator: ModuleType) -> None:
    stale = [name(path) for path, text in generator.pages().items() if path.read_text("utf-8") != text]

    assert stale == [], "run `make docs`"


def test_a_page_without_its_place_for_a_generated_part_is_an_error(generator: ModuleType) -> None:
    with pytest.raises(ValueError, match="no place for"):
        generator.current("docs/formats.md", "nothing to fill")


def test_every_decision_is_listed_and_has_three_parts() -> None:
    folder = ROOT / "docs" / "decisions"
    pages = sorted(folder.glob("[0-9]*.md"))
    listed = LINK.findall((folder / "README.md").read_text("utf-8"))

    assert [page.name for page in pages] == listed
    for number, page in enumerate(pages, start=1):
        text = page.read_text("utf-8")
        assert text.startswith(f"# {number}. ")
        assert page.name.startswith(f"{number:04d}-")
        assert all(f"**{part}.**" in text for part in ("Context", "Decision", "Consequences"))


def test_every_page_of_the_docs_is_found_from_the_first() -> None:
    folder = ROOT / "docs"
    seen: set[Path] = set()
    waiting = [folder / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or not page.exists() or page.suffix != ".md":
            continue
        seen.add(page)
        text = CODE.sub("", page.read_text("utf-8"))
        waiting += [(page.parent / target.partition("#")[0]).resolve() for target in LINK.findall(text)]

    assert sorted(name(page) for page in folder.rglob("*.md") if page not in seen) == []


def test_a_word_stands_in_the_glossary_once() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    words = [row.split("|")[1].strip() for row in text.splitlines() if row.startswith("| ") and "English" not in row]

    assert len(words) > 40
    assert sorted({word for word in words if words.count(word) > 1}) == []


MANDATORY = (
    "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "organisation.uri",
    "description.nl.shortDescription", "description.nl.longDescription", "description.nl.features",
    "description.en.shortDescription", "description.en.longDescription", "description.en.features",
    "legal.license", "maintenance.type", "maintenance.contacts",
    "localisation.localisationReady", "localisation.availableLanguages",
)  # fmt: skip


@pytest.mark.parametrize("key", MANDATORY)
def test_publiccode_has_its_mandatory_keys(key: str) -> None:
    value = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    for part in key.split("."):
        value = value[part]

    assert value not in ("", [], None)


def test_the_descriptions_of_publiccode_keep_their_lengths() -> None:
    described = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))["description"]

    assert all(len(text["shortDescription"]) <= 150 for text in described.values())
    assert all(150 <= len(text["longDescription"]) <= 10_000 for text in described.values())


def test_the_licence_is_there_in_full() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")

    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert all(f"\n{number}. " in text for number in range(1, 16))
    assert "‘Compatible Licences’ according to Article 5 EUPL are:" in text
