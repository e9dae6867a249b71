"""Delivering, replacing, deciding, withdrawing: what the mailbox and the computing side hold afterwards."""

from __future__ import annotations

import pytest

from baken.contract import delivery as contract
from baken.sites.register.counts import queries as counts
from baken.sites.register.counts.models import CounterSet
from baken.sites.register.custody import queries as custody
from baken.sites.register.deliveries import actions, queries
from baken.sites.register.deliveries.models import Delivery
from baken.sites.register.deliveries.states import State
from baken.sites.register.releases.models import Release
from baken.sites.shared.identity.policies import NotAllowed
from baken.sites.shared.identity.roles import Role
from baken.sites.shared.journal import Refused
from baken.sites.shared.journal.models import Entry
from building.register import (
    IN_TIME,
    Q1,
    TOO_LATE,
    coordinator,
    deliver,
    make_actor,
    make_counters,
    make_school,
    make_user,
    steward,
)

pytestmark = pytest.mark.django_db


def publish(period: str) -> None:
    """Pretend that figures of a period were published: only the row matters here, not how it came about."""
    steward_user, reviewer = make_user(Role.STEWARD), make_user(Role.REVIEWER)
    Release.objects.create(
        kind="kwartaal",
        period=period,
        state="published",
        composed_by=steward_user,
        composed_at=IN_TIME,
        reviewed_by=reviewer,
        reviewed_at=IN_TIME,
        published_on=IN_TIME.date(),
        number=1,
    )


def test_a_delivery_waits_in_the_mailbox_and_its_counters_under_a_pseudonym() -> None:
    school = make_school()

    made = deliver(school, make_counters({"categorie.drugs": 3}))

    pseudonym = custody.pseudonym_of(school.pk, Q1.year)
    assert (made.state, made.on_time) == (State.RECEIVED, True)
    assert pseudonym is not None
    assert counts.current(pseudonym, Q1) == make_counters({"categorie.drugs": 3})
    assert counts.delivered(Q1) == frozenset()


def test_an_accepted_delivery_is_what_a_release_uses() -> None:
    school = make_school()
    made = deliver(school, make_counters({"categorie.drugs": 3}))

    actions.accept(by=steward(), delivery=made, now=IN_TIME)

    pseudonym = custody.pseudonym_of(school.pk, Q1.year)
    assert counts.accepted_counts([Q1]) == {(pseudonym, str(Q1)): (0, 0, 0, 0, 0, 0, 0, 3, 0)}
    assert counts.delivered(Q1) == {pseudonym}


def test_a_nil_return_is_a_delivery() -> None:
    school = make_school()

    made = deliver(school, contract.nil_return(Q1))
    actions.accept(by=steward(), delivery=made, now=IN_TIME)

    assert counts.delivered(Q1) == {custody.pseudonym_of(school.pk, Q1.year)}


def test_the_same_message_twice_is_one_delivery() -> None:
    school = make_school()
    counters = make_counters({"categorie.wapen": 1})

    first, second = deliver(school, counters), deliver(school, counters)

    assert first == second
    assert Delivery.objects.count() == CounterSet.objects.count() == 1


def test_other_counters_under_the_same_version_are_refused() -> None:
    school = make_school()
    deliver(school, make_counters({"categorie.wapen": 1}))

    with pytest.raises(actions.Unfit) as refusal:
        deliver(school, make_counters({"categorie.wapen": 2}))

    assert refusal.value.code == "D-114"


def test_an_older_version_is_refused() -> None:
    school = make_school()
    deliver(school, make_counters({"categorie.wapen": 1}, version=2))

    with pytest.raises(actions.Unfit) as refusal:
        deliver(school, make_counters({"categorie.wapen": 2}, version=1))

    assert refusal.value.code == "D-113"


def test_a_higher_version_replaces_the_one_before_and_its_counters_are_removed() -> None:
    school = make_school()
    first = deliver(school, make_counters({"categorie.wapen": 1}))
    actions.accept(by=steward(), delivery=first, now=IN_TIME)

    deliver(school, make_counters({"categorie.wapen": 2}, version=2))

    first.refresh_from_db()
    assert first.state == State.REPLACED
    assert [s.version for s in CounterSet.objects.all()] == [2]
    assert counts.delivered(Q1) == frozenset()


def test_a_correction_after_publication_leaves_the_version_that_was_published() -> None:
    school = make_school()
    actions.accept(by=steward(), delivery=deliver(school, make_counters({"categorie.wapen": 1})), now=IN_TIME)
    publish(str(Q1))

    made = deliver(school, make_counters({"categorie.wapen": 2}, version=2))

    pseudonym = custody.pseudonym_of(school.pk, Q1.year)
    assert pseudonym is not None
    assert made.state == State.RECEIVED
    assert counts.counts_of_versions({(pseudonym, str(Q1)): 1})[pseudonym, str(Q1)][-1] == 1
    assert counts.delivered(Q1) == {pseudonym}


def test_a_withdrawn_delivery_keeps_its_place_in_the_mailbox_and_loses_its_counters() -> None:
    school = make_school()
    made = deliver(school, make_counters({"categorie.wapen": 1}))

    actions.withdraw(by=coordinator(school), delivery=made)

    made.refresh_from_db()
    assert made.state == State.WITHDRAWN
    assert not CounterSet.objects.exists()


