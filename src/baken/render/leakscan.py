"""Leak scan of the files that are offered: a file that holds anything beside the publication is never handed out.

Each `check_…` raises `Leak` with everything it found. It looks at the bytes as a stranger would: parts of an archive,
properties, hidden sheets, attachments, older revisions, and at every number. Never here: a way to switch it off.
"""

from __future__ import annotations

import csv as standard
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from baken.contract import tabular
from baken.contract.publication import Publication, content_hash, to_bytes
from baken.render import csv
from baken.render.document import Document
from baken.render.markupscan import foreign_numbers, scan_svg

XLSX_PARTS = frozenset({
    "[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml", "xl/workbook.xml", "xl/styles.xml",
    "xl/sharedStrings.xml", "xl/theme/theme1.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml",
})  # fmt: skip
_XLSX_FORBIDDEN = (
    "<f>", "<f ", "hidden=", 'state="hidden"', "veryHidden", "definedName", "externalReference", "dataValidation",
    "hyperlink", "legacyDrawing", "<drawing", "oleObject", "numFmts", "conditionalFormatting", "customSheetView",
    "TargetMode", "<extLst", "<rPh", "headerFooter",
)  # fmt: skip
_XLSX_EMPTY = ("dc:creator", "dc:description", "cp:lastModifiedBy", "Company", "Manager", "cp:keywords", "dc:subject")
_PDF_FORBIDDEN = (
    b"/EmbeddedFile", b"/Filespec", b"/AF", b"/JavaScript", b"/JS", b"/Launch", b"/AA", b"/OpenAction", b"/AcroForm",
    b"/XFA", b"/OCProperties", b"/OCG", b"/Annots", b"/URI", b"/Author", b"/Keywords", b"/Subject", b"/RichMedia",
    b"/ObjStm", b"/Encrypt", b"/PieceInfo", b"/Image", b"/Movie", b"/Sound", b"/GoToR", b"/SubmitForm", b"/Perms",
)  # fmt: skip
_PDF_REQUIRED = (b"/MarkInfo", b"/StructTreeRoot", b"/Lang")
_XMP_TAGS = frozenset({
    "x:xmpmeta", "rdf:RDF", "rdf:Description", "dc:title", "rdf:Alt", "rdf:li", "rdf:Bag", "xmp:CreatorTool",
    "dc:language", "xmp:ModifyDate", "xmp:CreateDate", "pdfuaid:part", "xmpTPg:NPages", "dc:format",
    "xmpMM:InstanceID", "xmpMM:DocumentID", "xmpMM:RenditionClass", "pdf:PDFVersion",
})  # fmt: skip
_INFO_KEYS = frozenset({b"Title", b"Creator", b"CreationDate", b"ModDate"})


class Leak(Exception):  # noqa: N818  (says what is the matter, as the domain's refusals do)
    """A file holds something that it must not hold; it is not offered. `findings` says what, for the administrator."""

    def __init__(self, form: str, findings: list[str]) -> None:
        self.form, self.findings = form, tuple(dict.fromkeys(findings))
        super().__init__(f"{form}: {'; '.join(self.findings)}")


def _raise(form: str, findings: list[str]) -> None:
    if findings:
        raise Leak(form, findings)


def check_sealed(data: bytes, publication: Publication) -> None:
    """The signed file is the canonical content and a seal of three fields, nothing before, between or after."""
    findings: list[str] = []
    canonical = to_bytes(publication)
    start, between = b'{"publicatie":' + canonical, b',"zegel":'
    if not data.startswith(start + between) or not data.endswith(b"}\n"):
        findings.append("more than the publication and its seal")
    else:
        part = data[len(start + between) : -2]
        seal = tabular.read_json(part, limit=1000)
        exact = isinstance(seal, dict) and tabular.write_json(seal) == part
        if not exact or set(seal) != {"handtekening", "sleutel", "sha256"}:
            findings.append("a seal with other fields")
        elif seal["sha256"] != content_hash(canonical) or not re.fullmatch(r"[0-9a-f]{128}", str(seal["handtekening"])):
            findings.append("a seal that does not fit")
    _raise("json", findings)


def check_csv(data: bytes, publication: Publication) -> None:
    """Exactly the columns, exactly one row per published cell in the order of the file, and no formula."""
    reader = standard.DictReader(io.StringIO(data.decode(), newline=""), delimiter=";", strict=True)
    findings = [] if tuple(reader.fieldnames or ()) == csv.COLUMNS else ["other columns"]
    if list(reader) != csv.rows(publication):
        findings.append("rows that are not the published cells")
    if any(value[:1] in "=+-@\t\r" for row in csv.rows(publication) for value in row.values() if value):
        findings.append("a value that a spreadsheet would read as a formula")
    _raise("csv", findings)


