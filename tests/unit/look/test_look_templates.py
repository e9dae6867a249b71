"""Every template of the tree keeps to the content security policy: no script, style or handler inside a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import baken

PACKAGE = Path(baken.__file__).parent
TEMPLATES = sorted(path for path in PACKAGE.rglob("*.html") if "static" not in path.parts)
DATA_BLOCKS = ("application/json", "application/ld+json")
TEMPLATE_LANGUAGE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


class Inspector(HTMLParser):
    """Collects whatever a browser would refuse to run or apply."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style":
            self.found.append("a <style> element")
        if tag == "script" and "src" not in given and given.get("type") not in DATA_BLOCKS:
            self.found.append("an inline <script>")
        for name, value in attrs:
            if name == "style" or name.startswith("on") or name.startswith("hx-on"):
                self.found.append(f"{name} on <{tag}>")
            if (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"a javascript: address on <{tag}>")


def complaints(text: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(TEMPLATE_LANGUAGE.sub("", text))
    return inspector.found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_template_has_no_script_or_style_of_its_own(path: Path) -> None:
    assert complaints(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        '<a onclick="x()">',
        '<p {% if a %}style="x"{% endif %}>',
        '<a href="javascript:x()">',
    ],
)
def test_the_inspection_finds_what_a_browser_refuses(text: str) -> None:
    assert complaints(text) != []


def test_the_inspection_sees_the_whole_tree() -> None:
    assert PACKAGE / "sites/shared/look/templates/look/plain.html" in TEMPLATES
