"""The code book: nine categories of the bill, examples and doubtful cases beside each, and duties as data."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from baken.contract import codebook, delivery
from baken.contract.codebook import model
from baken.contract.record import Record

ON = date(2026, 8, 1)
LITERAL_ORDER = (
    "Fysiek geweld met lichamelijk letsel tot gevolg",
    "Seksuele intimidatie of seksueel misbruik",
    "Stelselmatige intimidatie",
    "Bedreiging",
    "Grove pesterijen",
    "Ernstige vernieling",
    "Diefstal",
    "Het bezit van, handel in, of gebruik van drugs",
    "Het bezit van, handel in, of gebruik van een wapen",
)
CERTAINTIES = {"law", "bill", "assumption"}
CATEGORIES = pytest.mark.parametrize("category", codebook.all_categories(), ids=lambda c: c.code)
DUTIES = pytest.mark.parametrize("duty", codebook.all_duties(), ids=lambda d: d.code)


def a_record(**fields: Any) -> Record:
    return Record(**({"sleutel": "k" * 22, "maand": "2026-09", "categorie": "diefstal"} | fields))


def test_the_nine_categories_stand_in_the_order_of_the_bill() -> None:
    assert tuple(c.label.nl for c in codebook.categories(ON)) == LITERAL_ORDER


def test_the_ranks_are_one_to_nine_without_a_tie() -> None:
    assert sorted(c.rank for c in codebook.categories(ON)) == list(range(1, 10))


@CATEGORIES
def test_a_category_has_examples_and_doubtful_cases_in_both_languages(category: codebook.Category) -> None:
    for cases in (category.examples, category.counter_examples):
        assert len(cases) >= 2
        assert all(text.nl.endswith((".", "'")) and text.en.endswith((".", "'")) for text in cases)
        assert len({text.nl for text in cases}) == len({text.en for text in cases}) == len(cases)


@CATEGORIES
def test_no_case_is_an_example_and_a_counter_example(category: codebook.Category) -> None:
    assert not {t.nl for t in category.examples} & {t.nl for t in category.counter_examples}


@CATEGORIES
def test_a_category_explains_its_threshold_and_its_rank(category: codebook.Category) -> None:
    texts = (category.definition, category.threshold, category.rank_reason)

    assert all(len(text.nl) > 30 and len(text.en) > 30 for text in texts)


@CATEGORIES
def test_the_label_is_the_bills_and_the_definition_is_ours(category: codebook.Category) -> None:
    assert (category.certainty, category.definition_certainty) == ("bill", "assumption")
    assert category.source
    assert category.definition_source


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("fysiek-geweld-letsel", "Met letsel"),
        ("stelselmatige-intimidatie", "Stelselmatig"),
        ("grove-pesterijen", "Grof"),
        ("ernstige-vernieling", "Ernstig"),
    ],
)
def test_a_threshold_word_of_the_bill_is_explained_by_that_word(code: str, word: str) -> None:
    assert codebook.category(code).threshold.nl.startswith(word)


@pytest.mark.parametrize(
    ("codes", "counted"),
    [
        (("wapen", "bedreiging"), "wapen"),
        (("wapen", "fysiek-geweld-letsel"), "fysiek-geweld-letsel"),
        (("fysiek-geweld-letsel", "seksueel"), "seksueel"),
        (("diefstal", "bedreiging"), "bedreiging"),
        (("grove-pesterijen", "stelselmatige-intimidatie"), "stelselmatige-intimidatie"),
        (("drugs",), "drugs"),
    ],
)
def test_of_several_categories_the_first_in_rank_is_counted(codes: tuple[str, ...], counted: str) -> None:
    assert codebook.main_category(codes) == codebook.main_category(codes[::-1]) == counted


def test_the_list_is_named_after_the_day_on_which_it_began() -> None:
    assert codebook.code_list_version(date(2030, 1, 1)) == "2024-08-01"
    assert codebook.code_lists() == ("2024-08-01",)


def test_no_list_held_before_the_first() -> None:
    assert codebook.categories(date(2024, 7, 31)) == ()
    with pytest.raises(ValueError, match="no list"):
        codebook.code_list_version(date(2024, 7, 31))


def test_an_unknown_category_is_an_error() -> None:
    with pytest.raises(KeyError):
        codebook.category("discriminatie")


# --- another list beside the one that holds ----------------------------------------------------------------------


@pytest.fixture
def ten() -> tuple[codebook.Category, ...]:
    """The list with a tenth category from 1 August 2027, and theft only until the day before."""
    table = tomllib.loads(files("baken.contract.codebook").joinpath("categories.toml").read_text("utf-8"))
    rows = [dict(row) for row in table["category"]]
    tenth = rows[3] | {"code": "discriminatie", "label_nl": "Discriminatie", "rank": 10, "valid_from": date(2027, 8, 1)}
    theft = next(row for row in rows if row["code"] == "diefstal")
    theft["valid_to"] = date(2027, 7, 31)
    return model.read_categories({"category": [*rows, tenth]})


def test_a_tenth_category_holds_from_its_day_without_another_line_of_code(ten: tuple[codebook.Category, ...]) -> None:
    before = [c.code for c in ten if model.in_force(c, date(2027, 7, 31))]
    after = [c.code for c in ten if model.in_force(c, date(2027, 8, 1))]

    assert len(before) == 9
    assert "discriminatie" not in before
    assert after == [c for c in before if c != "diefstal"] + ["discriminatie"]


def test_two_lists_have_two_names(ten: tuple[codebook.Category, ...]) -> None:
    assert model.version(ten, date(2027, 7, 31)) == "2024-08-01"
    assert model.version(ten, date(2027, 8, 1)) == "2027-08-01"
    assert [day.isoformat() for day in model.changes(ten)] == ["2024-08-01", "2027-08-01"]


def test_the_counters_of_a_longer_list_have_more_places_in_the_same_order(ten: tuple[codebook.Category, ...]) -> None:
    nine = [c.name for c in delivery.counters_of(codebook.categories(ON))]
    longer = [c.name for c in delivery.counters_of(ten)]

    assert [name for name in longer if "discriminatie" not in name] == nine
    assert "categorie.discriminatie" in longer
    assert "plaats.discriminatie.gebouw" in longer


def test_the_counters_of_fifteen_categories_still_fit_in_the_message(ten: tuple[codebook.Category, ...]) -> None:
    more = ten + tuple(replace(ten[0], code=f"nog-een-{number}") for number in range(5))
    message = {"tellers": [delivery.HIGHEST_COUNT for _ in delivery.counters_of(more)]}

    assert len(delivery.tabular.write_json(message)) < delivery.MESSAGE_BYTES // 2


def test_a_new_category_takes_its_place_in_the_rank(ten: tuple[codebook.Category, ...]) -> None:
    assert model.by_rank(ten, ["discriminatie", "diefstal"]) == "diefstal"


# --- severity ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("letsel", "middel", "grounds"),
    [
        ("overlijden", "geen", ("overlijden",)),
        ("licht", "vuurwapen", ("vuurwapen",)),
        ("overlijden", "vuurwapen", ("overlijden", "vuurwapen")),
        ("zwaar", "steekwapen", ()),
        ("", "", ()),
    ],
)
def test_a_death_or_a_firearm_makes_an_incident_serious(letsel: str, middel: str, grounds: tuple[str, ...]) -> None:
    assert codebook.severe_by_rule(letsel=letsel, middel=middel) == grounds


# --- duties ------------------------------------------------------------------------------------------------------

STAFF_ABUSE = {"melden-bestuur", "overleg-vertrouwensinspecteur", "aangifte-bestuur"}


@pytest.mark.parametrize(
    ("fields", "duties"),
    [
        ({"ernstig": "nee"}, set()),
        ({}, {"ernst-beoordelen"}),
        ({"ernstig": "ja"}, {"melden-inspectie"}),
        ({"ernstig": "nee", "afhandeling": ("gesprek", "schorsing")}, {"schorsing-melden"}),
        ({"ernstig": "nee", "afhandeling": ("verwijdering",)}, {"verwijdering-melden"}),
        ({"ernstig": "nee", "pleger": "leerling"}, {"ouders-pleger"}),
        ({"ernstig": "nee", "slachtoffer": "leerling"}, {"ouders-slachtoffer", "hulp-slachtoffer"}),
        ({"ernstig": "nee", "slachtoffer": "personeel"}, {"hulp-slachtoffer"}),
        ({"ernstig": "nee", "slachtoffer": "school"}, set()),
        (
            {"ernstig": "nee", "pleger": "ouder", "slachtoffer": "leerling"},
            {"meldcode", "ouders-slachtoffer", "hulp-slachtoffer"},
        ),
        (
            {
                "ernstig": "nee", "categorie": "seksueel", "subcategorie": "misbruik",
                "pleger": "personeel", "slachtoffer": "leerling",
            },
            STAFF_ABUSE | {"ouders-slachtoffer", "hulp-slachtoffer"},
        ),
        (
            {"ernstig": "nee", "categorie": "seksueel", "pleger": "personeel", "slachtoffer": "leerling"},
            STAFF_ABUSE | {"ouders-slachtoffer", "hulp-slachtoffer"},
        ),
        (
            {
                "ernstig": "nee", "categorie": "seksueel", "subcategorie": "intimidatie",
                "pleger": "personeel", "slachtoffer": "leerling",
            },
            {"intimidatie-melden-en-overleggen", "ouders-slachtoffer", "hulp-slachtoffer"},
        ),
        (
            {"ernstig": "nee", "categorie": "seksueel", "pleger": "leerling", "slachtoffer": "leerling"},
            {"ouders-pleger", "ouders-slachtoffer", "hulp-slachtoffer"},
        ),
        (
            {"ernstig": "nee", "categorie": "bedreiging", "pleger": "personeel", "slachtoffer": "leerling"},
            {"ouders-slachtoffer", "hulp-slachtoffer"},
        ),
    ],
)  # fmt: skip
def test_the_duties_that_follow_from_a_record(fields: dict[str, Any], duties: set[str]) -> None:
    found = {duty.code for duty in codebook.duties_for(a_record(**fields), ON)}

    assert found == duties | {"registreren"}


def test_a_record_and_its_row_of_text_have_the_same_duties() -> None:
    record = a_record(ernstig="ja", afhandeling=("ouders", "schorsing"), slachtoffer="leerling")

    assert codebook.duties_for(record, ON) == codebook.duties_for(record.to_row(), ON)


def test_no_duty_held_before_its_first_day() -> None:
    assert codebook.duties_for(a_record(ernstig="ja"), date(2024, 7, 31)) == ()


def test_a_serious_incident_goes_to_the_inspectorate_first_after_registering() -> None:
    codes = [duty.code for duty in codebook.duties_for(a_record(ernstig="ja", slachtoffer="leerling"), ON)]

    assert codes[:2] == ["registreren", "melden-inspectie"]


@DUTIES
def test_a_duty_says_how_certain_it_is_and_where_it_comes_from(duty: codebook.Duty) -> None:
    assert {duty.certainty, duty.deadline_certainty} <= CERTAINTIES
    assert duty.source
    assert all((duty.label.nl, duty.label.en, duty.explanation.nl, duty.explanation.en, duty.deadline.en))


@DUTIES
def test_a_duty_looks_only_at_fields_and_codes_of_the_record(duty: codebook.Duty) -> None:
    lists = {
        "categorie": {c.code for c in codebook.all_categories()},
        "subcategorie": {s.code for c in codebook.all_categories() for s in c.sub_codes},
    }
    for field, wanted in duty.when:
        codes = lists.get(field) or {value.code for value in codebook.values(field)}
        assert set(wanted) <= codes | {""}


@DUTIES
def test_only_a_deadline_of_the_law_is_called_certain(duty: codebook.Duty) -> None:
    assert duty.certainty == "law" or duty.deadline_certainty == "assumption"


@pytest.mark.parametrize("empty", ["", (), [""]])
def test_a_field_that_holds_nothing_holds_the_empty_code(empty: Any) -> None:
    duty = replace(codebook.all_duties()[0], when=(("afhandeling", ("",)),))

    assert duty.holds_for({"afhandeling": empty})
    assert duty.holds_for({})
    assert not duty.holds_for({"afhandeling": ("gesprek",)})
