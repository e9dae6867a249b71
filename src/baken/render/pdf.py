"""One publication as an accessible PDF: Typst with PDF/UA-1 enforced. The same publication gives the same bytes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from baken.contract.texts import Text
from baken.render.document import Document
from baken.render.svg import Drawing
from baken.render.tables import Table

FALLBACK_FONT = "Libertinus Serif"
"""Inside Typst itself; used when the folder with fonts is not there, so that a report can always be made."""
_TABLES = Text("De cijfers", "The figures")
_METHOD = Text("Hoe we scholen beschermen", "How we protect schools")
_ABOUT = Text("Over deze publicatie", "About this publication")


def content(document: Document, fonts: Path | None) -> dict[str, Any]:
    """What the template fills in: words and published figures, nothing else."""
    language, day = document.language, document.published_on
    return {
        "language": language,
        "fonts": [*families(fonts), FALLBACK_FONT],
        "title": document.title,
        "subtitle": document.subtitle,
        "date": [day.year, day.month, day.day],
        "banner": document.banner,
        "footer": _footer(document),
        "sentences": list(document.sentences),
        "charts": [_chart(drawing) for drawing in document.drawings],
        "tables": [_table(table) for table in document.tables],
        "sections": [
            {
                "heading": s.heading.in_language(language),
                "paragraphs": [p.in_language(language) for p in s.paragraphs],
            }
            for s in document.sections
        ],
        "facts": [list(pair) for pair in document.facts],
        "words": {
            "tables": _TABLES.in_language(language),
            "method": _METHOD.in_language(language),
            "about": _ABOUT.in_language(language),
        },
    }


def _footer(document: Document) -> str:
    number = document.publication.number
    said = Text(f"{document.title}, publicatie {number}.", f"{document.title}, publication {number}.")
    invented = Text(" Verzonnen cijfers.", " Invented figures.") if document.banner else Text("", "")
    return said.in_language(document.language) + invented.in_language(document.language)


def _chart(drawing: Drawing) -> dict[str, str]:
    return {
        "svg": drawing.for_document(),
        "alt": f"{drawing.title}. {drawing.description}",
        "caption": drawing.title,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "corner": table.corner,
        "columns": list(table.columns),
        "rows": [
            {
                "head": row.head,
                "note": row.note,
                "remark": row.remark,
                "total": row.total,
                "cells": [] if row.remark else list(cells),
            }
            for row, cells in table.lines()
        ],
        "legend": list(table.legend),
    }


def families(fonts: Path | None) -> list[str]:
    """The font families in a folder, in alphabetical order."""
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=_folders(fonts))
    return sorted(set(found.families()))


def _folders(fonts: Path | None) -> list[Path]:
    return [fonts] if fonts is not None and fonts.is_dir() else []


def typeset(content: dict[str, Any], day: date, fonts: Path | None) -> bytes:
    """The PDF of this content. Raises `typst.TypstError` when it would not be accessible."""
    made = typst.compile(
        files("baken.render").joinpath("report.typ").read_bytes(),
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=_folders(fonts)),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(content, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError("a report is one file")
    return made


def pdf(document: Document, *, fonts: Path | None) -> bytes:
    """The report of one publication, set in the first font of a folder, or in Typst's own without one."""
    return typeset(content(document, fonts), document.published_on, fonts)
