"""The first page: what can this person do here, in one sentence each."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from baken.sites.shared.identity.actor import actor_of
from baken.sites.shared.look import menu


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Somebody with one page goes there at once; others choose. Who is not signed in, signs in."""
    if not request.user.is_authenticated:
        return redirect("demo" if settings.DEMO else "account_login")
    items = [item for item in menu.items(request) if item.url != request.path]
    if len(items) == 1:
        return redirect(items[0].url)
    language = get_language() or "nl"
    roles = [(r.label.in_language(language), r.sentence.in_language(language)) for r in sorted(actor_of(request).roles)]
    return render(request, "register/home.html", {"items": items, "roles": roles})
