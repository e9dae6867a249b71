"""Two people, or two tabs, at the same moment: one comes second and is told so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoDbBlocker

from baken.sites.register.counts import queries as counts
from baken.sites.register.counts.models import CounterSet
from baken.sites.register.custody.models import PseudonymLink
from baken.sites.register.deliveries import actions
from baken.sites.register.deliveries.models import Delivery
from baken.sites.register.deliveries.states import State
from baken.sites.shared.journal import Refused
from baken.sites.shared.journal.store import first_broken
from building.register import IN_TIME, Q1, coordinator, deliver, make_counters, make_school, steward

KEPT = {"django_migrations", "django_content_type", "auth_permission"}


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database in which transactions really end, emptied afterwards, the append-only tables included."""
    with django_db_blocker.unblock():
        yield
        tables = ", ".join(sorted(set(connection.introspection.table_names()) - KEPT))
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(f"TRUNCATE {tables}")
            cursor.execute("SET session_replication_role = origin")


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Run the deeds in threads that start together; what each returned, or the exception it ended with."""
    start, results = Barrier(len(deeds)), [None] * len(deeds)

    def run(number: int) -> None:
        start.wait()
        try:
            results[number] = deeds[number]()
        except Exception as found:
            results[number] = found
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db
def test_who_acts_on_an_old_page_is_told_that_the_delivery_moved_on() -> None:
    school = make_school()
    deliver(school, make_counters({"categorie.wapen": 1}))
    seen_by_steward, seen_by_school = Delivery.objects.get(), Delivery.objects.get()
    actions.withdraw(by=coordinator(school), delivery=seen_by_school)

    with pytest.raises(Refused) as refusal:
        actions.accept(by=steward(), delivery=seen_by_steward, now=IN_TIME)

    assert refusal.value.message == "Deze levering is intussen veranderd. Bekijk haar opnieuw."


@pytest.mark.django_db
def test_accepting_twice_is_accepting_once() -> None:
    deliver(make_school(), make_counters({"categorie.wapen": 1}))
    first, second = Delivery.objects.get(), Delivery.objects.get()

    actions.accept(by=steward(), delivery=first, now=IN_TIME)
    again = actions.accept(by=steward(), delivery=second, now=IN_TIME)

    assert again.state == State.ACCEPTED


@pytest.mark.django_db
def test_the_database_itself_refuses_a_second_live_delivery_of_a_quarter() -> None:
    school = make_school()
    made = deliver(school, make_counters({"categorie.wapen": 1}))
    made.pk, made.version, made.receipt = None, 2, "2222-2222-2222"
    made._state.adding = True

    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


@pytest.mark.postgres
@pytest.mark.usefixtures("committed")
def test_the_same_version_delivered_twice_at_once_is_one_delivery() -> None:
    school = make_school()
    actor, counters = coordinator(school), make_counters({"categorie.wapen": 1})

    def send() -> Delivery:
        return actions.deliver(by=actor, school=school, counters=counters, confirmed=True, now=IN_TIME)

    results = at_once(send, send, send, send)

    assert {type(r) for r in results} == {Delivery}
    assert len({r.pk for r in results if isinstance(r, Delivery)}) == 1
    assert Delivery.objects.count() == CounterSet.objects.count() == PseudonymLink.objects.count() == 1
    assert first_broken() is None


@pytest.mark.postgres
@pytest.mark.usefixtures("committed")
def test_different_counters_under_one_version_at_once_leave_one_of_the_two() -> None:
    school = make_school()
    actor = coordinator(school)

    def send(value: int) -> Callable[[], Delivery]:
        counters = make_counters({"categorie.wapen": value})
        return lambda: actions.deliver(by=actor, school=school, counters=counters, confirmed=True, now=IN_TIME)

    results = at_once(send(1), send(2))

    refusals = [r for r in results if isinstance(r, actions.Unfit)]
    assert [r.code for r in refusals] == ["D-114"]
    assert Delivery.objects.count() == CounterSet.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.usefixtures("committed")
def test_many_schools_at_once_all_arrive_and_get_one_pseudonym_each() -> None:
    schools = [make_school(f"99A{letter}00", board=f"9900{n}") for n, letter in enumerate("ABCDEF")]
    actors = {s.pk: coordinator(s) for s in schools}

    def send(number: int) -> Callable[[], Delivery]:
        school, counters = schools[number], make_counters({"categorie.wapen": number + 1})
        return lambda: actions.deliver(
            by=actors[school.pk], school=school, counters=counters, confirmed=True, now=IN_TIME
        )

    results = at_once(*(send(n) for n in range(len(schools))))

    assert {type(r) for r in results} == {Delivery}
    assert PseudonymLink.objects.count() == len(schools)
    assert sorted(s.counters.total for s in CounterSet.objects.all()) == [1, 2, 3, 4, 5, 6]
    assert len(counts.contributors(Q1.year)) == len(schools)


@pytest.mark.postgres
@pytest.mark.usefixtures("committed")
def test_of_accepting_and_withdrawing_at_once_both_sides_end_in_the_same_state() -> None:
    school = make_school()
    actor, judge = coordinator(school), steward()
    made = deliver(school, make_counters({"categorie.wapen": 1}))

    results = at_once(
        lambda: actions.accept(by=judge, delivery=made, now=IN_TIME),
        lambda: actions.withdraw(by=actor, delivery=made),
    )

    assert all(isinstance(r, Delivery | Refused) for r in results)
    assert Delivery.objects.get().state == State.WITHDRAWN
    assert not CounterSet.objects.exists()
