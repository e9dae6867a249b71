"""A small SVG writer: elements, attributes, whole numbers. No inline style, no script, no comment, nothing hidden.

A drawing looks as the page's style sheet says (classes only); saved as a file of its own it carries one fixed style
sheet. Coordinates are whole pixels, so geometry cannot say more than the figure it was made from.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files

ATTRIBUTES = frozenset({
    "class", "x", "y", "x1", "y1", "x2", "y2", "width", "height", "rx", "cx", "cy", "r", "points", "text-anchor",
    "viewBox", "role", "id", "aria-labelledby", "xmlns",
})  # fmt: skip
ELEMENTS = frozenset({"svg", "g", "rect", "line", "circle", "polyline", "polygon", "text", "title", "desc", "style"})

PIXELS_PER_LETTER = 10
"""Of a heading: a little more than the font needs, so that a line never runs off the paper."""


def element(tag: str, *children: str, **attributes: int | str) -> str:
    """One element. `klass` is written as class, `_` in a name as `-`; numbers must be whole.

    Raises ValueError for an element or attribute that drawings do not use, TypeError for a fraction.
    """
    if tag not in ELEMENTS:
        raise ValueError(f"drawings have no <{tag}>")
    written = []
    for name, value in attributes.items():
        name = {"klass": "class", "view_box": "viewBox"}.get(name, name.replace("_", "-"))
        if name not in ATTRIBUTES:
            raise ValueError(f"drawings have no attribute {name}")
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise TypeError("coordinates are whole numbers")
        written.append(f' {name}="{escape(str(value))}"')
    return f"<{tag}{''.join(written)}>{''.join(children)}</{tag}>"


def text(words: str, **attributes: int | str) -> str:
    return element("text", escape(words, quote=False), **attributes)


@cache
def style_sheet() -> str:
    """The style of a drawing that stands alone (also inside the PDF): one hue in steps, no red and green."""
    return files("baken.render").joinpath("static/drawing.css").read_text("utf-8").strip()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart with a title and a description that says in words what it shows. `body` is SVG; unit: pixels."""

    kind: str
    width: int
    height: int
    title: str
    description: str
    body: str

    def inline(self, name: str) -> str:
        """For inside a page; `name` makes the ids unique on that page."""
        return element(
            "svg",
            element("title", escape(self.title, quote=False), id=f"{name}-title"),
            element("desc", escape(self.description, quote=False), id=f"{name}-desc"),
            self.body,
            klass=f"drawing drawing-{self.kind}",
            view_box=f"0 0 {self.width} {self.height}",
            width=self.width,
            height=self.height,
            role="img",
            aria_labelledby=f"{name}-title {name}-desc",
        )

    def for_document(self) -> str:
        """For inside a document that prints title and description itself: the drawing with its style."""
        return element(
            "svg",
            element("style", style_sheet()),
            self.body,
            xmlns="http://www.w3.org/2000/svg",
            klass=f"drawing drawing-{self.kind}",
            view_box=f"0 0 {self.width} {self.height}",
            width=self.width,
            height=self.height,
        )

    def standalone(self, *footer: str) -> str:
        """A file of its own, with its title above and lines such as source and warning below."""
        headings = textwrap.wrap(self.title, self.width // PIXELS_PER_LETTER)
        top, line = 20 + 22 * len(headings), 22
        height = top + self.height + line * len(footer) + 8
        lines = [
            text(words, x=12, y=top + self.height + line * (index + 1) - 4, klass="footer")
            for index, words in enumerate(footer)
        ]
        moved = element("svg", self.body, x=12, y=top, width=self.width, height=self.height)
        return element(
            "svg",
            element("title", escape(self.title, quote=False), id="title"),
            element("desc", escape(self.description, quote=False), id="desc"),
            element("style", style_sheet()),
            element("rect", x=0, y=0, width=self.width + 24, height=height, klass="paper"),
            *[text(part, x=12, y=26 + 22 * index, klass="heading") for index, part in enumerate(headings)],
            moved,
            *lines,
            xmlns="http://www.w3.org/2000/svg",
            klass=f"drawing drawing-{self.kind}",
            view_box=f"0 0 {self.width + 24} {height}",
            width=self.width + 24,
            height=height,
            role="img",
            aria_labelledby="title desc",
        )
