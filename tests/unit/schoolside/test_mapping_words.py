"""What the words of schools mean: the nine categories, the threshold words of the law, and what must be asked."""

# ruff: noqa: E501  (pools of words read better in rows)

from __future__ import annotations

import pytest

from baken.schoolside.mapping.categories import judge, judge_number
from baken.schoolside.mapping.fields import field_value
from baken.schoolside.mapping.model import ASK, CERTAIN_FROM, DECIDE_FROM, NOT_IN_LAW, Decision

CERTAIN = {
    "Fysiek geweld met letsel": "fysiek-geweld-letsel",
    "Geweld - lichamelijk letsel": "fysiek-geweld-letsel",
    "Seks. grensoverschrijdend": "seksueel",
    "Seksuele intimidatie": "seksueel/intimidatie",
    "Seksueel misbruik": "seksueel/misbruik",
    "Stelselmatige intimidatie": "stelselmatige-intimidatie",
    "Bedreiging": "bedreiging",
    "verbale bedreiging": "bedreiging",
    "Bommelding": "bedreiging",
    "Grove pesterijen": "grove-pesterijen",
    "Pesten (grof)": "grove-pesterijen",
    "Pesten ernstig": "grove-pesterijen",
    "Ernstige vernieling": "ernstige-vernieling",
    "Fietsendiefstal": "diefstal",
    "Inbraak": "diefstal",
    "Diefstal mobiele telefoon": "diefstal",
    "Drugsbezit": "drugs/bezit",
    "Drugs (gebruik)": "drugs/gebruik",
    "Dealen van drugs": "drugs/handel",
    "Wapenbezit": "wapen/bezit",
    "Mes op zak": "wapen/bezit",
    "3. Diefstal": "diefstal",
    "DIEFSTAL": "diefstal",
    "Te laat": NOT_IN_LAW,
    "Telefoon in les": NOT_IN_LAW,
    "Vechtpartij zonder letsel": NOT_IN_LAW,
    "Geweld, geen letsel": NOT_IN_LAW,
    "Verbaal geweld": NOT_IN_LAW,
    "Vuurwerk": NOT_IN_LAW,
    "Alcohol": NOT_IN_LAW,
    "Ongeval met letsel": NOT_IN_LAW,
    "Kleine vernieling": NOT_IN_LAW,
    "Plagen": NOT_IN_LAW,
    "Overig": NOT_IN_LAW,
}


@pytest.mark.parametrize("word", CERTAIN)
def test_a_plain_word_is_decided_with_certainty(word: str) -> None:
    decision = judge(word, has_injury=False)

    assert str(decision) == CERTAIN[word]
    assert decision.confidence >= CERTAIN_FROM


ASSUMED = {
    "Vernieling": "ernstig",
    "Intimidatie": "stelselmatig",
    "Bedreiging met mes": "meer-categorieen",
    "bedrijging": "lijkt-op",
    "Letsel": "letsel",
}


@pytest.mark.parametrize("word", ASSUMED)
def test_a_word_without_its_threshold_counts_as_an_assumption_that_says_why(word: str) -> None:
    decision = judge(word, has_injury=False)

    assert decision.counts
    assert DECIDE_FROM <= decision.confidence < CERTAIN_FROM
    assert decision.why == ASSUMED[word]


ASKED = {
    "Vechtpartij": "geweld-zonder-letselkolom",
    "Mishandeling": "geweld-zonder-letselkolom",
    "Pesten": "grof",
    "Cyberpesten": "grof",
    "Afpersing": "afpersing",
    "Alcohol/drugs": "middelen",
    "Diefstal of vernieling": "meer-categorieen",
    "Wapens/vuurwerk": "gemengd",
    "Schoenmaker": "onbekend",
    "Xyz (grof)": "onbekend",
    "Peten (grof)": "onbekend",
}


@pytest.mark.parametrize("word", ASKED)
def test_what_the_law_leaves_open_is_asked(word: str) -> None:
    decision = judge(word, has_injury=False)

    assert decision.code == ASK
    assert decision.confidence < DECIDE_FROM
    assert decision.why == ASKED[word]