def check_xlsx(data: bytes, document: Document, allowed: frozenset[int]) -> None:
    """Only the known parts, nothing hidden, and on the first sheet exactly the published numbers in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name).decode() for name in names if name in XLSX_PARTS}
        findings = [f"part {name}" for name in names if name not in XLSX_PARTS or names.count(name) > 1]
        findings += ["a comment on the archive"] if archive.comment else []
        findings += [f"extra data in {info.filename}" for info in archive.infolist() if info.extra or info.comment]
    findings += [f"part {name} is missing" for name in XLSX_PARTS - parts.keys()]
    for name, text in parts.items():
        findings += [f"{sign} in {name}" for sign in _XLSX_FORBIDDEN if sign in text and not name.endswith("app.xml")]
        findings += [f"a comment in {name}"] if "<!--" in text else []
    findings += list(_xlsx_properties(parts, document))
    findings += list(_xlsx_numbers(parts, document))
    strings = " ".join(re.findall(r"<t[^>]*>([^<]*)</t>", parts.get("xl/sharedStrings.xml", "")))
    findings += [f"number {n} is not published" for n in foreign_numbers(strings, allowed)]
    _raise("xlsx", findings)


def _xlsx_properties(parts: dict[str, str], document: Document) -> Iterator[str]:
    properties = parts.get("docProps/core.xml", "") + parts.get("docProps/app.xml", "")
    for tag in _XLSX_EMPTY:
        if any(value.strip() for value in re.findall(f"<{tag}[^>]*>([^<]*)<", properties)):
            yield f"property {tag}"
    for stamp in re.findall(r"<dcterms:[a-z]+[^>]*>([^<]*)<", properties):
        if stamp != f"{document.published_on.isoformat()}T00:00:00Z":
            yield "a time that is not the day of publication"


def _xlsx_numbers(parts: dict[str, str], document: Document) -> Iterator[str]:
    published = [n for c in document.publication.cells for n in (c.value, c.low, c.high) if n is not None]
    for sheet, expected in enumerate((published, [], []), start=1):
        text = parts.get(f"xl/worksheets/sheet{sheet}.xml", "")
        cells = re.findall(r"<c ([^>]*)>(.*?)</c>", text)
        numbers = [re.sub(r"</?v>", "", inside) for attributes, inside in cells if 't="s"' not in attributes]
        if numbers != [str(n) for n in expected]:
            yield f"numbers on sheet {sheet} that are not the published ones"


def check_pdf(data: bytes, document: Document) -> None:
    """One revision, tagged, without attachment, script, link, form, layer, picture or invisible text."""
    findings = [] if data.count(b"%%EOF") == 1 and data.rstrip().endswith(b"%%EOF") else ["an older revision"]
    findings += [] if data.count(b"startxref") == 1 else ["a second table of objects"]
    outside = _STREAM.sub(b"", data)
    findings += [f"{name.decode()} is missing" for name in _PDF_REQUIRED if name not in outside]
    for text in (outside, *_streams(data)):
        findings += [name.decode() for name in _PDF_FORBIDDEN if re.search(re.escape(name) + rb"(?![A-Za-z0-9])", text)]
        findings += ["invisible text"] if re.search(rb"\b3\s+Tr\b", text) else []
    findings += list(_pdf_properties(data, outside, document))
    _raise("pdf", findings)


_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.S)


def _streams(data: bytes) -> Iterator[bytes]:
    """The content of every stream that is text: page content, character maps, metadata; not the fonts."""
    for found in _STREAM.finditer(data):
        raw = re.sub(rb"^stream\r?\n", b"", found[0])[: -len(b"endstream")]
        try:
            yield zlib.decompressobj().decompress(raw)
        except zlib.error:
            yield raw


def _pdf_properties(data: bytes, outside: bytes, document: Document) -> Iterator[str]:
    day = document.published_on
    metadata = [text for text in _streams(data) if b"<x:xmpmeta" in text]
    if len(metadata) != 1:
        yield "no metadata, or more than one"
    for text in metadata:
        tags = set(re.findall(r"<([A-Za-z]+:[A-Za-z]+)", text.decode()))
        yield from (f"metadata {tag}" for tag in sorted(tags - _XMP_TAGS))
        dates = set(re.findall(r"<xmp:[A-Za-z]+Date>([^<]*)<", text.decode()))
        if dates - {f"{day.isoformat()}T00:00:00Z"}:
            yield "a time that is not the day of publication"
    info = re.search(rb"/Info (\d+) 0 R", outside)
    body = re.search(rb"\n" + info[1] + rb" 0 obj\n<<(.*?)>>\nendobj", outside, re.S) if info else None
    keys = set(re.findall(rb"/([A-Za-z]+)", re.sub(rb"\((?:\\.|[^()\\])*\)", b"", body[1]))) if body else set()
    yield from (f"property {key.decode(errors='replace')}" for key in sorted(keys - _INFO_KEYS))
    for stamp in re.findall(rb"\(D:(\d{14})", outside):
        if stamp != f"{day:%Y%m%d}000000".encode():
            yield "a time that is not the day of publication"


def check_content(content: Any, allowed: frozenset[int]) -> None:
    """Every number in the words that go into a document must be known; drawings inside it are scanned as drawings."""
    findings = [finding for text in _texts(content) for finding in _scan_text(text, allowed)]
    _raise("document", findings)


def _scan_text(text: str, allowed: frozenset[int]) -> list[str]:
    if text.startswith("<svg"):
        return scan_svg(text, allowed)
    return [f"number {n} is not published" for n in foreign_numbers(text, allowed)]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inside in value.items():
            if name != "fonts":
                yield from _texts(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from _texts(inside)


def check_svg(markup: str, allowed: frozenset[int]) -> None:
    _raise("svg", scan_svg(markup, allowed))
