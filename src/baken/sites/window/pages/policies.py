"""Who may read the figures: people at the city with that role, or everybody when the installation says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from baken.sites.shared.identity.actor import actor_of
from baken.sites.shared.identity.policies import Permission, check, may
from baken.sites.shared.identity.roles import Role

READ_FIGURES = Permission(
    "pages.read", roles={Role.COUNCIL_READER, Role.INSPECTOR, Role.STEWARD, Role.REVIEWER, Role.ADMINISTRATOR}
)
View = Callable[..., HttpResponseBase]


def may_read(request: HttpRequest) -> bool:
    return bool(getattr(settings, "WINDOW_PUBLIC", False)) or may(actor_of(request), READ_FIGURES)


def for_readers(view: View) -> View:
    """Sign in first, unless the figures are public; somebody without the role gets a refusal."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if may_read(request):
            return view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        check(actor_of(request), READ_FIGURES)
        raise AssertionError("check refuses whoever may not read")

    return guarded
