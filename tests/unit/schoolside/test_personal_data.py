"""The last scan: every kind of personal data that is planted in a record is found, and codes are never mistaken."""

# ruff: noqa: E501  (small tables read better in rows)

from __future__ import annotations

from dataclasses import replace

import pytest

from baken.contract import codebook
from baken.contract.record import Record
from baken.schoolside.check.output import scan
from baken.schoolside.check.personal import NameList, Personal, find_personal, is_bsn

GOOD = Record("ZHajsc5Zp340JCKnKP1H6g", "2026-09", "drugs", plaats="klas")

PLANTED = {
    "mehmet@voorbeeld.nl": Personal.EMAIL,
    "bel 06-12345678": Personal.PHONE,
    "06 12 34 56 78": Personal.PHONE,
    "+31 6 12345678": Personal.PHONE,
    "070-3531234": Personal.PHONE,
    "BSN 111222333": Personal.BSN,
    "1112.22.333": Personal.BSN,
    "14-03-2011": Personal.DATE,
    "2011-03-14": Personal.DATE,
    "162966": Personal.NUMBER,
    "2514 AB": Personal.POSTCODE,
    "Mehmet": Personal.NAME,
    "jansen": Personal.NAME,
    "bij Özdemir thuis": Personal.NAME,
    "zomaar een verhaal": Personal.FREE_TEXT,
}


def names() -> NameList:
    found = NameList()
    found.add(["Mehmet Jansen (5v2)", "Özdemir, Noor", "de Vries"])
    return found


@pytest.mark.parametrize("text", PLANTED)
@pytest.mark.parametrize("field", ["plaats", "categorie", "maand", "sleutel", "politie"])
def test_what_is_planted_in_a_record_is_found(text: str, field: str) -> None:
    (found,) = scan([GOOD, replace(GOOD, **{field: text})], names())

    assert (found.code, found.place.field, dict(found.facts)["kind"]) == ("X-140", field, PLANTED[text].value)
    assert text not in found.describe()


def test_what_is_planted_among_several_codes_is_found() -> None:
    (found,) = scan([replace(GOOD, afhandeling=("gesprek", "Mehmet"))], names())

    assert found.place.field == "afhandeling"


def test_a_key_that_hides_readable_text_is_found() -> None:
    import base64

    hidden = base64.urlsafe_b64encode(b"Mehmet J. 162966").decode()[:22]

    assert [p.place.field for p in scan([replace(GOOD, sleutel=hidden)], names())] == ["sleutel"]


def test_no_code_is_mistaken_for_a_person_even_when_a_pupil_is_called_so() -> None:
    everybody = NameList()
    every_code = [value.code for name in ("plaats", "afhandeling", "pleger") for value in codebook.values(name)]
    everybody.add(every_code)
    records = [replace(GOOD, plaats=value.code) for value in codebook.values("plaats")]

    assert list(scan(records, everybody)) == []


@pytest.mark.parametrize(("digits", "real"), [("111222333", True), ("123456782", True), ("123456789", False), ("000000000", False), ("12345678", False), ("11122233x", False)])  # fmt: skip
def test_a_bsn_passes_the_eleven_test(digits: str, real: bool) -> None:
    assert is_bsn(digits) is real


@pytest.mark.parametrize(
    "text", ["Lokaal 1.12", "Schorsing 1 dag", "lesuur_ochtend", "24", "Drugs (bezit)", "2026", "1234"]
)
def test_words_of_a_school_are_no_personal_data(text: str) -> None:
    assert find_personal(text) is None
