"""The pages: parse, look up, render. Every figure on them is looked up in the publication files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import http_date
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from baken.sites.window.pages import presenting
from baken.sites.window.pages.choices import NotThere, choice, chosen_series
from baken.sites.window.pages.library import Library, library
from baken.sites.window.pages.policies import for_readers, may_read


def language() -> str:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def not_there(request: HttpRequest) -> HttpResponse:
    """One answer for unknown, held back and never published: the same status, the same bytes."""
    return render(request, "pages/not_there.html", status=404)


def page(request: HttpRequest, template: str, shelf: Library, context: dict[str, object]) -> HttpResponse:
    """A page of figures; its moment of change is the day of the newest publication."""
    response = render(request, template, {"shelf": shelf, "synthetic": shelf.synthetic} | context)
    response["Cache-Control"] = "no-cache"
    if shelf.latest is not None:
        response["Last-Modified"] = http_date(presenting.midnight(shelf.latest.published_on))
    return response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    shelf = library()
    if not may_read(request):
        return page(request, "pages/welcome.html", shelf, {"city": shelf.city})
    context = presenting.home(shelf, language()) if shelf.releases else presenting.nothing_yet(shelf, language())
    return page(request, "pages/home.html", shelf, context)


@require_safe
@for_readers
def figures(request: HttpRequest) -> HttpResponseBase:
    shelf = library()
    if not shelf.releases:
        return page(request, "pages/figures.html", shelf, presenting.nothing_yet(shelf, language()))
    try:
        chosen = choice(request.GET, shelf.figures, shelf.publications[-1].period)
    except NotThere:
        return not_there(request)
    return page(request, "pages/figures.html", shelf, presenting.figures(shelf, chosen, language()))


@require_safe
@for_readers
def trend(request: HttpRequest) -> HttpResponseBase:
    shelf = library()
    if not shelf.figures.quarters:
        return page(request, "pages/trend.html", shelf, presenting.nothing_yet(shelf, language()))
    try:
        chosen = chosen_series(request.GET, shelf.figures)
    except NotThere:
        return not_there(request)
    return page(request, "pages/trend.html", shelf, presenting.trend(shelf, chosen, language()))


@require_safe
def protection(request: HttpRequest) -> HttpResponse:
    """How schools are protected: open to everybody, with or without a publication."""
    shelf = library()
    return page(request, "pages/protection.html", shelf, presenting.protection(shelf, language()))


@require_safe
@for_readers
def releases(request: HttpRequest) -> HttpResponseBase:
    shelf = library()
    return page(request, "pages/releases.html", shelf, presenting.releases(shelf, language()))


@require_safe
@for_readers
def release(request: HttpRequest, number: int) -> HttpResponseBase:
    shelf = library()
    if not shelf.up_to(number):
        return not_there(request)
    return page(request, "pages/release.html", shelf, presenting.release(shelf, number, language()))
