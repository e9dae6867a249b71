"""Who reads a page, for its header."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language

from baken.sites.shared.identity.actor import actor_of
from baken.sites.shared.look.context import Person


def person(request: HttpRequest) -> Person | None:
    """The signed-in person with their roles in words; None for somebody who is not signed in."""
    if not hasattr(request, "user") or not request.user.is_authenticated:
        return None
    actor = actor_of(request)
    language = get_language() or "nl"
    return Person(actor.name, ", ".join(sorted(role.label.in_language(language) for role in actor.roles)))
