"""Questions of the self-check: is every publication file readable, and does every document come through the scan?"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from baken.render.leakscan import Leak
from baken.sites.shared.health import Answer, question
from baken.sites.window.pages import downloads
from baken.sites.window.pages.library import keys, library


@question
def public_key_is_there() -> Answer:
    folder = Path(settings.BAKEN_PUBLICATION_KEYS)
    return Answer(
        bool(keys(folder)),
        _("De openbare sleutel van het netwerk is er"),
        _("Zet het bestand met de openbare sleutel (naam eindigt op .pub) in de map met sleutels."),
    )


@question
def publications_hold() -> Answer:
    """Says of every file that is not shown why; the others stay readable."""
    found = library().problems
    language = get_language() or "nl"
    return Answer(
        not found,
        _("Alle publicatiebestanden zijn echt, heel en sluiten op elkaar aan"),
        " ".join(p.describe(language) for p in found),
    )


@question
def downloads_pass_the_leak_scan() -> Answer:
    """Makes every document of the newest release."""
    subject = _("Elk bestand van de nieuwste publicatie komt door de lekcontrole")
    releases = library().releases
    if not releases:
        return Answer(True, subject)
    try:
        downloads.make_all(library(), releases[-1].number)
    except Leak as leak:
        todo = _("Dit bestand wordt niet aangeboden. Meld dit aan de makers: %(what)s") % {"what": str(leak)}
        return Answer(False, subject, todo)
    return Answer(True, subject)
