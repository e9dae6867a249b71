"""The site for schools and NVS. It holds secrets and never faces the public."""

from __future__ import annotations

from pathlib import Path

from baken.sites.shared.settings import *  # noqa: F403
from baken.sites.shared.settings import DEMO, SHARED_APPS, TEMPLATES, database

SITE = "register"
SITE_NAME = "Register voor scholen en NVS"
ROOT_URLCONF = "baken.sites.register.urls"
WSGI_APPLICATION = "baken.sites.register.wsgi.application"
DATABASES = {"default": database(SITE)}
INSTALLED_APPS = [
    *SHARED_APPS,
    "baken.sites.register.organisations",
    "baken.sites.register.custody",
    "baken.sites.register.counts",
    "baken.sites.register.deliveries",
    "baken.sites.register.releases",
]
SESSION_COOKIE_NAME = "baken_register"
CSRF_COOKIE_NAME = "baken_register_csrf"
LANGUAGE_COOKIE_NAME = "baken_register_language"

FILE_UPLOAD_HANDLERS = ["baken.sites.register.deliveries.uploads.InMemoryOnly"]

HERE = Path(__file__).resolve().parent
TEMPLATES[0]["DIRS"] = [HERE / "templates"]
LOCALE_PATHS = [HERE / "locale"]
if DEMO:
    INSTALLED_APPS.append("baken.sites.register.demo")
