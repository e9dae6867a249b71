"""Parse, one action or query, render. For the steward; the administrator reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baken.sites.register.organisations import actions, pages, policies, queries
from baken.sites.register.organisations.forms import (
    BoardForm,
    FilterForm,
    JoinForm,
    LeaveForm,
    SchoolForm,
    WaveForm,
)
from baken.sites.register.organisations.models import Board, Participation, School, Wave
from baken.sites.shared import clock
from baken.sites.shared.identity.actor import actor_of
from baken.sites.shared.identity.policies import check
from baken.sites.shared.journal import Refused

T = TypeVar("T")
PAGE = 100
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check(actor, policies.VIEW)
    form = FilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = queries.schools(
        search=chosen.get("zoek", ""), district=chosen.get("stadsdeel", ""), wave=chosen.get("golf", "")
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    shown = {"form": form, "page": page, "rows": [pages.school_row(s) for s in page]}
    return render(request, "organisations/schools.html", shown | {"may_change": policies.may_change(actor)})


@get_or_post
def add_school(request: HttpRequest) -> HttpResponse:
    policies.check_change(actor_of(request))
    form = SchoolForm(_posted(request))
    if saved := _saved(request, form, lambda: actions.save_school(by=actor_of(request), **form.cleaned_data)):
        return redirect("organisations:school", code=saved.pk)
    return render(request, "organisations/edit.html", pages.edit_school(form, None))


@get_or_post
def edit_school(request: HttpRequest, code: str) -> HttpResponse:
    policies.check_change(actor_of(request))
    school = get_object_or_404(School, pk=code)
    form = SchoolForm(_posted(request), instance=school)
    form.fields["code"].disabled = True
    if _saved(request, form, lambda: actions.save_school(by=actor_of(request), **form.cleaned_data)):
        return redirect("organisations:school", code=code)
    return render(request, "organisations/edit.html", pages.edit_school(form, code))


@require_safe
def school(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    check(actor, policies.VIEW)
    return render(
        request, "organisations/school.html", pages.school(actor, get_object_or_404(queries.schools(), pk=code))
    )


@get_or_post
def join(request: HttpRequest, code: str) -> HttpResponse:
    policies.check_change(actor_of(request))
    here = get_object_or_404(School, pk=code)
    form = JoinForm(_posted(request), today=clock.today())
    if _saved(request, form, lambda: actions.join(by=actor_of(request), school=here, **form.cleaned_data)):
        return redirect("organisations:school", code=code)
    return render(request, "organisations/edit.html", pages.join(form, here))


@get_or_post
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    policies.check_change(actor_of(request))
    stretch = get_object_or_404(Participation.objects.select_related("school"), pk=pk)
    form = LeaveForm(_posted(request), today=clock.today(), participation=stretch)
    if _saved(request, form, lambda: actions.leave(by=actor_of(request), participation=stretch, **form.cleaned_data)):
        return redirect("organisations:school", code=stretch.school_id)
    return render(request, "organisations/edit.html", pages.leave(form, stretch.school))


@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check(actor, policies.VIEW)
    shown = {"boards": queries.boards(), "may_change": policies.may_change(actor)}
    return render(request, "organisations/boards.html", shown)


@get_or_post
def edit_board(request: HttpRequest, number: str = "") -> HttpResponse:
    policies.check_change(actor_of(request))
    form = BoardForm(_posted(request), instance=get_object_or_404(Board, pk=number) if number else None)
    form.fields["number"].disabled = bool(number)
    if _saved(request, form, lambda: actions.save_board(by=actor_of(request), **form.cleaned_data)):
        return redirect("organisations:boards")
    return render(request, "organisations/edit.html", pages.edit_board(form, number))


@require_safe
def waves(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check(actor, policies.VIEW)
    shown = {"rows": [pages.wave_row(w) for w in queries.waves()], "may_change": policies.may_change(actor)}
    return render(request, "organisations/waves.html", shown)


@get_or_post
def edit_wave(request: HttpRequest, number: int | None = None) -> HttpResponse:
    policies.check_change(actor_of(request))
    wave = get_object_or_404(Wave, pk=number) if number is not None else None
    form = WaveForm(_posted(request), instance=wave, today=clock.today())
    form.fields["number"].disabled = wave is not None
    if _saved(request, form, lambda: actions.save_wave(by=actor_of(request), **form.cleaned_data)):
        return redirect("organisations:waves")
    return render(request, "organisations/edit.html", pages.edit_wave(form, number))


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when every field was left empty; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def _saved(request: HttpRequest, form: forms.BaseForm, change: Callable[[], T]) -> T | None:
    """Do it when the form is right, and say so; a refusal becomes an error of the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        done = change()
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return None
    messages.success(request, _("Opgeslagen."))
    return done
