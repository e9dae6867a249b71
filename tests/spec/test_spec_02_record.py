"""Het record: één rij is één incident

Een record blijft op school. Het heeft geen namen en geen vrije tekst, maar het is niet anoniem: wie de school kent, kan
een incident herkennen. Daarom verlaten alleen tellingen de school.
"""

from __future__ import annotations

from baken.contract import record
from building.spec_tables import rows

KEY = {"a": "a" * 22, "b": "b" * 22, "kort": "kort"}


def outcome(row: dict[str, str]) -> str:
    """ "goed", or the codes of what is wrong."""
    values = row | {"sleutel": KEY.get(row.get("sleutel", "a"), ""), "maand": row.get("maand", "2026-09")}
    _, problems = record.check([values], list(values))
    return ", ".join(problem.code for problem in problems) or "goed"


def verify(table: str) -> None:
    for row in rows(table):
        fields = {name: value for name, value in row.items() if name not in ("uitkomst", "waarom")}
        assert outcome(fields) == row["uitkomst"], row


def test_a_record_has_a_key_a_month_and_a_category() -> None:
    """Verplicht zijn de sleutel, de maand en de categorie. De dag van het incident staat er niet in.

    De sleutel heeft 22 tekens. In deze tabel is hij afgekort tot één letter.
    """
    verify("""
    | sleutel | maand      | categorie | uitkomst | waarom                      |
    |---------|------------|-----------|----------|-----------------------------|
    | a       | 2026-09    | diefstal  | goed     |                             |
    | a       | 2026-09-14 | diefstal  | F-103    | de dag hoort er niet in     |
    | a       |            | diefstal  | F-101    | de maand ontbreekt          |
    | a       | 2026-09    |           | F-101    | de categorie ontbreekt      |
    | kort    | 2026-09    | diefstal  | F-103    | de sleutel is te kort       |
    | a       | 2026-09    | vechten   | F-102    | dat is geen code            |
    | a       | 2023-09    | diefstal  | R-102    | toen was er nog geen lijst  |
    """)


def test_a_sub_category_belongs_to_its_category() -> None:
    """Een subcategorie hoort bij haar categorie. Zij mag ook leeg blijven."""
    verify("""
    | categorie | subcategorie | uitkomst |
    |-----------|--------------|----------|
    | drugs     | handel       | goed     |
    | drugs     |              | goed     |
    | drugs     | misbruik     | R-103    |
    | seksueel  | misbruik     | goed     |
    | diefstal  | bezit        | R-103    |
    """)


def test_other_categories_are_named_but_not_repeated() -> None:
    """Past een incident in meer categorieën, dan staan de andere bij nevencategorieën. Zij tellen niet mee."""
    verify("""
    | categorie | nevencategorieen   | uitkomst |
    |-----------|--------------------|----------|
    | wapen     | bedreiging         | goed     |
    | wapen     | bedreiging,diefstal| goed     |
    | wapen     | wapen              | R-104    |
    | wapen     | drugs,drugs        | F-104    |
    """)


def test_a_death_or_a_firearm_is_always_serious() -> None:
    """Ernst staat los van de categorie. Bij een overlijden of een vuurwapen is een incident altijd ernstig."""
    verify("""
    | categorie            | letsel     | middel     | ernstig | ernst_grond    | uitkomst |
    |----------------------|------------|------------|---------|----------------|----------|
    | diefstal             |            |            | ja      | sociale-schade | goed     |
    | diefstal             |            |            | nee     | sociale-schade | R-106    |
    | wapen                |            | vuurwapen  | ja      | vuurwapen      | goed     |
    | wapen                |            | vuurwapen  |         |                | R-105    |
    | fysiek-geweld-letsel | overlijden |            | nee     |                | R-105    |
    | fysiek-geweld-letsel | zwaar      | steekwapen | nee     |                | goed     |
    """)


def test_a_reason_for_not_reporting_needs_that_it_was_not_reported() -> None:
    """Een reden om geen aangifte te doen past alleen als er geen aangifte is gedaan."""
    verify("""
    | categorie  | politie              | reden_geen_aangifte | uitkomst |
    |------------|----------------------|---------------------|----------|
    | bedreiging | geen                 | angst-represailles  | goed     |
    | bedreiging | melding              | zelf-opgelost       | goed     |
    | bedreiging | aangifte-slachtoffer | zinloos             | R-107    |
    | bedreiging | onbekend             | zinloos             | R-107    |
    | bedreiging |                      | zinloos             | R-107    |
    """)


def test_there_is_no_room_for_names_or_free_text() -> None:
    """Een kolom die niet in het formaat staat, wordt geweigerd. Daar zouden namen en vrije tekst kunnen staan."""
    verify("""
    | categorie | naam     | uitkomst |
    |-----------|----------|----------|
    | diefstal  | een naam | F-106    |
    | diefstal  |          | F-106    |
    """)
