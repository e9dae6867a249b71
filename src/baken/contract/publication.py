"""⑥ The publication file: all that the reader's side may ever know. Immutable, signed, chained to the one before it.

A file is canonical JSON: the same publication is the same bytes. It is read with the public key of the network that
signed it. Never here: a count that has not passed the gate, a school, a board, the name or number of a contributor.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from baken.contract import tabular
from baken.contract.periods import Quarter, SchoolYear, parse_period
from baken.contract.privacy import Privacy
from baken.contract.problems import Problems, Unacceptable
from baken.contract.texts import Text

FORMAT = "baken-publicatie"
FORMAT_VERSION = 1
LIMIT_BYTES = 20_000_000
HELD_BACK = "·"
"""The one symbol for every cell that is held back, whatever the reason: the reason itself could tell."""

CITY = "stad"
"""`Cell.area` of a figure of the whole city."""
ALL = "totaal"
"""`Cell.category` of a figure over all categories."""


@dataclass(frozen=True, slots=True)
class Area:
    """One reporting area: districts that are shown together. Bands instead of numbers of schools and boards."""

    code: str
    name: str
    districts: tuple[str, ...]
    schools: str
    boards: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One published figure. `value` None is held back; then `low` and `high` are None too.

    `low` and `high` bound the true number: a published 0 means 0 up to 4 with base 5.
    """

    table: str
    area: str
    category: str
    period: str
    value: int | None
    low: int | None
    high: int | None

    @property
    def shown(self) -> str:
        return HELD_BACK if self.value is None else str(self.value)


@dataclass(frozen=True, slots=True)
class PublishedCategory:
    code: str
    label: Text
    short: Text


@dataclass(frozen=True, slots=True)
class Publication:
    """One release as the city reads it.

    `number` counts publications of this city from 1; `previous` is the hash of the file before it ("" for the first).
    `follow_up` says what was done with the figures before ("nog niets" is an answer too); it is never empty.
    `attestation` sums up the gate: attackers played, programs solved, verdict.
    """

    city: str
    city_name: str
    kind: str
    period: str
    number: int
    previous: str
    published_on: str
    synthetic: bool
    code_list: str
    categories: tuple[PublishedCategory, ...]
    areas: tuple[Area, ...]
    participation: str
    policy: Mapping[str, Any]
    cells: tuple[Cell, ...]
    attestation: Mapping[str, Any]
    ledger_head: str
    follow_up: Text

    @property
    def parsed_period(self) -> Quarter | SchoolYear:
        return parse_period(self.period)

    def cell(self, table: str, area: str, category: str, period: str) -> Cell | None:
        wanted = (table, area, category, period)
        return next((c for c in self.cells if (c.table, c.area, c.category, c.period) == wanted), None)


_PUBLIC: Mapping[type, str] = {
    Publication: (
        "city city_name kind period number previous published_on "
        "synthetic code_list categories areas participation policy cells attestation ledger_head follow_up"
    ),
    Area: "code name districts schools boards",
    Cell: "table area category period value low high",
    PublishedCategory: "code label short",
}
PRIVACY: Mapping[type, Mapping[str, Privacy]] = {
    kind: dict.fromkeys(names.split(), Privacy.PUBLIC) for kind, names in _PUBLIC.items()
}
"""Every field by name: a publication file holds what anybody may read. A field that is added must be judged here."""


def _text(value: Text) -> dict[str, str]:
    return {"nl": value.nl, "en": value.en}


def to_bytes(publication: Publication) -> bytes:
    """Canonical bytes of a publication, without signature."""
    return tabular.write_json(
        {
            "formaat": FORMAT,
            "formaatversie": FORMAT_VERSION,
            "stad": {"code": publication.city, "naam": publication.city_name},
            "soort": publication.kind,
            "periode": publication.period,
            "nummer": publication.number,
            "vorige": publication.previous,
            "gepubliceerd_op": publication.published_on,
            "synthetisch": publication.synthetic,
            "codelijst": publication.code_list,
            "categorieen": [
                {"code": c.code, "label": _text(c.label), "kort": _text(c.short)} for c in publication.categories
            ],
            "gebieden": [
                {
                    "code": a.code,
                    "naam": a.name,
                    "stadsdelen": list(a.districts),
                    "scholen": a.schools,
                    "besturen": a.boards,
                }
                for a in publication.areas
            ],
            "deelname": publication.participation,
            "beleid": dict(publication.policy),
            "cellen": [[c.table, c.area, c.category, c.period, c.value, c.low, c.high] for c in publication.cells],
            "verklaring": dict(publication.attestation),
            "grootboek": publication.ledger_head,
            "wat_is_ermee_gedaan": _text(publication.follow_up),
        }
    )


def content_hash(data: bytes) -> str:
    """SHA-256 of the canonical bytes: the name by which the next file points back."""
    return hashlib.sha256(data).hexdigest()


