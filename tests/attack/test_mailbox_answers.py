"""RT-29, RT-32, RT-35: what an answer, an order or a stolen copy could tell about a delivery."""

from __future__ import annotations

import json
import logging
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from baken.contract import delivery as contract
from baken.sites.register.counts.models import Contributor, CounterSet
from baken.sites.register.custody.models import PseudonymLink
from baken.sites.register.deliveries import actions
from baken.sites.register.deliveries.models import Delivery
from baken.sites.register.organisations.models import School
from baken.sites.shared import clock
from baken.sites.shared.identity.roles import Role
from building.register import IN_TIME, Q1, deliver, make_counters, make_school, make_user, sign_in, steward

pytestmark = pytest.mark.django_db

CANARY = 91_373


@pytest.fixture(autouse=True)
def _a_day_on_which_the_quarter_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


def rows_in_storage_order(table: str, column: str) -> list[str]:
    """As somebody sees them who opens the file of the database: by their place on the disk."""
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY {place}")
        return [row[0] for row in cursor.fetchall()]


def deliver_through_pages(browser: Client, school: School, value: int) -> Any:
    """Upload, confirm everything, and give the answer to the last click."""
    counters = make_counters({"categorie.wapen": value})
    file = SimpleUploadedFile("tellingen.json", contract.write(counters, "json"))
    preview = browser.post(reverse("deliveries:upload", args=[school.pk, Q1]), {"counters": file}).headers["Location"]
    return browser.post(preview)


def test_rt29_a_new_a_repeated_and_a_corrected_delivery_get_the_same_answer() -> None:
    school = make_school()
    browser = sign_in(Client(), make_user(Role.COORDINATOR, school.pk))

    answers = [deliver_through_pages(browser, school, value) for value in (3, 3, 4)]

    shapes = {(a.status_code, re.sub(r"[0-9a-f-]{36}", "…", a.headers["Location"]), a.content) for a in answers}
    assert len(shapes) == 1


def test_rt29_another_school_and_no_school_are_answered_alike() -> None:
    school, other = make_school(), make_school("99AB00")
    made = deliver(other, make_counters({"categorie.wapen": CANARY}))
    browser = sign_in(Client(), make_user(Role.COORDINATOR, school.pk))
    pairs = [
        (reverse("deliveries:period", args=["99AB00", Q1]), reverse("deliveries:period", args=["99ZZ99", Q1])),
        (reverse("deliveries:upload", args=["99AB00", Q1]), reverse("deliveries:upload", args=["99ZZ99", Q1])),
        (reverse("deliveries:nil", args=["99AB00", Q1]), reverse("deliveries:nil", args=["99ZZ99", Q1])),
        (reverse("deliveries:receipt", args=[made.pk]), reverse("deliveries:receipt", args=[uuid.uuid4()])),
        (reverse("deliveries:withdraw", args=[made.pk]), reverse("deliveries:withdraw", args=[uuid.uuid4()])),
    ]

    for real, invented in pairs:
        first, second = browser.get(real), browser.get(invented)
        assert first.status_code == second.status_code == 404
        assert without_address(first, real) == without_address(second, invented)


def without_address(response: Any, address: str) -> str:
    page = response.content.decode().replace(address, "…")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.fixture
def log_lines() -> Iterator[list[str]]:
    """Everything that anything logs, at any level."""
    lines: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    listener, root = Listener(logging.DEBUG), logging.getLogger()
    level = root.level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    yield lines
    root.setLevel(level)
    root.removeHandler(listener)


def test_rt29_nothing_of_an_upload_reaches_a_log_a_session_or_a_table(log_lines: list[str]) -> None:
    school = make_school()
    browser = sign_in(Client(raise_request_exception=False), make_user(Role.COORDINATOR, school.pk))
    export = b"Datum;Leerling\r\n1-9-2026;Kanarie Pietersen\r\n"

    answer = browser.post(
        reverse("deliveries:upload", args=[school.pk, Q1]), {"counters": SimpleUploadedFile("Kanarie.csv", export)}
    )

    stored = "".join(str(row) for table in connection.introspection.table_names() for row in everything_in(table))
    assert "anarie" not in "".join(log_lines) + answer.content.decode() + stored


