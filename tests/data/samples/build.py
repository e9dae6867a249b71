"""Small files made in a test: text with an encoding, workbooks with sheets, and files that are broken in a known way."""

# ruff: noqa: E501  (one part of a package per line)

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

SECRET = b"a secret of the school that is long enough"
HEADER = ("Stamnr", "Leerling", "Datum", "Soort", "Omschrijving", "Locatie")
ROWS = (
    ("123456", "Visser, Ravi", "31-08-2026", "Bedreiging", "zie mail ravi@voorbeeld.nl", "Kantine"),
    ("123457", "Jansen, Zoë", "01-09-2026", "Diefstal", "tel 06-12345678", "Plein"),
    ("123458", "Yilmaz, Sem", "14-10-2026", "Te laat", "", "Gang"),
    ("123459", "Bakker, Noor", "01-11-2026", "Drugsbezit", "een = teken", "Toilet"),
)


def text(rows: Sequence[Sequence[str]], separator: str = ";", ending: str = "\r\n", *, quoted: bool = False) -> str:
    buffer = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(buffer, delimiter=separator, lineterminator=ending, quoting=quoting).writerows(rows)
    return buffer.getvalue()


def plain() -> bytes:
    """The four rows above as the commonest export: `;`, UTF-8, no title."""
    return text([HEADER, *ROWS]).encode()


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Any]]], merged: Sequence[tuple[str, int, int, int, int, Any]] = ()
) -> bytes:
    """An xlsx. `merged` holds sheet, first row, first column, last row, last column (from 0) and the value."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    day_format = book.add_format({"num_format": "dd-mm-yyyy"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, (date, datetime)):
                    page.write_datetime(r, c, cell, day_format)
                elif isinstance(cell, (int, float)):
                    page.write_number(r, c, cell)
                elif cell != "":
                    page.write_string(r, c, cell)
        for sheet, r1, c1, r2, c2, value in merged:
            if sheet == name:
                page.merge_range(r1, c1, r2, c2, value)
    book.close()
    return buffer.getvalue()


def sheet_of(cells: str, *, extra: Mapping[str, bytes] | None = None) -> bytes:
    """An xlsx whose only sheet has this XML as its data, for files that no normal program writes."""
    buffer = io.BytesIO()
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, xml in parts.items():
            packed.writestr(name, xml)
        for name, data in (extra or {}).items():
            packed.writestr(name, data)
    return buffer.getvalue()


def open_document(rows: Sequence[Sequence[str]]) -> bytes:
    """An ods with one sheet of text."""
    from xml.sax.saxutils import escape

    office = "urn:oasis:names:tc:opendocument:xmlns"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = ("<table:table-row>" + "".join(cell.format(escape(c)) for c in row) + "</table:table-row>" for row in rows)
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="a">{"".join(lines)}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("mimetype", kind)
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()
