"""The Django app of the look."""

from __future__ import annotations

from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "baken.sites.shared.look"
    label = "look"
    verbose_name = "Look"
