"""Parse, one action or query, render. The school's pages first, then those of the network."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baken.contract.delivery import Counters, nil_return
from baken.contract.periods import Quarter
from baken.contract.problems import Problem, Unacceptable, problem
from baken.sites.register.deliveries import acceptance, actions, drafts, pages, policies, queries, reading
from baken.sites.register.deliveries.forms import ConfirmForm, ReturnForm, UploadForm
from baken.sites.register.deliveries.models import Delivery
from baken.sites.register.organisations.models import School
from baken.sites.shared import clock
from baken.sites.shared.identity.actor import Actor, actor_of
from baken.sites.shared.identity.policies import NotAllowed, Permission, check, may
from baken.sites.shared.journal import Refused

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _own_school(request: HttpRequest, code: str, permission: Permission = policies.SEE_OWN) -> School:
    """The school of somebody's own. One that is another's and one that is nowhere are answered alike."""
    actor = actor_of(request)
    if not actor.roles & permission.roles:
        raise NotAllowed(f"{permission.name} is not allowed")
    if not may(actor, permission, code):
        raise Http404
    return get_object_or_404(School.objects.prefetch_related("participations"), pk=code)


def _own_delivery(request: HttpRequest, pk: UUID, permission: Permission = policies.SEE_OWN) -> Delivery:
    actor = actor_of(request)
    if not actor.roles & permission.roles:
        raise NotAllowed(f"{permission.name} is not allowed")
    codes = [code for code in actor.schools if may(actor, permission, code)]
    return get_object_or_404(queries.of_schools(codes), pk=pk)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.roles & policies.SEE_OWN.roles:
        raise NotAllowed("deliveries.see-own is not allowed")
    return render(request, "deliveries/home.html", pages.home(actor, clock.today()))


@require_safe
def period(request: HttpRequest, code: str, quarter: Quarter) -> HttpResponse:
    school = _own_school(request, code)
    return render(request, "deliveries/period.html", pages.period(actor_of(request), school, quarter, clock.today()))


@get_or_post
def upload(request: HttpRequest, code: str, quarter: Quarter) -> HttpResponse:
    school = _own_school(request, code, policies.DELIVER)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    found: tuple[Problem, ...] = acceptance.problems_of_quarter(school, quarter, clock.today())
    if not found and form.is_valid():
        try:
            counters = _of_quarter(reading.read_upload(form.cleaned_data["counters"]), quarter)
            return _to_preview(request, school, counters)
        except Unacceptable as unacceptable:
            found = unacceptable.problems
    return render(request, "deliveries/upload.html", pages.upload(school, quarter) | {"form": form, "found": found})


def _of_quarter(counters: Counters, quarter: Quarter) -> Counters:
    """Raises `Unacceptable` for counters of another quarter than the one that was chosen."""
    if counters.quarter != quarter:
        raise Unacceptable([problem("D-110", found=str(counters.quarter), wanted=str(quarter))])
    return counters


def _to_preview(request: HttpRequest, school: School, counters: Counters) -> HttpResponse:
    counters = acceptance.as_next_version(school, counters)
    if problems := acceptance.problems(school, counters, clock.today()):
        raise Unacceptable(problems)
    name = drafts.put(request.session, school=school.pk, counters=counters, now=clock.now())
    return redirect("deliveries:preview", code=school.pk, quarter=counters.quarter, name=name)


@get_or_post
def nil(request: HttpRequest, code: str, quarter: Quarter) -> HttpResponse:
    school = _own_school(request, code, policies.DELIVER)
    found = acceptance.problems_of_quarter(school, quarter, clock.today())
    if request.method == "POST" and not found:
        return _to_preview(request, school, nil_return(quarter))
    return render(request, "deliveries/nil.html", pages.upload(school, quarter) | {"found": found})


@get_or_post
def preview(request: HttpRequest, code: str, quarter: Quarter, name: str) -> HttpResponse:
    school = _own_school(request, code, policies.DELIVER)
    draft = drafts.get(request.session, name, school=school.pk, now=clock.now())
    if draft is None or draft.counters.quarter != quarter:
        messages.warning(request, _("Dit voorbeeld is verlopen. Kies het bestand opnieuw; er is niets geleverd."))
        return redirect("deliveries:period", code=code, quarter=quarter)
    if draft.delivered:
        return redirect("deliveries:receipt", pk=draft.delivered)
    asked = pages.questions(school, draft.counters)
    data = request.POST if request.method == "POST" else None
    form = ConfirmForm(data, questions=asked, language=pages.language(), nil=draft.counters.nil)
    if form.is_valid():
        return _deliver(request, school, draft)
    return render(request, "deliveries/preview.html", pages.preview(school, draft, clock.today()) | {"form": form})


def _deliver(request: HttpRequest, school: School, draft: drafts.Draft) -> HttpResponse:
    """Deliver, and go to the receipt: the answer is the same for a first, a repeated and a corrected delivery."""
    try:
        made = actions.deliver(
            by=actor_of(request), school=school, counters=draft.counters, confirmed=True, now=clock.now()
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("deliveries:period", code=school.pk, quarter=draft.counters.quarter)
    drafts.mark_delivered(request.session, draft.name, str(made.pk))
    return redirect("deliveries:receipt", pk=made.pk)


@require_safe
def receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    return render(request, "deliveries/receipt.html", pages.receipt(_own_delivery(request, pk)))


@get_or_post
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    delivery = _own_delivery(request, pk, policies.DELIVER)
    if request.method != "POST":
        return render(request, "look/confirm.html", pages.withdrawal(delivery))
    try:
        actions.withdraw(by=actor_of(request), delivery=delivery)
        messages.success(request, _("Ingetrokken. Uw tellingen zijn verwijderd."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("deliveries:period", code=delivery.school_id, quarter=delivery.period)


# --- the network --------------------------------------------------------------------------------------------------


def _steward(request: HttpRequest, permission: Permission = policies.SEE_MAILBOX) -> Actor:
    actor = actor_of(request)
    check(actor, permission)
    return actor


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    _steward(request)
    today = clock.today()
    wanted = request.GET.get("kwartaal", "")
    known = {str(q): q for q in pages.quarters_of_mailbox(today)}
    quarter = known.get(wanted, queries.quarter_to_do(today))
    return render(request, "deliveries/mailbox.html", pages.mailbox(quarter, today))


@require_safe
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = _steward(request)
    found = get_object_or_404(Delivery.objects.select_related("school", "uploaded_by", "decided_by"), pk=pk)
    return render(request, "deliveries/letter.html", pages.letter(actor, found))


@require_POST
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = _steward(request, policies.DECIDE)
    delivery = get_object_or_404(Delivery, pk=pk)
    try:
        actions.accept(by=actor, delivery=delivery, now=clock.now())
        messages.success(request, _("Geaccepteerd. Deze levering telt mee in de volgende publicatie."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("deliveries:letter", pk=pk)


@require_POST
def accept_all(request: HttpRequest, quarter: Quarter) -> HttpResponse:
    actor = _steward(request, policies.DECIDE)
    accepted = actions.accept_all(by=actor, quarter=quarter, now=clock.now())
    messages.success(request, _("Geaccepteerd: %(number)d leveringen.") % {"number": accepted})
    return redirect(f"{reverse('deliveries:mailbox')}?kwartaal={quarter}")


@get_or_post
def send_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = _steward(request, policies.DECIDE)
    delivery = get_object_or_404(Delivery.objects.select_related("school"), pk=pk)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.send_back(by=actor, delivery=delivery, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("Teruggestuurd. De school ziet de reden op haar eigen pagina."))
            return redirect("deliveries:letter", pk=pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return render(request, "deliveries/return.html", pages.letter(actor, delivery) | {"form": form})