def test_an_accepted_delivery_cannot_be_withdrawn_once_its_figures_are_published() -> None:
    school = make_school()
    made = actions.accept(by=steward(), delivery=deliver(school, make_counters({"categorie.wapen": 1})), now=IN_TIME)
    publish(str(Q1))

    with pytest.raises(Refused) as refusal:
        actions.withdraw(by=coordinator(school), delivery=made)

    assert refusal.value.code == "published"
    assert CounterSet.objects.count() == 1


def test_after_a_withdrawal_the_school_delivers_under_the_next_version() -> None:
    school = make_school()
    actions.withdraw(by=coordinator(school), delivery=deliver(school, make_counters({"categorie.wapen": 1})))

    again = deliver(school, make_counters({"categorie.wapen": 1}, version=2))

    assert again.state == State.RECEIVED
    assert queries.latest(school, Q1) == again


def test_a_return_tells_the_school_why() -> None:
    school = make_school()
    made = deliver(school, make_counters({"categorie.wapen": 1}))

    actions.send_back(by=steward(), delivery=made, reason="period", text="", now=IN_TIME)

    made.refresh_from_db()
    assert (made.state, made.reason) == (State.RETURNED, "period")
    assert counts.delivered(Q1) == frozenset()


def test_a_return_for_another_reason_needs_words() -> None:
    made = deliver(make_school(), make_counters({"categorie.wapen": 1}))

    with pytest.raises(Refused):
        actions.send_back(by=steward(), delivery=made, reason="other", text=" ", now=IN_TIME)


def test_a_returned_delivery_cannot_be_accepted() -> None:
    made = deliver(make_school(), make_counters({"categorie.wapen": 1}))
    actions.send_back(by=steward(), delivery=made, reason="period", text="", now=IN_TIME)

    with pytest.raises(Refused) as refusal:
        actions.accept(by=steward(), delivery=made, now=IN_TIME)

    assert refusal.value.code == "moved-on"


def test_all_received_deliveries_of_a_quarter_are_accepted_in_one_action() -> None:
    for code in ("99AA00", "99AB00", "99AC00"):
        deliver(make_school(code), make_counters({"categorie.wapen": 1}))

    accepted = actions.accept_all(by=steward(), quarter=Q1, now=IN_TIME)

    assert accepted == 3
    assert len(counts.delivered(Q1)) == 3


def test_a_delivery_before_the_end_of_the_quarter_is_refused() -> None:
    school = make_school()

    with pytest.raises(actions.Unfit) as refusal:
        deliver(school, make_counters({"categorie.wapen": 1}, quarter=Q1.next))

    assert refusal.value.code == "D-111"


def test_a_delivery_after_the_closing_date_is_received_and_marked_late() -> None:
    made = deliver(make_school(), make_counters({"categorie.wapen": 1}), now=TOO_LATE)

    assert (made.state, made.on_time) == (State.RECEIVED, False)


def test_a_school_that_does_not_take_part_in_the_quarter_is_refused() -> None:
    school = make_school(first=str(Q1.next))

    with pytest.raises(actions.Unfit) as refusal:
        deliver(school, make_counters({"categorie.wapen": 1}))

    assert refusal.value.code == "D-112"


def test_a_question_about_figures_must_be_answered_before_they_are_received() -> None:
    school = make_school()
    deliver(school, make_counters({"categorie.diefstal": 14}, quarter=Q1.previous))

    with pytest.raises(Refused) as refusal:
        actions.deliver(
            by=coordinator(school), school=school, counters=contract.nil_return(Q1), confirmed=False, now=IN_TIME
        )

    assert refusal.value.code == "unanswered"
    assert deliver(school, contract.nil_return(Q1)).questions


def test_only_the_coordinator_of_the_school_delivers() -> None:
    school, other = make_school(), make_school("99AB00")
    message = {"school": school, "counters": make_counters({"categorie.wapen": 1}), "confirmed": True, "now": IN_TIME}

    for actor in (coordinator(other), steward(), make_actor(Role.SCHOOL_LEADER, school.pk)):
        with pytest.raises(NotAllowed):
            actions.deliver(by=actor, **message)

    assert not Delivery.objects.exists()


def test_everybody_who_takes_part_is_enrolled_at_the_first_delivery_not_only_who_delivers() -> None:
    first, second = make_school("99AA00"), make_school("99AB00", board="99002", district="escamp")

    deliver(first, make_counters({"categorie.wapen": 1}))

    assert {c.district for c in counts.contributors(Q1.year)} == {"laak", "escamp"}
    assert custody.pseudonym_of(second.pk, Q1.year)


def test_a_mended_district_reaches_the_contributors_until_something_is_published() -> None:
    school = make_school()
    made = deliver(school, make_counters({"categorie.wapen": 1}))
    school.district = "escamp"
    school.save()
    actions.accept(by=steward(), delivery=made, now=IN_TIME)
    publish(str(Q1))
    school.district = "segbroek"
    school.save()

    deliver(school, make_counters({"categorie.wapen": 1}, version=2))

    assert [c.district for c in counts.contributors(Q1.year)] == ["escamp"]


def test_the_journal_names_the_delivery_on_one_side_and_only_the_quarter_on_the_other() -> None:
    school = make_school()

    deliver(school, make_counters({"categorie.wapen": 1}))

    pseudonym = custody.pseudonym_of(school.pk, Q1.year)
    abouts = {e.action: e.about for e in Entry.objects.all()}
    assert abouts["deliveries.deliver"] == "delivery 99AA00 2026-2027/1"
    assert abouts["counts.store"] == "counters 2026-2027/1"
    assert not any(pseudonym in text for text in abouts.values())
