"""The command line at the school: from an export to counters in two commands, and nothing written when it refuses."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from baken.contract import delivery, record
from data.samples.build import HEADER, ROWS, plain, text

DONE, REFUSED, BAD_INPUT = 0, 1, 2
OPEN = text([HEADER, *ROWS, ("1", "Visser, Ravi", "05-11-2026", "Pesten", "", "Gang")]).encode()


@dataclass
class Ran:
    status: int
    out: str
    err: str


@dataclass
class School:
    folder: Path

    def run(self, *arguments: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "baken.cli", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    def files(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}

    def records(self, name: str) -> tuple[record.Record, ...]:
        made, problems = record.read((self.folder / name).read_bytes(), Path(name).suffix[1:])
        assert not problems.fatal
        return made


@pytest.fixture
def school(tmp_path: Path) -> School:
    (tmp_path / "export.csv").write_bytes(plain())
    return School(tmp_path)


def test_from_an_export_to_counters(school: School) -> None:
    first = school.run(
        "anonymise", "export.csv", "--suggest", "tabel.toml", "--report", "verslag.json", "-o", "records.csv"
    )
    second = school.run("anonymise", "export.csv", "--mapping", "tabel.toml", "-o", "nog-eens.csv")
    third = school.run("count", "records.csv", "--quarter", "2026-2027/1", "-o", "tellingen.json")

    assert (first.status, second.status, third.status) == (DONE, DONE, DONE)
    assert [(r.maand, r.categorie) for r in school.records("records.csv")] == [
        ("2026-08", "bedreiging"),
        ("2026-09", "diefstal"),
        ("2026-11", "drugs"),
    ]
    assert (school.folder / "records.csv").read_bytes() == (school.folder / "nog-eens.csv").read_bytes()
    message = (school.folder / "tellingen.json").read_bytes()
    counters, _ = delivery.read(message, "json")
    assert {c: n for c, n in counters.per_category.items() if n} == {"bedreiging": 1, "diefstal": 1}
    assert len(message) == delivery.MESSAGE_BYTES
    report = json.loads((school.folder / "verslag.json").read_text())
    assert report["rijen"] == {"gelezen": 4, "bewaard": 3, "weggelaten": {"niet-in-de-wet": 1}}


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_records_and_counters_are_written_in_every_form(school: School, form: str) -> None:
    made = school.run("anonymise", "export.csv", "-o", f"records.{form}")
    counted = school.run(
        "count", f"records.{form}", "--quarter", "2026-2027/1", "--version", "2", "-o", f"tellingen.{form}"
    )

    assert (made.status, counted.status) == (DONE, DONE)
    counters, _ = delivery.read((school.folder / f"tellingen.{form}").read_bytes(), form)
    assert (counters.total, counters.version) == (2, 2)


# --- the secret --------------------------------------------------------------------------------------------------


def test_a_secret_is_made_once_said_so_and_kept_for_the_owner_only(school: School) -> None:
    first = school.run("anonymise", "export.csv", "-o", "een.csv")
    again = school.run("anonymise", "export.csv", "-o", "twee.csv")

    path = school.folder / "baken-geheim.key"
    assert "Nieuw geheim gemaakt" in first.out and "geheim gemaakt" not in again.out
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_bytes()) >= 32
    assert school.records("een.csv") == school.records("twee.csv")


def test_another_secret_gives_other_keys(school: School) -> None:
    school.run("anonymise", "export.csv", "--secret", "a.key", "-o", "een.csv")
    school.run("anonymise", "export.csv", "--secret", "b.key", "-o", "twee.csv")

    keys = [{r.sleutel for r in school.records(name)} for name in ("een.csv", "twee.csv")]
    assert not keys[0] & keys[1]
    assert {"a.key", "b.key"} <= school.files()


def test_a_short_secret_is_refused(school: School) -> None:
    (school.folder / "kort.key").write_bytes(b"welkom01")

    ran = school.run("anonymise", "export.csv", "--secret", "kort.key", "-o", "records.csv")

    assert ran.status == BAD_INPUT and "X-141" in ran.err
    assert "records.csv" not in school.files()


def test_records_are_for_the_owner_only(school: School) -> None:
    school.run("anonymise", "export.csv", "-o", "records.csv")

    assert stat.S_IMODE((school.folder / "records.csv").stat().st_mode) == 0o600


# --- refusals ----------------------------------------------------------------------------------------------------


def test_a_new_word_refuses_and_writes_nothing(school: School) -> None:
    school.run("anonymise", "export.csv", "--suggest", "tabel.toml", "--secret", "s.key", "-o", "eerst.csv")
    (school.folder / "later.csv").write_bytes(OPEN)
    before = school.files()

    ran = school.run(
        "anonymise",
        "later.csv",
        "--mapping",
        "tabel.toml",
        "--secret",
        "s.key",
        "--report",
        "verslag.json",
        "-o",
        "records.csv",
    )

    assert ran.status == REFUSED
    assert "X-130" in ran.err and "rij 6" in ran.err
    assert school.files() == before


def test_a_refused_run_makes_no_secret_either(school: School) -> None:
    (school.folder / "leeg.csv").write_bytes(b"")

    ran = school.run("anonymise", "leeg.csv", "--suggest", "tabel.toml", "-o", "records.csv")

    assert ran.status == BAD_INPUT and "X-101" in ran.err
    assert school.files() == {"export.csv", "leeg.csv"}


def test_an_open_question_is_left_out_and_said_with_a_suggestion_and_refused_once_confirmed(school: School) -> None:
    (school.folder / "open.csv").write_bytes(OPEN)

    suggested = school.run("anonymise", "open.csv", "--suggest", "tabel.toml", "-o", "records.csv")
    confirmed = school.run("anonymise", "open.csv", "--mapping", "tabel.toml", "-o", "nog-eens.csv")

    assert suggested.status == DONE and "X-151" in suggested.err and "niet-beslist 1" in suggested.out
    assert confirmed.status == REFUSED and "X-131" in confirmed.err
    assert "nog-eens.csv" not in school.files()


def test_a_decided_question_is_counted(school: School) -> None:
    (school.folder / "open.csv").write_bytes(OPEN)
    school.run("anonymise", "open.csv", "--suggest", "tabel.toml", "-o", "records.csv")
    table = school.folder / "tabel.toml"
    table.write_text(table.read_text().replace('"Pesten" = "vragen"', '"Pesten" = "grove-pesterijen"'))

    ran = school.run("anonymise", "open.csv", "--mapping", "tabel.toml", "-o", "nog-eens.csv")

    assert ran.status == DONE
    assert [r.categorie for r in school.records("nog-eens.csv")][-1] == "grove-pesterijen"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["anonymise", "weg.csv", "-o", "r.csv"], "X-160"),
        (["anonymise", "export.csv", "-o", "r.txt"], "X-162"),
        (["anonymise", "export.csv", "-o", "export.csv"], "X-161"),
        (["anonymise", "export.csv", "-o", "map/die/er/niet/is.csv"], "X-161"),
        (["anonymise", "export.csv", "--mapping", "export.csv", "-o", "r.csv"], "X-161"),
        (["count", "export.csv", "--quarter", "2026-2027/1", "-o", "t.json"], "F-105"),
        (["count", "export.csv", "--quarter", "2026/1", "-o", "t.json"], "T-103"),
        (["count", "export.csv", "--quarter", "2001-2002/1", "-o", "t.json"], "T-103"),
    ],
)
def test_bad_input_has_its_code_and_writes_nothing(school: School, arguments: list[str], code: str) -> None:
    before = {name: (school.folder / name).read_bytes() for name in school.files()}

    ran = school.run(*arguments)

    assert ran.status == BAD_INPUT
    assert code in ran.err
    assert {name: (school.folder / name).read_bytes() for name in school.files()} == before


def test_no_message_shows_a_cell_of_the_export(school: School) -> None:
    (school.folder / "kapot.csv").write_bytes(plain() + b'9;"Visser, Ravi;31-08-2026;Drugs\r\n')

    ran = school.run("anonymise", "kapot.csv", "-o", "records.csv")

    assert ran.status == BAD_INPUT and "X-107" in ran.err
    assert "Visser" not in ran.out + ran.err


# --- counting ----------------------------------------------------------------------------------------------------


def test_a_quarter_without_incidents_needs_an_explicit_nil_return(school: School) -> None:
    school.run("anonymise", "export.csv", "-o", "records.csv")

    silent = school.run("count", "records.csv", "--quarter", "2026-2027/3", "-o", "t.json")
    said = school.run("count", "records.csv", "--quarter", "2026-2027/3", "--nil", "-o", "nul.json")

    assert silent.status == REFUSED and "T-108" in silent.err and "t.json" not in school.files()
    assert said.status == DONE and "X-143" in said.err
    assert delivery.read((school.folder / "nul.json").read_bytes(), "json")[0].nil


def test_a_nil_return_with_incidents_is_refused(school: School) -> None:
    school.run("anonymise", "export.csv", "-o", "records.csv")

    ran = school.run("count", "records.csv", "--quarter", "2026-2027/1", "--nil", "-o", "t.json")

    assert ran.status == REFUSED and "T-107" in ran.err
    assert "t.json" not in school.files()


# --- languages, schemas and the rest -----------------------------------------------------------------------------


def test_messages_are_dutch_and_english_when_asked(school: School) -> None:
    dutch = school.run("anonymise", "weg.csv", "-o", "r.csv")
    english = school.run("anonymise", "weg.csv", "-o", "r.csv", "--lang", "en")
    before = school.run("--lang", "en", "anonymise", "weg.csv", "-o", "r.csv")

    assert "niet gevonden" in dutch.err
    assert "not found" in english.err and english.err == before.err


def test_the_schemas_describe_what_the_program_writes(school: School) -> None:
    from jsonschema import Draft202012Validator

    school.run("anonymise", "export.csv", "-o", "records.json")
    school.run("count", "records.json", "--quarter", "2026-2027/1", "-o", "tellingen.json")
    ran = school.run("schemas", "-o", "schemas")

    assert ran.status == DONE
    schema = {path.name: json.loads(path.read_text()) for path in (school.folder / "schemas").iterdir()}
    rows = json.loads((school.folder / "records.json").read_text())
    Draft202012Validator(schema["record.schema.json"]).validate(rows)
    counters, names = schema["tellingen-2024-08-01.schema.json"], schema["tellers-2024-08-01.json"]
    Draft202012Validator(counters).validate(json.loads((school.folder / "tellingen.json").read_text()))
    assert len(names["tellers"]) == counters["properties"]["tellers"]["maxItems"]


@pytest.mark.parametrize("command", ["anonymise", "count", "schemas", "protect", "audit"])
def test_help_lists_every_command(school: School, command: str) -> None:
    ran = school.run("--help")

    assert ran.status == DONE and command in ran.out
