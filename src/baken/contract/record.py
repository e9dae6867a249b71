"""② The uniform record of one incident. It stays at the school: it holds no name, and yet it is not anonymous.

The definition below drives validation, the schemas, and reading and writing. Column names and codes are Dutch,
because schools and vendors read them; their texts are in columns.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from baken.contract import codebook, tabular
from baken.contract.columns import texts
from baken.contract.privacy import Privacy
from baken.contract.problems import Place, Problems, Unacceptable
from baken.contract.tabular import Column, Kind

KEY = re.compile(r"[A-Za-z0-9_-]{22}")
MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
LIMIT_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Record:
    """One incident. Every value is a code of the code book, a month, or the keyed hash of the source's record id."""

    sleutel: str
    maand: str
    categorie: str
    subcategorie: str = ""
    nevencategorieen: tuple[str, ...] = ()
    ernstig: str = ""
    ernst_grond: tuple[str, ...] = ()
    dagdeel: str = ""
    plaats: str = ""
    slachtoffer: str = ""
    pleger: str = ""
    betrokkenen: str = ""
    letsel: str = ""
    middel: str = ""
    afhandeling: tuple[str, ...] = ()
    politie: str = ""
    reden_geen_aangifte: str = ""
    gemeld_inspectie: str = ""
    vertrouwensinspecteur: str = ""

    def to_row(self) -> dict[str, str]:
        """The record as text, column by column."""
        values = ((name, getattr(self, name)) for name in self.__slots__)
        return {name: tabular.SEVERAL.join(v) if isinstance(v, tuple) else v for name, v in values}


_PATTERNS = {"sleutel": KEY.pattern, "maand": MONTH.pattern}
_REQUIRED = ("sleutel", "maand", "categorie")
_SEVERAL = ("nevencategorieen", "ernst_grond", "afhandeling")


@cache
def columns() -> tuple[Column, ...]:
    """The columns of the format, in order. `categorie` has every category that ever held; the month decides later."""
    return tuple(
        Column(
            name=name,
            label=text.label,
            description=text.description,
            privacy=Privacy.NEVER,
            kind=Kind.TEXT if name in _PATTERNS else Kind.CODE,
            required=name in _REQUIRED,
            several=name in _SEVERAL,
            codes=() if name in _PATTERNS else _codes(name),
            pattern=_PATTERNS.get(name, ""),
        )
        for name, text in texts("record").items()
    )


def _codes(name: str) -> tuple[str, ...]:
    known = codebook.all_categories()
    if name in ("categorie", "nevencategorieen"):
        return tuple(dict.fromkeys(c.code for c in known))
    if name == "subcategorie":
        return tuple(dict.fromkeys(s.code for c in known for s in c.sub_codes))
    return tuple(value.code for value in codebook.values(name))


def check(rows: Sequence[Mapping[str, str]], header: Sequence[str]) -> tuple[tuple[Record, ...], Problems]:
    """Validate rows of text (as read from a file) and make records; all problems at once, with row and field.

    Rows with a fatal problem make no record; a row of empty cells is passed over. Row numbers count from the header,
    which is row 1.
    """
    problems = Problems()
    wanted = columns()
    tabular.check_header(wanted, header, problems)
    seen: dict[str, int] = {}
    records = []
    for number, row in enumerate(rows, start=2):
        if row and not any(row.values()):
            continue
        found = _check_row(row, number, seen)
        problems.extend(found)
        if not found.fatal:
            records.append(_from_row(row))
    return tuple(records), problems


def _check_row(row: Mapping[str, str], number: int, seen: dict[str, int]) -> Problems:
    """The problems of one row; `seen` remembers in which row each key came first."""
    problems = Problems()
    for column in columns():
        tabular.check_value(column, row.get(column.name, ""), Place(row=number, field=column.name), problems)
    if problems.fatal:
        return problems
    record = _from_row(row)
    check_record(record, Place(row=number), problems)
    if record.sleutel in seen:
        problems.add("R-101", Place(row=number, field="sleutel"), first=seen[record.sleutel])
    seen.setdefault(record.sleutel, number)
    return problems


def _from_row(row: Mapping[str, str]) -> Record:
    values: dict[str, str | tuple[str, ...]] = {}
    for column in columns():
        text = row.get(column.name, "")
        values[column.name] = (
            tuple(p.strip() for p in text.split(tabular.SEVERAL) if p.strip()) if column.several else text
        )
    return Record(**values)  # type: ignore[arg-type]  # each column's kind matches the field of the same name


def check_record(record: Record, place: Place, problems: Problems) -> None:
    """The rules between fields: sub-code of its category, category in force, severity by rule, reason of no report."""
    category = codebook.category(record.categorie)
    if category not in _in_force(record.maand):
        problems.add("R-102", place)
    if record.subcategorie and record.subcategorie not in {s.code for s in category.sub_codes}:
        problems.add("R-103", place)
    if record.categorie in record.nevencategorieen:
        problems.add("R-104", place)
    forced = codebook.severe_by_rule(letsel=record.letsel, middel=record.middel)
    if forced and record.ernstig != "ja":
        problems.add("R-105", place)
    if record.ernst_grond and record.ernstig != "ja":
        problems.add("R-106", place)
    if record.reden_geen_aangifte and record.politie not in ("geen", "melding"):
        problems.add("R-107", place)


def _in_force(month: str) -> tuple[codebook.Category, ...]:
    """The categories of a month; none for the year 0000, which no calendar has."""
    return () if month.startswith("0000") else codebook.categories(date.fromisoformat(month + "-01"))


def write(records: Iterable[Record], form: str) -> bytes:
    """Write as "csv", "xlsx" or "json"."""
    rows = [record.to_row() for record in records]
    if form == "csv":
        return tabular.write_csv(columns(), rows)
    if form == "xlsx":
        return tabular.write_xlsx(columns(), rows, "registraties")
    if form == "json":
        return tabular.write_json(rows)
    raise ValueError("records are written as csv, xlsx or json")


def read(data: bytes, form: str) -> tuple[tuple[Record, ...], Problems]:
    """Read what `write` wrote, or what a vendor wrote to the same format. Raises `Unacceptable` when it is no table."""
    if form == "csv":
        header, rows = tabular.read_csv(data, limit=LIMIT_BYTES)
    elif form == "xlsx":
        header, rows = tabular.read_xlsx(data, limit=LIMIT_BYTES)
    elif form == "json":
        header, rows = _rows_of_json(tabular.read_json(data, limit=LIMIT_BYTES))
    else:
        raise ValueError("records are read from csv, xlsx or json")
    return check(rows, header)


def _rows_of_json(value: object) -> tuple[list[str], list[dict[str, str]]]:
    problems = Problems()
    if not isinstance(value, list):
        problems.add("F-122")
        raise Unacceptable(problems)
    rows: list[dict[str, str]] = []
    for number, row in enumerate(value, start=2):
        if isinstance(row, dict) and all(isinstance(v, str) for v in row.values()):
            rows.append({name: text.strip() for name, text in row.items()})
        else:
            problems.add("F-123", Place(row=number))
    problems.raise_if_fatal()
    names = list(dict.fromkeys(name for row in rows for name in row))
    return names or [c.name for c in columns()], rows
