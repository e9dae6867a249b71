"""Who acts: a value that every action demands and that the journal writes down."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from baken.sites.shared.identity.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, or the system itself (`user_id` 0).

    `organisations` pairs a role with the code of a school, for the roles that belong to one. `origin` says by which
    way they came ("site", "command"), never an address.
    """

    user_id: int
    name: str
    roles: frozenset[Role]
    organisations: frozenset[tuple[Role, str]] = frozenset()
    origin: str = "site"

    @property
    def schools(self) -> tuple[str, ...]:
        """Codes of the schools for which this person has a role."""
        return tuple(sorted({code for _role, code in self.organisations}))


NOBODY = Actor(0, "", frozenset())
SYSTEM = Actor(0, "systeem", frozenset(Role), origin="command")
"""Commands that an administrator runs on the server itself; it has every role, so the server is the trust boundary."""


def actor_for(user: object, *, origin: str = "site") -> Actor:
    """The actor of a stored user, or `NOBODY` for somebody who is not signed in or was deactivated."""
    from baken.sites.shared.identity.models import User

    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    found = [(Role(a.role), a.organisation) for a in user.assignments.all()]
    return Actor(
        user.pk,
        user.name,
        frozenset(role for role, _ in found),
        frozenset((role, code) for role, code in found if code),
        origin,
    )


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a request, read once per request."""
    found = getattr(request, "_baken_actor", None)
    if not isinstance(found, Actor):
        found = actor_for(request.user)
        request._baken_actor = found  # type: ignore[attr-defined]
    return found
