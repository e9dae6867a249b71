"""One publication as a spreadsheet: the cells with their bounds, a legend, and the notes. No author, no formula.

Numbers are numbers, a figure that is held back is the text "·". The same publication gives the same bytes.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from baken.contract.publication import ALL, CITY, HELD_BACK, Publication
from baken.contract.texts import Text
from baken.render import words
from baken.render.document import Document
from baken.render.figures import base_of

SHEETS = (Text("cijfers", "figures"), Text("legenda", "legend"), Text("toelichting", "notes"))
_HEADS = (
    Text("Periode", "Period"),
    Text("Tabel", "Table"),
    Text("Gebied", "Area"),
    Text("Naam van het gebied", "Name of the area"),
    Text("Categorie", "Category"),
    Text("Naam van de categorie", "Name of the category"),
    Text("Waarde", "Value"),
    Text("Van", "From"),
    Text("Tot en met", "To"),
)
_WIDTHS = (14, 8, 30, 38, 26, 46, 10, 8, 12)


def xlsx(document: Document) -> bytes:
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    day = document.published_on
    book.set_properties({"created": datetime(day.year, day.month, day.day, tzinfo=UTC), "author": "", "comments": ""})
    bold = book.add_format({"bold": True, "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    pages = [book.add_worksheet(name.in_language(document.language)) for name in SHEETS]
    _figures(pages[0], document, bold)
    _lines(pages[1], _legend(document.publication, document.language), bold, wrapped)
    _lines(pages[2], _notes(document), bold, wrapped)
    book.close()
    return buffer.getvalue()


def _figures(page: Any, document: Document, bold: Any) -> None:
    publication, language = document.publication, document.language
    top = 0
    if document.banner:
        page.write_string(0, 0, document.banner, bold)
        top = 1
    for column, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(top, column, head.in_language(language), bold)
    areas = {a.code: a.name for a in publication.areas} | {CITY: words.WHOLE_CITY.in_language(language)}
    categories = {c.code: c.label.in_language(language) for c in publication.categories}
    categories[ALL] = words.ALL_CATEGORIES.in_language(language)
    for number, cell in enumerate(publication.cells, start=top + 1):
        labels = (cell.period, cell.table, cell.area, areas.get(cell.area, ""), cell.category)
        for column, label in enumerate((*labels, categories.get(cell.category, ""))):
            page.write_string(number, column, label)
        for column, value in enumerate((cell.value, cell.low, cell.high), start=len(labels) + 1):
            if value is None:
                page.write_string(number, column, HELD_BACK)
            else:
                page.write_number(number, column, value)
    page.freeze_panes(top + 1, 0)


def _legend(publication: Publication, language: str) -> list[tuple[str, str]]:
    base = base_of(publication)
    zero = [c.high for c in publication.cells if c.value == 0 and c.high is not None]
    texts = (words.rounding_legend(base), words.zero_legend(max(zero, default=base - 1)), words.HELD_BACK_LEGEND)
    lines = [("", text.in_language(language)) for text in (*texts, words.NOT_ZERO, words.PARTICIPATING)]
    lines += [(c.code, c.label.in_language(language)) for c in publication.categories]
    schools, boards = Text("scholen", "schools"), Text("besturen", "boards")
    lines += [
        (a.code, f"{a.name}: {a.schools} {schools.in_language(language)}, {a.boards} {boards.in_language(language)}")
        for a in publication.areas
    ]
    return lines


def _notes(document: Document) -> list[tuple[str, str]]:
    language = document.language
    lines = [(document.title, document.subtitle)]
    lines += [("", document.banner)] if document.banner else []
    lines += [("", sentence) for sentence in document.sentences]
    lines += document.facts
    for section in document.sections:
        heading = section.heading.in_language(language)
        for paragraph in section.paragraphs:
            lines.append((heading, paragraph.in_language(language)))
            heading = ""
    return lines


def _lines(page: Any, lines: list[tuple[str, str]], bold: Any, wrapped: Any) -> None:
    page.set_column(0, 0, 36)
    page.set_column(1, 1, 100)
    for number, (head, body) in enumerate(lines):
        page.write_string(number, 0, head, bold)
        page.write_string(number, 1, body, wrapped)
