"""One click signs in as each role: in demo mode, and impossible outside it (no address, and the view refuses too)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from baken.sites.shared.identity.models import Assignment, User
from baken.sites.shared.identity.roles import Role

DOMAIN = "voorbeeld.invalid"


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person of the demo. `organisation`: a school's code for the roles of a school."""

    name: str
    role: Role
    organisation: str = ""
    note: str = ""

    @property
    def email(self) -> str:
        return f"{self.role.value}.{self.organisation.lower() or 'demo'}@{DOMAIN}"


def ensure_demo_users(people: Iterable[Person]) -> None:
    """Make the people of the demo; refuses outside demo mode."""
    if not settings.DEMO:
        raise RuntimeError("demo users exist in demo mode only")
    for person in people:
        user = User.objects.filter(email=person.email).first() or User.objects.create_user(person.email, person.name)
        Assignment.objects.get_or_create(user=user, role=person.role, organisation=person.organisation)


def say_who(people: Iterable[Person]) -> None:
    """Leave a list of who can sign in beside the databases, for whoever starts the sites."""
    lines = [f"{p.name}: {p.role.label.en}{f' of {p.organisation}' if p.organisation else ''}\n" for p in people]
    (settings.BAKEN_VAR / f"people-{settings.SITE}.txt").write_text("".join(lines))


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Everybody of the demo, with what they do."""
    _only_in_demo()
    language = get_language() or "nl"
    order = list(Role)
    found = Assignment.objects.filter(user__email__endswith=f"@{DOMAIN}").select_related("user")
    people = [
        {
            "user": a.user,
            "role": a.role,
            "label": Role(a.role).label.in_language(language),
            "sentence": Role(a.role).sentence.in_language(language),
            "organisation": a.organisation,
        }
        for a in sorted(found, key=lambda a: (order.index(Role(a.role)), a.organisation))
    ]
    return render(request, "identity/demo.html", {"people": people})


@require_POST
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    _only_in_demo()
    user = get_object_or_404(User, pk=pk, email__endswith=f"@{DOMAIN}", is_active=True)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("/")


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise Http404


def urlpatterns() -> list[URLPattern]:
    """The addresses of the demo sign-in: none outside demo mode."""
    if not settings.DEMO:
        return []
    return [path("demo/", choose, name="demo"), path("demo/<int:pk>/", enter, name="demo-enter")]


__all__ = ["Person", "ensure_demo_users", "say_who", "urlpatterns"]
