"""De tellingen: het enige dat de school verlaat

Een levering is een rij getallen van één school over één kwartaal, altijd even lang en in dezelfde volgorde. Er staat
geen naam van de school in, geen datum en geen persoon.
"""

from __future__ import annotations

from baken.contract import delivery
from baken.contract.periods import Quarter
from baken.contract.record import Record
from baken.schoolside.anonymise import fold
from building.spec_tables import codes, rows

QUARTER = Quarter.parse("2026-2027/1")


def records(table: str) -> list[Record]:
    return [
        Record(sleutel=chr(97 + number) * 22, **{name: value for name, value in row.items() if value})
        for number, row in enumerate(rows(table))
    ]


def test_an_incident_counts_once_under_its_category() -> None:
    """Elk incident telt één keer, in het kwartaal van zijn maand."""
    incidents = records("""
    | maand   | categorie  |
    |---------|------------|
    | 2026-08 | drugs      |
    | 2026-09 | drugs      |
    | 2026-10 | bedreiging |
    | 2026-11 | bedreiging |
    """)
    table = """
    | teller               | aantal |
    |----------------------|--------|
    | categorie.drugs      | 2      |
    | categorie.bedreiging | 1      |
    """
    counted = fold(incidents, QUARTER).named
    assert {name: value for name, value in counted.items() if value} == {
        r["teller"]: int(r["aantal"]) for r in rows(table)
    }


def test_what_is_unknown_is_not_sent() -> None:
    """Wat onbekend is of leeg bleef, staat niet in de levering: het is het verschil met het aantal van de categorie."""
    incidents = records("""
    | maand   | categorie | plaats   | dagdeel    |
    |---------|-----------|----------|------------|
    | 2026-09 | diefstal  | klas     | lunchpauze |
    | 2026-09 | diefstal  | plein    | onbekend   |
    | 2026-09 | diefstal  | onbekend |            |
    """)
    table = """
    | teller                  | aantal |
    |-------------------------|--------|
    | categorie.diefstal      | 3      |
    | plaats.diefstal.gebouw  | 1      |
    | plaats.diefstal.terrein | 1      |
    | dagdeel.diefstal.pauze  | 1      |
    """
    counted = fold(incidents, QUARTER).named
    assert {name: value for name, value in counted.items() if value} == {
        r["teller"]: int(r["aantal"]) for r in rows(table)
    }


def test_fine_values_are_counted_in_coarse_groups() -> None:
    """Plaatsen en dagdelen tellen in grove groepen."""
    table = """
    | veld    | groep    | waarden                                    |
    |---------|----------|--------------------------------------------|
    | plaats  | gebouw   | klas, gang, kantine, toilet, kleedkamer-gym|
    | plaats  | terrein  | plein, stalling                            |
    | plaats  | omgeving | omgeving-school, onderweg                  |
    | plaats  | elders   | online, elders                             |
    | dagdeel | les      | lesuur-ochtend, lesuur-middag              |
    | dagdeel | pauze    | ochtendpauze, lunchpauze, middagpauze      |
    | dagdeel | voor-na  | voor-schooltijd, na-schooltijd             |
    | politie | politie  | melding, aangifte-slachtoffer, aangifte-school |
    | politie | nee      | geen                                       |
    """
    for row in rows(table):
        for value in codes(row["waarden"]):
            counted = fold([Record("a" * 22, "2026-09", "drugs", **{row["veld"]: value})], QUARTER).named
            assert counted[f"{row['veld']}.drugs.{row['groep']}"] == 1


def test_nil_zero_and_nothing_are_three_things() -> None:
    """Een nulmelding is een uitspraak: er waren geen incidenten. Zij is iets anders dan geen levering.

    Een levering met alleen nullen zonder die uitspraak wordt geweigerd, en een nulmelding met een incident ook.
    """
    table = """
    | incidenten | nulmelding | uitkomst |
    |------------|------------|----------|
    | 0          | ja         | goed     |
    | 0          | nee        | T-108    |
    | 2          | nee        | goed     |
    | 2          | ja         | T-107    |
    """
    for row in rows(table):
        incidents = [Record(chr(97 + n) * 22, "2026-09", "drugs") for n in range(int(row["incidenten"]))]
        problems = delivery.check(fold(incidents, QUARTER, nil=row["nulmelding"] == "ja"))
        assert ([problem.code for problem in problems] or ["goed"]) == [row["uitkomst"]]


def test_every_message_has_the_same_size() -> None:
    """Het bestand heeft altijd dezelfde grootte. Wie alleen ziet dát een school levert, ziet niet hoeveel."""
    table = """
    | incidenten | bytes |
    |------------|-------|
    | 0          | 4096  |
    | 1          | 4096  |
    | 900        | 4096  |
    """
    for row in rows(table):
        incidents = [Record("a" * 22, "2026-09", "drugs", plaats="klas")] * int(row["incidenten"])
        message = delivery.write_json(fold(incidents, QUARTER, nil=not incidents))
        assert len(message) == int(row["bytes"])
