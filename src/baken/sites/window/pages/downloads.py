"""Files of one release: made, scanned and named by `render.offer`, kept while the folder does not change."""

from __future__ import annotations

from pathlib import Path

from baken.render import offer
from baken.render.offer import File, Form, Picture
from baken.sites.shared import look
from baken.sites.window.pages.library import Library

FONTS = Path(look.__file__).parent / "static" / "vendor" / "fonts"
LANGUAGES = ("nl", "en")
WITH_LANGUAGE = (Form.PDF, Form.XLSX)


def document(shelf: Library, number: int, form: Form, language: str) -> File | None:
    """The file of a release, None when there is no such release. Raises `leakscan.Leak`."""
    name = (str(number), form, language if form in WITH_LANGUAGE else "")
    if name not in shelf.files:
        releases = shelf.up_to(number)
        if not releases:
            return None
        publications = tuple(r.publication for r in releases)
        sealed = releases[-1].data
        shelf.files[name] = offer.file(form, publications, shelf.city, language, sealed=sealed, fonts=FONTS)
    return shelf.files[name]


def picture(shelf: Library, number: int, which: Picture, language: str) -> File | None:
    """A drawing of a release as a file, None when there is nothing to draw. Raises `leakscan.Leak`."""
    name = (str(number), which, language)
    if name not in shelf.files:
        releases = shelf.up_to(number)
        if not releases:
            return None
        publications = tuple(r.publication for r in releases)
        shelf.files[name] = offer.picture_file(which, publications, shelf.city, language)
    return shelf.files[name]


def make_all(shelf: Library, number: int) -> None:
    """Every file of a release. Raises `leakscan.Leak` at the first that is refused."""
    for language in LANGUAGES:
        for form in Form:
            document(shelf, number, form, language)
        for which in Picture:
            picture(shelf, number, which, language)
