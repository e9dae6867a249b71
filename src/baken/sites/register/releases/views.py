"""Parse, one action or query, render. Steward and second person only; no figure of a school is ever on these pages."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baken.shield.ledger import LedgerBroken
from baken.shield.publication import Refusal
from baken.sites.register.releases import actions, keys, pages, policies, queries
from baken.sites.register.releases.forms import ComposeForm, SendBackForm, SubmitForm
from baken.sites.register.releases.models import Release
from baken.sites.shared import clock
from baken.sites.shared.identity.actor import actor_of
from baken.sites.shared.identity.policies import check
from baken.sites.shared.journal import Refused


def _back(release: Release) -> HttpResponse:
    return redirect("releases:detail", pk=release.pk)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    check(actor_of(request), policies.VIEW)
    return render(request, "releases/overview.html", pages.overview(actor_of(request), clock.today()))


def compose(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check(actor, policies.COMPOSE)
    form = ComposeForm(request.POST or None, candidates=queries.candidates(clock.today()))
    if request.method == "POST" and form.is_valid():
        kind, period = form.chosen()
        try:
            return _back(actions.compose(by=actor, kind=kind, period=period, now=clock.now()))
        except Refused as refusal:
            form.add_error("period", refusal.message)
    return render(request, "releases/compose.html", {"form": form})


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    check(actor_of(request), policies.VIEW)
    return render(request, "releases/ledger.html", pages.ledger())


@require_safe
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    check(actor, policies.VIEW)
    release = get_object_or_404(Release.objects.select_related("composed_by", "reviewed_by"), pk=pk)
    return render(request, "releases/detail.html", pages.detail(actor, release, clock.today()))


@require_POST
def dry_run(request: HttpRequest, pk: UUID) -> HttpResponse:
    release = get_object_or_404(Release, pk=pk)
    try:
        found = actions.dry_run(by=actor_of(request), release=release)
    except (keys.KeyMissing, LedgerBroken) as broken:
        messages.error(request, _("De proef kan niet draaien: %(what)s.") % {"what": pages.broken(broken)})
        return _back(release)
    if isinstance(found, Refusal):
        messages.warning(request, _("De proef is geweigerd. Hieronder staat wat er ontbreekt."))
    else:
        messages.success(request, _("De proef is geslaagd. Bekijk de cijfers en leg ze voor aan de tweede persoon."))
    return _back(release)


def submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    check(actor, policies.COMPOSE)
    release = get_object_or_404(Release, pk=pk)
    form = SubmitForm(
        request.POST or None, initial={"follow_up_nl": release.follow_up_nl, "follow_up_en": release.follow_up_en}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.submit(by=actor, release=release, **form.cleaned_data)
            messages.success(request, _("Voorgelegd. Een tweede persoon beoordeelt de publicatie."))
            return _back(release)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return render(request, "releases/submit.html", {"form": form, "release": release})


def _step(request: HttpRequest, done: str, change: object) -> None:
    """Take a step and say how it went; `change` is the action with its arguments filled in."""
    try:
        change()  # type: ignore[operator]
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, refusal.message)
    except (keys.KeyMissing, LedgerBroken) as broken:
        messages.error(request, pages.broken(broken))


@require_POST
def approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    release, actor = get_object_or_404(Release, pk=pk), actor_of(request)
    digest = request.POST.get("digest", "")
    _step(
        request, _("Goedgekeurd."), lambda: actions.approve(by=actor, release=release, digest=digest, now=clock.now())
    )
    return _back(release)


def send_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    check(actor, policies.REVIEW)
    release = get_object_or_404(Release, pk=pk)
    form = SendBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        _step(request, _("Teruggegeven."), lambda: actions.send_back(by=actor, release=release, reason=reason))
        return _back(release)
    return render(request, "releases/send_back.html", {"form": form, "release": release})


@require_POST
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    release, actor = get_object_or_404(Release, pk=pk), actor_of(request)
    done = _("Gepubliceerd. De cijfers staan nu op de site van de stad en veranderen niet meer.")
    _step(request, done, lambda: actions.publish(by=actor, release=release, today=clock.today()))
    return _back(release)


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    release, actor = get_object_or_404(Release, pk=pk), actor_of(request)
    _step(request, _("Vervallen."), lambda: actions.withdraw(by=actor, release=release))
    return _back(release)
