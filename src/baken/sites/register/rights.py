"""Who may read which table on PostgreSQL: role → table → privileges. One table, applied by `grant_rights`.

The mailbox knows who delivered and when, the computing side what under a pseudonym, the custodian which pseudonym is
which school. The site itself signs in as a member of all three; people who work on the database get one of them. A
table without a role is the site's own: sign-in, sessions, the journal. Every table stands here; a test fails otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

MAILBOX = "baken_mailbox"
COMPUTE = "baken_compute"
CUSTODIAN = "baken_custodian"
ROLES = (MAILBOX, COMPUTE, CUSTODIAN)

READ = ("SELECT",)
WRITE = ("SELECT", "INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True, slots=True)
class Grant:
    """Privileges on a table; with `columns` only on these."""

    privileges: tuple[str, ...]
    columns: tuple[str, ...] = ()


RIGHTS: Mapping[str, Mapping[str, Grant]] = {
    "organisations_board": {MAILBOX: Grant(READ), CUSTODIAN: Grant(READ)},
    "organisations_school": {MAILBOX: Grant(READ), CUSTODIAN: Grant(READ)},
    "organisations_wave": {MAILBOX: Grant(READ)},
    "organisations_participation": {MAILBOX: Grant(READ)},
    "deliveries_delivery": {MAILBOX: Grant(WRITE)},
    "identity_user": {MAILBOX: Grant(READ, ("id", "name", "is_active"))},
    "identity_assignment": {MAILBOX: Grant(READ)},
    "counts_contributor": {COMPUTE: Grant(WRITE)},
    "counts_counterset": {COMPUTE: Grant(WRITE)},
    "releases_release": {COMPUTE: Grant(WRITE), MAILBOX: Grant(READ, ("id", "kind", "period", "state"))},
    "releases_frozenversion": {COMPUTE: Grant(WRITE)},
    "releases_ledgerrow": {COMPUTE: Grant(("SELECT", "INSERT"))},
    "custody_pseudonymlink": {CUSTODIAN: Grant(WRITE)},
    "custody_boardpseudonym": {CUSTODIAN: Grant(WRITE)},
}
"""Tables that a role may reach."""

OWN_TABLES = frozenset(
    {
        "account_emailaddress",
        "account_emailconfirmation",
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "django_content_type",
        "django_migrations",
        "django_session",
        "journal_entry",
        "mfa_authenticator",
        "shared_cache",
    }
)
"""Tables of the site's own login and of nobody else. The journal links a person to a moment, so no role reads it."""


def statements(*, schema: str, login: str, name: Callable[[str], str]) -> Iterator[str]:
    """The SQL that makes the roles and their rights so, and nothing else; may be run again at any time.

    `login` becomes a member of every role; `name` quotes a name for the database.
    """
    for role in ROLES:
        exists = f"SELECT FROM pg_roles WHERE rolname = '{role}'"
        yield f"DO $$ BEGIN IF NOT EXISTS ({exists}) THEN CREATE ROLE {role} NOLOGIN NOINHERIT; END IF; END $$"
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {name(schema)} FROM {role}"
        yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {name(schema)} FROM {role}"
        yield f"GRANT USAGE ON SCHEMA {name(schema)} TO {role}"
        yield f"GRANT {role} TO {name(login)}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {name(schema)} FROM PUBLIC"
    for table, grants in RIGHTS.items():
        for role, grant in grants.items():
            columns = f" ({', '.join(name(c) for c in grant.columns)})" if grant.columns else ""
            privileges = ", ".join(f"{p}{columns}" for p in grant.privileges)
            yield f"GRANT {privileges} ON {name(schema)}.{name(table)} TO {role}"
