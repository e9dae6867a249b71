"""How good a suggestion is by itself, on exports that it never saw; and what it never does."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

import pytest

from baken.contract.record import Record
from baken.schoolside.anonymise import Report, records
from baken.schoolside.mapping import Mapping, suggest
from baken.schoolside.read import open_table
from data.samples.build import SECRET, text, workbook
from data.samples.variants import export, score

SEEDS = range(20_000, 20_060)
PROMISED = 0.9


made_export = cache(export)


@cache
def anonymised(data: bytes) -> tuple[Mapping, tuple[Record, ...], Report]:
    opened = open_table(data)
    mapping = suggest(opened)
    made, report = records(opened, mapping, SECRET)
    return mapping, made, report


def test_a_suggestion_alone_puts_nine_in_ten_incidents_in_the_right_month_and_category() -> None:
    right = wanted = found = below = 0
    for seed in SEEDS:
        one = made_export(seed)
        _, made, _ = anonymised(one.data)
        counts = score(one, Counter((r.maand, r.categorie) for r in made))
        right, wanted, found = right + counts[0], wanted + counts[1], found + counts[2]
        below += counts[0] < PROMISED * counts[1]

    assert right >= 0.97 * wanted
    assert right >= 0.99 * found
    assert below <= 0.1 * len(SEEDS)


@pytest.mark.parametrize("seed", range(20_000, 20_040))
def test_no_incident_is_lost_without_a_word(seed: int) -> None:
    one = made_export(seed)

    _, made, report = anonymised(one.data)

    right, wanted, _ = score(one, Counter((r.maand, r.categorie) for r in made))
    undecided = sum(
        report.left_out[reason] for reason in report.left_out if reason not in ("niet-in-de-wet", "totaalregel", "leeg")
    )
    assert wanted - right <= undecided
    assert not undecided or report.problems


def test_the_injury_column_decides_which_violence_counts() -> None:
    rows = [
        ("Datum", "Soort", "Letsel"),
        ("31-08-2026", "Vechtpartij", "J"),
        ("01-09-2026", "Vechtpartij", "N"),
        ("02-09-2026", "Diefstal", "N"),
    ]

    _, made, _ = anonymised(text(rows).encode())

    assert [(r.maand, r.categorie) for r in made] == [("2026-08", "fysiek-geweld-letsel"), ("2026-09", "diefstal")]


def test_violence_without_an_injury_column_is_left_out_and_said() -> None:
    rows = [("Datum", "Soort"), ("31-08-2026", "Vechtpartij"), ("02-09-2026", "Diefstal"), ("03-09-2026", "Drugs")]

    _, made, report = anonymised(text(rows).encode())

    assert [r.categorie for r in made] == ["diefstal", "drugs"]
    assert [(p.code, p.place.row) for p in report.problems] == [("X-151", 2)]


def test_the_date_of_the_incident_is_taken_and_not_that_of_the_entry() -> None:
    rows = [
        ("Invoerdatum", "Geboortedatum", "Datum incident", "Soort"),
        ("02-09-2026", "01-01-2012", "31-08-2026", "Diefstal"),
    ]

    mapping, _, _ = anonymised(text(rows).encode())

    assert mapping.date == "Datum incident"


def test_the_number_of_a_pupil_is_never_taken_for_that_of_an_incident() -> None:
    rows = [("Leerlingnummer", "Datum", "Soort"), ("1234", "31-08-2026", "Diefstal"), ("1235", "31-08-2026", "Drugs")]

    mapping, _, _ = anonymised(text(rows).encode())

    assert mapping.id == ""
    assert mapping.names == ("Leerlingnummer",)


def test_american_dates_are_recognised_when_they_fit_no_other_way() -> None:
    rows = [("Date", "Category"), ("08/31/2026", "Theft"), ("09/01/2026", "Drugs")]

    _, made, _ = anonymised(text(rows, ",").encode())

    assert [r.maand for r in made] == ["2026-08", "2026-09"]


def test_two_category_columns_are_read_together_when_that_decides_more() -> None:
    rows = [
        ("Datum", "Categorie", "Subcategorie"),
        ("31-08-2026", "Geweld", "met letsel"),
        ("01-09-2026", "Geweld", "zonder letsel"),
        ("02-09-2026", "Diefstal", "fiets"),
    ]

    mapping, made, _ = anonymised(text(rows).encode())

    assert mapping.category == ("Categorie", "Subcategorie")
    assert [r.categorie for r in made] == ["fysiek-geweld-letsel", "diefstal"]


def test_a_cover_sheet_is_passed_over_and_named() -> None:
    data = workbook(
        {
            "Toelichting": [("Dit is uitleg",), ("Datum van vandaag", "x")],
            "Lijst": [("Datum", "Soort"), (date(2026, 8, 31), "Diefstal")],
        }
    )

    _, made, report = anonymised(data)

    assert len(made) == 1
    assert [p.code for p in report.problems] == ["X-126"]


def test_numbers_of_an_unknown_list_are_not_taken_for_iris() -> None:
    rows = [("Datum", "Categorie"), *[(f"{day:02d}-09-2026", str(day % 9 + 1)) for day in range(1, 29)]]

    mapping, made, report = anonymised(text(rows).encode())

    assert made == ()
    assert {d.why for d in mapping.values.values()} == {"nummers"}
    assert {p.code for p in report.problems} == {"X-151"}
