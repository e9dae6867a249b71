"""One line for machines; the self-check for the administrator."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baken.sites.shared.health import QUESTIONS
from baken.sites.shared.identity.actor import actor_of
from baken.sites.shared.identity.policies import SEE_SELF_CHECK, check


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the site answers and its database does. No details: anybody may ask."""
    connection.ensure_connection()
    return JsonResponse({"status": "ok"})


@require_safe
def self_check(request: HttpRequest) -> HttpResponse:
    check(actor_of(request), SEE_SELF_CHECK)
    answers = [ask() for ask in QUESTIONS]
    return render(request, "health/self_check.html", {"answers": answers, "well": all(a.well for a in answers)})
