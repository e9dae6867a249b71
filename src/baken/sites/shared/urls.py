"""Addresses that both sites have."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from baken.sites.shared.identity import demo
from baken.sites.shared.look.urls import style_urlpatterns


def shared_urlpatterns() -> list[URLPattern | URLResolver]:
    """Sign-in, language, users, journal, health, and the demo sign-in where there is a demo."""
    return [
        path("accounts/", include("allauth.account.urls")),
        path("accounts/2fa/", include("allauth.mfa.urls")),
        path("taal/", set_language, name="set_language"),
        path("gebruikers/", include("baken.sites.shared.identity.urls")),
        path("handelingen/", include("baken.sites.shared.journal.urls")),
        path("health/", include("baken.sites.shared.health.urls")),
        *demo.urlpatterns(),
        *style_urlpatterns(),
    ]
