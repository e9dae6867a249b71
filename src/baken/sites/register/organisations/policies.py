"""Who may see and change who takes part."""

from __future__ import annotations

from baken.sites.shared.identity.actor import Actor
from baken.sites.shared.identity.policies import Permission, check, may
from baken.sites.shared.identity.roles import Role

VIEW = Permission("organisations.view", roles={Role.STEWARD, Role.ADMINISTRATOR})
CHANGE = Permission("organisations.change", roles={Role.STEWARD})


def may_change(actor: Actor) -> bool:
    return may(actor, CHANGE)


def check_change(actor: Actor) -> None:
    check(actor, CHANGE)
