"""Downloads: the files of a release and the public key. Their headers say nothing but the release itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from baken.render.leakscan import Leak
from baken.render.offer import File, Form, Picture
from baken.sites.window.pages import downloads
from baken.sites.window.pages.library import Library, Release, keys, library
from baken.sites.window.pages.policies import for_readers
from baken.sites.window.pages.views import not_there

DOCUMENTS = {
    **{f"rapport-{language}.pdf": (Form.PDF, language) for language in downloads.LANGUAGES},
    **{f"cijfers-{language}.xlsx": (Form.XLSX, language) for language in downloads.LANGUAGES},
    "cijfers.csv": (Form.CSV, "nl"),
    "publicatie.json": (Form.JSON, "nl"),
}
PICTURES = {f"{which}-{language}.svg": (which, language) for which in Picture for language in downloads.LANGUAGES}
NAMES = (*DOCUMENTS, *PICTURES)
"""The last part of the address of each file of a release."""


@require_safe
@for_readers
def file(request: HttpRequest, number: int, name: str) -> HttpResponseBase:
    shelf = library()
    releases = shelf.up_to(number)
    if not releases or name not in NAMES:
        return not_there(request)
    try:
        made = _make(shelf, number, name)
    except Leak:
        # The self-check tells the administrator what was found; the reader gets no file and no reason.
        made = None
    return _answer(request, made, releases[-1], name) if made else not_there(request)


def _make(shelf: Library, number: int, name: str) -> File | None:
    if name in DOCUMENTS:
        return downloads.document(shelf, number, *DOCUMENTS[name])
    return downloads.picture(shelf, number, *PICTURES[name])


def _answer(request: HttpRequest, made: File, release: Release, name: str) -> HttpResponseBase:
    """With an ETag of content hash and name, and the day of publication as moment of change."""
    day = release.published_on
    moment = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    etag = f'"{release.digest[:32]}-{name}"'
    response = HttpResponse(made.data, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response["ETag"], response["Last-Modified"] = etag, http_date(moment)
    response["Cache-Control"] = "no-cache"
    return get_conditional_response(request, etag, moment, response) or response


@require_safe
def public_key(request: HttpRequest, name: str) -> HttpResponseBase:
    """The public key of the network, to check a signature with. Public for everybody."""
    found = {f"{key_id}.pub": key for key_id, key in keys(Path(settings.BAKEN_PUBLICATION_KEYS)).items()}
    if name not in found:
        return not_there(request)
    text = found[name].public_bytes_raw().hex() + "\n"
    return HttpResponse(text, content_type="text/plain; charset=ascii")
