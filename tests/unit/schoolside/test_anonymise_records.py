"""From rows to records under a mapping: what is kept, what is left out and why, and what never gets through."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import date

import pytest

from baken.contract import record
from baken.contract.problems import Unacceptable
from baken.contract.record import Record
from baken.schoolside.anonymise import LeftOut, Report, records
from baken.schoolside.mapping import Decision, FieldMapping, Mapping
from baken.schoolside.read import open_table
from data.samples.build import HEADER, ROWS, SECRET, plain, text, workbook

COUNTED = {"Diefstal": Decision("diefstal"), "Drugs": Decision("drugs", "bezit"), "Te laat": Decision("niet-in-de-wet")}
MAPPING = Mapping(date="Datum", category=("Soort",), values=COUNTED)


def run(
    rows: list[tuple[str, ...]], mapping: Mapping = MAPPING, secret: bytes = SECRET
) -> tuple[tuple[Record, ...], Report]:
    return records(open_table(text(rows).encode()), mapping, secret)


def refused(rows: list[tuple[str, ...]], mapping: Mapping = MAPPING) -> Unacceptable:
    with pytest.raises(Unacceptable) as refusal:
        run(rows, mapping)
    return refusal.value


def codes(report: Report) -> list[str]:
    return [p.code for p in report.problems]


# --- rows --------------------------------------------------------------------------------------------------------


def test_a_day_becomes_a_month_and_a_word_a_code() -> None:
    made, _ = run([("Datum", "Soort"), ("31-08-2026", "Drugs"), ("01-09-2026", "diefstal ")])

    assert [(r.maand, r.categorie, r.subcategorie) for r in made] == [
        ("2026-08", "drugs", "bezit"),
        ("2026-09", "diefstal", ""),
    ]


def test_every_row_is_accounted_for() -> None:
    rows = [
        ("Datum", "Soort", "Naam"),
        ("31-08-2026", "Drugs", "a"),
        (),
        ("31-08-2026", "Te laat", "b"),
        ("", "", ""),
        ("Datum", "Soort", "Naam"),
        ("", "Drugs", "c"),
        ("01-09-2026", "", "d"),
        ("01-09-1999", "Drugs", "e"),
        ("", "", "Afgedrukt op maandag"),
        ("Totaal", "4", ""),
    ]

    made, report = run(rows)

    assert len(made) == report.kept == 1
    assert report.read == 10
    assert report.left_out == {
        LeftOut.NOT_IN_LAW: 1,
        LeftOut.EMPTY: 2,
        LeftOut.HEADER: 1,
        LeftOut.UNREADABLE_DATE: 1,
        LeftOut.NO_KIND: 1,
        LeftOut.OUTSIDE: 1,
        LeftOut.NOTE: 1,
        LeftOut.TOTALS: 1,
    }
    assert report.read == report.kept + report.left_out.total()


def test_a_row_with_a_word_for_totals_and_a_real_date_is_no_total() -> None:
    made, _ = run([("Naam", "Datum", "Soort"), ("Totaal gek", "31-08-2026", "Drugs")])

    assert len(made) == 1


def test_what_was_left_out_is_named_with_its_rows_and_no_value() -> None:
    _, report = run(
        [
            ("Datum", "Soort"),
            ("geen idee", "Drugs"),
            ("01-09-2026", ""),
            ("01-09-1999", "Drugs"),
            ("02-09-2026", "Drugs"),
        ]
    )

    assert [(p.code, p.place.row) for p in report.problems] == [("X-132", 2), ("X-133", 3), ("X-134", 4)]
    assert not any("idee" in p.describe() for p in report.problems)


def test_a_new_word_refuses_the_run_and_names_its_rows() -> None:
    error = refused(
        [
            ("Datum", "Soort"),
            ("31-08-2026", "Drugs"),
            ("01-09-2026", "Nieuw"),
            ("02-09-2026", "Nieuw"),
            ("03-09-2026", "Ook nieuw"),
        ]
    )

    assert [(p.code, p.place.row, p.place.column) for p in error.problems] == [("X-130", 3, "B"), ("X-130", 5, "B")]
    assert "rij 3, 4" in error.problems[0].message()
    assert "Nieuw" not in error.describe()


def test_an_open_question_refuses_a_confirmed_mapping() -> None:
    error = refused(
        [("Datum", "Soort"), ("31-08-2026", "Pesten")], replace(MAPPING, values={"Pesten": Decision("vragen")})
    )

    assert [p.code for p in error.problems] == ["X-131"]


def test_all_problems_come_at_once() -> None:
    error = refused([("Datum", "Soort"), ("31-08-2026", "Nieuw"), ("ooit", "Drugs"), ("01-09-2026", "")])

    assert [p.code for p in error.problems] == ["X-130", "X-132", "X-133"]


def test_a_suggested_mapping_leaves_open_questions_out_and_says_so() -> None:
    mapping = replace(MAPPING, values=COUNTED | {"Pesten": Decision("vragen", why="grof")}, suggested=True)

    made, report = run([("Datum", "Soort"), ("31-08-2026", "Pesten"), ("01-09-2026", "Drugs")], mapping)

    assert len(made) == 1
    assert report.left_out == {LeftOut.UNDECIDED: 1}
    assert codes(report) == ["X-151"]


def test_another_category_of_the_same_event_is_kept_and_not_counted() -> None:
    mapping = replace(MAPPING, values={"Beide": Decision("wapen", also=("bedreiging",))})

    made, _ = run([("Datum", "Soort"), ("31-08-2026", "Beide")], mapping)

    assert (made[0].categorie, made[0].nevencategorieen) == ("wapen", ("bedreiging",))


INJURY = replace(
    MAPPING,
    values={"Vechten": Decision("fysiek-geweld-letsel", with_injury=True)},
    fields={"letsel": FieldMapping("Letsel", {"J": "ja", "N": "geen", "zwaar": "zwaar"})},
)


def test_violence_counts_with_injury_not_without_and_not_when_unknown() -> None:
    rows = [
        ("Datum", "Soort", "Letsel"),
        ("31-08-2026", "Vechten", "J"),
        ("31-08-2026", "Vechten", "N"),
        ("31-08-2026", "Vechten", ""),
        ("31-08-2026", "Vechten", "zwaar"),
    ]

    made, report = run(rows, INJURY)

    assert [r.letsel for r in made] == ["onbekend", "zwaar"]
    assert report.left_out == {LeftOut.NOT_IN_LAW: 1, LeftOut.INJURY_UNKNOWN: 1}
    assert codes(report) == ["X-135"]


# --- columns of marks --------------------------------------------------------------------------------------------

MARKS = Mapping(
    date="Datum",
    marks={
        "Letsel": Decision("fysiek-geweld-letsel"),
        "Drugs": Decision("drugs"),
        "Overig": Decision("niet-in-de-wet"),
    },
    dropped=("Tekst",),
)


@pytest.mark.parametrize("sign", ["x", "X", " x ", "1", "ja", "J", "v", "✓", "true"])
def test_a_mark_is_a_mark_however_it_is_written(sign: str) -> None:
    made, _ = run([("Datum", "Letsel", "Drugs", "Overig", "Tekst"), ("31-08-2026", "", sign, "", "verhaal")], MARKS)

    assert [r.categorie for r in made] == ["drugs"]


@pytest.mark.parametrize("sign", ["", "0", "nee", "N", "-", "false"])
def test_no_mark_is_no_mark_however_it_is_written(sign: str) -> None:
    made, report = run(
        [("Datum", "Letsel", "Drugs", "Overig", "Tekst"), ("31-08-2026", sign, sign, "x", "verhaal")], MARKS
    )

    assert made == ()
    assert report.left_out == {LeftOut.NOT_IN_LAW: 1}


def test_of_two_marks_the_first_in_rank_counts() -> None:
    made, _ = run([("Datum", "Drugs", "Letsel", "Overig", "Tekst"), ("31-08-2026", "x", "x", "x", "")], MARKS)

    assert (made[0].categorie, made[0].nevencategorieen) == ("fysiek-geweld-letsel", ("drugs",))


def test_a_number_where_a_mark_belongs_is_refused() -> None:
    error = refused([("Datum", "Letsel", "Drugs", "Overig", "Tekst"), ("31-08-2026", "", "3", "", "")], MARKS)

    assert [p.code for p in error.problems] == ["X-142"]


def test_a_new_column_of_marks_is_refused_because_incidents_would_be_missed() -> None:
    error = refused(
        [
            ("Datum", "Letsel", "Drugs", "Overig", "Wapen"),
            ("31-08-2026", "", "x", "", ""),
            ("31-08-2026", "", "", "", "x"),
        ],
        MARKS,
    )

    assert [(p.code, p.place.column) for p in error.problems] == [("X-127", "E")]


def test_a_column_of_marks_that_is_gone_is_refused() -> None:
    error = refused([("Datum", "Letsel", "Overig"), ("31-08-2026", "x", "")], MARKS)

    assert [p.code for p in error.problems] == ["X-123"]


# --- sheets ------------------------------------------------------------------------------------------------------


def test_all_sheets_are_read_and_a_date_of_another_month_is_asked_about() -> None:
    data = workbook(
        {
            "september": [("Datum", "Soort"), (date(2026, 9, 1), "Drugs"), ("3-10-26", "Drugs")],
            "oktober": [("Titel",), ("Soort", "Datum"), ("Drugs", date(2026, 10, 1))],
        }
    )

    made, report = records(open_table(data), MAPPING, SECRET)

    assert [r.maand for r in made] == ["2026-09", "2026-10", "2026-10"]
    assert [(s.position, s.header_row, s.kept) for s in report.sheets] == [(1, 1, 2), (2, 2, 1)]
    assert [(p.code, p.place.sheet, p.place.row) for p in report.problems] == [("X-139", "1", 3)]


def test_a_sheet_to_skip_is_skipped_in_silence() -> None:
    rows = [("Datum", "Soort"), (date(2026, 9, 1), "Drugs")]
    data = workbook({"lijst": rows, "oud": rows})

    made, report = records(open_table(data), replace(MAPPING, skip_sheets=("Oud",)), SECRET)

    assert (len(made), codes(report)) == (1, [])


def test_the_row_of_the_header_can_be_given() -> None:
    rows = [("Datum", "Soort"), ("x", "y"), ("Datum", "Soort"), ("31-08-2026", "Drugs")]

    _, report = run(rows, replace(MAPPING, header_row=3))

    assert (report.sheets[0].header_row, report.kept) == (3, 1)


@pytest.mark.parametrize(("header", "part"), [(("Dag", "Soort"), "datum"), (("Datum", "Type"), "categorie")])
def test_a_column_that_is_gone_is_named(header: tuple[str, str], part: str) -> None:
    error = refused([header, ("31-08-2026", "Drugs")])

    assert [(p.code, dict(p.facts)["part"]) for p in error.problems if p.fatal] == [("X-123", part)]


def test_columns_may_stand_in_another_order_and_be_written_in_another_way() -> None:
    made, _ = run([("SOORT ", " datum"), ("Drugs", "31-08-2026")])

    assert len(made) == 1


def test_new_columns_are_dropped_and_counted() -> None:
    _, report = run([("Datum", "Soort", "Naam", "Klas"), ("31-08-2026", "Drugs", "Visser", "4h")])

    assert [(p.code, dict(p.facts)["columns"]) for p in report.problems] == [("X-128", 2)]


# --- other fields ------------------------------------------------------------------------------------------------


def test_optional_fields_are_filled_when_the_mapping_knows_the_word() -> None:
    fields = {
        "plaats": FieldMapping("Waar", {"Aula": "kantine"}),
        "afhandeling": FieldMapping("Maatregel", {"Beide": "gesprek, ouders"}),
        "politie": FieldMapping("Maatregel", {"Beide": ""}),
    }

    made, report = run(
        [
            ("Datum", "Soort", "Waar", "Maatregel"),
            ("31-08-2026", "Drugs", "aula", "Beide"),
            ("31-08-2026", "Drugs", "dak", ""),
        ],
        replace(MAPPING, fields=fields),
    )

    assert [(r.plaats, r.afhandeling, r.politie) for r in made] == [
        ("kantine", ("gesprek", "ouders"), ""),
        ("", (), ""),
    ]
    assert [(p.code, p.place.row, p.place.field) for p in report.problems] == [("X-136", 3, "plaats")]


def test_a_firearm_and_a_death_are_serious_by_rule() -> None:
    fields = {
        "middel": FieldMapping("Middel", {"pistool": "vuurwapen"}),
        "letsel": FieldMapping("Letsel", {"dood": "overlijden"}),
        "ernstig": FieldMapping("Ernstig", {"nee": "nee"}),
    }

    made, _ = run(
        [("Datum", "Soort", "Middel", "Letsel", "Ernstig"), ("31-08-2026", "Drugs", "pistool", "dood", "nee")],
        replace(MAPPING, fields=fields),
    )

    assert made[0].ernstig == "ja"
    assert set(made[0].ernst_grond) == {"overlijden", "vuurwapen"}


def test_a_reason_for_not_reporting_stands_only_where_nothing_was_reported() -> None:
    fields = {
        "politie": FieldMapping("Politie", {"nee": "geen", "ja": "aangifte-school"}),
        "reden_geen_aangifte": FieldMapping("Reden", {"bang": "angst-represailles"}),
    }

    made, _ = run(
        [
            ("Datum", "Soort", "Politie", "Reden"),
            ("31-08-2026", "Drugs", "nee", "bang"),
            ("31-08-2026", "Drugs", "ja", "bang"),
        ],
        replace(MAPPING, fields=fields),
    )

    assert [r.reden_geen_aangifte for r in made] == ["angst-represailles", ""]


# --- keys --------------------------------------------------------------------------------------------------------

WITH_ID = replace(MAPPING, id="Nr")


def test_the_key_is_the_keyed_hash_of_the_number_of_the_incident() -> None:
    made, _ = run([("Nr", "Datum", "Soort"), ("2026-17", "31-08-2026", "Drugs")], WITH_ID)

    digest = hmac.new(SECRET, b"kenmerk\x002026-17", hashlib.sha256).digest()
    assert made[0].sleutel == base64.urlsafe_b64encode(digest[:16]).decode()[:22]


def test_another_secret_gives_other_keys_and_the_same_secret_the_same() -> None:
    rows = [("Nr", "Datum", "Soort"), ("1", "31-08-2026", "Drugs")]

    first, again, other = (run(rows, WITH_ID, secret)[0][0].sleutel for secret in (SECRET, SECRET, b"x" * 32))

    assert first == again != other


def test_a_correction_keeps_the_key_of_the_incident() -> None:
    before, _ = run([("Nr", "Datum", "Soort"), ("1", "31-08-2026", "Drugs")], WITH_ID)
    after, _ = run([("Nr", "Datum", "Soort"), ("1", "01-09-2026", "Diefstal")], WITH_ID)

    assert before[0].sleutel == after[0].sleutel


def test_without_numbers_equal_rows_get_different_keys_that_stay_the_same_next_time() -> None:
    rows = [
        ("Datum", "Soort", "Naam"),
        ("31-08-2026", "Drugs", "a"),
        ("31-08-2026", "Drugs", "b"),
        ("01-09-2026", "Drugs", "a"),
    ]

    first, _ = run(rows)
    later, _ = run([*rows, ("02-09-2026", "Drugs", "c")])

    assert len({r.sleutel for r in first}) == 3
    assert [r.sleutel for r in later[:3]] == [r.sleutel for r in first]


def test_a_name_is_no_part_of_a_key() -> None:
    keys = [
        run([("Datum", "Soort", "Naam"), ("31-08-2026", "Drugs", name)])[0][0].sleutel for name in ("Visser", "Jansen")
    ]

    assert keys[0] == keys[1]


def test_the_same_table_as_csv_and_as_workbook_gives_the_same_keys() -> None:
    rows = [("Datum", "Soort"), ("31-08-2026", "Drugs"), ("01-09-2026", "Diefstal")]
    dated = [rows[0], (date(2026, 8, 31), "Drugs"), (date(2026, 9, 1), "Diefstal")]

    as_text, _ = run(rows)
    as_workbook, _ = records(open_table(workbook({"a": dated})), MAPPING, SECRET)

    assert as_text == as_workbook


def test_two_rows_of_one_incident_become_one_record_with_the_first_in_rank() -> None:
    made, report = run(
        [
            ("Nr", "Datum", "Soort"),
            ("1", "31-08-2026", "Diefstal"),
            ("1", "31-08-2026", "Drugs"),
            ("2", "31-08-2026", "Drugs"),
        ],
        WITH_ID,
    )

    assert [(r.categorie, r.nevencategorieen) for r in made] == [("drugs", ("diefstal",)), ("drugs", ())]
    assert report.left_out == {LeftOut.DUPLICATE: 1}
    assert codes(report) == ["X-137"]


def test_wholly_equal_rows_are_counted_and_asked_about() -> None:
    made, report = run([("Datum", "Soort"), ("31-08-2026", "Drugs"), ("31-08-2026", "Drugs")])

    assert len(made) == 2
    assert codes(report) == ["X-138"]


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(Unacceptable) as refusal:
        run([("Datum", "Soort"), ("31-08-2026", "Drugs")], secret=b"kort")

    assert refusal.value.problems[0].code == "X-141"


def test_a_year_that_is_far_from_all_others_is_asked_about() -> None:
    rows = [("Datum", "Soort"), *[(f"{d:02d}-09-2026", "Drugs") for d in range(1, 13)], ("05-09-2062", "Drugs")]

    _, report = run(rows)

    assert [(p.code, p.place.row) for p in report.problems] == [("X-144", 14)]


# --- what comes out ----------------------------------------------------------------------------------------------


def test_what_comes_out_passes_the_definition_of_a_record() -> None:
    made, _ = records(
        open_table(plain()),
        replace(MAPPING, values={row[3]: Decision("drugs") for row in ROWS}, names=("Leerling",), dropped=HEADER),
        SECRET,
    )

    for form in ("csv", "xlsx", "json"):
        again, problems = record.read(record.write(made, form), form)
        assert (again, list(problems)) == (made, [])


def test_nothing_of_a_person_comes_out() -> None:
    values = {row[3]: Decision("drugs") for row in ROWS}
    made, _ = records(open_table(plain()), replace(MAPPING, values=values, names=("Leerling", "Stamnr")), SECRET)

    written = record.write(made, "csv").decode()
    for row in ROWS:
        for cell in (row[0], *row[1].replace(",", "").split(), row[2]):
            assert cell not in written
