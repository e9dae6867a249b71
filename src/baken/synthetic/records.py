"""From an invented event to the uniform record, and the noise around it: what schools log that is not in the law."""

from __future__ import annotations

import base64
import hashlib
import hmac

from baken.contract.record import Record
from baken.synthetic.events import Event


def record(event: Event, *, secret: bytes) -> Record:
    """The record that the school's anonymiser would make of this event. `secret` keys the hash of its number."""
    digest = hmac.new(secret, f"{event.day.year}-{event.number}".encode(), hashlib.sha256).digest()[:16]
    return Record(
        sleutel=base64.urlsafe_b64encode(digest).decode().rstrip("="),
        maand=event.day.strftime("%Y-%m"),
        categorie=event.category,
        subcategorie=event.sub_code,
        dagdeel=event.day_part,
        plaats=event.place,
        slachtoffer="leerling",
        pleger="leerling",
        letsel=event.injury,
        politie=event.police,
        afhandeling=("schorsing",) if event.suspended else ("gesprek",),
        gemeld_inspectie="ja" if event.injury == "zwaar" else "nee",
        ernstig="ja" if event.injury == "zwaar" else "nee",
        ernst_grond=("zwaar-letsel",) if event.injury == "zwaar" else (),
    )
