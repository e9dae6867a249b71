"""Leak scan of drawings and pages: nothing hidden, and no number that is not published, in words or in geometry.

The published figures are the only figures a page may know; still a mistake could put one where nobody looks (a data
attribute, a comment, the length of a bar). Never here: an exception for one page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from baken.contract.publication import ALL, CITY, Publication
from baken.render import svg
from baken.render.figures import Figures, base_of

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEARS = re.compile(r"\b\d{4}-\d{4}(?:/[1-4])?\b|\b20\d\d\b")
_NAMES = re.compile(r"\b[0-9a-f]{16,}\b|\bSHA-256\b")
_COORDINATES = frozenset({"x", "y", "x1", "y1", "x2", "y2", "width", "height", "rx", "cx", "cy", "r"})
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclass(slots=True)
class Element:
    """One element with its own text; `children` in order."""

    tag: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self) -> list[Element]:
        return [self, *[below for child in self.children for below in child.all()]]

    def find(self, tag: str, klass: str = "") -> list[Element]:
        return [e for e in self.all() if e.tag == tag and (not klass or klass in e.attributes.get("class", "").split())]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]
        self.odd: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        if len(element.attributes) != len(attrs):
            self.odd.append(f"<{tag}> has an attribute twice")
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1].tag == tag:
            self.open.pop()
        elif tag not in _VOID:
            self.odd.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.open[-1].text += data

    def handle_comment(self, data: str) -> None:
        self.odd.append("a comment")

    def handle_pi(self, data: str) -> None:
        self.odd.append("a processing instruction")

    def unknown_decl(self, data: str) -> None:
        self.odd.append("a declaration")


def parse(markup: str) -> tuple[Element, list[str]]:
    """The tree, and what is odd about the markup (comments, declarations, elements that do not close)."""
    parser = _Parser()
    parser.feed(markup)
    parser.close()
    return parser.root, parser.odd + [f"<{e.tag}> is not closed" for e in parser.open[1:]]


def published_numbers(publications: tuple[Publication, ...]) -> frozenset[int]:
    """Every value and bound that is published, and the sums that the look-up makes of them."""
    figures = Figures(publications)
    numbers = {n for p in publications for c in p.cells for n in (c.value, c.low, c.high) if n is not None}
    for period in figures.periods:
        areas = [CITY, *[a.code for a in figures.areas(period)]]
        codes = [ALL, *[c.code for c in figures.categories(period)]]
        made = [figures.figure(area, code, period) for area in areas for code in codes]
        numbers |= {n for f in made if f for n in (f.value, f.low, f.high) if n is not None}
    return frozenset(numbers)


def structural_numbers(publications: tuple[Publication, ...], districts: int) -> frozenset[int]:
    """Numbers that are no figures: quarters, days of publication, bands, parameters, how many areas and districts."""
    texts = [p.published_on for p in publications] + [p.participation for p in publications]
    texts += [f"{a.schools} {a.boards}" for p in publications for a in p.areas]
    texts += [label for p in publications for c in p.categories for label in (c.label.nl, c.label.en)]
    texts += [text for p in publications for text in (p.follow_up.nl, p.follow_up.en, p.code_list)]
    numbers = {int(found) for text in texts for found in re.findall(r"\d+", text)}
    numbers |= {v for p in publications for v in p.policy.values() if type(v) is int}
    numbers |= {v for p in publications for v in p.attestation.values() if type(v) is int}
    numbers |= {base_of(p) - 1 for p in publications} | {p.number for p in publications}
    return frozenset(numbers | set(range(districts + 1)) | {1, 2, 3, 4})


def numbers_in(text: str) -> set[str]:
    """The numbers in a text as they stand there, without years, school years, hashes and the name of the hash."""
    return set(NUMBER.findall(_NAMES.sub(" ", _YEARS.sub(" ", text))))


def foreign_numbers(text: str, allowed: frozenset[int]) -> list[str]:
    """Numbers in a text that are not allowed, also those with a fraction."""
    return sorted(found for found in numbers_in(text) if not _is_allowed(found, allowed))


def _is_allowed(written: str, allowed: frozenset[int]) -> bool:
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", written):
        return int(re.sub(r"[.,]", "", written)) in allowed
    return written.isdecimal() and int(written) in allowed


def scan_svg(markup: str, allowed: frozenset[int]) -> list[str]:
    """What is wrong with a drawing. `allowed`: the numbers that its words may hold."""
    root, findings = parse(markup)
    for element in root.all()[1:]:
        findings += _odd_element(element)
        findings += [f"number {n} is not published" for n in _foreign(element, allowed)]
    for row in root.find("g", "row"):
        findings += _bar_without_number(row)
    return findings or _out_of_proportion(root)


def _foreign(element: Element, allowed: frozenset[int]) -> list[str]:
    return [] if element.tag == "style" else foreign_numbers(element.text, allowed)


def _odd_element(element: Element) -> list[str]:
    findings = []
    if element.tag not in svg.ELEMENTS:
        findings.append(f"element <{element.tag}>")
    if element.tag == "style" and element.text.strip() != svg.style_sheet():
        findings.append("a style sheet that is not ours")
    for name, value in element.attributes.items():
        if name not in {known.lower() for known in svg.ATTRIBUTES}:
            findings.append(f"attribute {name}")
        elif name in _COORDINATES and not re.fullmatch(r"-?\d+", value):
            findings.append(f"{name} is not a whole number")
    return findings


def _number(element: Element) -> int | None:
    found = NUMBER.fullmatch(element.text.strip())
    return int(re.sub(r"[.,]", "", found[0])) if found else None


def _bar_without_number(row: Element) -> list[str]:
    bars, values = row.find("rect", "bar"), [v for v in row.find("text", "value") if _number(v) is not None]
    return ["a bar whose number is not printed"] if len(bars) > len(values) else []


def _out_of_proportion(root: Element) -> list[str]:
    """Bars and points must lie where the printed numbers put them, within the pixel that whole numbers cost."""
    pairs = []
    for row in root.find("g", "row"):
        lengths = [int(bar.attributes["width"]) for bar in row.find("rect", "bar")]
        numbers = [n for v in row.find("text", "value") if (n := _number(v)) is not None]
        pairs += list(zip(numbers, lengths, strict=False))
    floor = [int(e.attributes["y1"]) for e in root.find("line", "axis")]
    for quarter in root.find("g", "quarter"):
        heights = [max(floor) - int(c.attributes["cy"]) for c in quarter.find("circle", "point")] if floor else []
        numbers = [n for v in quarter.find("text", "value") if (n := _number(v)) is not None]
        pairs += list(zip(numbers, heights, strict=False))
    if not pairs:
        return []
    highest, longest = max(pairs)
    wrong = [n for n, length in pairs if abs(length * highest - longest * n) > highest]
    return [f"the mark beside {n} has another length than the number says" for n in wrong]


def scan_html(markup: str, allowed: frozenset[int], *, attributes: frozenset[str] = frozenset()) -> list[str]:
    """What is wrong with the main part of a page: drawings as `scan_svg`, tables, and nothing hidden anywhere.

    `attributes`: names of data attributes that the look of the site uses and that hold no figure.
    """
    root, findings = parse(markup)
    for element in root.all()[1:]:
        findings += [
            f"attribute {name}" for name in element.attributes if name.startswith("data-") and name not in attributes
        ]
        findings += [f"attribute {name}" for name in element.attributes if name == "style" or name.startswith("on")]
        findings += ["base64" for value in element.attributes.values() if ";base64," in value]
        if element.tag == "input" and element.attributes.get("type") == "hidden":
            hidden = element.attributes.get("name", "")
            findings += [] if hidden in {"csrfmiddlewaretoken", "next"} else [f"hidden input {hidden}"]
        if element.tag == "script" and element.text.strip():
            findings.append("script in the page")
    for drawing in root.find("svg", "drawing"):
        odd = [finding for e in drawing.all() for finding in _odd_element(e)]
        odd += [f"number {n} is not published" for e in drawing.all() for n in _foreign(e, allowed)]
        findings += odd or _out_of_proportion(drawing)
    for cell in root.find("td"):
        text = "".join(e.text for e in cell.all())
        findings += [f"number {n} is not published" for n in foreign_numbers(text, allowed)]
    return findings
