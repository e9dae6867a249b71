"""The custodian is asked by one app only, gives answers in one direction only, and forgets on order."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from baken.contract.periods import SchoolYear
from baken.sites.register import rights
from baken.sites.register.custody import actions, queries
from baken.sites.register.custody.models import BoardPseudonym, PseudonymLink
from baken.sites.shared.identity.actor import SYSTEM
from baken.sites.shared.journal import Refused
from baken.sites.shared.journal.models import Entry

REGISTER = Path(actions.__file__).parents[1]
YEAR = SchoolYear(2026)


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{name.name}" for name in node.names} | {node.module}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


def files_that_import(start: str) -> set[str]:
    """Folders of `sites` whose code imports something that begins so."""
    found = set()
    for path in REGISTER.parent.rglob("*.py"):
        if any(name == start or name.startswith(f"{start}.") for name in imports_of(path)):
            found.add(path.relative_to(REGISTER.parent).parts[1] if path.is_relative_to(REGISTER) else path.name)
    return found


def test_only_the_mailbox_asks_the_custodian() -> None:
    assert files_that_import("baken.sites.register.custody") - {"custody"} == {"deliveries"}


def test_nobody_else_touches_the_links_themselves() -> None:
    assert files_that_import("baken.sites.register.custody.models") == {"custody"}


def test_the_counters_have_one_writer() -> None:
    assert files_that_import("baken.sites.register.counts.models") == {"counts"}


def test_the_computing_side_knows_no_school_no_mailbox_and_no_custodian() -> None:
    imported = {name for path in (REGISTER / "counts").rglob("*.py") for name in imports_of(path)}

    for app in ("organisations", "deliveries", "custody", "releases"):
        assert not [name for name in imported if name.startswith(f"baken.sites.register.{app}")]


def test_no_page_leads_to_the_custodian() -> None:
    def views(patterns: list[URLPattern | URLResolver]) -> list[str]:
        found = []
        for one in patterns:
            found += views(one.url_patterns) if isinstance(one, URLResolver) else [one.lookup_str]
        return found

    assert not [name for name in views(get_resolver().url_patterns) if ".custody." in name or ".counts." in name]


def test_every_table_has_its_place_in_the_database_rights() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}

    missing = tables - set(rights.RIGHTS) - rights.OWN_TABLES
    assert not missing, f"say in rights.py who may read {sorted(missing)}"
    assert not set(rights.RIGHTS) & rights.OWN_TABLES
    assert set(rights.RIGHTS) <= tables


def test_no_role_has_both_who_and_what() -> None:
    who, what, which = {"deliveries_delivery"}, {"counts_counterset"}, {"custody_pseudonymlink"}

    for role in rights.ROLES:
        reach = {table for table, grants in rights.RIGHTS.items() if role in grants}
        assert sum(bool(reach & side) for side in (who, what, which)) == 1


@pytest.mark.django_db
def test_roles_are_for_postgresql_and_sqlite_says_so() -> None:
    if connection.vendor == "postgresql":
        pytest.skip("this is about SQLite")
    with pytest.raises(CommandError, match="SQLite has no roles"):
        call_command("grant_rights")


@pytest.mark.django_db
def test_a_school_keeps_its_pseudonym_for_a_school_year_and_gets_another_in_the_next() -> None:
    for year in (YEAR, YEAR, YEAR.next):
        actions.enrol(by=SYSTEM, year=year, schools=["99AA00"], boards=["99001"])

    first, second = queries.pseudonym_of("99AA00", YEAR), queries.pseudonym_of("99AA00", YEAR.next)

    assert first and second and first != second
    assert PseudonymLink.objects.count() == BoardPseudonym.objects.count() == 2


@pytest.mark.django_db
def test_who_was_never_enrolled_has_no_pseudonym() -> None:
    assert queries.pseudonym_of("99AA00", YEAR) is None


@pytest.mark.django_db
def test_destroyed_links_are_gone_for_good() -> None:
    actions.enrol(by=SYSTEM, year=YEAR, schools=["99AA00"], boards=["99001"])

    destroyed = actions.destroy(by=SYSTEM, year=YEAR, current=YEAR.next)

    assert destroyed == 1
    assert queries.pseudonym_of("99AA00", YEAR) is None
    assert not BoardPseudonym.objects.exists()


@pytest.mark.django_db
def test_the_links_of_a_running_school_year_are_not_destroyed() -> None:
    with pytest.raises(Refused) as refusal:
        actions.destroy(by=SYSTEM, year=YEAR, current=YEAR)

    assert refusal.value.code == "running"


@pytest.mark.django_db
def test_the_command_destroys_the_links_of_a_past_year(capsys: pytest.CaptureFixture[str]) -> None:
    actions.enrol(by=SYSTEM, year=SchoolYear(2010), schools=["99AA00"], boards=["99001"])

    call_command("destroy_links", "2010-2011")

    assert "1 links destroyed" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize("year", ["2010", "2999-3000"])
def test_the_command_refuses_what_is_no_past_year(year: str) -> None:
    with pytest.raises(CommandError):
        call_command("destroy_links", year)


@pytest.mark.django_db
def test_the_journal_never_says_which_school_got_which_pseudonym() -> None:
    actions.enrol(by=SYSTEM, year=YEAR, schools=["99AA00"], boards=["99001"])

    [entry] = Entry.objects.filter(action="custody.enrol")

    assert entry.about == "school year 2026-2027"