@pytest.mark.parametrize("word", ["Vechtpartij", "Fysiek geweld", "Mishandeling", "Knokpartij"])
def test_violence_counts_with_injury_only_when_a_column_tells_of_injury(word: str) -> None:
    assert str(judge(word, has_injury=True)) == "fysiek-geweld-letsel als letsel"


def test_a_misspelled_without_is_still_without() -> None:
    assert judge("Vechtpartij zondr letsel", has_injury=False).code == NOT_IN_LAW


def test_bullying_in_a_list_that_mirrors_the_law_is_taken_for_gross_bullying_and_said_so() -> None:
    decision = judge("Pesten", has_injury=False, list_of_law=True)

    assert decision.code == "grove-pesterijen"
    assert decision.assumed


IRIS = {"2": "bedreiging", "3": "fysiek-geweld-letsel als letsel", "7": "fysiek-geweld-letsel als letsel", "8": "seksueel/intimidatie", "9": "seksueel/misbruik", "4": "grove-pesterijen", "13": "ernstige-vernieling", "19": "ernstige-vernieling", "15": "diefstal", "18": "diefstal", "20": "bedreiging", "21": "wapen/bezit", "24": "drugs/bezit", "26": "drugs/handel", "5": ASK, "33": ASK, "1": NOT_IN_LAW, "27": NOT_IN_LAW, "029": NOT_IN_LAW}  # fmt: skip


@pytest.mark.parametrize("number", IRIS)
def test_the_numbers_of_iris_have_their_meaning(number: str) -> None:
    assert str(judge_number(number, has_injury=True)) == IRIS[number]


@pytest.mark.parametrize("number", ["3", "7", "99", "x"])
def test_a_number_that_does_not_decide_is_asked(number: str) -> None:
    assert judge_number(number, has_injury=False).code == ASK


FIELDS = [
    ("plaats", "Lokaal 1.12", "klas"), ("plaats", "Aula", "kantine"), ("plaats", "Fietsenstalling", "stalling"), ("plaats", "via WhatsApp", "online"),
    ("plaats", "Zomaar iets", None), ("dagdeel", "4", "lesuur-ochtend"), ("dagdeel", "5e uur", "lesuur-middag"), ("dagdeel", "na", "na-schooltijd"),
    ("dagdeel", "11:05", ""), ("dagdeel", "07:45", "voor-schooltijd"), ("dagdeel", "lesuur_ochtend", "lesuur-ochtend"), ("dagdeel", "25:99", None),
    ("politie", "Nee", "geen"), ("politie", "Aangifte", "aangifte-school"), ("politie", "geen aangifte", "geen"), ("letsel", "J", "ja"),
    ("letsel", "N", "geen"), ("letsel", "ernstig letsel", "zwaar"), ("afhandeling", "Schorsing 1 dag, gesprek", "schorsing,gesprek"),
    ("afhandeling", "Ouders gebeld", "ouders"), ("betrokkenen", "4", "3-5"), ("betrokkenen", "12", "6+"), ("betrokkenen", "0", None),
    ("pleger", "Medeleerling", "leerling"), ("slachtoffer", "Docent", "personeel"), ("middel", "Nepwapen", "imitatie"), ("middel", "keukenmes", "steekwapen"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "word", "code"), FIELDS)
def test_the_words_of_other_fields_have_their_code(field: str, word: str, code: str | None) -> None:
    assert field_value(field, word) == code


@pytest.mark.parametrize(
    "text", ["drugs/bezit", "fysiek-geweld-letsel als letsel", "wapen/bezit + bedreiging", NOT_IN_LAW, ASK, "seksueel"]
)
def test_a_decision_is_read_as_it_is_written(text: str) -> None:
    assert str(Decision.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "onzin", "drugs/roken", "vragen + drugs", "niet-in-de-wet als letsel", "drugs + drugs", "drugs +"]
)
def test_a_decision_outside_the_code_book_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Decision.parse(text)
