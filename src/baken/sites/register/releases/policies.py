"""Who may do what with a release. Pairs: `may_…` asks, `check_…` raises NotAllowed with the reason."""

from __future__ import annotations

from baken.sites.register.releases.models import Release
from baken.sites.register.releases.states import STEPS, State
from baken.sites.shared.identity.actor import Actor
from baken.sites.shared.identity.policies import NotAllowed, Permission, check, may
from baken.sites.shared.identity.roles import Role

VIEW = Permission("releases.view", roles={Role.STEWARD, Role.REVIEWER, Role.ADMINISTRATOR})
COMPOSE = Permission("releases.compose", roles={Role.STEWARD})
REVIEW = Permission("releases.review", roles={Role.REVIEWER, Role.STEWARD})
PUBLISH = Permission("releases.publish", roles={Role.STEWARD, Role.REVIEWER})

PERMISSION_OF_STEP = {
    "try": COMPOSE,
    "submit": COMPOSE,
    "withdraw": COMPOSE,
    "approve": REVIEW,
    "send-back": REVIEW,
    "publish": PUBLISH,
}


def may_step(actor: Actor, step: str, release: Release) -> bool:
    """May this person take this step with this release now?"""
    rule = STEPS[step]
    in_order = State(release.state) in rule.before
    own = rule.other_person and release.composed_by_id == actor.user_id
    return in_order and not own and may(actor, PERMISSION_OF_STEP[step])


def check_step(actor: Actor, step: str, release: Release) -> None:
    rule = STEPS[step]
    check(actor, PERMISSION_OF_STEP[step])
    if State(release.state) not in rule.before:
        raise NotAllowed("the release is in another state")
    if rule.other_person and release.composed_by_id == actor.user_id:
        raise NotAllowed("the composer cannot approve")
