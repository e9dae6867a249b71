"""RT-31: a person with one database role reads one side of the register, whatever they type."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from baken.sites.register import rights
from building.register import deliver, make_counters, make_school

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

MAILBOX_TABLES = ("deliveries_delivery",)
COUNTS_TABLES = ("counts_counterset", "counts_contributor")
LINK_TABLES = ("custody_pseudonymlink", "custody_boardpseudonym")


@pytest.fixture(autouse=True)
def _a_register_with_roles() -> None:
    call_command("grant_rights", verbosity=0)
    deliver(make_school(), make_counters({"categorie.drugs": 3}))


@contextmanager
def signed_in_as(role: str) -> Iterator[None]:
    """Be a database user with this role only."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def rows_of(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def is_refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except ProgrammingError as error:
        return "permission denied" in str(error)
    return False


@pytest.mark.parametrize("table", [*MAILBOX_TABLES, *LINK_TABLES, "organisations_school", "identity_user"])
def test_the_computing_side_cannot_read_who_delivered(table: str) -> None:
    with signed_in_as(rights.COMPUTE):
        assert is_refused(f"SELECT * FROM {table}")
        assert rows_of("counts_counterset") == 1


@pytest.mark.parametrize("table", [*COUNTS_TABLES, *LINK_TABLES, "releases_frozenversion", "releases_ledgerrow"])
def test_the_mailbox_cannot_read_what_was_delivered(table: str) -> None:
    with signed_in_as(rights.MAILBOX):
        assert is_refused(f"SELECT * FROM {table}")
        assert rows_of("deliveries_delivery") == 1


@pytest.mark.parametrize("table", [*MAILBOX_TABLES, *COUNTS_TABLES])
def test_the_custodian_knows_the_links_and_neither_side(table: str) -> None:
    with signed_in_as(rights.CUSTODIAN):
        assert is_refused(f"SELECT * FROM {table}")
        assert rows_of("custody_pseudonymlink") == 1


@pytest.mark.parametrize("role", rights.ROLES)
@pytest.mark.parametrize("table", sorted(rights.OWN_TABLES - {"shared_cache"}))
def test_no_role_reads_the_tables_of_the_site_itself(role: str, table: str) -> None:
    with signed_in_as(role):
        assert is_refused(f"SELECT * FROM {table}")


@pytest.mark.parametrize("role", rights.ROLES)
def test_no_role_reaches_a_table_that_the_rights_do_not_give(role: str) -> None:
    tables = connection.introspection.table_names()

    with signed_in_as(role):
        reached = {t for t in tables if not is_refused(f"SELECT 1 FROM {t}")}

    assert reached == {t for t, grants in rights.RIGHTS.items() if role in grants}


def test_the_mailbox_reads_the_name_of_a_person_and_not_the_password() -> None:
    with signed_in_as(rights.MAILBOX):
        assert not is_refused("SELECT id, name FROM identity_user")
        assert is_refused("SELECT password FROM identity_user")
        assert is_refused("SELECT email FROM identity_user")


def test_granting_again_changes_nothing() -> None:
    call_command("grant_rights", verbosity=0)

    with signed_in_as(rights.COMPUTE):
        assert is_refused("SELECT * FROM deliveries_delivery")
