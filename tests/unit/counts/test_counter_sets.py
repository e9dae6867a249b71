"""The computing side: versions, acceptance, retention, and what a release reads."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from baken.contract.delivery import nil_return
from baken.contract.periods import SchoolYear
from baken.sites.register.counts import actions, queries
from baken.sites.register.counts.models import Contributor, CounterSet
from baken.sites.register.counts.queries import Enrolled
from baken.sites.shared.identity.actor import NOBODY, SYSTEM, Actor
from baken.sites.shared.identity.policies import NotAllowed
from baken.sites.shared.identity.roles import Role
from baken.sites.shared.journal import Refused
from building.register import Q1, Q2, make_counters

pytestmark = pytest.mark.django_db

ONE, OTHER = "a" * 32, "b" * 32
LONG_AFTER = date(2028, 9, 1)


def store(pseudonym: str, value: int, *, version: int = 1, keep_previous: bool = False) -> None:
    counters = make_counters({"categorie.wapen": value}, version=version)
    actions.store(by=SYSTEM, pseudonym=pseudonym, counters=counters, keep_previous=keep_previous)


def accept(pseudonym: str, *, version: int = 1) -> None:
    actions.accept(by=SYSTEM, pseudonym=pseudonym, quarter=Q1, version=version)


def test_only_accepted_counters_are_for_a_release() -> None:
    store(ONE, 3)
    store(OTHER, 4)
    accept(ONE)

    assert queries.accepted_counts([Q1]) == {(ONE, str(Q1)): (0, 0, 0, 0, 0, 0, 0, 0, 3)}
    assert queries.delivered(Q1) == {ONE}
    assert queries.accepted_versions([Q1]) == {(ONE, str(Q1)): 1}


def test_a_release_reads_one_number_per_category_and_nothing_finer() -> None:
    counters = make_counters({"categorie.drugs": 2, "plaats.drugs.gebouw": 2, "pleger.leerling": 2})
    actions.store(by=SYSTEM, pseudonym=ONE, counters=counters, keep_previous=False)
    accept(ONE)

    [numbers] = queries.accepted_counts([Q1]).values()

    assert numbers == (0, 0, 0, 0, 0, 0, 0, 2, 0)


def test_a_quarter_is_a_text_or_a_value_alike() -> None:
    store(ONE, 3)
    accept(ONE)

    assert queries.delivered(str(Q1)) == queries.delivered(Q1)
    assert queries.accepted_counts([str(Q1)]) == queries.accepted_counts([Q1])


def test_nobody_who_did_not_deliver_is_among_the_counts() -> None:
    actions.enrol(by=SYSTEM, year=Q1.year, contributors=[Enrolled(ONE, OTHER, "laak")], fixed=False)

    assert queries.accepted_counts([Q1]) == {}
    assert queries.delivered(Q1) == frozenset()


def test_a_new_version_waits_for_acceptance_again() -> None:
    store(ONE, 3)
    accept(ONE)

    store(ONE, 5, version=2)

    assert queries.accepted_versions([Q1]) == {}


def test_a_version_that_was_published_can_still_be_read_after_a_correction() -> None:
    store(ONE, 3)
    accept(ONE)

    store(ONE, 5, version=2, keep_previous=True)
    accept(ONE, version=2)

    assert queries.counts_of_versions({(ONE, str(Q1)): 1})[ONE, str(Q1)][-1] == 3
    assert queries.accepted_versions([Q1]) == {(ONE, str(Q1)): 2}


def test_a_version_that_was_never_accepted_is_not_kept() -> None:
    store(ONE, 3)

    store(ONE, 5, version=2, keep_previous=True)

    assert [s.version for s in CounterSet.objects.all()] == [2]


def test_a_version_that_does_not_exist_is_an_error_not_a_zero() -> None:
    with pytest.raises(KeyError):
        queries.counts_of_versions({(ONE, str(Q1)): 1})


def test_storing_the_same_again_changes_nothing() -> None:
    store(ONE, 3)
    accept(ONE)

    store(ONE, 3)

    assert queries.delivered(Q1) == {ONE}


@pytest.mark.parametrize("version", [1, 2])
def test_a_version_that_is_not_higher_is_refused(version: int) -> None:
    store(ONE, 3, version=2)

    with pytest.raises(Refused) as refusal:
        store(ONE, 4, version=version)

    assert refusal.value.code == "version"


def test_counters_that_contradict_themselves_are_refused() -> None:
    with pytest.raises(Refused) as refusal:
        actions.store(
            by=SYSTEM,
            pseudonym=ONE,
            counters=make_counters({"categorie.drugs": 1, "plaats.drugs.gebouw": 2}),
            keep_previous=False,
        )

    assert refusal.value.code == "malformed"


def test_accepting_counters_that_are_gone_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        accept(ONE)

    assert refusal.value.code == "gone"


def test_counters_come_back_as_they_were_stored() -> None:
    nil = nil_return(Q1)
    actions.store(by=SYSTEM, pseudonym=ONE, counters=nil, keep_previous=False)

    assert queries.current(ONE, Q1) == nil
    assert queries.current(ONE, Q2) is None


def test_contributors_are_given_by_pseudonym_whatever_the_order_of_enrolment() -> None:
    pair = [Enrolled(OTHER, "c" * 32, "laak"), Enrolled(ONE, "c" * 32, "escamp")]

    actions.enrol(by=SYSTEM, year=Q1.year, contributors=pair, fixed=False)

    assert queries.contributors(str(Q1.year)) == (pair[1], pair[0])


def test_after_publication_contributors_are_added_and_never_changed() -> None:
    first = Enrolled(ONE, "c" * 32, "laak")
    actions.enrol(by=SYSTEM, year=Q1.year, contributors=[first], fixed=False)

    later = [Enrolled(ONE, "d" * 32, "escamp"), Enrolled(OTHER, "c" * 32, "centrum")]
    actions.enrol(by=SYSTEM, year=Q1.year, contributors=later, fixed=True)

    assert queries.contributors(Q1.year) == (first, later[1])
    assert Contributor.objects.count() == 2


def test_raw_counters_go_half_a_year_after_the_figures_of_their_school_year() -> None:
    store(ONE, 3)

    with pytest.raises(Refused):
        actions.delete_counts(by=SYSTEM, period=Q1, today=date(2027, 12, 1))
    removed = actions.delete_counts(by=SYSTEM, period=Q1.year, today=LONG_AFTER)

    assert removed == 1
    assert not CounterSet.objects.exists()


def test_the_retention_command_says_how_many_it_removed(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("delete_counts", "2010-2011")

    assert "0 sets of counters removed" in capsys.readouterr().out


@pytest.mark.parametrize("period", ["gisteren", "2999-3000"])
def test_the_retention_command_refuses_what_is_no_closed_period(period: str) -> None:
    with pytest.raises(CommandError):
        call_command("delete_counts", period)


@pytest.mark.parametrize("role", [Role.STEWARD, Role.SCHOOL_LEADER, Role.ADMINISTRATOR, Role.REVIEWER])
def test_only_a_delivery_of_a_coordinator_is_stored(role: Role) -> None:
    with pytest.raises(NotAllowed):
        actions.store(
            by=Actor(1, "iemand", frozenset({role})), pseudonym=ONE, counters=nil_return(Q1), keep_previous=False
        )


def test_nobody_deletes_counters_without_the_right() -> None:
    with pytest.raises(NotAllowed):
        actions.delete_counts(by=NOBODY, period=SchoolYear(2024), today=LONG_AFTER)
