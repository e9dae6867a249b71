"""Users and roles, for the administrator."""

from __future__ import annotations

from allauth.account.forms import ResetPasswordForm
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baken.sites.shared.identity import actions
from baken.sites.shared.identity.actor import actor_of
from baken.sites.shared.identity.forms import AssignmentForm, PersonForm
from baken.sites.shared.identity.models import Assignment, User
from baken.sites.shared.identity.policies import MANAGE_USERS, check
from baken.sites.shared.identity.roles import Role
from baken.sites.shared.journal import Refused


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    check(actor_of(request), MANAGE_USERS)
    users = User.objects.prefetch_related("assignments").order_by("name")
    return render(request, "identity/people.html", {"users": users})


def add(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check(actor, MANAGE_USERS)
    form = PersonForm(request.POST or None)
    del form.fields["is_active"]
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.add_user(by=actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("email", refusal.message)
        else:
            invite(request, user)
            return redirect("identity:person", pk=user.pk)
    return render(request, "identity/person_form.html", {"form": form})


def invite(request: HttpRequest, user: User) -> None:
    """Mail a link with which somebody sets a password; the mail says nothing else."""
    form = ResetPasswordForm({"email": user.email})
    if form.is_valid():
        form.save(request)
        messages.success(request, _("Er is een mail gestuurd met een link om een wachtwoord te kiezen."))


def person(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    check(actor, MANAGE_USERS)
    user = get_object_or_404(User.objects.prefetch_related("assignments"), pk=pk)
    form = PersonForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_user(by=actor, user=User.objects.get(pk=pk), **form.cleaned_data)
            messages.success(request, _("Opgeslagen."))
            return redirect("identity:person", pk=pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return render(request, "identity/person.html", {"person": user, "form": form, "role_form": AssignmentForm()})


@require_POST
def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    actor, user = actor_of(request), get_object_or_404(User, pk=pk)
    check(actor, MANAGE_USERS)
    form = AssignmentForm(request.POST)
    if not form.is_valid():
        shown = {"person": user, "form": PersonForm(instance=user), "role_form": form}
        return render(request, "identity/person.html", shown)
    role = Role(form.cleaned_data["role"])
    actions.give_role(by=actor, user=user, role=role, organisation=form.cleaned_data["organisation"])
    return redirect("identity:person", pk=pk)


@require_POST
def take_role(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    actor = actor_of(request)
    check(actor, MANAGE_USERS)
    try:
        actions.take_role(by=actor, assignment=get_object_or_404(Assignment, pk=assignment, user=pk))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("identity:person", pk=pk)


@require_POST
def send_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    check(actor_of(request), MANAGE_USERS)
    invite(request, get_object_or_404(User, pk=pk))
    return redirect("identity:person", pk=pk)
