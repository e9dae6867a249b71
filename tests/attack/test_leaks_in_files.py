"""RT-23 to RT-26: leaks planted in every kind of file that is offered, and each of them caught."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pikepdf
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from baken import cities
from baken.contract.publication import CITY, Publication
from baken.render import csv, leakscan, pdf, xlsx
from baken.render.document import Document, document
from baken.render.leakscan import Leak
from baken.render.markupscan import scan_html, scan_svg
from baken.render.offer import Form, Picture, drawing, file, known_numbers, picture_file
from building.publications import KEY_ID, PRIVATE, chain, publication, sealed

HAGUE = cities.load("den_haag")
CHAIN = chain()[:5]
ALLOWED = known_numbers(CHAIN, HAGUE)
CANARY = 99137


@pytest.fixture(scope="module")
def made() -> Document:
    return document(CHAIN, HAGUE, "nl")


@pytest.fixture(scope="module")
def spreadsheet(made: Document) -> bytes:
    return xlsx.xlsx(made)


@pytest.fixture(scope="module")
def report(made: Document) -> bytes:
    return pdf.pdf(made, fonts=None)


def test_what_is_offered_holds_no_leak():
    for form in Form:
        assert file(form, CHAIN, HAGUE, "nl", sealed=sealed(CHAIN[-1]), fonts=None).data
    for picture in Picture:
        assert picture_file(picture, CHAIN, HAGUE, "nl").data


# RT-23: spreadsheets


def edited(data: bytes, edit: Callable[[openpyxl.Workbook], object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_part(data: bytes, name: str, text: str) -> bytes:
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, text)
    return buffer.getvalue()


def with_text(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.namelist():
            text = old.read(part).decode()
            new.writestr(part, change(text) if part == name else text)
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
PARTS = {
    "pivot cache": ("xl/pivotCache/pivotCacheRecords1.xml", "<r><n v='99137'/></r>"),
    "chart cache": ("xl/charts/chart1.xml", "<c:v>13</c:v>"),
    "external link": ("xl/externalLinks/externalLink1.xml", "<x>school.xlsx</x>"),
    "custom property": ("docProps/custom.xml", "<p>school</p>"),
    "printer settings": ("xl/printerSettings/printerSettings1.bin", "x"),
    "comments": ("xl/comments1.xml", "<comments/>"),
    "macro": ("xl/vbaProject.bin", "x"),
    "second styles": ("xl/styles2.xml", "<x/>"),
    "picture": ("xl/media/image1.png", "x"),
}
TEXTS: dict[str, tuple[str, Callable[[str], str]]] = {
    "author": ("docProps/core.xml", lambda t: t.replace("<dc:creator></dc:creator>", "<dc:creator>jan</dc:creator>")),
    "moment": ("docProps/core.xml", lambda t: t.replace("T00:00:00Z", "T14:03:11Z")),
    "company": ("docProps/app.xml", lambda t: t.replace("<Company></Company>", "<Company>school</Company>")),
    "hidden sheet": ("xl/workbook.xml", lambda t: t.replace('sheetId="2"', 'sheetId="2" state="hidden"')),
    "defined name": ("xl/workbook.xml", lambda t: t.replace("<calcPr", "<definedName>x</definedName><calcPr")),
    "hidden row": (SHEET, lambda t: t.replace('<row r="3"', '<row hidden="1" r="3"')),
    "formula": (SHEET, lambda t: re.sub(r"<v>35</v>", "<f>30+5</f><v>35</v>", t, count=1)),
    "other number": (SHEET, lambda t: re.sub(r"<v>35</v>", "<v>33</v>", t, count=1)),
    "fraction": (SHEET, lambda t: re.sub(r"<v>35</v>", "<v>34.6</v>", t, count=1)),
    "swapped numbers": (SHEET, lambda t: re.sub(r"<v>35</v>(.*?)<v>31</v>", r"<v>31</v>\1<v>35</v>", t, count=1)),
    "number format": ("xl/styles.xml", lambda t: t.replace("<fonts", '<numFmts><numFmt/></numFmts><fonts')),
    "xml comment": (SHEET, lambda t: t.replace("<sheetData>", "<!-- n=4 --><sheetData>")),
    "number in words": ("xl/sharedStrings.xml", lambda t: t.replace("ongeveer 285", "ongeveer 283")),
    "validation list": (SHEET, lambda t: t.replace("</sheetData>", '</sheetData><dataValidations count="1"/>')),
    "link": (SHEET, lambda t: t.replace("</sheetData>", "</sheetData><hyperlinks/>")),
    "comment in the theme": ("xl/theme/theme1.xml", lambda t: t + "<!-- x -->"),
}  # fmt: skip


@pytest.mark.parametrize("plant", PARTS)
def test_a_part_that_a_spreadsheet_does_not_need_is_caught(plant, spreadsheet, made):
    with pytest.raises(Leak, match="part"):
        leakscan.check_xlsx(with_part(spreadsheet, *PARTS[plant]), made, ALLOWED)


@pytest.mark.parametrize("plant", TEXTS)
def test_a_leak_inside_a_spreadsheet_is_caught(plant, spreadsheet, made):
    planted = with_text(spreadsheet, *TEXTS[plant])
    assert planted != with_text(spreadsheet, TEXTS[plant][0], lambda t: t)

    with pytest.raises(Leak):
        leakscan.check_xlsx(planted, made, ALLOWED)


OFFICE_EDITS: dict[str, Callable[[openpyxl.Workbook], object]] = {
    "comment": lambda b: setattr(b.worksheets[0]["G3"], "comment", Comment("school levert 9", "x")),
    "hidden sheet": lambda b: setattr(b.create_sheet("bron"), "sheet_state", "hidden"),
    "hidden column": lambda b: setattr(b.worksheets[0].column_dimensions["G"], "hidden", True),
    "formula": lambda b: b.worksheets[0].__setitem__("G3", "=30+5"),
    "name": lambda b: b.defined_names.add(DefinedName("bron", attr_text="cijfers!$A$1")),
    "list": lambda b: b.worksheets[0].add_data_validation(DataValidation(type="list", formula1='"a,b"')),
    "number format": lambda b: setattr(b.worksheets[0]["G3"], "number_format", '"35"'),
    "author": lambda b: setattr(b.properties, "creator", "jan"),
    "second number": lambda b: b.worksheets[1].__setitem__("D9", 13),
}


@pytest.mark.parametrize("plant", OFFICE_EDITS)
def test_a_leak_that_an_office_program_adds_is_caught(plant, spreadsheet, made):
    with pytest.raises(Leak):
        leakscan.check_xlsx(edited(spreadsheet, OFFICE_EDITS[plant]), made, ALLOWED)


# RT-24: the report


def re_saved(data: bytes, edit: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as book:
        edit(book)
        buffer = io.BytesIO()
        book.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
        return buffer.getvalue()


def _invisible(book: pikepdf.Pdf) -> None:
    book.pages[0].contents_add(book.make_stream(b"BT 3 Tr (13) Tj ET"))


PDF_PLANTS: dict[str, Callable[[pikepdf.Pdf], object]] = {
    "author": lambda b: b.docinfo.__setitem__("/Author", "jan"),
    "keywords": lambda b: b.docinfo.__setitem__("/Keywords", "school"),
    "own property": lambda b: b.docinfo.__setitem__("/Bron", "school"),
    "attachment": lambda b: b.attachments.__setitem__("bron.csv", b"school;9"),
    "script": lambda b: setattr(b.Root, "OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x")),
    "form": lambda b: setattr(b.Root, "AcroForm", pikepdf.Dictionary(Fields=[])),
    "layers": lambda b: setattr(b.Root, "OCProperties", pikepdf.Dictionary(OCGs=[])),
    "annotation": lambda b: setattr(b.pages[0], "Annots", pikepdf.Array([])),
    "invisible text": _invisible,
    "moment": lambda b: b.docinfo.__setitem__("/ModDate", "D:20261009140311Z"),
}


def test_a_report_that_was_only_saved_again_still_passes(report, made):
    leakscan.check_pdf(re_saved(report, lambda b: None), made)


@pytest.mark.parametrize("plant", PDF_PLANTS)
def test_a_leak_in_a_report_is_caught(plant, report, made):
    with pytest.raises(Leak):
        leakscan.check_pdf(re_saved(report, PDF_PLANTS[plant]), made)


def test_an_older_revision_inside_a_report_is_caught(report, made):
    with pytest.raises(Leak, match="older revision"):
        leakscan.check_pdf(report + b"\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF", made)


def test_metadata_that_nobody_asked_for_is_caught(report, made):
    planted = report.replace(b"<dc:format>", b"<dc:source>school</dc:source><dc:format>")
    assert planted != report

    with pytest.raises(Leak, match="metadata dc:source"):
        leakscan.check_pdf(planted, made)


def test_a_number_in_the_words_of_a_report_that_is_not_published_is_caught(made):
    content = pdf.content(made, None)
    content["sentences"].append(f"Op één school waren het er {CANARY}.")

    with pytest.raises(Leak, match=str(CANARY)):
        leakscan.check_content(content, ALLOWED)


# RT-25: drawings and pages


def svg() -> str:
    return drawing(Picture.CATEGORIES, CHAIN, HAGUE, "nl").inline("a")


SVG_PLANTS: dict[str, Callable[[str], str]] = {
    "number in a title": lambda s: s.replace("</title>", " 13</title>", 1).replace(" 13<", f" {CANARY}<"),
    "number in the description": lambda s: s.replace("75 (71", "73 (71"),
    "data attribute": lambda s: s.replace("<rect ", '<rect data-raw="53" ', 1),
    "inline style": lambda s: s.replace("<rect ", '<rect style="width:53px" ', 1),
    "comment": lambda s: s.replace("<g ", "<!-- n=4 --><g ", 1),
    "script": lambda s: s.replace("</svg>", "<script>1</script></svg>"),
    "link": lambda s: s.replace("</svg>", '<image href="x"/></svg>'),
    "event": lambda s: s.replace("<svg ", '<svg onload="x()" ', 1),
    "fraction": lambda s: re.sub(r'width="(\d+)" height="18"', r'width="\1.4" height="18"', s, count=1),
    "longer bar": lambda s: re.sub(
        r'width="(\d+)" height="18"', lambda m: f'width="{int(m[1]) - 9}" height="18"', s, count=1
    ),
    "bar without number": lambda s: re.sub(r'<text [^>]*class="value">55</text>', "", s, count=1),
    "own style sheet": lambda s: s.replace("</svg>", "<style>.a{width:53px}</style></svg>"),
    "twice the same attribute": lambda s: s.replace('class="bar"', 'class="bar" class="n53"', 1),
}  # fmt: skip


@pytest.mark.parametrize("plant", SVG_PLANTS)
def test_a_leak_in_a_drawing_is_caught(plant):
    clean = svg()
    assert scan_svg(clean, ALLOWED) == []
    planted = SVG_PLANTS[plant](clean)
    assert planted != clean

    assert scan_svg(planted, ALLOWED)


def test_a_point_of_a_trend_that_lies_elsewhere_is_caught():
    clean = drawing(Picture.TREND, CHAIN, HAGUE, "nl").inline("a")
    assert scan_svg(clean, ALLOWED) == []

    assert scan_svg(re.sub(r'cy="(\d+)"', lambda m: f'cy="{int(m[1]) + 7}"', clean, count=1), ALLOWED)


HTML_PLANTS = {
    "data attribute": '<td data-raw="13">15</td>',
    "number in a cell": f"<table><tr><td>{CANARY}</td></tr></table>",
    "fraction in a cell": "<table><tr><td>34,6</td></tr></table>",
    "comment": "<p>15<!-- 4 scholen --></p>",
    "hidden input": '<input type="hidden" name="n" value="5">',
    "state": '<script>{"value": 13}</script>',
    "inline style": '<p style="width:53px">x</p>',
    "base64": '<img src="data:;base64,eHh4">',
}


@pytest.mark.parametrize("plant", HTML_PLANTS)
def test_a_leak_in_a_page_is_caught(plant):
    assert scan_html(HTML_PLANTS[plant], ALLOWED)


# RT-26: open data


def test_an_extra_column_in_the_csv_is_caught():
    data = csv.csv(CHAIN[-1]).replace(b"achtergehouden\r\n", b"achtergehouden;scholen\r\n")

    with pytest.raises(Leak, match="columns"):
        leakscan.check_csv(data, CHAIN[-1])


@pytest.mark.parametrize(("old", "new"), [(b";35;", b";33;"), (b";35;", b";35.0;"), (b";;;;ja", b";5;1;9;nee")])
def test_another_number_in_the_csv_is_caught(old, new):
    with pytest.raises(Leak, match="rows"):
        leakscan.check_csv(csv.csv(CHAIN[-1]).replace(old, new, 1), CHAIN[-1])


def test_another_order_in_the_csv_is_caught():
    head, *rows = csv.csv(CHAIN[-1]).splitlines(keepends=True)

    with pytest.raises(Leak, match="rows"):
        leakscan.check_csv(head + b"".join(sorted(rows, reverse=True)), CHAIN[-1])


def test_a_name_that_a_spreadsheet_would_run_is_caught():
    made = publication("2026-2027/1", number=1)
    evil = replace(made, areas=tuple(replace(a, name="=1+1") for a in made.areas))

    with pytest.raises(Leak, match="formula"):
        leakscan.check_csv(csv.csv(evil), evil)


def unsigned_extra(made: Publication) -> bytes:
    return sealed(made).replace(b'"sleutel"', b'"school":"9","sleutel"')


@pytest.mark.parametrize(
    "change",
    [
        unsigned_extra,
        lambda p: sealed(p) + b" ",
        lambda p: b" " + sealed(p),
        lambda p: sealed(p).replace(b',"zegel":', b' ,"zegel":'),
        lambda p: sealed(p, private=PRIVATE, key_id=KEY_ID).replace(b'{"handtekening":"', b'{"handtekening":"AA'),
    ],
)
def test_anything_beside_the_signed_content_is_caught(change):
    with pytest.raises(Leak):
        leakscan.check_sealed(change(CHAIN[-1]), CHAIN[-1])


def test_a_leak_names_what_was_found_and_no_published_figure():
    with pytest.raises(Leak) as caught:
        leakscan.check_csv(b"stad\r\n", CHAIN[-1])

    assert caught.value.findings == ("other columns", "rows that are not the published cells")
    assert CITY not in str(caught.value)
