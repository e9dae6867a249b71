"""The site for the city and the public. It reads signed publication files and has no way to the register."""

from __future__ import annotations

import os
from pathlib import Path

from baken.sites.shared.settings import *  # noqa: F403
from baken.sites.shared.settings import DEMO, SHARED_APPS, database

SITE = "window"
SITE_NAME = "Cijfers voor stad en bewoners"
ROOT_URLCONF = "baken.sites.window.urls"
WSGI_APPLICATION = "baken.sites.window.wsgi.application"
DATABASES = {"default": database(SITE)}
INSTALLED_APPS = [*SHARED_APPS, "baken.sites.window.pages"]
SESSION_COOKIE_NAME = "baken_window"
CSRF_COOKIE_NAME = "baken_window_csrf"
LANGUAGE_COOKIE_NAME = "baken_window_language"
WINDOW_PUBLIC = os.environ.get("BAKEN_WINDOW_PUBLIC") == "1"
STATICFILES_DIRS = [("render", Path(__file__).resolve().parents[2] / "render" / "static")]
if DEMO:
    INSTALLED_APPS.append("baken.sites.window.demo")
