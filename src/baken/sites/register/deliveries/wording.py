"""The words of the delivery pages that depend on a state, a date or a counter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from baken.contract import codebook
from baken.contract.delivery import Counter, Counters, layout
from baken.contract.periods import Quarter
from baken.contract.texts import Text
from baken.sites.register.deliveries.states import WORDS, State

TONES = {
    State.RECEIVED: "info",
    State.ACCEPTED: "ok",
    State.RETURNED: "warning",
    State.WITHDRAWN: "neutral",
    State.REPLACED: "neutral",
}
VECTORS: dict[str, str | Promise] = {
    "plaats": gettext_lazy("Waar"),
    "dagdeel": gettext_lazy("Wanneer op de dag"),
    "politie": gettext_lazy("Politie"),
    "gemeld_inspectie": gettext_lazy("Gemeld bij de Inspectie"),
    "subcategorie": gettext_lazy("Soort"),
    "pleger": gettext_lazy("Wie deed het"),
    "slachtoffer": gettext_lazy("Wie overkwam het"),
    "reden_geen_aangifte": gettext_lazy("Waarom geen aangifte"),
}
GROUPS: dict[tuple[str, str], str | Promise] = {
    ("plaats", "gebouw"): gettext_lazy("In het gebouw"),
    ("plaats", "terrein"): gettext_lazy("Op het terrein"),
    ("plaats", "omgeving"): gettext_lazy("In de omgeving of onderweg"),
    ("plaats", "elders"): gettext_lazy("Online of ergens anders"),
    ("dagdeel", "voor-na"): gettext_lazy("Voor of na schooltijd"),
    ("dagdeel", "les"): gettext_lazy("Onder de les"),
    ("dagdeel", "pauze"): gettext_lazy("In een pauze"),
    ("politie", "politie"): gettext_lazy("Gemeld bij de politie, of aangifte gedaan"),
    ("politie", "nee"): gettext_lazy("Niet bij de politie"),
    ("gemeld_inspectie", "gemeld"): gettext_lazy("Gemeld"),
}


def in_language(text: Text) -> str:
    return text.in_language(get_language() or "nl")


def state(of: State) -> str:
    return in_language(WORDS[of])


def day(of: date) -> str:
    """ "12 november 2026"."""
    return date_format(of, "j F Y")


def moment(of: datetime) -> str:
    """ "12 november 2026, 10:30", in the time of the city."""
    return date_format(timezone.localtime(of), "j F Y, H:i")


def quarter(of: Quarter) -> str:
    """ "Kwartaal 1 van 2026-2027"."""
    return _("Kwartaal %(number)s van %(year)s") % {"number": of.number, "year": of.year}


def months(of: Quarter) -> str:
    """ "augustus tot en met oktober 2026", the months of a quarter."""
    first, last = date_format(of.first_day, "F Y"), date_format(of.last_day, "F Y")
    if of.first_day.year == of.last_day.year:
        first = date_format(of.first_day, "F")
    return _("%(first)s tot en met %(last)s") % {"first": first, "last": last}


def category(code: str) -> str:
    return in_language(codebook.category(code).label)


def per_category(counters: Counters) -> list[tuple[str, int]]:
    """Every category by name with its number of incidents, the zeros among them."""
    return [(category(code), count) for code, count in counters.per_category.items()]


def other_vectors(counters: Counters) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """The other counters that are not zero, in words, under the heading of their vector."""
    pairs = zip(layout(counters.code_list), counters.values, strict=True)
    rest = [(place, count) for place, count in pairs if place.vector != "categorie" and count]
    for vector, found in groupby(rest, key=lambda pair: pair[0].vector):
        yield str(VECTORS[vector]), [(counter(place), count) for place, count in found]


def counter(place: Counter) -> str:
    """One counter in words: "Drugs: in het gebouw", "Leerling", and the category itself for its total."""
    if place.vector == "categorie":
        return category(place.category)
    value = _value(place)
    return f"{category(place.category)}: {value[:1].lower()}{value[1:]}" if place.category else value


def _value(place: Counter) -> str:
    if named := GROUPS.get((place.vector, place.value)):
        return str(named)
    if place.vector == "subcategorie":
        subs = {sub.code: sub.label for sub in codebook.category(place.category).sub_codes}
        return in_language(subs[place.value])
    labels = {value.group: value.label for value in codebook.values(place.vector)}
    return in_language(labels[place.value])
