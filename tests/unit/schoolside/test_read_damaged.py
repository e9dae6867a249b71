"""Files that cannot be used: each gives a code, a place and a remedy, never a traceback and never a value."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from baken.contract.problems import Unacceptable
from baken.schoolside.mapping import suggest
from baken.schoolside.read import find_tables, open_table
from data.samples.build import HEADER, plain, sheet_of, text, workbook

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ENCRYPTED = OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 100
SECRETS = ("Visser", "ravi@voorbeeld.nl", "06-12345678")


def zip_of(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return buffer.getvalue()


def bomb() -> bytes:
    return sheet_of("", extra={"xl/media/image1.bin": b"\0" * 700_000_000})


def corners() -> bytes:
    return sheet_of('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


FILES = {
    "empty": (b"", "X-101"),
    "blank lines only": (b"\r\n \r\n\t\r\n", "X-101"),
    "only a byte order mark": (b"\xef\xbb\xbf", "X-101"),
    "an image named xlsx": (PNG, "X-102"),
    "a PDF": (b"%PDF-1.7 and more", "X-102"),
    "a web page": (b"<!DOCTYPE html><table><tr><td>Datum</td></tr></table>", "X-102"),
    "a zip of something else": (zip_of({"readme.txt": b"hoi"}), "X-102"),
    "control characters": (bytes(range(1, 32)) * 20, "X-102"),
    "a workbook with a password": (ENCRYPTED, "X-103"),
    "an old workbook without content": (OLE, "X-104"),
    "a workbook cut off": (workbook({"a": [HEADER]})[:2000], "X-104"),
    "an empty zip": (b"PK\x05\x06" + b"\0" * 18, "X-102"),
    "two cells in opposite corners": (corners(), "X-105"),
    "nil characters in the text": (plain()[:60] + b"\0" + plain()[60:], "X-106"),
    "a quote that is never closed": (plain() + b'9;"Visser, Ravi;31-08-2026;Drugs\r\n;;;\r\n', "X-107"),
    "a cell without end": (plain() + b"1;2;3;4;" + b"x" * 200_000 + b";6\r\n", "X-108"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(name: str) -> None:
    data, code = FILES[name]

    with pytest.raises(Unacceptable) as refusal:
        suggest(open_table(data, "export.xlsx"))

    assert [p.code for p in refusal.value.problems] == [code]
    assert all(p.remedy() for p in refusal.value.problems)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_message_repeats_what_stands_in_the_file(name: str, language: str) -> None:
    with pytest.raises(Unacceptable) as refusal:
        suggest(open_table(FILES[name][0]))

    assert not any(value in refusal.value.describe(language) for value in SECRETS)


def test_a_zip_that_unpacks_to_more_than_the_memory_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(Unacceptable) as refusal:
        open_table(bomb())

    assert refusal.value.problems[0].code == "X-105"


def test_empty_formatted_cells_far_away_are_no_bomb() -> None:
    cells = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Datum</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Soort</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    )

    (table,) = find_tables(open_table(sheet_of(cells)))

    assert table.names == ("Datum", "Soort")


TABLES = {
    "no header": (text([("12", "31-08-2026"), ("13", "01-09-2026")]), "X-109"),
    "one column": ("Datum\r\n31-08-2026\r\n", "X-109"),
    "no date": (text([("Leerling", "Soort"), ("a", "Diefstal"), ("b", "Drugs")]), "X-110"),
    "only birth dates": (
        text([("Geboortedatum", "Soort"), ("31-08-2010", "Diefstal"), ("01-09-2011", "Drugs")]),
        "X-110",
    ),
    "no kind": (text([("Datum", "Leerling"), ("31-08-2026", "a"), ("01-09-2026", "b")]), "X-111"),
    "no rows": (text([HEADER]), "X-112"),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_without_what_is_needed_says_what_is_missing(name: str) -> None:
    data, code = TABLES[name]

    with pytest.raises(Unacceptable) as refusal:
        suggest(open_table(data.encode()))

    assert refusal.value.problems[0].code == code


def test_the_place_of_an_unclosed_quote_is_named() -> None:
    with pytest.raises(Unacceptable) as refusal:
        open_table(FILES["a quote that is never closed"][0])

    assert refusal.value.problems[0].place.row == 6


def test_two_hundred_columns_are_no_problem() -> None:
    names = ["Datum", "Soort", *(f"veld {n}" for n in range(198))]
    data = text([names, ["31-08-2026", "Diefstal", *("x" for _ in range(198))]]).encode()

    assert suggest(open_table(data)).category == ("Soort",)


def test_a_cell_without_end_is_refused_also_where_another_library_allows_it() -> None:
    before = csv.field_size_limit(10_000_000)
    try:
        with pytest.raises(Unacceptable) as refusal:
            suggest(open_table(FILES["a cell without end"][0]))
    finally:
        csv.field_size_limit(before)

    assert [p.code for p in refusal.value.problems] == ["X-108"]
