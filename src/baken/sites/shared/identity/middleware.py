"""Dutch unless somebody chose otherwise; pages of signed-in people are never kept by a browser; the second factor."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from baken.sites.shared.identity.policies import NotAllowed

Respond = Callable[[HttpRequest], HttpResponse]
OPEN_WITHOUT_SECOND_FACTOR = ("/accounts/", "/static/", "/health/", "/taal/")


class DutchByDefault:
    """The language of a page is the one in the cookie, else Dutch; never a guess from the browser."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class SignedInPages:
    """No copy of a signed-in page stays behind, and outside demo mode everybody has a second factor."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated
        if signed_in and self._needs_second_factor(request):
            return redirect("mfa_index")
        response = self.get_response(request)
        if signed_in and not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        if signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Who is not signed in is asked to sign in, and comes back to the page; who is, reads that it is not theirs."""
        if isinstance(exception, NotAllowed) and request.method == "GET" and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return None

    @staticmethod
    def _needs_second_factor(request: HttpRequest) -> bool:
        if settings.DEMO or request.path.startswith(OPEN_WITHOUT_SECOND_FACTOR):
            return False
        return not is_mfa_enabled(request.user)
