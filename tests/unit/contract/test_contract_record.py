"""The record of one incident: its columns, and the rules between its fields."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from baken.contract import record
from baken.contract.privacy import Privacy
from baken.contract.problems import Problems, Unacceptable
from baken.contract.record import Record

HEADER = [column.name for column in record.columns()]


def a_row(**values: str) -> dict[str, str]:
    return dict.fromkeys(HEADER, "") | {"sleutel": "k" * 22, "maand": "2026-09", "categorie": "diefstal"} | values


def codes(problems: Problems) -> list[str]:
    return [problem.code for problem in problems]


def test_the_columns_are_the_fields_of_a_record_in_order() -> None:
    assert [f.name for f in fields(Record)] == HEADER


def test_only_key_month_and_category_are_required() -> None:
    assert [c.name for c in record.columns() if c.required] == ["sleutel", "maand", "categorie"]


def test_every_column_stays_at_the_school() -> None:
    assert {column.privacy for column in record.columns()} == {Privacy.NEVER}


@pytest.mark.parametrize("column", record.columns(), ids=lambda c: c.name)
def test_a_column_holds_a_code_or_a_fixed_pattern_and_never_free_text(column: Any) -> None:
    assert column.codes or column.pattern in (record.KEY.pattern, record.MONTH.pattern)


def test_a_row_with_the_required_fields_is_a_record() -> None:
    records, problems = record.check([a_row()], HEADER)

    assert records == (Record("k" * 22, "2026-09", "diefstal"),)
    assert codes(problems) == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"sleutel": ""}, "F-101"),
        ({"sleutel": "12345"}, "F-103"),
        ({"sleutel": "k" * 23}, "F-103"),
        ({"maand": "2026-09-14"}, "F-103"),
        ({"maand": "2026-13"}, "F-103"),
        ({"maand": "２０２６-09"}, "F-103"),
        ({"maand": "2024-07"}, "R-102"),
        ({"maand": "0000-01"}, "R-102"),
        ({"categorie": "vechten"}, "F-102"),
        ({"categorie": "drugs", "subcategorie": "misbruik"}, "R-103"),
        ({"subcategorie": "bezit"}, "R-103"),
        ({"nevencategorieen": "diefstal"}, "R-104"),
        ({"nevencategorieen": "drugs,drugs"}, "F-104"),
        ({"nevencategorieen": "drugs,"}, "F-102"),
        ({"letsel": "overlijden"}, "R-105"),
        ({"middel": "vuurwapen", "ernstig": "nee"}, "R-105"),
        ({"ernst_grond": "sociale-schade"}, "R-106"),
        ({"reden_geen_aangifte": "zinloos"}, "R-107"),
        ({"reden_geen_aangifte": "zinloos", "politie": "aangifte-school"}, "R-107"),
        ({"betrokkenen": "4"}, "F-102"),
        ({"plaats": "klas, gang"}, "F-102"),
    ],
)
def test_a_row_that_breaks_a_rule_makes_no_record(values: dict[str, str], code: str) -> None:
    records, problems = record.check([a_row(**values)], HEADER)

    assert records == ()
    assert codes(problems) == [code]


@pytest.mark.parametrize(
    "values",
    [
        {"categorie": "drugs", "subcategorie": "handel"},
        {"nevencategorieen": "drugs, wapen"},
        {"letsel": "overlijden", "ernstig": "ja", "ernst_grond": "overlijden"},
        {"politie": "melding", "reden_geen_aangifte": "angst-represailles"},
        {"afhandeling": "gesprek,schorsing,halt"},
    ],
)
def test_a_row_that_keeps_the_rules_is_a_record(values: dict[str, str]) -> None:
    records, problems = record.check([a_row(**values)], HEADER)

    assert len(records) == 1
    assert codes(problems) == []


def test_the_same_key_twice_names_the_first_row() -> None:
    records, problems = record.check([a_row(), a_row(sleutel="m" * 22), a_row()], HEADER)

    assert len(records) == 2
    assert [(p.code, p.place.row, dict(p.facts)) for p in problems] == [("R-101", 4, {"first": 2})]


def test_all_mistakes_of_all_rows_come_at_once() -> None:
    _, problems = record.check([a_row(maand="x", plaats="y"), a_row(categorie="")], HEADER)

    assert [(p.code, p.place.row, p.place.field) for p in problems] == [
        ("F-103", 2, "maand"),
        ("F-102", 2, "plaats"),
        ("F-101", 3, "categorie"),
    ]


def test_an_unknown_column_is_refused_by_its_place_and_not_by_its_name() -> None:
    _, problems = record.check([a_row() | {"Naam leerling": "Bo de Boer"}], [*HEADER, "Naam leerling"])

    (problem,) = problems
    assert (problem.code, problem.place.column) == ("F-106", str(len(HEADER) + 1))
    assert "Naam" not in problem.describe()


def test_a_missing_required_column_is_refused() -> None:
    header = [name for name in HEADER if name != "maand"]

    assert "F-105" in codes(record.check([], header)[1])


def test_a_column_that_comes_twice_is_refused() -> None:
    assert codes(record.check([], [*HEADER, "maand"])[1]) == ["F-107"]


def test_optional_columns_may_be_left_out() -> None:
    header = ["sleutel", "maand", "categorie"]
    records, problems = record.check([{name: a_row()[name] for name in header}], header)

    assert len(records) == 1
    assert codes(problems) == []


def test_an_empty_row_is_passed_over_and_counts_as_a_row_of_the_file() -> None:
    data = "sleutel;maand;categorie\r\n;;\r\n" + "k" * 22 + ";2026-09;fout\r\n"

    _, problems = record.read(data.encode(), "csv")
    assert [(p.code, p.place.row) for p in problems] == [("F-102", 3)]


def test_a_record_in_json_without_any_field_is_no_record() -> None:
    assert codes(record.read(b"[{}]", "json")[1]).count("F-101") == 3


@pytest.mark.parametrize(("data", "code"), [(b"{}", "F-122"), (b'["x"]', "F-123"), (b'[{"maand": 9}]', "F-123")])
def test_json_of_another_structure_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        record.read(data, "json")
    assert [p.code for p in refused.value.problems] == [code]


def test_no_records_is_a_file_with_a_header_and_no_rows() -> None:
    for form in ("csv", "xlsx", "json"):
        assert record.read(record.write([], form), form)[0] == ()


@pytest.mark.parametrize("form", ["xml", "", "CSV"])
def test_records_have_three_forms_and_no_other(form: str) -> None:
    with pytest.raises(ValueError, match="csv, xlsx or json"):
        record.write([], form)
    with pytest.raises(ValueError, match="csv, xlsx or json"):
        record.read(b"", form)


def test_no_message_repeats_a_value_of_the_file() -> None:
    canary = "KANARIE-7731"
    rows = [dict.fromkeys(HEADER, canary), a_row(maand=canary)]

    _, problems = record.check(rows, [*HEADER, canary])
    assert len(problems) > len(HEADER)
    assert not any(canary in problem.describe(language) for problem in problems for language in ("nl", "en"))
