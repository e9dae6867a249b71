"""Permissions as pure functions over an actor. Every app declares its own; all of them stand in one table."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from baken.sites.shared.identity.actor import Actor
from baken.sites.shared.identity.roles import Role


class NotAllowed(PermissionDenied):
    """This person may not do this; the message says why, in words for a journal."""


class Permission:
    """A named right, the roles that have it, and whether it holds for the own school only."""

    __slots__ = ("name", "own_organisation", "roles")

    def __init__(self, name: str, *, roles: Iterable[Role], own_organisation: bool = False) -> None:
        if name in REGISTRY:
            raise ValueError(f"the permission {name} is declared twice")
        self.name = name
        self.roles = frozenset(roles)
        self.own_organisation = own_organisation
        REGISTRY[name] = self

    def __repr__(self) -> str:
        return f"Permission({self.name})"


REGISTRY: dict[str, Permission] = {}
"""Every permission of the running site, by name: the rows of the role × action table."""


def may(actor: Actor, permission: Permission, organisation: str | None = None) -> bool:
    """May this actor do this? For a right that holds for the own school, `organisation` is the school's code."""
    roles = actor.roles & permission.roles
    if not permission.own_organisation:
        return bool(roles)
    school_roles = {role for role in roles if role.of_school}
    if roles - school_roles:
        return True
    return any((role, organisation) in actor.organisations for role in school_roles) if organisation else False


def check(actor: Actor, permission: Permission, organisation: str | None = None) -> None:
    """Raise `NotAllowed` unless `may`."""
    if not may(actor, permission, organisation):
        raise NotAllowed(f"{permission.name} is not allowed")


VIEW_JOURNAL = Permission("journal.view", roles={Role.ADMINISTRATOR})
MANAGE_USERS = Permission("identity.manage", roles={Role.ADMINISTRATOR})
SEE_SELF_CHECK = Permission("health.self-check", roles={Role.ADMINISTRATOR})
