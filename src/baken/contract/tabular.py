"""One description of a table drives validation, both schemas, and reading and writing as CSV, XLSX and JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn

from baken.contract import package
from baken.contract.privacy import Privacy
from baken.contract.problems import Place, Problems, Unacceptable, problem
from baken.contract.texts import Text

SEPARATOR = ";"
SEVERAL = ","
"""Between the codes of a field that may hold several."""
LIMIT_BYTES = 200_000_000
LIMIT_CELL = 32_767
"""Characters in a cell, as in a spreadsheet; the limit of `csv` is one for the whole process and not ours to set."""


class Kind(StrEnum):
    TEXT = "text"
    CODE = "code"
    INTEGER = "integer"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a format. `codes` is empty for free patterns; `pattern` is a full match."""

    name: str
    label: Text
    description: Text
    privacy: Privacy
    kind: Kind = Kind.TEXT
    required: bool = False
    several: bool = False
    codes: tuple[str, ...] = ()
    pattern: str = ""


Row = Mapping[str, str]


def _refuse(code: str, **facts: str | int) -> NoReturn:
    raise Unacceptable([problem(code, None, **facts)])


def check_value(column: Column, value: str, place: Place, problems: Problems) -> None:
    """Report everything that is wrong with one cell (text as it stands in the file, already stripped)."""
    if not value:
        if column.required:
            problems.add("F-101", place, field=column.name)
        return
    parts = [p.strip() for p in value.split(SEVERAL)] if column.several else [value]
    for part in parts:
        if column.codes and part not in column.codes:
            problems.add("F-102", place, field=column.name, allowed=", ".join(column.codes))
        elif column.pattern and not re.fullmatch(column.pattern, part):
            problems.add("F-103", place, field=column.name)
    if len(set(parts)) != len(parts):
        problems.add("F-104", place, field=column.name)


def check_header(columns: Sequence[Column], header: Sequence[str], problems: Problems) -> None:
    """A required column that is missing, one that the format does not know, or one that comes twice.

    An unknown column is fatal: that is where names and free text would travel.
    """
    known = {c.name for c in columns}
    for column in columns:
        if column.required and column.name not in header:
            problems.add("F-105", Place(row=1), field=column.name)
    for position, name in enumerate(header, start=1):
        if name not in known:
            problems.add("F-106", Place(row=1, column=str(position)))
    for name in sorted({n for n in header if n in known and list(header).count(n) > 1}):
        problems.add("F-107", Place(row=1), field=name)


# --- CSV ---------------------------------------------------------------------------------------------------------


