"""A draft belongs to one session, cannot be bent, shows nothing to who copies the database, and ends after an hour."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore

from baken.sites.register.deliveries import drafts
from building.register import IN_TIME, make_counters

pytestmark = pytest.mark.django_db

COUNTERS = make_counters({"categorie.drugs": 91_234})


@pytest.fixture
def session() -> SessionStore:
    return SessionStore()


def keep(session: SessionStore, school: str = "99AA00") -> str:
    return drafts.put(session, school=school, counters=COUNTERS, now=IN_TIME)


def test_a_draft_comes_back_as_it_was_shown(session: SessionStore) -> None:
    name = keep(session)

    draft = drafts.get(session, name, school="99AA00", now=IN_TIME)

    assert draft is not None
    assert (draft.counters, draft.delivered) == (COUNTERS, "")


def test_a_draft_of_another_session_is_not_there(session: SessionStore) -> None:
    name = keep(session)

    assert drafts.get(SessionStore(), name, school="99AA00", now=IN_TIME) is None


def test_a_draft_of_another_school_is_not_there(session: SessionStore) -> None:
    name = keep(session)

    assert drafts.get(session, name, school="99AB00", now=IN_TIME) is None


def test_a_draft_ends_after_an_hour(session: SessionStore) -> None:
    name = keep(session)

    assert drafts.get(session, name, school="99AA00", now=IN_TIME + timedelta(hours=1)) is None


def test_the_stored_session_shows_no_counter(session: SessionStore) -> None:
    keep(session)

    session.save()

    assert "91234" not in str(session.decode(session.encode(dict(session.items()))))


def test_sealed_bytes_of_one_draft_do_not_open_under_another_name(session: SessionStore) -> None:
    first, second = keep(session), keep(session)
    session[drafts.KEY][second]["sealed"] = session[drafts.KEY][first]["sealed"]

    assert drafts.get(session, second, school="99AA00", now=IN_TIME) is None


def test_two_tabs_are_two_drafts_and_a_person_keeps_few(session: SessionStore) -> None:
    names = [keep(session) for _ in range(drafts.KEPT + 2)]

    found = [drafts.get(session, name, school="99AA00", now=IN_TIME) for name in names]

    assert [draft is None for draft in found] == [True, True] + [False] * drafts.KEPT
