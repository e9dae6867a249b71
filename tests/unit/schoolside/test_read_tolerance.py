"""One step of tolerance per case: what an export may look like and still be read cell by cell."""

from __future__ import annotations

import pytest

from baken.schoolside.read import Table, find_tables, open_table, text_of
from data.samples.build import HEADER, ROWS, open_document, plain, text, workbook


def table_of(data: bytes) -> Table:
    (table,) = find_tables(open_table(data))
    return table


def cells_of(data: bytes) -> list[tuple[str, ...]]:
    return [tuple(text_of(cell) for cell in row) for _, row in table_of(data).rows() if any(row)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_an_export_is_read_in_every_encoding_that_systems_write(encoding: str) -> None:
    data = text([HEADER, *ROWS]).encode(encoding)

    assert cells_of(data) == list(ROWS)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("quoted", [True, False])
def test_separators_and_line_ends_are_found(separator: str, ending: str, quoted: bool) -> None:
    data = text([HEADER, *ROWS], separator, ending, quoted=quoted).encode()

    assert cells_of(data) == list(ROWS)


TITLES = {
    "none": [],
    "one title line": [("Overzicht registraties",)],
    "title and empty lines": [("Overzicht registraties",), (), ("",)],
    "a period of two cells": [("Periode:", "01-08-2026 t/m 31-10-2026"), ()],
    "a title as wide as the table": [("Overzicht", "", "", "", "", ""), ("Periode: 1-8-2026", "", "", "", "", "")],
    "twenty lines": [(f"regel {n}",) for n in range(20)],
    "the separator named for Excel": [("sep=",)],
}


@pytest.mark.parametrize("name", TITLES)
def test_the_header_is_found_below_title_lines(name: str) -> None:
    data = text([*TITLES[name], HEADER, *ROWS]).encode()

    assert table_of(data).header_row == len(TITLES[name]) + 1
    assert cells_of(data) == list(ROWS)


def test_row_numbers_are_those_of_a_spreadsheet() -> None:
    data = text([("Titel",), (), HEADER, ROWS[0], (), ROWS[1]]).encode()

    assert [number for number, row in table_of(data).rows() if any(row)] == [4, 6]


def test_a_line_break_in_a_cell_does_not_start_a_row() -> None:
    rows = [("1", "A", "31-08-2026", "Diefstal", "eerste regel\r\ntweede; regel", "Gang")]

    assert cells_of(text([HEADER, *rows]).encode()) == rows


def test_doubled_quotes_are_one_quote() -> None:
    data = b'Datum;Soort;Omschrijving\r\n31-08-2026;Diefstal;"hij zei ""nee"""\r\n'

    assert cells_of(data) == [("31-08-2026", "Diefstal", 'hij zei "nee"')]


def test_a_lone_quote_inside_a_cell_is_forgiven() -> None:
    data = b'Datum;Soort;Omschrijving\r\n31-08-2026;Diefstal;"hij" zei nee\r\n01-09-2026;Drugs;x\r\n'

    assert [row[:2] for row in cells_of(data)] == [("31-08-2026", "Diefstal"), ("01-09-2026", "Drugs")]


def test_line_ends_may_be_mixed() -> None:
    data = b"Datum;Soort\r\n31-08-2026;Diefstal\n01-09-2026;Drugs\r02-09-2026;Wapen\r\n"

    assert [row[1] for row in cells_of(data)] == ["Diefstal", "Drugs", "Wapen"]


@pytest.mark.parametrize("start", ["=1+1", "+31", "-", "@SUM(A1)"])
def test_a_formula_is_text(start: str) -> None:
    data = text([("Datum", "Soort", "Omschrijving"), ("31-08-2026", "Diefstal", start)]).encode()

    assert cells_of(data) == [("31-08-2026", "Diefstal", start)]


def test_headings_that_come_twice_get_a_number() -> None:
    data = text([("Datum", "Soort", "Naam", "Naam", ""), ("31-08-2026", "Drugs", "a", "b", "c")]).encode()

    assert table_of(data).names == ("Datum", "Soort", "Naam", "Naam (2)")


def test_a_row_that_is_short_or_long_is_cut_to_the_headings() -> None:
    data = b"Datum;Soort;Plaats\r\n31-08-2026;Drugs\r\n01-09-2026;Wapen;Gang;te veel\r\n"

    assert cells_of(data) == [("31-08-2026", "Drugs", ""), ("01-09-2026", "Wapen", "Gang")]


def test_whole_numbers_of_a_spreadsheet_have_no_decimals() -> None:
    data = workbook({"a": [("Nummer", "Datum", "Soort"), (122427, "31-08-2026", "Drugs")]})

    assert cells_of(data) == [("122427", "31-08-2026", "Drugs")]


def test_every_sheet_with_a_header_is_a_table() -> None:
    rows = [("Datum", "Soort"), ("31-08-2026", "Drugs")]
    data = workbook({"augustus": rows, "september": rows, "leeg": []})

    assert [table.sheet.name for table in find_tables(open_table(data))] == ["augustus", "september"]


def test_a_value_merged_over_rows_stands_in_each_of_them() -> None:
    rows = [("Datum", "Soort"), ("", "Drugs"), ("", "Wapen"), ("02-09-2026", "Diefstal")]
    data = workbook({"a": rows}, merged=[("a", 1, 0, 2, 0, "31-08-2026")])

    assert cells_of(data) == [("31-08-2026", "Drugs"), ("31-08-2026", "Wapen"), ("02-09-2026", "Diefstal")]


def test_a_table_may_start_in_any_column() -> None:
    data = workbook({"a": [("", "", ""), ("", "", "Datum", "Soort"), ("", "", "31-08-2026", "Drugs")]})

    assert cells_of(data)[0][-2:] == ("31-08-2026", "Drugs")
    assert table_of(data).letter("Datum") == "C"


def test_the_name_of_the_file_decides_nothing() -> None:
    assert open_table(plain(), "export.xlsx").form == "csv"


def test_a_workbook_is_known_by_its_content() -> None:
    data = workbook({"a": [HEADER, *ROWS]})

    assert open_table(data, "x.csv").form == "xlsx"


def test_an_open_document_is_read() -> None:
    data = open_document([HEADER, *ROWS])

    assert open_table(data).form == "ods"
    assert cells_of(data) == list(ROWS)
