"""Damaged, hostile and mistaken files: each ends in `Unacceptable` with a code, whatever is in it."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from baken.contract import delivery, package, record, tabular
from baken.contract.periods import Quarter
from baken.contract.problems import Unacceptable
from baken.contract.record import Record

SHEET = "xl/worksheets/sheet1.xml"
KEY = "k" * 22
WORKBOOK = record.write([Record(KEY, "2026-09", "drugs")], "xlsx")


def code_of(read: Callable[[], object]) -> str:
    with pytest.raises(Unacceptable) as refused:
        read()
    (problem,) = refused.value.problems
    return problem.code


def remade(change: Callable[[str, bytes], bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The workbook with every part passed through `change`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as old, zipfile.ZipFile(buffer, "w", compression) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return buffer.getvalue()


def with_cell(place: str) -> bytes:
    """The workbook with one more filled cell at a place such as XFD1048576."""
    row = "".join(letter for letter in place if letter.isdigit())
    cell = f'<row r="{row}"><c r="{place}" t="str"><v>x</v></c></row></sheetData>'.encode()
    return remade(lambda name, part: part.replace(b"</sheetData>", cell) if name == SHEET else part)


# --- CSV ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "F-113"),
        (b"\r\n\r\n", "F-113"),
        (b" ; ; \r\n", "F-113"),
        ("sleutel;maand;categorie\r\nÉ".encode("cp1252"), "F-110"),
        ("sleutel;maand;categorie".encode("utf-16"), "F-110"),
        (b"sleutel;maand;categorie\r\n\0;;\r\n", "F-111"),
        (b'sleutel;maand;categorie\r\n"' + KEY.encode(), "F-112"),
        (b'sleutel;maand;categorie\r\n"a"b;;\r\n', "F-112"),
        (b"sleutel;maand;categorie\r\n" + b"x" * 200_000, "F-112"),
        (b"sleutel;maand;categorie\r\n" + KEY.encode() + b";2026-09;drugs;Bo\r\n", "F-114"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "F-110"),
        (WORKBOOK, "F-110"),
    ],
    ids=["empty", "blank", "blanks", "cp1252", "utf-16", "nul", "cut", "quote", "huge cell", "extra", "png", "xlsx"],
)
def test_what_is_no_csv_of_ours_is_refused(data: bytes, code: str) -> None:
    assert code_of(lambda: tabular.read_csv(data)) == code


def test_a_csv_above_the_limit_is_not_read() -> None:
    assert code_of(lambda: tabular.read_csv(b"x" * 101, limit=100)) == "F-120"


def test_a_byte_order_mark_and_spaces_around_a_value_are_no_mistake() -> None:
    data = f"\ufeffsleutel; maand;categorie\r\n {KEY};2026-09 ;drugs\r\n".encode()

    assert record.read(data, "csv")[0] == (Record(KEY, "2026-09", "drugs"),)


def test_a_short_row_has_empty_fields() -> None:
    assert tabular.read_csv(b"a;b\r\n1\r\n")[1] == [{"a": "1", "b": ""}]


def test_a_csv_that_we_write_holds_no_formula() -> None:
    for line in record.write([Record(KEY, "2026-09", "drugs")], "csv").splitlines():
        assert not any(cell.startswith((b"=", b"+", b"@")) for cell in line.split(b";"))


# --- XLSX --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "F-115"),
        (b"sleutel;maand;categorie", "F-115"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "F-115"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096, "F-115"),
        (WORKBOOK[: len(WORKBOOK) // 2], "F-115"),
        (WORKBOOK[:-30], "F-115"),
        (remade(lambda name, part: b"" if name == SHEET else part), "F-115"),
        (remade(lambda name, part: part[: len(part) // 2]), "F-115"),
        (remade(lambda name, part: b"<x" if name == "xl/workbook.xml" else part), "F-115"),
    ],
    ids=["empty", "csv", "png", "password", "half", "no end", "no sheet", "cut parts", "no workbook"],
)
def test_what_is_no_workbook_of_ours_is_refused(data: bytes, code: str) -> None:
    assert code_of(lambda: tabular.read_xlsx(data)) == code


def test_a_zip_that_holds_something_else_is_no_workbook() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as other:
        other.writestr("foto.png", b"\x89PNG")

    assert code_of(lambda: tabular.read_xlsx(buffer.getvalue())) == "F-115"


def test_an_encrypted_part_is_refused() -> None:
    data = bytearray(WORKBOOK)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := data.find(mark, at)) >= 0:
            data[at + flags] |= 1
            at += 4

    assert code_of(lambda: tabular.read_xlsx(bytes(data))) == "F-115"


def test_a_zip_bomb_is_refused_before_it_fills_the_memory() -> None:
    bomb = remade(lambda name, part: part + b" " * 60_000_000 if name == SHEET else part)

    assert len(bomb) < 200_000
    assert code_of(lambda: tabular.read_xlsx(bomb)) == "F-116"


def test_the_parts_together_may_not_pass_the_limit() -> None:
    assert code_of(lambda: tabular.read_xlsx(WORKBOOK, unpacked=1_000)) == "F-116"


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    content = b"<x>" + b" " * 3_000_000 + b"</x>"
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(content) + packed.flush()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("xl/a.xml", content)
    honest = buffer.getvalue()
    lying = honest.replace(struct.pack("<LL", len(body), len(content)), struct.pack("<LL", len(body), 10))

    assert lying != honest
    with pytest.raises(package.DamagedPackageError):
        package.repack(lying)


def test_a_workbook_of_thousands_of_parts_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as many:
        for number in range(package.LIMIT_PARTS + 1):
            many.writestr(f"xl/{number}.xml", b"")

    assert code_of(lambda: tabular.read_xlsx(buffer.getvalue())) == "F-116"


def test_a_part_that_comes_twice_is_refused() -> None:
    buffer = io.BytesIO(WORKBOOK)
    with zipfile.ZipFile(buffer, "a") as twice, pytest.warns(UserWarning, match="Duplicate"):
        twice.writestr(SHEET, b"<worksheet/>")

    assert code_of(lambda: tabular.read_xlsx(buffer.getvalue())) == "F-115"


def test_two_cells_in_opposite_corners_are_refused_before_the_sheet_is_made() -> None:
    assert code_of(lambda: tabular.read_xlsx(with_cell("XFD1048576"))) == "F-116"


def test_a_far_cell_in_other_writing_is_refused_too() -> None:
    far = b"<row r='900000'><c r = 'xfd900000'><v>1</v></c></row></sheetData>"
    spread = remade(lambda name, part: part.replace(b"</sheetData>", far) if name == SHEET else part)

    assert code_of(lambda: tabular.read_xlsx(spread)) == "F-116"


def test_pictures_and_macros_in_a_workbook_are_not_unpacked() -> None:
    buffer = io.BytesIO(WORKBOOK)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as more:
        more.writestr("xl/media/image1.png", b"\0" * 80_000_000)

    assert len(tabular.read_xlsx(buffer.getvalue())[1]) == 1


def test_a_number_in_a_cell_reads_as_it_is_shown(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "getal.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["a", "b", "c"])
        page.write_row(1, 0, [3, 2.5, True])

    assert tabular.read_xlsx(path.read_bytes())[1] == [{"a": "3", "b": "2.5", "c": "True"}]


def test_a_workbook_carries_no_author_and_no_date_of_making() -> None:
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as book:
        properties = book.read("docProps/core.xml").decode()

    assert "<dc:creator></dc:creator>" in properties
    assert "2000-01-01T00:00:00Z" in properties
    assert record.write([Record(KEY, "2026-09", "drugs")], "xlsx") == WORKBOOK


# --- JSON --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"a": 1, "a": 2}',
        b'[{"a": 1, "a": 2}]',
        b"NaN",
        b"-Infinity",
        b"1e999",
        b"[" * 100_000,
        b"9" * 5_000,
        b'"\\ud800"',
        "[]".encode("utf-16"),
        b"\xff\xfe",
        b"\0",
        b"[] []",
    ],
    ids=[
        "empty",
        "cut",
        "double key",
        "double key inside",
        "nan",
        "infinity",
        "infinite float",
        "nested",
        "long number",
        "half a character",
        "utf-16",
        "no text",
        "nul",
        "two values",
    ],
)
def test_what_is_no_json_is_refused(data: bytes) -> None:
    assert code_of(lambda: tabular.read_json(data, limit=1_000_000)) == "F-121"


def test_json_above_the_limit_is_not_read() -> None:
    assert code_of(lambda: tabular.read_json(b" " * 101, limit=100)) == "F-120"


def test_canonical_json_is_the_same_for_the_same_value() -> None:
    assert tabular.write_json({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_a_file_of_another_format_is_no_delivery(form: str) -> None:
    with pytest.raises(Unacceptable):
        delivery.read(record.write([Record(KEY, "2026-09", "drugs")], form), form)


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_a_delivery_is_no_file_of_records(form: str) -> None:
    data = delivery.write(delivery.nil_return(Quarter.parse("2026-2027/1")), form)

    try:
        _, problems = record.read(data, form)
    except Unacceptable as refused:
        assert refused.problems
    else:
        assert problems.fatal


def test_json_with_a_byte_order_mark_reads() -> None:
    assert tabular.read_json(b"\xef\xbb\xbf" + json.dumps({"a": 1}).encode(), limit=100) == {"a": 1}
