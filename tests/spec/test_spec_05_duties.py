"""Wat er na een incident moet gebeuren

Uit een record volgt wat de school moet doen. Bij elke plicht staat hoe zeker zij is: "law" geldt nu, "bill" staat in
het wetsvoorstel, en "assumption" is een advies.
"""

from __future__ import annotations

from datetime import date

from baken.contract import codebook
from baken.contract.record import Record
from building.spec_tables import codes, rows

ON = date(2026, 8, 1)


def test_the_duties_follow_from_the_record() -> None:
    """Registreren moet altijd. De andere plichten hangen af van wat er in het record staat."""
    table = """
    | ernstig | slachtoffer | pleger    | afhandeling | ook te doen                                    |
    |---------|-------------|-----------|-------------|------------------------------------------------|
    |         |             |           |             | ernst-beoordelen                               |
    | nee     |             |           |             |                                                |
    | ja      |             |           |             | melden-inspectie                               |
    | nee     | leerling    |           |             | ouders-slachtoffer, hulp-slachtoffer           |
    | nee     | personeel   | leerling  |             | ouders-pleger, hulp-slachtoffer                |
    | nee     | leerling    | ouder     |             | meldcode, ouders-slachtoffer, hulp-slachtoffer |
    | nee     |             |           | schorsing   | schorsing-melden                               |
    | nee     |             |           | verwijdering| verwijdering-melden                            |
    """
    for row in rows(table):
        record = Record(
            "a" * 22, "2026-09", "bedreiging", ernstig=row["ernstig"], slachtoffer=row["slachtoffer"],
            pleger=row["pleger"], afhandeling=codes(row["afhandeling"]),
        )  # fmt: skip
        found = tuple(duty.code for duty in codebook.duties_for(record, ON))
        assert found == ("registreren", *codes(row["ook te doen"]))


def test_abuse_of_a_pupil_by_staff_has_duties_of_its_own() -> None:
    """Verdenkt men een medewerker van seksueel misbruik van een leerling, dan gelden nu al drie plichten.

    Weet de school nog niet of het misbruik of intimidatie is, dan gaat zij uit van misbruik.
    """
    table = """
    | subcategorie | plicht                           | zekerheid |
    |--------------|----------------------------------|-----------|
    | misbruik     | melden-bestuur                   | law       |
    | misbruik     | overleg-vertrouwensinspecteur    | law       |
    | misbruik     | aangifte-bestuur                 | law       |
    |              | melden-bestuur                   | law       |
    |              | overleg-vertrouwensinspecteur    | law       |
    |              | aangifte-bestuur                 | law       |
    | intimidatie  | intimidatie-melden-en-overleggen | bill      |
    """
    special = {
        "melden-bestuur",
        "overleg-vertrouwensinspecteur",
        "aangifte-bestuur",
        "intimidatie-melden-en-overleggen",
    }
    found = []
    for sub in ("misbruik", "", "intimidatie"):
        record = Record("a" * 22, "2026-09", "seksueel", subcategorie=sub, slachtoffer="leerling", pleger="personeel")
        found += [(sub, d.code, d.certainty) for d in codebook.duties_for(record, ON) if d.code in special]
    assert found == [(row["subcategorie"], row["plicht"], row["zekerheid"]) for row in rows(table)]
