"""Addresses of the register."""

from __future__ import annotations

from django.urls import include, path

from baken.sites.register import home
from baken.sites.shared.urls import shared_urlpatterns

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("baken.sites.register.deliveries.urls")),
    path("scholen/", include("baken.sites.register.organisations.urls")),
    path("publicaties/", include("baken.sites.register.releases.urls")),
    *shared_urlpatterns(),
]
