"""Signed publication files for tests: two school years of invented, already rounded figures. No figure is real.

The first school year has two areas (a pilot), the second five. Some cells are zero, some are held back, and all
margins add up, as in files that the gate made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from baken.contract import codebook
from baken.contract.periods import Quarter, SchoolYear, parse_period
from baken.contract.publication import (
    ALL,
    CITY,
    Area,
    Cell,
    Publication,
    PublishedCategory,
    content_hash,
    seal,
    to_bytes,
)
from baken.contract.texts import Text

BASE = 5
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"baken: a key for tests, 32 bytes"[:32])
PUBLIC = PRIVATE.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
KEY_ID = hashlib.sha256(PUBLIC).hexdigest()[:16]

PILOT = (
    Area(
        "centrum+escamp+laak+segbroek",
        "Centrum, Escamp, Laak en Segbroek",
        ("centrum", "escamp", "laak", "segbroek"),
        "3-5",
        "3-5",
    ),
    Area("haagse-hout+scheveningen", "Haagse Hout en Scheveningen", ("haagse-hout", "scheveningen"), "3-5", "3-5"),
)
LATER = (
    Area("loosduinen+segbroek", "Loosduinen en Segbroek", ("loosduinen", "segbroek"), "6-9", "3-5"),
    Area("escamp", "Escamp", ("escamp",), "6-9", "6-9"),
    Area("haagse-hout+scheveningen", "Haagse Hout en Scheveningen", ("haagse-hout", "scheveningen"), "6-9", "6-9"),
    Area("centrum", "Centrum", ("centrum",), "6-9", "3-5"),
    Area(
        "laak+leidschenveen-ypenburg", "Laak en Leidschenveen-Ypenburg",
        ("laak", "leidschenveen-ypenburg"), "3-5", "3-5",
    ),
)  # fmt: skip
AREA_WEIGHTS = {a.code: w for a, w in zip((*PILOT, *LATER), (13, 8, 11, 15, 9, 12, 7), strict=True)}
CATEGORY_WEIGHTS = (7, 1, 4, 9, 5, 3, 9, 4, 2)
QUARTER_WEIGHTS = (9, 10, 11, 8)


PUBLISHED_ON = {
    "2025-2026/1": "2026-01-05", "2025-2026/2": "2026-03-30", "2025-2026/3": "2026-06-25", "2025-2026/4": "2026-09-25",
    "2025-2026": "2026-10-09", "2026-2027/1": "2027-01-04", "2026-2027/2": "2027-03-29", "2026-2027/3": "2027-06-25",
    "2026-2027/4": "2027-09-27",
}  # fmt: skip


def categories() -> tuple[PublishedCategory, ...]:
    return tuple(PublishedCategory(c.code, c.label, c.short) for c in codebook.all_categories())


def areas_of(year: SchoolYear) -> tuple[Area, ...]:
    return PILOT if year.start <= 2025 else LATER


def part(area: Area, category: int, quarter: Quarter) -> int:
    """The figure of one area, category and quarter: a multiple of the base. It is itself never published."""
    raw = AREA_WEIGHTS[area.code] * CATEGORY_WEIGHTS[category] * QUARTER_WEIGHTS[quarter.number - 1] // 80
    return raw // BASE * BASE


def cell(table: str, area: str, category: str, period: str, value: int | None) -> Cell:
    if value is None:
        return Cell(table, area, category, period, None, None, None)
    return Cell(table, area, category, period, value, max(0, value - BASE + 1), value + BASE - 1)


def quarter_cells(quarter: Quarter, held_back: Sequence[tuple[str, str]] = ()) -> tuple[Cell, ...]:
    areas, period = areas_of(quarter.year), str(quarter)
    cells = []
    for index, category in enumerate(categories()):
        cells.append(cell("T1", CITY, category.code, period, sum(part(a, index, quarter) for a in areas)))
    everything = [sum(part(a, i, quarter) for i in range(9)) for a in areas]
    cells.append(cell("T1", CITY, ALL, period, sum(everything)))
    cells += [cell("T2", a.code, ALL, period, v) for a, v in zip(areas, everything, strict=True)]
    return _hold_back(cells, held_back)


def year_cells(year: SchoolYear, held_back: Sequence[tuple[str, str]] = ()) -> tuple[Cell, ...]:
    areas, period, codes = areas_of(year), str(year), [c.code for c in categories()]
    table = {(a.code, c): sum(part(a, i, q) for q in year.quarters) for a in areas for i, c in enumerate(codes)}
    cells = [cell("T3", a.code, c, period, table[a.code, c]) for a in areas for c in codes]
    cells += [cell("T3", a.code, ALL, period, sum(table[a.code, c] for c in codes)) for a in areas]
    cells += [cell("T3", CITY, c, period, sum(table[a.code, c] for a in areas)) for c in codes]
    cells.append(cell("T3", CITY, ALL, period, sum(table.values())))
    return _hold_back(cells, held_back)


def _hold_back(cells: Sequence[Cell], which: Sequence[tuple[str, str]]) -> tuple[Cell, ...]:
    return tuple(
        cell(c.table, c.area, c.category, c.period, None) if (c.area, c.category) in which else c for c in cells
    )


def publication(
    period: str, *, number: int, previous: str = "", held_back: Sequence[tuple[str, str]] = ()
) -> Publication:
    parsed = parse_period(period)
    whole_year = isinstance(parsed, SchoolYear)
    year = parsed if isinstance(parsed, SchoolYear) else parsed.year
    cells = year_cells(year, held_back) if isinstance(parsed, SchoolYear) else quarter_cells(parsed, held_back)
    return Publication(
        city="den_haag",
        city_name="Den Haag",
        kind="schooljaar" if whole_year else "kwartaal",
        period=period,
        number=number,
        previous=previous,
        published_on=PUBLISHED_ON[period],
        synthetic=True,
        code_list="2026-08-01",
        categories=categories(),
        areas=areas_of(year),
        participation="6-9" if year.start <= 2025 else "10+",
        policy={
            "version": "1", "base": BASE, "min_schools": 3, "min_boards": 3, "slack": 3, "p_percent": 10,
            "dominance_percent": 75, "dominance_from": 10, "precision": {"cell": BASE, "year_to_date": BASE},
        },
        cells=cells,
        attestation={"attackers": 8, "bounds": 412, "verdict": "safe"},
        ledger_head=hashlib.sha256(f"ledger {number}".encode()).hexdigest(),
        follow_up=Text("Nog niets: dit is de eerste publicatie.", "Nothing yet: this is the first publication.")
        if number == 1
        else Text(
            "De scholen bespraken de cijfers met de wijkagent. In Escamp gaf Halt voorlichting over bedreiging.",
            "The schools discussed the figures with the community officer. Halt gave lessons about threats in Escamp.",
        ),
    )  # fmt: skip


PERIODS = (
    "2025-2026/1", "2025-2026/2", "2025-2026/3", "2025-2026/4", "2025-2026", "2026-2027/1", "2026-2027/2",
)  # fmt: skip
HELD_BACK: dict[str, tuple[tuple[str, str], ...]] = {
    "2025-2026": (
        ("haagse-hout+scheveningen", "wapen"),
        ("haagse-hout+scheveningen", "drugs"),
        ("centrum+escamp+laak+segbroek", "seksueel"),
    ),
    "2026-2027/1": ((CITY, "seksueel"),),
}


def chain(
    periods: Sequence[str] = PERIODS, *, change: Callable[[Publication], Publication] = lambda p: p
) -> tuple[Publication, ...]:
    """Publications that point back to each other, the first with number 1."""
    made: list[Publication] = []
    previous = ""
    for number, period in enumerate(periods, start=1):
        held_back = HELD_BACK.get(period, ())
        made.append(change(publication(period, number=number, previous=previous, held_back=held_back)))
        previous = content_hash(to_bytes(made[-1]))
    return tuple(made)


def sealed(publication: Publication, *, private: Ed25519PrivateKey = PRIVATE, key_id: str = KEY_ID) -> bytes:
    return seal(publication, sign=private.sign, key_id=key_id)


def file_name(publication: Publication) -> str:
    return f"{publication.number:04d}-{publication.kind}-{publication.period.replace('/', '-')}.json"


def write_files(folder: Path, publications: Sequence[Publication]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for made in publications:
        (folder / file_name(made)).write_bytes(sealed(made))


def write_key(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{KEY_ID}.pub").write_text(PUBLIC.hex() + "\n")


def real_year(made: Publication) -> Publication:
    """The same publication without the mark that it is synthetic."""
    return replace(made, synthetic=False)
