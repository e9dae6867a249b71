"""The page skeleton: what every reader finds on every page, whoever they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.template import Context, Origin, Template, engines
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.urls import path
from django.utils import translation
from pytest_django import Settings

from baken.sites.shared.identity.actor import NOBODY, Actor
from baken.sites.shared.identity.roles import Role
from baken.sites.shared.look import menu, views

COORDINATOR = Actor(7, "Noor de Wit", frozenset({Role.COORDINATOR}), frozenset({(Role.COORDINATOR, "S01")}))


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("", _nothing, name="home"),
    path("leveringen/", _nothing, name="deliveries"),
    path("leveringen/nieuw/", _nothing, name="new-delivery"),
    path("aan/", _nothing, name="account_login"),
    path("af/", _nothing, name="account_logout"),
    path("taal/", _nothing, name="set_language"),
    path("zeker/", _nothing, name="mfa_index"),
    path("over/", _nothing, name="about"),
    path("toegankelijkheid/", _nothing, name="accessibility"),
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def empty_menu(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(menu, "_entries", {})
    yield


def request_of(actor: Actor = NOBODY, address: str = "/") -> HttpRequest:
    request = RequestFactory().get(address)
    request._baken_actor = actor
    request.user = None
    return request


def page(content: str = "", request: HttpRequest | None = None, **context: object) -> str:
    source = (
        "{% extends 'look/base.html' %}{% block title %}Leveringen{% endblock %}{% block content %}"
        + content
        + "{% endblock %}"
    )
    return str(engines["django"].from_string(source).render(context, request or request_of()))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_says_its_language(language: str) -> None:
    with translation.override(language):
        assert f'<html lang="{language}"' in page()


def test_the_first_link_skips_to_the_content() -> None:
    html = page()

    assert 'href="#inhoud"' in html[html.index("<a ") :][:200]
    assert '<main class="baken-main" id="inhoud"' in html


def test_the_title_names_page_site_and_product(settings: Settings) -> None:
    settings.SITE = "register"

    assert "<title>Leveringen · Register voor scholen · Baken</title>" in page()


def test_a_demonstration_says_on_every_page_that_everything_is_synthetic(settings: Settings) -> None:
    settings.DEMO, settings.BAKEN_TODAY = True, "2027-01-04"

    html = page()

    assert "alle scholen en cijfers zijn verzonnen (synthetisch)" in html
    assert "4 januari 2027" in html


def test_a_real_site_has_no_demonstration_banner(settings: Settings) -> None:
    settings.DEMO = False

    assert "baken-demo" not in page()


def test_the_reader_sees_name_role_and_the_way_out() -> None:
    html = page(request=request_of(COORDINATOR))

    assert "Noor de Wit" in html
    assert "Veiligheidscoördinator, S01" in html
    assert '<form method="post" action="/af/">' in html


def test_the_reader_can_reach_their_second_factor_from_every_page() -> None:
    assert 'href="/zeker/"' in page(request=request_of(COORDINATOR))


def test_the_footer_leads_to_the_accessibility_statement_and_the_source(settings: Settings) -> None:
    settings.SOURCE_URL = "https://voorbeeld.invalid/baken"

    footer = page().split("<footer")[1]

    assert [a in footer for a in ('href="/over/"', 'href="/toegankelijkheid/"', settings.SOURCE_URL, "EUPL")] == [
        True
    ] * 4


def test_the_pages_for_signing_in_wear_our_look() -> None:
    sources = [get_template(f"allauth/{name}.html").origin.name for name in ("layouts/base", "elements/button")]

    assert [Path(source).is_relative_to(Path(menu.__file__).parent) for source in sources] == [True, True]


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ("{% element button type='submit' %}", "utrecht-button--primary-action"),
        ("{% element button href='/x/' tags='danger,delete' %}", "utrecht-button-link--danger"),
        ("{% element button type='submit' tags='outline,primary' %}", "utrecht-button--secondary-action"),
        ("{% element h1 %}", "utrecht-heading-1"),
        ("{% element badge tags='success' %}", "baken-badge--ok"),
    ],
)
def test_a_part_of_a_sign_in_page_is_one_of_our_components(element: str, expected: str) -> None:
    source = "{% load allauth %}" + element + "Tekst{% endelement %}"

    html = Template(source, Origin("parts.html", template_name="parts.html")).render(Context())

    assert expected in html
    assert "Tekst" in html


def test_a_visitor_sees_the_way_in() -> None:
    html = page()

    assert 'href="/aan/"' in html
    assert "/af/" not in html


def test_the_language_changes_by_post_and_returns_to_this_page() -> None:
    html = page(request=request_of(address="/leveringen/?kwartaal=2"))

    assert '<form class="baken-languages" method="post" action="/taal/">' in html
    assert 'name="next" value="/leveringen/?kwartaal=2"' in html


def test_the_menu_shows_only_what_the_reader_may_open() -> None:
    menu.register("Leveringen", "deliveries", may=lambda request: request._baken_actor is COORDINATOR)

    assert [item.label for item in menu.items(request_of(COORDINATOR))] == ["Leveringen"]
    assert menu.items(request_of()) == ()


def test_a_page_that_this_site_does_not_have_is_left_out_of_its_menu() -> None:
    menu.register("Publicaties", "releases:overview-of-another-site")

    assert menu.items(request_of()) == ()


def test_the_menu_marks_the_entry_closest_to_the_page() -> None:
    for order, (label, name) in enumerate([("Begin", "home"), ("Leveringen", "deliveries"), ("Nieuw", "new-delivery")]):
        menu.register(label, name, order=order)

    items = menu.items(request_of(address="/leveringen/nieuw/"))

    assert [(item.label, item.current) for item in items] == [("Begin", False), ("Leveringen", False), ("Nieuw", True)]


def test_the_front_page_is_current_only_on_itself() -> None:
    menu.register("Begin", "home")

    assert not menu.items(request_of(address="/leveringen/"))[0].current
    assert menu.items(request_of(address="/"))[0].here


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html", "403_csrf.html"])
def test_an_error_page_says_what_to_do_next(name: str) -> None:
    html = render_to_string(name, {}, request_of())

    assert "Wat u kunt doen" in html
    assert "<li>" in html
    assert 'href="/"' in html


@pytest.mark.parametrize("name", ["400.html", "500.html", "403_csrf.html"])
def test_an_error_page_that_comes_without_a_request_is_still_a_whole_page(name: str) -> None:
    html = render_to_string(name)

    assert '<html lang="nl"' in html
    assert "look/app.css" in html


def test_the_tokens_of_a_city_come_after_ours(settings: Settings) -> None:
    settings.THEME_CSS, settings.THEME_CLASS = "/static/stad/tokens.css", "stad-theme"

    html = page()

    sheets = [line for line in html.splitlines() if 'rel="stylesheet"' in line]
    assert "/static/stad/tokens.css" in sheets[-1]
    assert 'class="baken-theme stad-theme"' in html


def test_the_style_page_is_absent_outside_a_demonstration(settings: Settings) -> None:
    settings.DEMO = settings.DEBUG = False

    with pytest.raises(Http404):
        views.style(request_of())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_style_page_shows_every_component(settings: Settings, language: str) -> None:
    settings.DEMO, settings.BAKEN_TODAY = True, "2027-01-04"

    with translation.override(language):
        html = views.style(request_of(address="/look/?fout=1")).content.decode()

    shown = [
        "utrecht-alert--",
        "baken-badge--",
        "baken-steps",
        "baken-facts",
        "baken-card",
        "baken-empty",
        "baken-file",
    ]
    assert [
        part for part in [*shown, "baken-problems", "utrecht-pagination", "baken-summary"] if part not in html
    ] == []
