"""Addresses of the window."""

from __future__ import annotations

from baken.sites.shared.urls import shared_urlpatterns

urlpatterns = [*shared_urlpatterns()]
