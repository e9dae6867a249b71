"""② The uniform record of one incident. It stays at the school: it holds no name, and yet it is not anonymous.

The definition below drives validation, the schemas, and reading and writing. Column names and codes are Dutch,
because schools and vendors read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from baken.contract import codebook, tabular
from baken.contract.privacy import Privacy
from baken.contract.problems import Place, Problems, Unacceptable
from baken.contract.tabular import Column, Kind
from baken.contract.texts import Text

KEY = re.compile(r"[A-Za-z0-9_-]{22}")
MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
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
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: tabular.SEVERAL.join(v) if isinstance(v, tuple) else v for name, v in values.items()}


def _coded(name: str, nl: str, en: str, explain_nl: str, explain_en: str, *, several: bool = False) -> Column:
    codes = tuple(value.code for value in codebook.values(name))
    return Column(name, Text(nl, en), Text(explain_nl, explain_en), Privacy.NEVER, Kind.CODE, False, several, codes)


def columns() -> tuple[Column, ...]:
    """The columns of the format, in order. `categorie` allows every category that ever held; dates are checked apart."""
    known = codebook.all_categories()
    codes = tuple(c.code for c in known)
    subs = tuple(dict.fromkeys(s.code for c in known for s in c.sub_codes))
    never = Privacy.NEVER
    return (
        Column("sleutel", Text("Sleutel", "Key"), Text("Versleuteld kenmerk, 22 tekens; alleen de school kan het narekenen.", "Keyed hash, 22 characters; only the school can recompute it."), never, Kind.TEXT, True, False, (), KEY.pattern),
        Column("maand", Text("Maand", "Month"), Text("Jaar en maand, zoals 2026-09. De dag vervalt.", "Year and month, as 2026-09. The day is dropped."), never, Kind.TEXT, True, False, (), MONTH.pattern),
        Column("categorie", Text("Categorie", "Category"), Text("De categorie waaronder het incident telt.", "The category under which the incident counts."), never, Kind.CODE, True, False, codes),
        Column("subcategorie", Text("Subcategorie", "Sub-category"), Text("Nadere soort binnen de categorie.", "Finer kind within the category."), never, Kind.CODE, False, False, subs),
        Column("nevencategorieen", Text("Nevencategorieën", "Other categories"), Text("Andere categorieën die ook passen; zij tellen niet mee.", "Other categories that fit too; they are not counted."), never, Kind.CODE, False, True, codes),
        _coded("ernstig", "Ernstig", "Serious", "Is het incident ernstig? Dat staat los van de categorie.", "Is the incident serious? That is apart from the category."),
        _coded("ernst_grond", "Grond voor ernst", "Ground for seriousness", "Waarom het incident ernstig is.", "Why the incident is serious.", several=True),
        _coded("dagdeel", "Dagdeel", "Part of the day", "Wanneer op de dag.", "When on the day."),
        _coded("plaats", "Plaats", "Place", "Waar het gebeurde.", "Where it happened."),
        _coded("slachtoffer", "Slachtoffer", "Victim", "Rol van het slachtoffer, nooit een persoon.", "Role of the victim, never a person."),
        _coded("pleger", "Pleger", "Perpetrator", "Rol van de pleger, nooit een persoon.", "Role of the perpetrator, never a person."),
        _coded("betrokkenen", "Aantal betrokkenen", "Number involved", "Aantal betrokkenen, in klassen.", "Number of people involved, banded."),
        _coded("letsel", "Letsel", "Injury", "Het zwaarste letsel.", "The most serious injury."),
        _coded("middel", "Middel", "Means", "Waarmee het gebeurde.", "By what means."),
        _coded("afhandeling", "Afhandeling", "Measures", "Wat de school deed.", "What the school did.", several=True),
        _coded("politie", "Politie", "Police", "Contact met de politie.", "Contact with the police."),
        _coded("reden_geen_aangifte", "Reden geen aangifte", "Reason for not reporting", "Waarom er geen aangifte is gedaan.", "Why it was not reported to the police."),
        _coded("gemeld_inspectie", "Gemeld bij de Inspectie", "Reported to the Inspectorate", "Is het gemeld bij de Inspectie van het Onderwijs?", "Was it reported to the Inspectorate of Education?"),
        _coded("vertrouwensinspecteur", "Vertrouwensinspecteur", "Confidential inspector", "Is de vertrouwensinspecteur geraadpleegd?", "Was the confidential inspector consulted?"),
    )  # fmt: skip


def check(rows: Sequence[Mapping[str, str]], header: Sequence[str]) -> tuple[tuple[Record, ...], Problems]:
    """Validate rows of text (as read from a file) and make records; all problems at once, with row and field.

    Rows with a fatal problem make no record. Row numbers count from the header, which is row 1.
    """
    problems = Problems()
    wanted = columns()
    tabular.check_header(wanted, header, problems)
    seen: dict[str, int] = {}
    records = []
    for number, row in enumerate(rows, start=2):
        before = len(problems.fatal)
        for column in wanted:
            tabular.check_value(column, row.get(column.name, ""), Place(row=number, field=column.name), problems)
        if len(problems.fatal) > before:
            continue
        record = _from_row(row, wanted)
        check_record(record, Place(row=number), problems)
        if record.sleutel in seen:
            problems.add("R-101", Place(row=number, field="sleutel"), first=seen[record.sleutel])
        seen.setdefault(record.sleutel, number)
        if len(problems.fatal) == before:
            records.append(record)
    return tuple(records), problems


def _from_row(row: Mapping[str, str], wanted: Sequence[Column]) -> Record:
    values: dict[str, str | tuple[str, ...]] = {}
    for column in wanted:
        text = row.get(column.name, "")
        values[column.name] = (
            tuple(p.strip() for p in text.split(tabular.SEVERAL) if p.strip()) if column.several else text
        )
    return Record(**values)  # type: ignore[arg-type]  # each column's kind matches the field of the same name


def check_record(record: Record, place: Place, problems: Problems) -> None:
    """The rules between fields: sub-code of its category, category in force, severity by rule, reasons only without report."""
    category = codebook.category(record.categorie)
    on = date.fromisoformat(record.maand + "-01")
    if category not in codebook.categories(on):
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
        header, rows = tabular.read_csv(data)
    elif form == "xlsx":
        header, rows = tabular.read_xlsx(data)
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
    for number, row in enumerate(value, start=1):
        if isinstance(row, dict) and all(isinstance(v, str) for v in row.values()):
            rows.append(row)
        else:
            problems.add("F-123", Place(row=number))
    problems.raise_if_fatal()
    names = list(dict.fromkeys(name for row in rows for name in row))
    return names or [c.name for c in columns()], rows
