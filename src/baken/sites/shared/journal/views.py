"""The journal as a page, for the administrator."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baken.sites.shared.identity.actor import actor_of
from baken.sites.shared.identity.policies import VIEW_JOURNAL, check
from baken.sites.shared.journal.models import Entry
from baken.sites.shared.journal.store import first_broken

PAGE = 50


@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    check(actor_of(request), VIEW_JOURNAL)
    names = list(Entry.objects.order_by("action").values_list("action", flat=True).distinct())
    chosen = request.GET.get("handeling", "")
    entries = Entry.objects.filter(action=chosen) if chosen in names else Entry.objects.all()
    page = Paginator(entries, PAGE).get_page(request.GET.get("pagina"))
    return render(
        request, "journal/journal.html", {"page": page, "names": names, "chosen": chosen, "broken": first_broken()}
    )
