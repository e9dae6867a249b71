"""Addresses of the window."""

from __future__ import annotations

from django.urls import include, path

from baken.sites.shared.urls import shared_urlpatterns

urlpatterns = [*shared_urlpatterns(), path("", include("baken.sites.window.pages.urls"))]
