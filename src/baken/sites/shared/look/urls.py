"""The living style page; include under `look/` in a demonstration or while developing."""

from __future__ import annotations

from django.urls import path

from baken.sites.shared.look import views

app_name = "look"
urlpatterns = [path("", views.style, name="style")]
