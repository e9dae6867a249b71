"""What a school may upload, and everything else that somebody could upload, by mistake or on purpose."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from baken.contract import delivery
from baken.contract.problems import Unacceptable
from baken.sites.register.deliveries import reading
from building.register import make_counters

COUNTERS = make_counters({"categorie.drugs": 3, "plaats.drugs.gebouw": 2, "pleger.leerling": 3})
EXPORT_ROWS = "Datum;Leerling;Klas;Omschrijving\r\n1-9-2026;Kanarie Een;3B;duwde een ander\r\n"


def codes(data: bytes) -> list[str]:
    with pytest.raises(Unacceptable) as refusal:
        reading.read(data)
    return [p.code for p in refusal.value.problems]


def workbook(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def sheet_replaced(content: bytes) -> bytes:
    """Our own workbook with another sheet in it."""
    with zipfile.ZipFile(io.BytesIO(delivery.write(COUNTERS, "xlsx"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return workbook(parts | {"xl/worksheets/sheet1.xml": content})


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_a_file_made_by_baken_is_read_whatever_its_form(form: str) -> None:
    assert reading.read(delivery.write(COUNTERS, form)) == COUNTERS


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_every_form_of_a_nil_return_is_the_same_nil_return(form: str) -> None:
    nil = delivery.nil_return(COUNTERS.quarter)

    assert reading.read(delivery.write(nil, form)) == nil


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_an_export_of_a_pupil_tracking_system_is_recognised_in_any_dress(encoding: str, separator: str) -> None:
    export = EXPORT_ROWS.replace(";", separator).replace("Een", "Één").encode(encoding)

    assert codes(export) == ["D-102"]


def test_an_export_as_a_workbook_is_recognised_too() -> None:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet("Incidenten")
    for number, line in enumerate(EXPORT_ROWS.splitlines()):
        page.write_row(number, 0, line.split(";"))
    book.close()

    assert codes(buffer.getvalue()) == ["D-102"]


def test_records_are_told_apart_from_an_export() -> None:
    assert codes(b"sleutel;maand;categorie\r\nAAAAAAAAAAAAAAAAAAAAAA;2026-09;drugs\r\n") == ["D-105"]


def test_no_problem_repeats_what_stands_in_the_file() -> None:
    with pytest.raises(Unacceptable) as refusal:
        reading.read(EXPORT_ROWS.encode())

    assert "anarie" not in refusal.value.describe() + repr(refusal.value) + str(refusal.value.problems)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(64),
        b"\xff\xd8\xff\xe0" + bytes(64),
        b"%PDF-1.7\n1 0 obj",
        b"\xd0\xcf\x11\xe0" + bytes(600),
        b"",
        bytes(range(256)),
        b"Beste collega, hierbij de cijfers.",
        workbook({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}),
        workbook({"foto.jpg": b"\xff\xd8\xff"}),
    ],
    ids=["png", "jpeg", "pdf", "xls", "empty", "bytes", "a letter", "ods", "a packed folder"],
)
def test_another_kind_of_file_is_refused_by_its_content(data: bytes) -> None:
    assert codes(data) == ["D-103"]


def test_a_larger_file_is_refused_unread() -> None:
    assert codes(b"{" + b" " * reading.UPLOAD_LIMIT) == ["D-101"]


def test_a_message_that_was_opened_and_saved_again_is_refused() -> None:
    message = delivery.write(COUNTERS, "json").rstrip()

    assert codes(message) == ["D-104"]


def test_a_message_with_something_added_to_it_is_refused() -> None:
    message = delivery.write(COUNTERS, "json").rstrip()
    bent = message[:-1] + b',"opmerking":"Kanarie"}'

    assert codes(bent.ljust(delivery.MESSAGE_BYTES)) == ["T-111"]


def test_a_workbook_that_unpacks_to_much_more_is_refused() -> None:
    bomb = workbook({"xl/workbook.xml": b"<x/>", "xl/sharedStrings.xml": b"0" * 20_000_000})

    assert len(bomb) < reading.UPLOAD_LIMIT
    assert codes(bomb) == ["D-106"]


def test_a_workbook_that_lies_about_its_size_is_refused() -> None:
    bomb = bytearray(workbook({"xl/workbook.xml": b"<x/>", "xl/sharedStrings.xml": b"0" * 20_000_000}))
    true_size, small = struct.pack("<I", 20_000_000), struct.pack("<I", 10)
    bent = bytes(bomb).replace(true_size, small)

    assert bent != bytes(bomb)
    assert codes(bent) == ["D-106"]


def test_a_few_cells_that_span_a_sheet_of_billions_are_refused_before_they_are_read() -> None:
    far = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'  # noqa: E501
    tracemalloc.start()
    begun = time.perf_counter()

    found = codes(sheet_replaced(far))

    assert found == ["D-106"]
    assert time.perf_counter() - begun < 2
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_damaged_workbook_is_refused() -> None:
    data = delivery.write(COUNTERS, "xlsx")

    assert codes(data[: len(data) // 2]) == ["F-115"]


def test_a_huge_cell_is_refused() -> None:
    header = "kwartaal;volgnummer;nulmelding;codelijst;teller;aantal\r\n"

    found = codes((header + "9" * 50_000 + ";1;nee;2024-08-01;categorie.drugs;1\r\n").encode())

    assert found
    assert set(found) <= {"F-103", "F-101", "F-112", "F-116"}


def test_rows_with_an_extra_column_are_refused() -> None:
    table = delivery.write(COUNTERS, "csv").decode().splitlines()
    with_names = "\r\n".join(f"{line};{'naam' if number == 0 else 'Kanarie'}" for number, line in enumerate(table))

    assert codes(with_names.encode()) == ["F-106"]


def test_the_name_of_the_file_is_not_looked_at() -> None:
    upload = SimpleUploadedFile("Klas 3B Kanarie.exe", delivery.write(COUNTERS, "json"))

    assert reading.read_upload(upload) == COUNTERS