def everything_in(table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return cursor.fetchall()


def test_rt32_the_order_of_the_counters_tells_nothing_about_the_order_of_the_mailbox() -> None:
    """After every delivery the stored rows lie in the order of the pseudonyms, whoever came last."""
    schools = [make_school(f"99A{letter}00", board=f"990{n:02d}") for n, letter in enumerate("ABCDEFGHIJKL")]
    for number, school in enumerate(schools):
        deliver(school, make_counters({"categorie.wapen": number + 1}))

        for table in ("counts_counterset", "counts_contributor"):
            stored = rows_in_storage_order(table, "pseudonym")
            assert stored == sorted(stored)

    in_time = [PseudonymLink.objects.get(school_code=s.pk).pseudonym for s in schools]
    assert rows_in_storage_order("counts_counterset", "pseudonym") != in_time
    keys = [str(key) for key in rows_in_storage_order("counts_counterset", "id")]
    assert keys != sorted(keys)


def test_rt32_a_change_gives_every_counter_set_of_the_quarter_a_new_key() -> None:
    for code in ("99AA00", "99AB00", "99AC00"):
        deliver(make_school(code), make_counters({"categorie.wapen": 1}))
    before = set(CounterSet.objects.values_list("pk", flat=True))

    actions.accept(by=steward(), delivery=Delivery.objects.all()[0], now=IN_TIME)

    assert before.isdisjoint(CounterSet.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("model", [CounterSet, Contributor])
def test_rt32_the_computing_side_has_random_keys_and_no_moments(model: type[models.Model]) -> None:
    kinds = {type(field) for field in model._meta.get_fields()}

    assert isinstance(model._meta.pk, models.UUIDField)
    assert model._meta.pk.default is uuid.uuid4
    assert not kinds & {models.DateTimeField, models.DateField, models.TimeField, models.AutoField}


@pytest.mark.parametrize("label", ["counts", "custody"])
def test_rt35_no_side_points_at_the_other(label: str) -> None:
    for model in apps.get_app_config(label).get_models():
        assert not [f for f in model._meta.get_fields() if f.is_relation], model


def test_rt35_a_stolen_counts_table_names_no_school_no_board_and_no_person() -> None:
    school = make_school("99QX00", name="Kanarie College", board="99876")
    deliver(school, make_counters({"categorie.wapen": CANARY}))

    stolen = json.dumps([everything_in("counts_counterset"), everything_in("counts_contributor")], default=str)

    assert str(CANARY) in stolen
    for word in ("99QX00", "99876", "anarie", make_user(Role.COORDINATOR, "99QX00").name):
        assert word not in stolen


def test_rt35_a_stolen_mailbox_holds_no_figure_and_no_trace_of_one() -> None:
    """Two registers in which only the figures differ have mailboxes that differ in nothing but random numbers."""
    deliver(make_school("99AA00"), contract.nil_return(Q1))
    deliver(make_school("99AB00"), make_counters({"categorie.wapen": CANARY}))

    nil, busy = (
        {f.attname: getattr(d, f.attname) for f in d._meta.fields} for d in Delivery.objects.order_by("school")
    )

    random_or_known = {"id", "receipt", "school_id", "uploaded_by_id"}
    assert {k: v for k, v in nil.items() if k not in random_or_known} == {
        k: v for k, v in busy.items() if k not in random_or_known
    }


def test_rt35_a_stolen_session_table_holds_no_figure() -> None:
    school = make_school()
    browser = sign_in(Client(), make_user(Role.COORDINATOR, school.pk))
    file = SimpleUploadedFile("t.json", contract.write(make_counters({"categorie.wapen": CANARY}), "json"))
    browser.post(reverse("deliveries:upload", args=[school.pk, Q1]), {"counters": file})

    stored = json.dumps(dict(browser.session.items()))

    assert "deliveries.drafts" in stored
    assert str(CANARY) not in stored


def test_rt35_pseudonyms_are_random_and_new_every_school_year() -> None:
    school = make_school()
    deliver(school, make_counters({"categorie.wapen": 1}))
    deliver(school, make_counters({"categorie.wapen": 1}, quarter=Q1.previous))

    pseudonyms = set(PseudonymLink.objects.values_list("pseudonym", flat=True))

    assert len(pseudonyms) == 2
    assert all(re.fullmatch(r"[0-9a-f]{32}", p) for p in pseudonyms)
