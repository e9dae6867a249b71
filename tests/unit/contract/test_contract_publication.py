"""The publication file: canonical, signed, chained, and refused when a single byte differs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from baken.contract import publication, tabular
from baken.contract.problems import Unacceptable
from baken.contract.publication import ALL, CITY, HELD_BACK, Area, Cell, Publication, PublishedCategory
from baken.contract.texts import Text

PERIOD = "2026-2027/1"
KEY_ID = "sleutel-van-het-netwerk"


def sign(message: bytes) -> bytes:
    """A keyed hash in the place of a signature: the contract knows no cryptography, it only asks."""
    return hashlib.sha512(b"geheim" + message).digest()


def verify(message: bytes, signature: bytes, key_id: str) -> bool:
    return key_id == KEY_ID and signature == sign(message)


def a_cell(area: str, value: int | None, category: str = "drugs") -> Cell:
    low = None if value is None else max(0, value - 4)
    return Cell("T1", area, category, PERIOD, value, low, None if value is None else value + 4)


PUBLICATION = Publication(
    city="den_haag",
    city_name="Den Haag",
    kind="kwartaal",
    period=PERIOD,
    number=1,
    previous="",
    published_on="2027-01-04",
    synthetic=True,
    code_list="2024-08-01",
    categories=(PublishedCategory("drugs", Text("Drugs", "Drugs"), Text("Drugs", "Drugs")),),
    areas=(Area("laak+centrum", "Laak en Centrum", ("laak", "centrum"), "3-5", "3-5"),),
    participation="6-9",
    policy={"basis": 5},
    cells=(a_cell(CITY, 35), a_cell("laak+centrum", 0), a_cell(CITY, None, ALL)),
    attestation={"aanvallers": 4},
    ledger_head="0" * 64,
    follow_up=Text("Nog niets.", "Nothing yet."),
)
FILE = publication.seal(PUBLICATION, sign=sign, key_id=KEY_ID)


def code_of(data: bytes) -> str:
    with pytest.raises(Unacceptable) as refused:
        publication.open_sealed(data, verify=verify)
    (problem,) = refused.value.problems
    return problem.code


def resealed(change: Callable[[dict[str, Any]], object]) -> bytes:
    """A file of other content with a signature that holds, as a careless or hostile signer could make."""
    table = json.loads(publication.to_bytes(PUBLICATION))
    change(table)
    data = tabular.write_json(table)
    seal = {"handtekening": sign(data).hex(), "sleutel": KEY_ID, "sha256": publication.content_hash(data)}
    return b'{"publicatie":' + data + b',"zegel":' + tabular.write_json(seal) + b"}\n"


def test_a_sealed_file_opens_to_the_same_publication() -> None:
    assert publication.open_sealed(FILE, verify=verify) == PUBLICATION


def test_the_same_publication_is_the_same_file() -> None:
    assert publication.seal(PUBLICATION, sign=sign, key_id=KEY_ID) == FILE


def test_every_other_digit_anywhere_in_the_file_is_refused() -> None:
    for at, byte in enumerate(FILE):
        if not chr(byte).isdigit():
            continue
        changed = FILE[:at] + str((byte - 48 + 1) % 10).encode() + FILE[at + 1 :]
        assert code_of(changed) in ("P-101", "P-102", "P-103"), at


@pytest.mark.parametrize(
    "other",
    [
        FILE + b"\n",
        b" " + FILE,
        b"\xef\xbb\xbf" + FILE,
        FILE.replace(b'{"publicatie":', b'{ "publicatie":'),
        FILE.replace(b'"synthetisch":true', b'"synthetisch": true'),
        FILE.replace(b"Den Haag", b"\\u0044en Haag"),
        json.dumps(json.loads(FILE), ensure_ascii=False).encode(),
        json.dumps(dict(reversed(json.loads(FILE).items())), ensure_ascii=False, separators=(",", ":")).encode(),
    ],
    ids=["newline", "space", "mark", "space inside", "space deep", "escape", "loose", "other order"],
)
def test_the_same_content_in_other_bytes_is_refused(other: bytes) -> None:
    assert other != FILE
    assert code_of(other) == "P-102"


def test_the_canonical_bytes_hidden_beside_other_content_are_refused() -> None:
    canonical = publication.to_bytes(PUBLICATION).decode()
    changed = FILE.replace(b'"naam":"Den Haag"', b'"naam":"Den Haag "', 1)

    assert code_of(changed[:-2] + b" " + canonical.encode() + changed[-2:]) == "F-121"
    assert code_of(changed) == "P-102"


def test_a_signature_of_somebody_else_is_refused() -> None:
    other = publication.seal(PUBLICATION, sign=lambda message: b"x" * 64, key_id=KEY_ID)

    assert code_of(other) == "P-103"


def test_an_unknown_key_is_refused() -> None:
    assert code_of(publication.seal(PUBLICATION, sign=sign, key_id="een-andere")) == "P-103"


@pytest.mark.parametrize("data", [b"[]", b"{}", b'{"publicatie":{},"zegel":{}}', b'{"publicatie":1,"zegel":2}'])
def test_what_is_no_publication_is_refused(data: bytes) -> None:
    assert code_of(data) == "P-101"


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.update(formaat="iets-anders"),
        lambda t: t.update(formaatversie=2),
        lambda t: t.update(periode="herfst"),
        lambda t: t.update(nummer="1"),
        lambda t: t.update(nummer=True),
        lambda t: t.update(nummer=-1),
        lambda t: t.update(synthetisch=1),
        lambda t: t.update(stad="Den Haag"),
        lambda t: t.update(gebieden=None),
        lambda t: t.update(beleid=[1]),
        lambda t: t.pop("wat_is_ermee_gedaan"),
        lambda t: t["wat_is_ermee_gedaan"].pop("en"),
        lambda t: t["cellen"].append(t["cellen"][0]),
        lambda t: t["cellen"][0].pop(),
        lambda t: t["cellen"][0].append(1),
        lambda t: t["cellen"][0].__setitem__(3, "ooit"),
        lambda t: t["cellen"][0].__setitem__(4, 35.0),
        lambda t: t["cellen"][0].__setitem__(4, "35"),
        lambda t: t["cellen"][0].__setitem__(4, 400),
        lambda t: t["cellen"][0].__setitem__(4, None),
        lambda t: t["cellen"][2].__setitem__(6, 9),
    ],
)
def test_signed_content_of_another_kind_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    assert code_of(resealed(change)) == "P-101"


def test_a_field_that_the_format_does_not_know_is_refused_even_when_it_is_signed() -> None:
    assert code_of(resealed(lambda table: table.update(scholen=["21AB00"]))) == "P-102"


def test_a_held_back_cell_shows_one_symbol_and_a_zero_shows_zero() -> None:
    shown = [cell.shown for cell in PUBLICATION.cells]

    assert shown == ["35", "0", HELD_BACK]


def test_a_cell_is_found_by_its_place() -> None:
    found = PUBLICATION.cell("T1", CITY, "drugs", PERIOD)

    assert found is not None
    assert (found.value, found.low, found.high) == (35, 31, 39)
    assert PUBLICATION.cell("T1", CITY, "wapen", PERIOD) is None


def chain(length: int) -> list[Publication]:
    made: list[Publication] = []
    for number in range(1, length + 1):
        previous = publication.content_hash(publication.to_bytes(made[-1])) if made else ""
        made.append(replace(PUBLICATION, number=number, previous=previous))
    return made


def test_publications_in_order_form_a_chain() -> None:
    assert not publication.check_chain(chain(4)).found
    assert not publication.check_chain([]).found


@pytest.mark.parametrize(
    "broken",
    [
        chain(3)[1:],
        [chain(3)[0], chain(3)[2]],
        chain(3)[::-1],
        [replace(chain(1)[0], city_name="'s-Gravenhage"), *chain(3)[1:]],
        [replace(chain(1)[0], previous="0" * 64)],
    ],
    ids=["no first", "one missing", "reversed", "one changed", "first points back"],
)
def test_a_missing_or_changed_publication_breaks_the_chain(broken: list[Publication]) -> None:
    assert {problem.code for problem in publication.check_chain(broken)} == {"P-104"}
