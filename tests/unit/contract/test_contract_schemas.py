"""The schemas that we publish describe exactly the files that we write and accept."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from frictionless import Dialect, Resource, Schema, formats, system

from baken.contract import delivery, record, schemas
from baken.contract.periods import Quarter
from baken.contract.record import Record

QUARTER = Quarter.parse("2026-2027/1")
RECORDS = (
    Record("a" * 22, "2026-09", "drugs", subcategorie="handel", nevencategorieen=("wapen", "bedreiging")),
    Record("b" * 22, "2026-10", "wapen", ernstig="ja", ernst_grond=("vuurwapen",), middel="vuurwapen", letsel="geen"),
    Record("c" * 22, "2026-08", "grove-pesterijen", afhandeling=("gesprek", "ouders"), politie="geen", plaats="online"),
)
COUNTERS = (
    delivery.nil_return(QUARTER),
    delivery.Counters(QUARTER, 3, False, "2024-08-01", (7, *[0] * 121)),
)


def schema(name: str) -> Any:
    return json.loads(schemas.to_bytes(schemas.schemas()[name]))


def errors_of_table(data: bytes, form: str, name: str, folder: Path) -> list[str]:
    path = folder / f"tabel.{form}"
    path.write_bytes(data)
    dialect = Dialect(controls=[formats.csv.CsvControl(delimiter=";")]) if form == "csv" else Dialect()
    with system.use_context(trusted=True):
        resource = Resource(path=str(path), dialect=dialect, schema=Schema.from_descriptor(schema(name)))
        return [error.type for task in resource.validate().tasks for error in task.errors]


def is_valid(value: object, name: str) -> bool:
    return not list(jsonschema.Draft202012Validator(schema(name)).iter_errors(value))


@pytest.mark.parametrize("name", list(schemas.schemas()))
def test_every_schema_is_a_schema(name: str) -> None:
    if name.endswith("table-schema.json"):
        assert Schema.from_descriptor(schema(name)).fields
    elif name.endswith("schema.json"):
        jsonschema.Draft202012Validator.check_schema(schema(name))
    else:
        assert schema(name)["tellers"] == [counter.name for counter in delivery.layout("2024-08-01")]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_records_that_we_write_fit_the_table_schema(form: str, tmp_path: Path) -> None:
    assert errors_of_table(record.write(RECORDS, form), form, "record.table-schema.json", tmp_path) == []


@pytest.mark.parametrize("counters", COUNTERS, ids=["nil", "counts"])
def test_counters_that_we_write_fit_the_table_schema(counters: delivery.Counters, tmp_path: Path) -> None:
    data = delivery.write(counters, "csv")

    assert errors_of_table(data, "csv", "tellingen.table-schema.json", tmp_path) == []


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (b"kort;2026-09;drugs", "constraint-error"),
        (b"a" * 22 + b";2026-09-14;drugs", "constraint-error"),
        (b"a" * 22 + b";2026-09;vechten", "constraint-error"),
        (b"a" * 22 + b";;drugs", "constraint-error"),
    ],
)
def test_the_table_schema_refuses_what_the_program_refuses(row: bytes, error: str, tmp_path: Path) -> None:
    header = b";".join(column.name.encode() for column in record.columns())
    data = header + b"\r\n" + row + b";" * 16 + b"\r\n"

    assert error in errors_of_table(data, "csv", "record.table-schema.json", tmp_path)
    assert record.read(data, "csv")[1].fatal


def test_a_key_that_comes_twice_breaks_the_primary_key(tmp_path: Path) -> None:
    data = record.write([RECORDS[0], RECORDS[0]], "csv")

    assert errors_of_table(data, "csv", "record.table-schema.json", tmp_path) == ["primary-key"]


def test_records_in_json_fit_the_json_schema() -> None:
    assert is_valid(json.loads(record.write(RECORDS, "json")), "record.schema.json")


@pytest.mark.parametrize(
    "change",
    [{"naam": "Bo"}, {"maand": "2026"}, {"categorie": ""}, {"ernst_grond": "vuurwapen;anders"}, {"plaats": "dak"}],
)
def test_the_json_schema_of_records_refuses_what_the_program_refuses(change: dict[str, str]) -> None:
    rows = [RECORDS[0].to_row() | change]

    assert not is_valid(rows, "record.schema.json")
    assert record.read(json.dumps(rows).encode(), "json")[1].fatal


@pytest.mark.parametrize("counters", COUNTERS, ids=["nil", "counts"])
def test_a_message_fits_the_json_schema(counters: delivery.Counters) -> None:
    assert is_valid(json.loads(delivery.write_json(counters)), "tellingen-2024-08-01.schema.json")


@pytest.mark.parametrize(
    "change",
    [
        {"tellers": [0] * 121},
        {"tellers": [-1] * 122},
        {"tellers": [True] * 122},
        {"volgnummer": 0},
        {"nulmelding": "ja"},
        {"school": "21AB00"},
        {"codelijst": "2030-08-01"},
    ],
)
def test_the_json_schema_of_the_message_refuses_what_the_program_refuses(change: dict[str, Any]) -> None:
    assert not is_valid(delivery.to_table(COUNTERS[1]) | change, "tellingen-2024-08-01.schema.json")


def test_the_command_writes_every_schema(tmp_path: Path) -> None:
    folder = tmp_path / "nieuw"
    done = subprocess.run(
        [sys.executable, "-m", "baken.contract.schemas", str(folder)], capture_output=True, text=True, check=True
    )

    assert sorted(path.name for path in folder.iterdir()) == sorted(schemas.schemas())
    assert done.stdout.splitlines() == [str(folder / name) for name in schemas.schemas()]


def test_the_command_without_a_folder_writes_nothing() -> None:
    assert schemas.main([]) == 2
