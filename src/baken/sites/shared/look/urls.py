"""The address of the living style page: only in a demonstration or while developing."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from baken.sites.shared.look import views

app_name = "look"
urlpatterns = [path("", views.style, name="style")]


def style_urlpatterns() -> list[URLPattern | URLResolver]:
    """The page under /look/; nothing in production."""
    return [path("look/", include(__name__))] if settings.DEMO or settings.DEBUG else []
