"""The files that are offered: complete, accessible, the same bytes every time, in both languages."""

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from baken import cities
from baken.render import csv, pdf
from baken.render.document import document, file_stem
from baken.render.offer import Form, Picture, file, picture_file
from building.pdftext import text_of
from building.publications import chain, publication, real_year, sealed

HAGUE = cities.load("den_haag")
GOLDEN = Path(__file__).parents[2] / "golden" / "window"
LANGUAGES = ("nl", "en")


def offered(form: Form, count: int = 5, language: str = "nl") -> bytes:
    made = chain()[:count]
    return file(form, made, HAGUE, language, sealed=sealed(made[-1]), fonts=None).data


def golden(name: str, text: str) -> None:
    """What a citizen sees is frozen; a change is reviewed with the change of the code."""
    path = GOLDEN / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        pytest.fail(f"{name} was not there; it is written now, read it")
    assert text == path.read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", list(Form))
def test_the_same_publication_gives_the_same_bytes(form, language):
    assert offered(form, language=language) == offered(form, language=language)


def test_the_signed_file_is_offered_byte_for_byte():
    made = chain()[:5]

    assert offered(Form.JSON) == sealed(made[-1])


def test_the_csv_has_exactly_the_promised_columns():
    head = offered(Form.CSV).decode().splitlines()[0]

    assert head == "stad;periode;tabel;gebied;gebied_naam;categorie;waarde;van;tot;achtergehouden"


def test_the_csv_holds_every_cell_and_marks_what_is_held_back():
    lines = offered(Form.CSV).decode().splitlines()[1:]

    assert len(lines) == len(chain()[4].cells)
    assert sum(line.endswith(";;;;ja") for line in lines) == 3


def test_the_csv_is_as_it_was():
    golden("2025-2026.csv", offered(Form.CSV).decode().replace("\r\n", "\n"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentences_are_as_they_were(language):
    made = chain()
    said = [
        f"{made[n - 1].period}: {text}"
        for n in range(1, len(made) + 1)
        for text in document(made[:n], HAGUE, language).sentences
    ]
    golden(f"sentences.{language}.txt", "\n".join(said) + "\n")


@pytest.mark.parametrize("picture", list(Picture))
def test_the_pictures_are_as_they_were(picture):
    made = picture_file(picture, chain()[:5], HAGUE, "nl")

    golden(f"{picture}.svg", made.data.decode().replace("><", ">\n<") + "\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_the_report_is_as_it_was(language):
    golden(f"report.{language}.txt", text_of(offered(Form.PDF, language=language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_tagged_titled_and_in_its_language(language):
    with pikepdf.open(io.BytesIO(offered(Form.PDF, language=language))) as report:
        root = report.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == language
        assert root.ViewerPreferences.DisplayDocTitle
        assert "/StructTreeRoot" in root
        with report.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_every_chart_in_the_report_has_a_description_and_every_table_has_heads():
    with pikepdf.open(io.BytesIO(offered(Form.PDF))) as report:
        elements = [o for o in report.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/StructElem"]
        kinds = [str(e.S) for e in elements]
        described = [str(e.Alt) for e in elements if "/Alt" in e]

    assert len(described) == 2
    assert "Bedreiging: 75 (71 tot en met 79)" in described[0]
    assert kinds.count("/Table") == 3
    assert kinds.count("/TH") >= 3 * 3
    assert {"/H1", "/H2", "/Caption"} <= set(kinds)


def test_a_chart_without_a_description_is_refused(monkeypatch):
    made = document(chain()[:5], HAGUE, "nl")
    silent = pdf.content(made, None)
    silent["charts"][0]["alt"] = None

    with pytest.raises(Exception, match="alt"):
        pdf.typeset(silent, made.published_on, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_spreadsheet_has_the_figures_a_legend_and_notes(language):
    book = openpyxl.load_workbook(io.BytesIO(offered(Form.XLSX, language=language)))
    names = {"nl": ["cijfers", "legenda", "toelichting"], "en": ["figures", "legend", "notes"]}

    assert book.sheetnames == names[language]
    rows = list(book.worksheets[0].iter_rows(min_row=3, values_only=True))
    cells = chain()[4].cells
    assert [row[6:9] for row in rows] == [
        tuple("·" if n is None else n for n in (c.value, c.low, c.high)) for c in cells
    ]


def test_invented_figures_say_so_in_every_file_and_in_its_name():
    made = chain()[:5]
    assert all(row["gebied_naam"].endswith("(verzonnen)") for row in csv.rows(made[-1]))
    assert file_stem(made[-1]).startswith("verzonnen-")
    assert b"verzonnen cijfers" in picture_file(Picture.MAP, made, HAGUE, "nl").data
    assert "verzonnen cijfers" in text_of(offered(Form.PDF))
    assert json.loads(offered(Form.JSON))["publicatie"]["synthetisch"] is True
    with zipfile.ZipFile(io.BytesIO(offered(Form.XLSX))) as archive:
        assert "verzonnen cijfers" in archive.read("xl/sharedStrings.xml").decode()


def test_figures_that_are_not_invented_do_not_say_so():
    real = real_year(publication("2026-2027/1", number=1))
    data = file(Form.CSV, (real,), HAGUE, "nl", sealed=sealed(real), fonts=None).data

    assert b"verzonnen" not in data
    assert b"verzonnen" not in picture_file(Picture.MAP, (real,), HAGUE, "nl").data
