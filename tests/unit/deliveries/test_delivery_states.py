"""The table of states is complete, and the diagram in the docs is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from baken.contract.texts import Text
from baken.sites.register.deliveries import states
from baken.sites.register.deliveries.models import Delivery
from baken.sites.register.deliveries.policies import PERMISSION_OF_SIDE
from baken.sites.register.deliveries.states import LIVE, STEPS, WORDS, Side, State
from baken.sites.register.deliveries.wording import TONES

DOC = Path(__file__).parents[3] / "docs" / "generated" / "delivery-states.md"
EXPECTED = {
    ("deliver", None): State.RECEIVED,
    ("accept", State.RECEIVED): State.ACCEPTED,
    ("return", State.RECEIVED): State.RETURNED,
    ("withdraw", State.RECEIVED): State.WITHDRAWN,
    ("withdraw", State.ACCEPTED): State.WITHDRAWN,
    ("withdraw", State.RETURNED): State.WITHDRAWN,
    ("replace", State.RECEIVED): State.REPLACED,
    ("replace", State.ACCEPTED): State.REPLACED,
    ("replace", State.RETURNED): State.REPLACED,
}


def test_the_table_holds_these_transitions_and_no_other() -> None:
    found = {(s.name, before): s.after for s in STEPS.values() for before in (s.before or [None])}

    assert found == EXPECTED


@pytest.mark.parametrize("state", State)
def test_every_state_has_words_in_two_languages_and_a_tone(state: State) -> None:
    assert isinstance(WORDS[state], Text)
    assert WORDS[state].nl and WORDS[state].en
    assert state in TONES


def test_every_state_can_be_reached() -> None:
    assert {step.after for step in STEPS.values()} == set(State)


def test_a_live_state_can_be_left_and_an_ended_one_cannot() -> None:
    left = {state for step in STEPS.values() for state in step.before}

    assert left == set(LIVE)


def test_every_side_has_a_permission() -> None:
    assert set(PERMISSION_OF_SIDE) == set(Side)


def test_the_database_knows_the_same_states() -> None:
    choices = Delivery._meta.get_field("state").choices or []

    assert {value for value, _ in choices} == {state.value for state in State}


def test_the_page_in_the_docs_is_current() -> None:
    assert DOC.read_text("utf-8") == states.page()