def seal(publication: Publication, *, sign: Callable[[bytes], bytes], key_id: str) -> bytes:
    """The file: the publication with an Ed25519 signature over its canonical bytes. `sign` returns 64 bytes."""
    data = to_bytes(publication)
    return _file(data, sign(data), key_id)


def _file(canonical: bytes, signature: bytes, key_id: str) -> bytes:
    seal_part = {"handtekening": signature.hex(), "sleutel": key_id, "sha256": content_hash(canonical)}
    return b'{"publicatie":' + canonical + b',"zegel":' + tabular.write_json(seal_part) + b"}\n"


def open_sealed(data: bytes, *, verify: Callable[[bytes, bytes, str], bool]) -> Publication:
    """Read a signed file. `verify(message, signature, key_id)` says whether the signature holds.

    The file must be, byte for byte, what `seal` writes: then two readers of one publication have the same file.
    Raises `Unacceptable` (P-…) for a file that is damaged, not canonical, changed or signed by somebody else.
    """
    problems = Problems()
    value = tabular.read_json(data, limit=LIMIT_BYTES)
    if not isinstance(value, dict) or set(value) != {"publicatie", "zegel"}:
        problems.add("P-101")
        raise Unacceptable(problems)
    try:
        publication = _from_table(value["publicatie"])
        signature = bytes.fromhex(value["zegel"]["handtekening"])
        key_id = _string(value["zegel"]["sleutel"])
        canonical = to_bytes(publication)
    except (KeyError, TypeError, ValueError, AttributeError):
        problems.add("P-101")
        raise Unacceptable(problems) from None
    if data != _file(canonical, signature, key_id):
        problems.add("P-102")
    elif not verify(canonical, signature, key_id):
        problems.add("P-103")
    problems.raise_if_fatal()
    return publication


def check_chain(publications: list[Publication]) -> Problems:
    """Do these publications, in order of number, form one unbroken chain from the first?"""
    problems = Problems()
    previous = ""
    for number, publication in enumerate(publications, start=1):
        if publication.number != number or publication.previous != previous:
            problems.add("P-104", number=number)
        previous = content_hash(to_bytes(publication))
    return problems


def _from_table(value: dict[str, Any]) -> Publication:
    """Raises KeyError, TypeError or ValueError for anything that is not of this version and kind."""
    if value["formaat"] != FORMAT or value["formaatversie"] != FORMAT_VERSION:
        raise ValueError("not a publication of this version")
    parse_period(value["periode"])
    return Publication(
        city=_string(value["stad"]["code"]),
        city_name=_string(value["stad"]["naam"]),
        kind=_string(value["soort"]),
        period=value["periode"],
        number=_count(value["nummer"]),
        previous=_string(value["vorige"]),
        published_on=_string(value["gepubliceerd_op"]),
        synthetic=_flag(value["synthetisch"]),
        code_list=_string(value["codelijst"]),
        categories=tuple(
            PublishedCategory(_string(c["code"]), _both(c["label"]), _both(c["kort"])) for c in value["categorieen"]
        ),
        areas=tuple(_area(a) for a in value["gebieden"]),
        participation=_string(value["deelname"]),
        policy=dict(value["beleid"]),
        cells=_cells(value["cellen"]),
        attestation=dict(value["verklaring"]),
        ledger_head=_string(value["grootboek"]),
        follow_up=_both(value["wat_is_ermee_gedaan"]),
    )


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text was expected")
    return value


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("a whole number was expected")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false was expected")
    return value


def _both(value: Mapping[str, Any]) -> Text:
    return Text(_string(value["nl"]), _string(value["en"]))


def _area(value: Mapping[str, Any]) -> Area:
    districts = tuple(_string(code) for code in value["stadsdelen"])
    return Area(
        _string(value["code"]), _string(value["naam"]), districts, _string(value["scholen"]), _string(value["besturen"])
    )


def _cells(rows: list[list[Any]]) -> tuple[Cell, ...]:
    cells = tuple(_cell(*row) for row in rows)
    if len({(c.table, c.area, c.category, c.period) for c in cells}) != len(cells):
        raise ValueError("a cell comes twice")
    return cells


def _cell(table: object, area: object, category: object, period: object, *numbers: object) -> Cell:
    """A shown cell lies within its bounds; a held-back cell has neither value nor bounds."""
    place = (_string(table), _string(area), _string(category), _string(period))
    parse_period(place[3])
    if len(numbers) != 3:
        raise ValueError("a cell has a value and two bounds")
    if all(number is None for number in numbers):
        return Cell(*place, None, None, None)
    value, low, high = (_count(number) for number in numbers)
    if not low <= value <= high:
        raise ValueError("a value lies outside its bounds")
    return Cell(*place, value, low, high)
