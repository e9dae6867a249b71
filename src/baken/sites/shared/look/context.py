"""What the page skeleton shows besides the page: site, theme, menu, reader, demo banner.

Reads settings and the request only, and asks each with a default, so that a page of either site can always be drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext_lazy

from baken import __version__
from baken.sites.shared.clock import today
from baken.sites.shared.identity.actor import actor_of
from baken.sites.shared.identity.roles import Role
from baken.sites.shared.look import menu

PRODUCT = "Baken"
SITES = {"register": gettext_lazy("Register voor scholen"), "window": gettext_lazy("Cijfers voor de stad")}


@dataclass(frozen=True, slots=True)
class Person:
    """Who reads the page: a name, and what they are here (may be empty)."""

    name: str
    role: str = ""


class Look:
    """Lazy, because most templates use a part of it and an error page may use none."""

    product = PRODUCT
    version = __version__

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def site(self) -> str:
        return str(SITES.get(getattr(settings, "SITE", ""), ""))

    @cached_property
    def demo(self) -> bool:
        return bool(getattr(settings, "DEMO", False))

    @cached_property
    def demo_date(self) -> date:
        return today()

    @cached_property
    def menu(self) -> tuple[menu.Item, ...]:
        return menu.items(self._request)

    @cached_property
    def person(self) -> Person | None:
        if not hasattr(self._request, "user"):
            return None
        actor = actor_of(self._request)
        if not actor.user_id:
            return None
        language = get_language() or "nl"
        labels = [role.label.in_language(language) for role in Role if role in actor.roles]
        return Person(actor.name, ", ".join([*labels, *actor.schools]))

    @cached_property
    def sign_in(self) -> str:
        return _address("account_login")

    @cached_property
    def sign_out(self) -> str:
        return _address("account_logout")

    @cached_property
    def security(self) -> str:
        """Where somebody manages their second factor."""
        return _address("mfa_index")

    @cached_property
    def about(self) -> str:
        return _address("about")

    @cached_property
    def accessibility(self) -> str:
        return _address("accessibility")

    @cached_property
    def set_language(self) -> str:
        return _address("set_language")

    @cached_property
    def source(self) -> str:
        return str(getattr(settings, "SOURCE_URL", ""))


def look(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `look` in every template."""
    return {"look": Look(request)}


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
