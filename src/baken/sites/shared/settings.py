"""What both sites set alike. Each site adds its own apps, addresses and database; see register/ and window/.

Everything that differs per installation comes from the environment: BAKEN_DEMO, BAKEN_VAR, BAKEN_SECRET_KEY,
BAKEN_HOSTS, BAKEN_DATABASE_<SITE> (postgresql://user:password@host/name), BAKEN_TODAY (demo only), BAKEN_SMTP_URL,
BAKEN_MAIL_FROM, THEME_CSS, BAKEN_CITY, BAKEN_KEYS, BAKEN_PUBLICATIONS, BAKEN_PUBLICATION_KEYS, BAKEN_MFA_KEY.
"""

from __future__ import annotations

import os
import secrets
import sys
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

DEMO = os.environ.get("BAKEN_DEMO") == "1"
TESTING = os.environ.get("BAKEN_TEST") == "1" or "pytest" in sys.modules
DEBUG = False
BAKEN_VAR = Path(os.environ.get("BAKEN_VAR", "var")).resolve()
BAKEN_CITY = os.environ.get("BAKEN_CITY", "den_haag")
BAKEN_TODAY = os.environ.get("BAKEN_TODAY", "2027-01-04" if DEMO else "")
BAKEN_KEYS = Path(os.environ.get("BAKEN_KEYS", BAKEN_VAR / "keys"))
BAKEN_PUBLICATIONS = Path(os.environ.get("BAKEN_PUBLICATIONS", BAKEN_VAR / "publications"))
BAKEN_PUBLICATION_KEYS = Path(os.environ.get("BAKEN_PUBLICATION_KEYS", BAKEN_VAR / "publication-keys"))
THEME_CSS = os.environ.get("THEME_CSS", "")
DEMO_DATE = date.fromisoformat(BAKEN_TODAY) if BAKEN_TODAY else None
LOOK_PERSON = "baken.sites.shared.identity.pages.person"


def secret(name: str) -> str:
    """A secret from the environment; in demo mode and in tests one that is made once and kept beside the databases."""
    if value := os.environ.get(name):
        return value
    if TESTING:
        return f"only-for-tests-{name}"
    if not DEMO:
        raise ImproperlyConfigured(f"{name} is not set: give this site a long random secret of its own")
    path = BAKEN_VAR / f".{name.lower()}"
    if not path.exists():
        BAKEN_VAR.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()


def database(site: str) -> dict[str, Any]:
    """SQLite beside the other files by default; PostgreSQL when BAKEN_DATABASE_<SITE> says so."""
    address = os.environ.get(f"BAKEN_DATABASE_{site.upper()}", "")
    if address:
        parts = urlsplit(address)
        if parts.scheme not in ("postgresql", "postgres"):
            raise ImproperlyConfigured(f"BAKEN_DATABASE_{site.upper()} must begin with postgresql://")
        host = unquote(parts.hostname or "") or dict(p.split("=", 1) for p in parts.query.split("&") if "=" in p).get(
            "host", ""
        )
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(host),
            "PORT": str(parts.port or ""),
        }
    pragmas = "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": BAKEN_VAR / f"{site}.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
    }


SECRET_KEY = secret("BAKEN_SECRET_KEY")
MFA_KEY = secret("BAKEN_MFA_KEY")
ALLOWED_HOSTS = [h for h in os.environ.get("BAKEN_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]
if TESTING:
    ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

SHARED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    # before allauth, whose pages and parts they draw again
    "baken.sites.shared.look",
    "baken.sites.shared.identity",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "baken.sites.shared.journal",
    "baken.sites.shared.health",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "baken.sites.shared.identity.middleware.DutchByDefault",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "baken.sites.shared.identity.middleware.SignedInPages",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "baken.sites.shared.look.context.look",
            ],
        },
    }
]
FORM_RENDERER = "baken.sites.shared.look.forms.UtrechtRenderer"

AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "baken.sites.shared.identity.adapters.ClosedAccounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_ADAPTER = "baken.sites.shared.identity.adapters.SealedSecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Baken"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}
if TESTING:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = None if DEMO or TESTING else BAKEN_VAR / "static"
WHITENOISE_USE_FINDERS = DEMO or TESTING
WHITENOISE_AUTOREFRESH = False
if not (DEMO or TESTING):
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if not (DEMO or TESTING):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = os.environ.get("BAKEN_BEHIND_TLS_PROXY") != "1"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

MAIL = urlsplit(os.environ.get("BAKEN_SMTP_URL", ""))
if MAIL.scheme:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = MAIL.hostname or "localhost", MAIL.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(MAIL.username or ""), unquote(MAIL.password or "")
    EMAIL_USE_TLS = MAIL.scheme == "smtp+tls"
elif not TESTING:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("BAKEN_MAIL_FROM", "baken@localhost")

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
