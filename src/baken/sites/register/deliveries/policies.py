"""Who may do what with a delivery. Pairs: `may_…` asks, `check_…` raises NotAllowed."""

from __future__ import annotations

from baken.sites.register.deliveries.models import Delivery
from baken.sites.register.deliveries.states import STEPS, Side, State
from baken.sites.shared.identity.actor import Actor
from baken.sites.shared.identity.policies import Permission, check, may
from baken.sites.shared.identity.roles import Role

DELIVER = Permission("deliveries.deliver", roles={Role.COORDINATOR}, own_organisation=True)
SEE_OWN = Permission("deliveries.see-own", roles={Role.COORDINATOR, Role.SCHOOL_LEADER}, own_organisation=True)
SEE_COUNTERS = Permission("deliveries.see-counters", roles={Role.COORDINATOR}, own_organisation=True)
SEE_MAILBOX = Permission("deliveries.mailbox", roles={Role.STEWARD})
DECIDE = Permission("deliveries.decide", roles={Role.STEWARD})

PERMISSION_OF_SIDE = {Side.SCHOOL: DELIVER, Side.NETWORK: DECIDE}


def own_schools(actor: Actor) -> tuple[str, ...]:
    """Codes of the schools whose deliveries this person may see as their own."""
    return tuple(code for code in actor.schools if may(actor, SEE_OWN, code))


def may_step(actor: Actor, step: str, delivery: Delivery) -> bool:
    """May this person take this step with this delivery now?"""
    rule = STEPS[step]
    return State(delivery.state) in rule.before and may(actor, PERMISSION_OF_SIDE[rule.side], delivery.school_id)


def check_step(actor: Actor, step: str, delivery: Delivery) -> None:
    """Raise NotAllowed when this is not for this person. Whether the state allows it is for the action to say."""
    check(actor, PERMISSION_OF_SIDE[STEPS[step].side], delivery.school_id)
