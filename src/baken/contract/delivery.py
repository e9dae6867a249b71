"""③ The counters message: the only thing that leaves a school.

One message per school and quarter: non-negative integers of a fixed number in a fixed order, filled with zeros.
Vectors are never crossed with each other. What is unknown is not sent: it is the category's count less what is known.
The message names no school (the sign-in does), no date, no person, and has one constant size.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from baken.contract import codebook, tabular
from baken.contract.columns import texts
from baken.contract.periods import Quarter
from baken.contract.privacy import Privacy
from baken.contract.problems import Place, Problems, Unacceptable
from baken.contract.tabular import Column, Kind

FORMAT = "baken-tellingen"
FORMAT_VERSION = 1
MESSAGE_BYTES = 4096
"""Every message has exactly this size, padded with spaces, so that its length says nothing."""
HIGHEST_COUNT = 99_999
"""More than any school can have in three months; a higher number is a mistake."""
HIGHEST_VERSION = 9_999
TABLE_BYTES = 1_000_000
"""The largest table (CSV, XLSX) of counters that is read; a real one has about 10,000 bytes."""
TABLE_UNPACKED = 20_000_000

MARGINS: Mapping[str, tuple[str, str]] = {
    "plaats": ("plaats", "Plaats"),
    "dagdeel": ("dagdeel", "Dagdeel"),
    "politie": ("politie", "Politie"),
    "gemeld_inspectie": ("gemeld_inspectie", "Gemeld bij de Inspectie"),
}
"""Vectors per category, by the field of the record whose value groups they count. City-wide and per half year only."""

SINGLE_MARGINS = ("pleger", "slachtoffer", "reden_geen_aangifte")
"""Vectors over all categories together."""


@dataclass(frozen=True, slots=True)
class Counter:
    """One place in the message. `name` is stable: "categorie.drugs", "plaats.drugs.gebouw", "pleger.leerling"."""

    name: str
    vector: str
    category: str
    value: str
    privacy: Privacy = Privacy.COUNT


@cache
def layout(code_list: str) -> tuple[Counter, ...]:
    """All counters of a code list version, in the order of the message.

    Raises ValueError when there is no such version.
    """
    on = date.fromisoformat(code_list)
    if codebook.code_list_version(on) != code_list:
        raise ValueError("no list of categories has this version")
    return tuple(counters_of(codebook.categories(on)))


def counters_of(categories: Sequence[codebook.Category]) -> Iterator[Counter]:
    """The counters of a list of categories, in the order of the message."""
    for category in categories:
        yield Counter(f"categorie.{category.code}", "categorie", category.code, "")
    for vector in MARGINS:
        for category in categories:
            for group in groups(vector):
                yield Counter(f"{vector}.{category.code}.{group}", vector, category.code, group)
    for category in categories:
        for sub in category.sub_codes:
            yield Counter(f"subcategorie.{category.code}.{sub.code}", "subcategorie", category.code, sub.code)
    for vector in SINGLE_MARGINS:
        for group in groups(vector):
            yield Counter(f"{vector}.{group}", vector, "", group)


@cache
def groups(field: str) -> tuple[str, ...]:
    """The groups under which a field of the record is counted; values without a group (onbekend) are not counted.

    `politie` keeps only "politie" and "nee"; `gemeld_inspectie` only "gemeld".
    """
    return tuple(dict.fromkeys(v.group for v in codebook.values(field) if v.group))


@dataclass(frozen=True, slots=True)
class Counters:
    """The counters of one school and quarter. `nil` is the explicit statement "no incidents": all zero, and said so."""

    quarter: Quarter
    version: int
    nil: bool
    code_list: str
    values: tuple[int, ...]

    @property
    def named(self) -> dict[str, int]:
        return {c.name: v for c, v in zip(layout(self.code_list), self.values, strict=True)}

    @property
    def per_category(self) -> dict[str, int]:
        pairs = zip(layout(self.code_list), self.values, strict=True)
        return {c.category: v for c, v in pairs if c.vector == "categorie"}

    @property
    def total(self) -> int:
        return sum(self.per_category.values())


def code_list_of(quarter: Quarter) -> str:
    """The code list version that holds for a quarter: that of its first day."""
    return codebook.code_list_version(quarter.first_day)


def nil_return(quarter: Quarter, version: int = 1) -> Counters:
    """The explicit statement that a school had no incident in a quarter."""
    code_list = code_list_of(quarter)
    return Counters(quarter, version, True, code_list, (0,) * len(layout(code_list)))


# --- validation --------------------------------------------------------------------------------------------------


def check(counters: Counters) -> Problems:
    """Everything that is wrong or doubtful with a message, for the sender and again for the receiver."""
    problems = Problems()
    try:
        code_list = code_list_of(counters.quarter)
    except ValueError:
        problems.add("T-103")
        return problems
    if counters.code_list != code_list:
        problems.add("T-105")
        return problems
    places = layout(counters.code_list)
    if not 1 <= counters.version <= HIGHEST_VERSION:
        problems.add("T-104", highest=HIGHEST_VERSION)
    if len(counters.values) != len(places):
        problems.add("T-101", wanted=len(places), found=len(counters.values))
        return problems
    for place, value in zip(places, counters.values, strict=True):
        if not 0 <= value <= HIGHEST_COUNT:
            problems.add("T-102", Place(field=place.name), highest=HIGHEST_COUNT)
    if problems.fatal:
        return problems
    _check_sums(counters, problems)
    if counters.nil and counters.total:
        problems.add("T-107")
    if not counters.nil and not counters.total:
        problems.add("T-108")
    return problems


def _check_sums(counters: Counters, problems: Problems) -> None:
    """A vector can never count more incidents than its category (or than all categories together)."""
    counts = counters.per_category
    sums: dict[tuple[str, str], int] = {}
    for place, value in zip(layout(counters.code_list), counters.values, strict=True):
        if place.vector != "categorie":
            key = (place.vector, place.category)
            sums[key] = sums.get(key, 0) + value
    for (vector, category), total in sums.items():
        if total > (counts[category] if category else counters.total):
            name = f"{vector}.{category}" if category else vector
            problems.add("T-106", Place(field=name))


# --- reading and writing -----------------------------------------------------------------------------------------


def to_table(counters: Counters) -> dict[str, Any]:
    return {
        "formaat": FORMAT,
        "formaatversie": FORMAT_VERSION,
        "codelijst": counters.code_list,
        "kwartaal": str(counters.quarter),
        "volgnummer": counters.version,
        "nulmelding": counters.nil,
        "tellers": list(counters.values),
    }


def write_json(counters: Counters) -> bytes:
    """The message of `MESSAGE_BYTES` bytes."""
    message = tabular.write_json(to_table(counters))
    if len(message) > MESSAGE_BYTES:
        raise ValueError("the counters do not fit in the constant size of the message")
    return message.ljust(MESSAGE_BYTES)


_PATTERNS = {
    "kwartaal": r"[0-9]{4}-[0-9]{4}/[1-4]",
    "volgnummer": r"[1-9][0-9]{0,3}",
    "codelijst": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "teller": r"[a-z0-9_.-]+",
    "aantal": r"[0-9]{1,5}",
}
_INTEGERS = ("volgnummer", "aantal")


@cache
def columns() -> tuple[Column, ...]:
    """The columns of the counters as a table (CSV, XLSX): one row per counter, the head repeated in each row."""
    return tuple(
        Column(
            name=name,
            label=text.label,
            description=text.description,
            privacy=Privacy.COUNT if name == "aantal" else Privacy.PUBLIC,
            kind=Kind.CODE if name == "nulmelding" else Kind.INTEGER if name in _INTEGERS else Kind.TEXT,
            required=True,
            codes=("ja", "nee") if name == "nulmelding" else (),
            pattern=_PATTERNS.get(name, ""),
        )
        for name, text in texts("counters").items()
    )


def _rows(counters: Counters) -> list[dict[str, str]]:
    head = {
        "kwartaal": str(counters.quarter),
        "volgnummer": str(counters.version),
        "nulmelding": "ja" if counters.nil else "nee",
        "codelijst": counters.code_list,
    }
    return [head | {"teller": name, "aantal": str(value)} for name, value in counters.named.items()]


def write(counters: Counters, form: str) -> bytes:
    """Write as "json" (the message that is delivered), "csv" or "xlsx"."""
    if form == "json":
        return write_json(counters)
    if form == "csv":
        return tabular.write_csv(columns(), _rows(counters))
    if form == "xlsx":
        return tabular.write_xlsx(columns(), _rows(counters), "tellingen")
    raise ValueError("counters are written as json, csv or xlsx")


def read(data: bytes, form: str) -> tuple[Counters, Problems]:
    """Read and check a message. Warnings come back; raises `Unacceptable` with all problems when one is fatal."""
    if form == "json":
        counters = _from_json(tabular.read_json(data, limit=4 * MESSAGE_BYTES))
    elif form in ("csv", "xlsx"):
        counters = _from_rows(*_read_table(data, form))
    else:
        raise ValueError("counters are read from json, csv or xlsx")
    problems = check(counters)
    problems.raise_if_fatal()
    return counters, problems


def _read_table(data: bytes, form: str) -> tuple[list[str], list[dict[str, str]]]:
    if form == "csv":
        return tabular.read_csv(data, limit=TABLE_BYTES)
    return tabular.read_xlsx(data, limit=TABLE_BYTES, unpacked=TABLE_UNPACKED)


_MESSAGE_KEYS = {"formaat", "formaatversie", "codelijst", "kwartaal", "volgnummer", "nulmelding", "tellers"}


def _from_json(value: object) -> Counters:
    problems = Problems()
    if not isinstance(value, dict) or value.get("formaat") != FORMAT or value.get("formaatversie") != FORMAT_VERSION:
        problems.add("T-110")
        raise Unacceptable(problems)
    for name in sorted(_MESSAGE_KEYS - set(value)):
        problems.add("T-112", Place(field=name))
    if set(value) - _MESSAGE_KEYS:
        problems.add("T-111")
    problems.raise_if_fatal()
    counts = value["tellers"]
    if not isinstance(counts, list) or not all(type(v) is int for v in counts):
        problems.add("T-113")
    if type(value["volgnummer"]) is not int or type(value["nulmelding"]) is not bool:
        problems.add("T-114")
    problems.raise_if_fatal()
    return _assemble(
        str(value["kwartaal"]), value["volgnummer"], value["nulmelding"], str(value["codelijst"]), tuple(counts)
    )


def _from_rows(header: Sequence[str], rows: Sequence[Mapping[str, str]]) -> Counters:
    problems = Problems()
    tabular.check_header(columns(), header, problems)
    problems.raise_if_fatal()
    for number, row in enumerate(rows, start=2):
        if any(row.values()):
            for column in columns():
                tabular.check_value(column, row[column.name], Place(row=number, field=column.name), problems)
    rows = [row for row in rows if any(row.values())]
    heads = {(row["kwartaal"], row["volgnummer"], row["nulmelding"], row["codelijst"]) for row in rows}
    if len(heads) != 1:
        problems.add("T-115")
    problems.raise_if_fatal()
    quarter, version, nil, code_list = heads.pop()
    names = [row["teller"] for row in rows]
    try:
        wanted = [c.name for c in layout(code_list)]
    except ValueError:
        problems.add("T-105")
        raise Unacceptable(problems) from None
    if sorted(names) != sorted(wanted):
        problems.add("T-101", wanted=len(wanted), found=len(names))
    problems.raise_if_fatal()
    by_name = {row["teller"]: int(row["aantal"]) for row in rows}
    return _assemble(quarter, int(version), nil == "ja", code_list, tuple(by_name[name] for name in wanted))


def _assemble(quarter: str, version: int, nil: bool, code_list: str, values: tuple[int, ...]) -> Counters:
    problems = Problems()
    try:
        period = Quarter.parse(quarter)
        code_list_of(period)
    except ValueError:
        problems.add("T-103")
        raise Unacceptable(problems) from None
    return Counters(period, version, nil, code_list, values)


def json_schema(code_list: str) -> dict[str, Any]:
    """JSON Schema (2020-12) of the message."""
    length = len(layout(code_list))
    count = {"type": "integer", "minimum": 0, "maximum": HIGHEST_COUNT}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tellingen van een school in een kwartaal",
        "type": "object",
        "properties": {
            "formaat": {"const": FORMAT},
            "formaatversie": {"const": FORMAT_VERSION},
            "codelijst": {"const": code_list},
            "kwartaal": {"type": "string", "pattern": f"^{_PATTERNS['kwartaal']}$"},
            "volgnummer": {"type": "integer", "minimum": 1, "maximum": HIGHEST_VERSION},
            "nulmelding": {"type": "boolean"},
            "tellers": {"type": "array", "items": count, "minItems": length, "maxItems": length},
        },
        "required": sorted(_MESSAGE_KEYS),
        "additionalProperties": False,
    }
