"""What the ledger says about one school year: its areas, who was in each quarter, and the figures as published.

Read from the ledger only. Never here: a count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from baken.shield.ledger import Ledger
from baken.shield.publication import Precision, Record, ReleaseKind, Table
from baken.shield.structure import Area, Contributor

CITY = "city"


@dataclass(frozen=True, slots=True)
class PublishedQuarter:
    """A quarter in the ledger. `groups`: its areas, each as indices of the base areas of the school year.

    `values`: (table, area, category) -> value, None for a cell that was held back.
    """

    period: str
    groups: tuple[tuple[int, ...], ...]
    members: tuple[frozenset[str], ...]
    values: dict[tuple[Table, str | None, str | None], int | None]
    precision: Precision
    commitment: str

    @property
    def units(self) -> frozenset[str]:
        return frozenset().union(*self.members)


@dataclass(frozen=True, slots=True)
class History:
    """One school year as published so far, oldest quarter first. Empty `base`: nothing was published yet.

    `known`: units that are no newcomers. `cohort`: units that were ever in the cohort of the school year.
    """

    base: tuple[Area, ...]
    quarters: tuple[PublishedQuarter, ...]
    known: frozenset[str]
    cohort: frozenset[str]
    contributors: dict[str, Contributor]
    policy: dict[str, Any] | None
    key_check: str | None

    @classmethod
    def of(cls, ledger: Ledger, year: str) -> History:
        """Read the entries of a school year. The chain has to be checked before."""
        entries = [e for e in ledger.entries if e.kind == ReleaseKind.QUARTER and e.period[:9] == year]
        records = [Record.from_json(e.record) for e in entries]
        if not entries:
            return cls((), (), frozenset(), frozenset(), {}, None, None)
        return cls(
            base=records[0].base_areas,
            quarters=tuple(_quarter(e.publication, r) for e, r in zip(entries, records, strict=True)),
            known=frozenset(records[-1].known),
            cohort=frozenset(unit for record in records for unit in record.cohort),
            contributors={c.unit: c for record in records for c in record.contributors},
            policy=dict(entries[0].publication["policy"]),
            key_check=records[0].key_check,
        )


def indices(area: Area, base: tuple[Area, ...]) -> tuple[int, ...]:
    """The base areas that an area is made of."""
    return tuple(i for i, piece in enumerate(base) if set(piece.districts) <= set(area.districts))


def merged(group: tuple[int, ...], base: tuple[Area, ...]) -> Area:
    """The area that a group of base areas forms."""
    return Area.of(district for i in group for district in base[i].districts)


def _quarter(document: dict[str, Any], record: Record) -> PublishedQuarter:
    period = document["release"]["period"]
    members = dict(record.members)
    areas = [Area(a["code"], tuple(a["districts"])) for a in document["areas"]]
    return PublishedQuarter(
        period,
        tuple(indices(area, record.base_areas) for area in areas),
        tuple(frozenset(unit for _, unit in members[f"{period}:{area.code}"]) for area in areas),
        {(Table(table), area, category): value for table, area, category, _, value, *_ in document["cells"]},
        Precision(**document["precision"]),
        dict(record.commitments)[period],
    )
