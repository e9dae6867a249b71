"""The whole table role × permission, written out: a permission that is not in it fails, so does a role too many."""

import pytest

from baken.sites.shared.identity.actor import NOBODY, Actor
from baken.sites.shared.identity.policies import REGISTRY, NotAllowed, check, may
from baken.sites.shared.identity.roles import Role

C, L, S, R, _READER, _INSPECTOR, A = Role

EXPECTED = {
    "counts.accept": {S},
    "counts.delete": {A},
    "counts.enrol": {C, S},
    "counts.store": {C},
    "custody.destroy": {A},
    "custody.enrol": {C, S},
    "deliveries.decide": {S},
    "deliveries.deliver": {C},
    "deliveries.mailbox": {S},
    "deliveries.see-counters": {C},
    "deliveries.see-own": {C, L},
    "health.self-check": {A},
    "identity.manage": {A},
    "journal.view": {A},
    "organisations.change": {S},
    "organisations.view": {S, A},
    "releases.compose": {S},
    "releases.publish": {S, R},
    "releases.review": {S, R},
    "releases.view": {S, R, A},
}
"""Who may do what in the register; a right of a school's role holds for the own school only."""


def actor(role: Role) -> Actor:
    own = frozenset({(role, "99AB00")}) if role.of_school else frozenset()
    return Actor(7, "iemand", frozenset({role}), own)


def test_the_table_names_every_permission_of_the_register_and_no_other():
    assert set(REGISTRY) == set(EXPECTED)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_role_may_do_exactly_what_the_table_says(role, name):
    permission = REGISTRY[name]
    school = "99AB00" if permission.own_organisation else None

    assert may(actor(role), permission, school) == (role in EXPECTED[name])


@pytest.mark.parametrize("name", [n for n, p in sorted(REGISTRY.items()) if p.own_organisation])
def test_the_right_of_a_school_role_ends_at_the_own_school(name):
    permission = REGISTRY[name]

    for role in permission.roles:
        if role.of_school:
            assert not may(actor(role), permission, "99ZZ00")
            assert not may(actor(role), permission)


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_nobody_may_do_anything_without_signing_in(name):
    assert not may(NOBODY, REGISTRY[name], "99AB00")
    with pytest.raises(NotAllowed):
        check(NOBODY, REGISTRY[name], "99AB00")