def write_csv(columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """UTF-8 without BOM, `;`, CRLF, a header; values are codes and numbers, so no cell can be read as a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, [c.name for c in columns], delimiter=SEPARATOR, extrasaction="raise")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode("utf-8")


def read_csv(data: bytes, *, limit: int = LIMIT_BYTES) -> tuple[list[str], list[dict[str, str]]]:
    """Read a CSV of one of our formats (not an export). Raises `Unacceptable` for what is no such CSV."""
    if len(data) > limit:
        _refuse("F-120", limit=limit)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse("F-110")
    if "\0" in text:
        _refuse("F-111")
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATOR, strict=True))
    except csv.Error:
        _refuse("F-112")
    if any(len(cell) > LIMIT_CELL for line in lines for cell in line):
        _refuse("F-112")
    return _header_and_rows(lines)


def _header_and_rows(lines: Sequence[Sequence[str]]) -> tuple[list[str], list[dict[str, str]]]:
    """Header and rows. An empty row stays in its place, as a row without values: row numbers are those of the file."""
    if not lines or not any(cell.strip() for cell in lines[0]):
        _refuse("F-113")
    problems = Problems()
    header = [cell.strip() for cell in lines[0]]
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if len(line) > len(header) and any(cell.strip() for cell in line[len(header) :]):
            problems.add("F-114", Place(row=number))
        cells = [cell.strip() for cell in line[: len(header)]] + [""] * (len(header) - len(line))
        rows.append(dict(zip(header, cells, strict=True)))
    problems.raise_if_fatal()
    return header, rows


# --- XLSX --------------------------------------------------------------------------------------------------------


def write_xlsx(columns: Sequence[Column], rows: Iterable[Row], sheet: str) -> bytes:
    """One sheet with a header; every value as text. The file carries no author, no date and no path."""
    import datetime

    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC), "author": "", "comments": ""})
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True})
    for position, column in enumerate(columns):
        page.write_string(0, position, column.name, bold)
    for number, row in enumerate(rows, start=1):
        for position, column in enumerate(columns):
            page.write_string(number, position, row.get(column.name, ""))
    page.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()


def read_xlsx(
    data: bytes, *, limit: int = LIMIT_BYTES, unpacked: int = package.LIMIT_UNPACKED
) -> tuple[list[str], list[dict[str, str]]]:
    """Read the first sheet of a workbook of one of our formats.

    Raises `Unacceptable` for one that is damaged, protected, no workbook, or larger than the limits (bytes).
    """
    if len(data) > limit:
        _refuse("F-120", limit=limit)
    try:
        measured = package.repack(data, unpacked)
    except package.PackageTooLargeError:
        _refuse("F-116")
    except package.DamagedPackageError:
        _refuse("F-115")
    lines = _cells(measured)
    if any("\0" in cell for line in lines for cell in line):
        _refuse("F-111")
    return _header_and_rows(lines)


def _cells(workbook: bytes) -> list[list[str]]:
    from python_calamine import CalamineError, load_workbook

    try:
        sheet = load_workbook(io.BytesIO(workbook)).get_sheet_by_index(0)
        return [[_cell_text(cell) for cell in line] for line in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, ValueError, IndexError, OverflowError, OSError):
        _refuse("F-115")
    except BaseException as error:  # a panic of calamine is no Exception, and here only a damaged file
        if type(error).__name__ != "PanicException":
            raise
        _refuse("F-115")


def _cell_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


# --- JSON --------------------------------------------------------------------------------------------------------


def write_json(value: Any) -> bytes:
    """Canonical JSON: sorted keys, no spaces, UTF-8. The same value gives the same bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def read_json(data: bytes, *, limit: int) -> Any:
    """Read UTF-8 JSON of at most `limit` bytes.

    Raises `Unacceptable` for anything else, also for keys that come twice, NaN, and half a character.
    """
    if len(data) > limit:
        _refuse("F-120", limit=limit)
    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_no_double_keys, parse_constant=_no_constant)
        write_json(value)
    except (ValueError, RecursionError):
        _refuse("F-121")
    return value


def _no_double_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key comes twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


# --- schemas -----------------------------------------------------------------------------------------------------


def table_schema(columns: Sequence[Column], *, primary_key: str = "") -> dict[str, Any]:
    """Frictionless Table Schema of a format (text in Dutch: schools and vendors read it)."""
    fields = []
    for column in columns:
        constraints: dict[str, Any] = {"required": column.required}
        if column.codes and not column.several:
            constraints["enum"] = list(column.codes)
        elif column.kind is not Kind.INTEGER and (pattern := _whole_pattern(column)):
            constraints["pattern"] = pattern
        if column.kind is Kind.INTEGER:
            constraints["minimum"] = 0
        fields.append(
            {
                "name": column.name,
                "type": "integer" if column.kind is Kind.INTEGER else "string",
                "title": column.label.nl,
                "description": column.description.nl,
                "constraints": constraints,
            }
        )
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    return schema | ({"primaryKey": primary_key} if primary_key else {})


def json_schema(columns: Sequence[Column], *, title: str) -> dict[str, Any]:
    """JSON Schema (2020-12) of one row as an object of strings."""
    properties: dict[str, Any] = {}
    for column in columns:
        rule: dict[str, Any] = {"type": "string", "title": column.label.nl, "description": column.description.nl}
        if column.codes and not column.several:
            rule["enum"] = list(column.codes) + ([] if column.required else [""])
        elif pattern := _whole_pattern(column):
            rule["pattern"] = f"^(?:{pattern})$" if column.required else f"^(?:{pattern})?$"
        properties[column.name] = rule
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": properties,
        "required": [c.name for c in columns if c.required],
        "additionalProperties": False,
    }


def _whole_pattern(column: Column) -> str:
    one = "|".join(re.escape(code) for code in column.codes) or column.pattern
    return f"(?:{one})(?:{SEVERAL} ?(?:{one}))*" if column.several and one else one
