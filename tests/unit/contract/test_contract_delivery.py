"""The counters message: what leaves the school, in one size, with nil told apart from nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from baken.contract import codebook, delivery
from baken.contract.delivery import Counters
from baken.contract.periods import Quarter
from baken.contract.privacy import Privacy
from baken.contract.problems import Unacceptable

QUARTER = Quarter.parse("2026-2027/1")
LIST = "2024-08-01"
NAMES = [counter.name for counter in delivery.layout(LIST)]


def some(version: int = 1, **counts: int) -> Counters:
    """A delivery with these counters, the dots of a name written as two underscores and its dashes as one."""
    named = {name.replace("__", ".").replace("_", "-"): value for name, value in counts.items()}
    assert set(named) <= set(NAMES)
    return Counters(QUARTER, version, False, LIST, tuple(named.get(name, 0) for name in NAMES))


def message(**changes: Any) -> bytes:
    return json.dumps(delivery.to_table(some(categorie__drugs=2)) | changes).encode()


def codes(data: bytes, form: str = "json") -> list[str]:
    with pytest.raises(Unacceptable) as refused:
        delivery.read(data, form)
    return [problem.code for problem in refused.value.problems]


# --- layout ------------------------------------------------------------------------------------------------------


def test_a_message_has_about_120_counters_with_names_of_their_own() -> None:
    assert len(NAMES) == len(set(NAMES)) == 122


def test_the_categories_come_first_in_the_order_of_the_bill() -> None:
    assert NAMES[:9] == [f"categorie.{c.code}" for c in codebook.all_categories()]


def test_vectors_are_never_crossed_with_each_other() -> None:
    assert {name.count(".") for name in NAMES} <= {1, 2}
    assert not any(name.startswith(("pleger.", "slachtoffer.")) and name.count(".") > 1 for name in NAMES)


@pytest.mark.parametrize("field", [*delivery.MARGINS, *delivery.SINGLE_MARGINS])
def test_what_is_unknown_has_no_counter(field: str) -> None:
    assert all(value.group == "" for value in codebook.values(field) if value.code == "onbekend")
    assert "onbekend" not in delivery.groups(field)


def test_every_counter_is_a_count_and_nothing_less_private() -> None:
    assert {counter.privacy for counter in delivery.layout(LIST)} == {Privacy.COUNT}


def test_police_is_counted_in_two_groups_and_reporting_to_the_inspectorate_in_one() -> None:
    assert delivery.groups("politie") == ("nee", "politie")
    assert delivery.groups("gemeld_inspectie") == ("gemeld",)


@pytest.mark.parametrize("code_list", ["2024-08-02", "2020-01-01", "2024-13-01", "lijst"])
def test_there_is_no_layout_of_a_list_that_never_held(code_list: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        delivery.layout(code_list)


def test_the_counters_of_one_name_add_up_per_category() -> None:
    counters = some(categorie__drugs=3, categorie__wapen=2, plaats__drugs__gebouw=1)

    assert counters.total == 5
    assert counters.per_category["drugs"] == 3
    assert counters.named["plaats.drugs.gebouw"] == 1


# --- nil ---------------------------------------------------------------------------------------------------------


def test_a_nil_return_is_all_zero_and_says_so() -> None:
    nil = delivery.nil_return(QUARTER)

    assert (nil.nil, nil.total, set(nil.values)) == (True, 0, {0})
    assert not delivery.check(nil).found


def test_all_zero_without_saying_so_is_no_delivery() -> None:
    assert [p.code for p in delivery.check(some())] == ["T-108"]


def test_a_nil_return_with_an_incident_contradicts_itself() -> None:
    assert [p.code for p in delivery.check(replace(some(categorie__drugs=1), nil=True))] == ["T-107"]


# --- rules -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counters", "code"),
    [
        (some(categorie__drugs=1, plaats__drugs__gebouw=2), "T-106"),
        (some(categorie__drugs=1, plaats__drugs__gebouw=1, plaats__drugs__terrein=1), "T-106"),
        (some(categorie__drugs=1, plaats__wapen__gebouw=1), "T-106"),
        (some(categorie__drugs=1, pleger__leerling=1, pleger__extern=1), "T-106"),
        (some(categorie__drugs=1, subcategorie__drugs__bezit=1, subcategorie__drugs__handel=1), "T-106"),
        (some(categorie__drugs=-1), "T-102"),
        (some(categorie__drugs=delivery.HIGHEST_COUNT + 1), "T-102"),
        (some(version=0, categorie__drugs=1), "T-104"),
        (some(version=10_000, categorie__drugs=1), "T-104"),
        (replace(some(categorie__drugs=1), code_list="2027-08-01"), "T-105"),
        (replace(some(categorie__drugs=1), values=(1,)), "T-101"),
        (replace(some(categorie__drugs=1), quarter=Quarter.parse("2023-2024/4")), "T-103"),
    ],
)
def test_a_message_that_breaks_a_rule(counters: Counters, code: str) -> None:
    assert [p.code for p in delivery.check(counters)] == [code]


def test_a_vector_may_count_fewer_incidents_than_its_category_because_the_rest_is_unknown() -> None:
    assert not delivery.check(some(categorie__drugs=5, plaats__drugs__gebouw=2, pleger__leerling=4)).found


# --- size --------------------------------------------------------------------------------------------------------


def test_every_message_has_the_same_size_up_to_the_highest_counts() -> None:
    highest = Counters(QUARTER, delivery.HIGHEST_VERSION, False, LIST, (delivery.HIGHEST_COUNT,) * len(NAMES))

    sizes = {len(delivery.write_json(c)) for c in (delivery.nil_return(QUARTER), some(categorie__drugs=1), highest)}
    assert sizes == {delivery.MESSAGE_BYTES} == {4096}


def test_a_message_that_would_be_longer_is_not_written() -> None:
    endless = replace(some(), values=(10**60,) * len(NAMES))

    with pytest.raises(ValueError, match="constant size"):
        delivery.write_json(endless)


# --- reading -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"formaat": "baken-publicatie"}, "T-110"),
        ({"formaatversie": 2}, "T-110"),
        ({"school": "21AB00"}, "T-111"),
        ({"tellers": [0] * 121}, "T-101"),
        ({"tellers": [0] * 123}, "T-101"),
        ({"tellers": [True] * 122}, "T-113"),
        ({"tellers": [1.0] * 122}, "T-113"),
        ({"tellers": "1"}, "T-113"),
        ({"tellers": None}, "T-113"),
        ({"tellers": {"categorie.drugs": 1}}, "T-113"),
        ({"volgnummer": "1"}, "T-114"),
        ({"volgnummer": True}, "T-114"),
        ({"volgnummer": 0}, "T-104"),
        ({"nulmelding": 0}, "T-114"),
        ({"nulmelding": "ja"}, "T-114"),
        ({"nulmelding": True}, "T-107"),
        ({"kwartaal": "2026-2027"}, "T-103"),
        ({"kwartaal": "2026-2027/5"}, "T-103"),
        ({"kwartaal": 20262027}, "T-103"),
        ({"kwartaal": "2020-2021/1"}, "T-103"),
        ({"codelijst": "2025-08-01"}, "T-105"),
    ],
)
def test_a_message_that_is_not_right_is_refused(changes: dict[str, Any], code: str) -> None:
    assert codes(message(**changes)) == [code]


@pytest.mark.parametrize("name", sorted(delivery.to_table(delivery.nil_return(QUARTER))))
def test_a_message_that_lacks_a_field_is_refused(name: str) -> None:
    table = delivery.to_table(some(categorie__drugs=1))
    del table[name]

    assert codes(json.dumps(table).encode()) == (["T-110"] if name.startswith("formaat") else ["T-112"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "F-121"),
        (b"[]", "T-110"),
        (b"null", "T-110"),
        (b'{"formaat":"baken-tellingen","formaat":"x"}', "F-121"),
        (b'{"formaat":NaN}', "F-121"),
        (b"[" * 9_000, "F-121"),
        (b" " * 20_000, "F-120"),
    ],
    ids=["empty", "list", "null", "double key", "nan", "nested", "long"],
)
def test_what_is_no_message_is_refused(data: bytes, code: str) -> None:
    assert codes(data) == [code]


def test_two_mistakes_are_told_together() -> None:
    assert codes(message(volgnummer=0, tellers=[-1] * 122))[:2] == ["T-104", "T-102"]


def as_csv(counters: Counters) -> list[str]:
    return delivery.write(counters, "csv").decode().splitlines()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda lines: lines[:-1], "T-101"),
        (lambda lines: [*lines, lines[-1]], "T-101"),
        (lambda lines: lines[:1], "T-115"),
        (lambda lines: [*lines[:-1], lines[-1].replace("2026-2027/1", "2026-2027/2")], "T-115"),
        (lambda lines: [*lines[:-1], lines[-1].replace("/1;1;", "/1;2;")], "T-115"),
        (lambda lines: [line.replace("2024-08-01", "2025-01-01") for line in lines], "T-105"),
        (lambda lines: [line.replace("2024-08-01", "2024-99-01") for line in lines], "T-105"),
        (lambda lines: [*lines[:-1], lines[-1] + "000000"], "F-103"),
        (lambda lines: [*lines[:-1], lines[-1][:-1] + "-1"], "F-103"),
        (lambda lines: [*lines[:-1], lines[-1][:-1] + "٣"], "F-103"),
        (lambda lines: [line + ";Bo" for line in lines], "F-106"),
    ],
)
def test_a_table_of_counters_that_is_not_right_is_refused(change: Any, code: str) -> None:
    lines = change(as_csv(some(categorie__drugs=1)))

    assert codes("\r\n".join(lines).encode(), "csv") == [code]


def test_the_rows_of_a_table_may_come_in_any_order() -> None:
    counters = some(categorie__drugs=3, plaats__drugs__gebouw=2)
    header, *rows = as_csv(counters)

    assert delivery.read("\r\n".join([header, *reversed(rows)]).encode(), "csv")[0] == counters


def test_a_table_far_larger_than_any_delivery_is_not_read() -> None:
    assert codes(b"x" * (delivery.TABLE_BYTES + 1), "csv") == ["F-120"]
    assert codes(b"x" * (delivery.TABLE_BYTES + 1), "xlsx") == ["F-120"]


@pytest.mark.parametrize("form", ["xml", ""])
def test_counters_have_three_forms_and_no_other(form: str) -> None:
    with pytest.raises(ValueError, match="json, csv or xlsx"):
        delivery.write(some(categorie__drugs=1), form)
    with pytest.raises(ValueError, match="json, csv or xlsx"):
        delivery.read(b"", form)


def test_a_message_names_no_school_no_day_and_no_person() -> None:
    assert set(delivery.to_table(some(categorie__drugs=1))) == {
        "formaat", "formaatversie", "codelijst", "kwartaal", "volgnummer", "nulmelding", "tellers",
    }  # fmt: skip
