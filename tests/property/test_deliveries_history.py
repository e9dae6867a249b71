"""Laws that hold after any history of delivering, accepting, returning and withdrawing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from baken.sites.register.counts import queries as counts
from baken.sites.register.counts.models import CounterSet
from baken.sites.register.custody import queries as custody
from baken.sites.register.deliveries import actions, queries
from baken.sites.register.deliveries.models import Delivery
from baken.sites.register.deliveries.states import LIVE, State
from baken.sites.shared.journal import Refused
from baken.sites.shared.journal.store import first_broken
from building.register import IN_TIME, Q1, coordinator, deliver, make_counters, make_school, steward

CODES = ("99AA00", "99AB00", "99AC00")
deeds = st.lists(
    st.tuples(
        st.sampled_from(CODES),
        st.sampled_from(["deliver", "again", "accept", "return", "withdraw", "accept-all"]),
        st.integers(0, 3),
    ),
    max_size=12,
)


def do(code: str, deed: str, value: int, schools: dict[str, object]) -> None:
    """One deed of a person; a refusal is a fine answer."""
    school = schools[code]
    newest = queries.latest(school, Q1)  # type: ignore[arg-type]
    try:
        if deed == "deliver":
            version = newest.version + 1 if newest else 1
            deliver(school, make_counters({"categorie.wapen": value}, version=version))  # type: ignore[arg-type]
        elif deed == "again" and newest:
            deliver(school, make_counters({"categorie.wapen": value}, version=newest.version))  # type: ignore[arg-type]
        elif deed == "accept" and newest:
            actions.accept(by=steward(), delivery=newest, now=IN_TIME)
        elif deed == "return" and newest:
            actions.send_back(by=steward(), delivery=newest, reason="period", text="", now=IN_TIME)
        elif deed == "withdraw" and newest:
            actions.withdraw(by=coordinator(school), delivery=newest)  # type: ignore[arg-type]
        elif deed == "accept-all":
            actions.accept_all(by=steward(), quarter=Q1, now=IN_TIME)
    except Refused:
        pass


class DeliveryHistories(TestCase):
    @settings(max_examples=40)
    @given(deeds)
    def test_both_sides_tell_the_same_story_after_any_history(self, history: list[tuple[str, str, int]]) -> None:
        schools = {code: make_school(code) for code in CODES}
        for code, deed, value in history:
            do(code, deed, value, schools)

        live = Delivery.objects.filter(state__in=LIVE)
        known = {d.school_id: d for d in live}
        assert len(known) == live.count(), "a quarter has one live delivery at most"
        assert CounterSet.objects.count() == len(known), "counters without a live delivery, or one without counters"
        for code in CODES:
            pseudonym = custody.pseudonym_of(code, Q1.year)
            stored = counts.current(pseudonym, Q1) if pseudonym else None
            assert (stored is not None) == (code in known), "missing never becomes zero"
            accepted = code in known and known[code].state == State.ACCEPTED
            assert (pseudonym in counts.delivered(Q1)) == accepted, "what a release uses was accepted"
            assert stored is None or stored.version == known[code].version
        assert first_broken() is None


pytestmark = pytest.mark.django_db
