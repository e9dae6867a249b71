"""From records to the counters of a quarter: nothing counted twice, nothing crossed, nil said and never derived."""

from __future__ import annotations

from dataclasses import replace

import pytest

from baken.contract import delivery
from baken.contract.periods import Quarter
from baken.contract.problems import Unacceptable
from baken.contract.record import Record
from baken.schoolside.anonymise import fold
from baken.schoolside.check.plausible import implausible

FIRST = Quarter.parse("2026-2027/1")
ONE = Record(
    "ZHajsc5Zp340JCKnKP1H6g",
    "2026-09",
    "drugs",
    "bezit",
    plaats="klas",
    dagdeel="lunchpauze",
    politie="melding",
    gemeld_inspectie="ja",
    pleger="leerling",
    slachtoffer="onbekend",
)


def counted(*records: Record, quarter: Quarter = FIRST) -> dict[str, int]:
    return {name: value for name, value in fold(records, quarter).named.items() if value}


def test_one_record_adds_one_to_its_category_and_to_one_group_of_every_vector() -> None:
    assert counted(ONE) == {
        "categorie.drugs": 1,
        "plaats.drugs.gebouw": 1,
        "dagdeel.drugs.pauze": 1,
        "politie.drugs.politie": 1,
        "gemeld_inspectie.drugs.gemeld": 1,
        "subcategorie.drugs.bezit": 1,
        "pleger.leerling": 1,
    }


def test_what_is_unknown_is_counted_in_the_category_only() -> None:
    unknown = Record(ONE.sleutel, "2026-09", "drugs", plaats="onbekend", politie="onbekend", gemeld_inspectie="nee")

    assert counted(unknown) == {"categorie.drugs": 1}


def test_other_categories_are_not_counted() -> None:
    assert counted(replace(ONE, nevencategorieen=("wapen",))) == counted(ONE)


@pytest.mark.parametrize(
    ("month", "inside"), [("2026-07", 0), ("2026-08", 1), ("2026-10", 1), ("2026-11", 0), ("2025-09", 0)]
)
def test_a_quarter_has_three_months_and_a_year(month: str, inside: int) -> None:
    assert fold([replace(ONE, maand=month)], FIRST).total == inside


def test_counters_pass_the_check_of_the_receiver() -> None:
    assert list(delivery.check(fold([ONE, ONE], FIRST, 3))) == []
    assert fold([ONE], FIRST, 3).version == 3


def test_no_records_is_not_a_nil_return_until_somebody_says_so() -> None:
    assert [p.code for p in delivery.check(fold([], FIRST))] == ["T-108"]
    assert fold([], FIRST, nil=True) == delivery.nil_return(FIRST)


def test_a_nil_return_with_incidents_does_not_pass() -> None:
    assert [p.code for p in delivery.check(fold([ONE], FIRST, nil=True))] == ["T-107"]


def test_a_category_outside_the_list_is_refused() -> None:
    with pytest.raises(Unacceptable) as refusal:
        fold([replace(ONE, categorie="tabak")], FIRST)

    assert [(p.code, p.place.row) for p in refusal.value.problems] == [("X-146", 1)]


def test_a_quarter_before_the_first_list_has_no_counters() -> None:
    with pytest.raises(ValueError):
        fold([], Quarter.parse("2020-2021/1"))


def test_an_empty_quarter_beside_a_busy_one_is_hard_to_believe() -> None:
    assert [p.code for p in implausible([ONE], Quarter.parse("2026-2027/2"))] == ["X-143"]
    assert [p.code for p in implausible([ONE], FIRST)] == ["X-145"]
    assert list(implausible([ONE, replace(ONE, maand="2026-10")], FIRST)) == []
    assert list(implausible([], FIRST)) == []
