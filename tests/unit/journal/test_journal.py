"""Every change of state has a journal line in its own transaction, and no line can be changed afterwards."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest
from django.db import DatabaseError, connection, transaction

import baken.sites.register
import baken.sites.shared
from baken.sites.shared.identity.actor import SYSTEM
from baken.sites.shared.identity.models import User
from baken.sites.shared.identity.policies import NotAllowed
from baken.sites.shared.identity.roles import Role
from baken.sites.shared.journal import Refused, action
from baken.sites.shared.journal.models import Entry
from baken.sites.shared.journal.store import first_broken, write
from building import register_city

pytestmark = pytest.mark.django_db


@action("tests.rename", about=lambda *, user, **_: f"user {user.pk}")
def rename(*, by, user, name, then=None):
    user.name = name
    user.save()
    if then:
        raise then


def test_an_action_without_somebody_who_acts_cannot_be_written():
    with pytest.raises(TypeError, match="by: Actor"):
        action("tests.wrong", about=lambda **_: "")(lambda user: user)
    with pytest.raises(TypeError, match="by must be an Actor"):
        rename(by="somebody", user=User(name=""), name="x")


def test_what_happened_stands_in_the_journal_without_content():
    actor = register_city.person(Role.ADMINISTRATOR)
    user = User.objects.get(pk=actor.user_id)
    rename(by=actor, user=user, name="Geheime Naam")
    line = Entry.objects.latest("id")

    assert (line.action, line.about, line.result) == ("tests.rename", f"user {user.pk}", "done")
    assert (line.actor, line.origin, line.role) == (actor.user_id, "site", "administrator")
    assert "Geheime" not in str([getattr(line, f.name) for f in Entry._meta.fields])


@pytest.mark.parametrize(
    ("trouble", "result"), [(Refused("too-late", "Te laat."), "refused: too-late"), (NotAllowed("x"), "not allowed")]
)
def test_a_refusal_changes_nothing_and_is_written_down(trouble, result):
    actor = register_city.person(Role.STEWARD, "Oud")
    user = User.objects.get(pk=actor.user_id)
    with pytest.raises(type(trouble)):
        rename(by=actor, user=user, name="Nieuw", then=trouble)

    assert User.objects.get(pk=user.pk).name == "Oud"
    assert Entry.objects.latest("id").result == result


def test_a_crash_leaves_neither_change_nor_line():
    actor = register_city.person(Role.STEWARD, "Oud")
    user = User.objects.get(pk=actor.user_id)
    before = Entry.objects.count()
    with pytest.raises(ZeroDivisionError):
        rename(by=actor, user=user, name="Nieuw", then=ZeroDivisionError())

    assert User.objects.get(pk=user.pk).name == "Oud"
    assert Entry.objects.count() == before


def test_lines_are_not_changed_through_the_program():
    line = write(by=SYSTEM, action="a", about="b", result="c")

    for change in (line.save, line.delete, Entry.objects.all().delete, lambda: Entry.objects.update(result="x")):
        with pytest.raises(TypeError):
            change()


@pytest.mark.parametrize("sql", ["UPDATE journal_entry SET result = 'x'", "DELETE FROM journal_entry"])
def test_lines_are_not_changed_in_the_database_either(sql):
    write(by=SYSTEM, action="a", about="b", result="c")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_line_that_was_slipped_in_is_found():
    lines = [write(by=SYSTEM, action="a", about=str(i), result="c") for i in range(3)]
    assert first_broken() is None

    Entry.objects.bulk_create(
        [Entry(**{f.name: getattr(lines[0], f.name) for f in Entry._meta.fields if f.name != "id"})]
    )
    assert first_broken() == Entry.objects.latest("id").pk


def modules_with_actions():
    for package in (baken.sites.register, baken.sites.shared):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if found.name.endswith(".actions"):
                yield found.name


@pytest.mark.parametrize("name", sorted(modules_with_actions()))
def test_every_public_function_of_an_actions_module_is_an_action(name):
    module = importlib.import_module(name)
    own = [
        function
        for _, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == name and not function.__name__.startswith("_")
    ]

    assert own
    assert [
        f.__name__ for f in own if not getattr(f, "is_action", False) and "by" in inspect.signature(f).parameters
    ] == []
    assert [f.__name__ for f in own if "by" not in inspect.signature(f).parameters] == []
