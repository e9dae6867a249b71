"""A release goes from dry run to second person to publication, and nothing that was published changes any more."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from baken.contract import publication
from baken.shield.ledger import LedgerBroken
from baken.shield.publication import Publication, Refusal
from baken.sites.register.releases import actions, assembly, keys, outbox, queries
from baken.sites.register.releases.models import FrozenVersion, LedgerRow, Release
from baken.sites.register.releases.states import STEPS, State
from baken.sites.shared.identity.roles import Role
from baken.sites.shared.journal import Refused
from baken.sites.shared.journal.models import Entry
from building import register_city

YEAR = register_city.YEAR
FIRST = YEAR.quarters[0]
LATER = datetime(2027, 1, 4, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folders(publication_folders):
    keys.make(YEAR)


@pytest.fixture
def steward():
    return register_city.person(Role.STEWARD)


@pytest.fixture
def reviewer():
    return register_city.person(Role.REVIEWER)


@pytest.fixture
def city():
    contributors = register_city.enrol(30, boards=10)
    register_city.deliver(contributors, FIRST)
    return contributors


def approved(steward, reviewer, period=FIRST, kind="kwartaal"):
    release = actions.compose(by=steward, kind=kind, period=str(period), now=LATER)
    found = actions.dry_run(by=steward, release=release)
    assert isinstance(found, Publication), found
    release = actions.submit(by=steward, release=release, follow_up_nl="Nog niets.")
    return actions.approve(by=reviewer, release=release, digest=found.digest, now=LATER)


def published(steward, reviewer, period=FIRST, kind="kwartaal"):
    return actions.publish(by=steward, release=approved(steward, reviewer, period, kind), today=LATER.date())


def opened(release):
    signer = keys.signing()
    data = (outbox.folder() / outbox.file_name(release)).read_bytes()
    return publication.open_sealed(data, verify=lambda m, s, k: k == signer.key_id and signer.verify(m, s))


def test_a_published_release_is_a_signed_file_that_the_city_can_read(
    city, steward, reviewer, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        release = published(steward, reviewer)
    file = opened(release)

    assert (file.number, file.kind, file.period) == (1, "kwartaal", str(FIRST))
    assert file.previous == ""
    assert {c.table for c in file.cells} == {"T1", "T2"}
    assert all(c.value is None or c.value % 5 == 0 for c in file.cells)
    assert file.ledger_head == assembly.ledger().head


def test_the_file_names_no_contributor_and_no_board(city, steward, reviewer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        release = published(steward, reviewer)
    text = (outbox.folder() / outbox.file_name(release)).read_text()

    assert not any(c.pseudonym in text or c.board_pseudonym in text for c in city)


def test_four_quarters_and_then_the_school_year(city, steward, reviewer):
    for quarter in YEAR.quarters[1:]:
        register_city.deliver(city, quarter)
    releases = [published(steward, reviewer, q) for q in YEAR.quarters]
    releases.append(published(steward, reviewer, YEAR, "schooljaar"))
    files = [json.loads(r.sealed)["publicatie"] for r in releases]

    assert [f["nummer"] for f in files] == [1, 2, 3, 4, 5]
    assert [f["vorige"] for f in files[1:]] == [json.loads(r.sealed)["zegel"]["sha256"] for r in releases[:-1]]
    assert {c[0] for c in files[-1]["cellen"]} == {"T3"}


def test_the_composer_cannot_approve_also_not_with_both_roles(city, steward):
    release = actions.compose(by=steward, kind="kwartaal", period=str(FIRST), now=LATER)
    found = actions.dry_run(by=steward, release=release)
    actions.submit(by=steward, release=release, follow_up_nl="Nog niets.")

    with pytest.raises(PermissionDenied):
        actions.approve(by=steward, release=release, digest=found.digest, now=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(reviewed_by_id=steward.user_id)


def test_nothing_goes_out_before_its_calendar_date(city, steward, reviewer):
    release = approved(steward, reviewer)
    day = queries.publishes_on(release)

    with pytest.raises(Refused, match="too-early"):
        actions.publish(by=steward, release=release, today=day - timedelta(days=1))
    assert actions.publish(by=steward, release=release, today=day).state == State.PUBLISHED


def test_a_change_of_the_counters_after_approval_stops_the_publication(city, steward, reviewer):
    release = approved(steward, reviewer)
    register_city.deliver(city, FIRST, version=2, seed=9)

    with pytest.raises(Refused, match="changed"):
        actions.publish(by=steward, release=release, today=LATER.date())
    assert not LedgerRow.objects.exists()
    assert not (outbox.folder().exists() and list(outbox.folder().iterdir()))


def test_a_correction_never_changes_what_was_published_nor_what_comes_after(city, steward, reviewer):
    before = published(steward, reviewer).sealed
    register_city.deliver(city[:1], FIRST, version=2, seed=9)
    register_city.deliver(city, YEAR.quarters[1])
    published(steward, reviewer, YEAR.quarters[1])

    assert Release.objects.get(number=1).sealed == before
    used = FrozenVersion.objects.filter(quarter=str(FIRST)).values_list("version", flat=True)
    assert set(used) == {1}


def test_publishing_twice_is_refused_and_changes_nothing(city, steward, reviewer):
    release = published(steward, reviewer)

    with pytest.raises(PermissionDenied):
        actions.publish(by=steward, release=release, today=LATER.date())
    assert LedgerRow.objects.count() == 1


def test_a_refusal_says_what_is_missing_and_keeps_no_candidate(steward):
    few = register_city.enrol(4, boards=2)
    register_city.deliver(few, FIRST)
    release = actions.compose(by=steward, kind="kwartaal", period=str(FIRST), now=LATER)

    assert isinstance(actions.dry_run(by=steward, release=release), Refusal)
    release.refresh_from_db()
    assert release.candidate == ""
    assert release.outcome["reasons"][0]["code"] == "areas"
    with pytest.raises(Refused, match="no-candidate"):
        actions.submit(by=steward, release=release, follow_up_nl="Nog niets.")


def test_a_release_needs_a_note_on_what_was_done_with_the_figures_before(city, steward):
    release = actions.compose(by=steward, kind="kwartaal", period=str(FIRST), now=LATER)
    actions.dry_run(by=steward, release=release)

    with pytest.raises(Refused, match="no-follow-up"):
        actions.submit(by=steward, release=release, follow_up_nl="  ")


def test_a_period_is_taken_once_and_free_again_after_withdrawing(city, steward):
    release = actions.compose(by=steward, kind="kwartaal", period=str(FIRST), now=LATER)

    with pytest.raises(Refused, match="taken"):
        actions.compose(by=steward, kind="kwartaal", period=str(FIRST), now=LATER)
    actions.withdraw(by=steward, release=release)
    assert actions.compose(by=steward, kind="kwartaal", period=str(FIRST), now=LATER).state == State.DRAFT


def test_a_period_that_is_not_over_cannot_be_composed(steward):
    with pytest.raises(Refused, match="period"):
        actions.compose(by=steward, kind="kwartaal", period="2026-2027/4", now=LATER)


def test_the_second_person_approves_exactly_what_was_on_the_screen(city, steward, reviewer):
    release = actions.compose(by=steward, kind="kwartaal", period=str(FIRST), now=LATER)
    actions.dry_run(by=steward, release=release)
    release = actions.submit(by=steward, release=release, follow_up_nl="Nog niets.")

    with pytest.raises(Refused, match="changed"):
        actions.approve(by=reviewer, release=release, digest="0" * 64, now=LATER)


def test_every_step_writes_a_journal_line_and_a_refused_one_too(city, steward, reviewer):
    release = approved(steward, reviewer)
    with pytest.raises(Refused):
        actions.publish(by=steward, release=release, today=date(2020, 1, 1))
    actions.publish(by=steward, release=release, today=LATER.date())
    lines = list(Entry.objects.filter(action__startswith="releases.").order_by("id").values_list("action", "result"))

    assert lines == [
        ("releases.compose", "done"),
        ("releases.try", "done"),
        ("releases.submit", "done"),
        ("releases.approve", "done"),
        ("releases.publish", "refused: too-early"),
        ("releases.publish", "done"),
    ]


def test_the_ledger_cannot_be_changed_by_anybody_with_the_database_open(city, steward, reviewer):
    published(steward, reviewer)

    for sql in ("UPDATE releases_ledgerrow SET line = ''", "DELETE FROM releases_ledgerrow"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    with pytest.raises(TypeError):
        LedgerRow.objects.get().delete()


@pytest.mark.parametrize("change", ["UPDATE releases_release SET sealed = ''", "DELETE FROM releases_release"])
def test_a_published_release_cannot_be_changed_by_anybody_with_the_database_open(city, steward, reviewer, change):
    release = published(steward, reviewer)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    with pytest.raises(DatabaseError), transaction.atomic():
        release.save()


def test_a_ledger_that_was_rolled_back_is_noticed(city, steward, reviewer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        published(steward, reviewer)
    later = outbox.folder() / "0002-kwartaal-2025-2026-2.json"
    later.write_bytes((outbox.folder() / "0001-kwartaal-2025-2026-1.json").read_bytes())

    with pytest.raises(LedgerBroken):
        assembly.ledger()


def test_a_ledger_that_lost_its_last_line_is_noticed(city, steward, reviewer, monkeypatch):
    register_city.deliver(city, YEAR.quarters[1])
    published(steward, reviewer)
    published(steward, reviewer, YEAR.quarters[1])
    lines = LedgerRow.objects.order_by("index")[:1]
    monkeypatch.setattr(
        LedgerRow.objects, "order_by", lambda *_: LedgerRow.objects.filter(pk__in=[r.pk for r in lines])
    )

    with pytest.raises(LedgerBroken):
        assembly.ledger()


def test_a_killed_process_leaves_a_file_that_is_written_again(city, steward, reviewer):
    release = published(steward, reviewer)
    assert not outbox.is_written(release)

    assert outbox.write_missing() == 1
    assert outbox.write_missing() == 0
    assert opened(release).number == 1


def test_the_table_of_steps_is_complete():
    assert {s.after for s in STEPS.values()} | {State.DRAFT} == set(State)
    assert not any(State.PUBLISHED in step.before for step in STEPS.values())
    assert not any(State.WITHDRAWN in step.before for step in STEPS.values())


def test_the_dry_run_is_the_same_bytes_again(city, steward):
    release = actions.compose(by=steward, kind="kwartaal", period=str(FIRST), now=LATER)
    first = actions.dry_run(by=steward, release=release)

    assert actions.dry_run(by=steward, release=release).bytes() == first.bytes()
