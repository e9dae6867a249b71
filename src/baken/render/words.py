"""The fixed words of tables, charts and documents, in both languages; and how numbers, dates and periods are written.

For everything that is rendered without a site around it. Never here: a figure.
"""

from __future__ import annotations

from datetime import date

from baken.contract.periods import SchoolYear, parse_period
from baken.contract.publication import HELD_BACK
from baken.contract.texts import Text

MONTHS = (
    Text("januari", "January"),
    Text("februari", "February"),
    Text("maart", "March"),
    Text("april", "April"),
    Text("mei", "May"),
    Text("juni", "June"),
    Text("juli", "July"),
    Text("augustus", "August"),
    Text("september", "September"),
    Text("oktober", "October"),
    Text("november", "November"),
    Text("december", "December"),
)
ORDINALS = (Text("eerste", "first"), Text("tweede", "second"), Text("derde", "third"), Text("vierde", "fourth"))

ALL_CATEGORIES = Text("Alle categorieën", "All categories")
WHOLE_CITY = Text("Hele stad", "Whole city")
AREA = Text("Gebied", "Area")
CATEGORY = Text("Categorie", "Category")
PERIOD = Text("Periode", "Period")
INCIDENTS = Text("Aantal incidenten", "Number of incidents")
BETWEEN = Text("Werkelijk aantal", "True number")
NOT_TAKING_PART = Text("doet (nog) niet mee", "does not take part (yet)")
TOGETHER = Text("samen", "together")
SUMMED = Text(
    "* opgeteld uit afgeronde getallen; daarom is de marge groter.",
    "* added up from rounded figures; so the margin is wider.",
)
HELD_BACK_LEGEND = Text(
    f"{HELD_BACK} betekent: niet getoond om scholen te beschermen.",
    f"{HELD_BACK} means: not shown, to protect schools.",
)
SYNTHETIC = Text(
    "Dit zijn verzonnen cijfers van een verzonnen stad, om te oefenen. Ze zeggen niets over echte scholen.",
    "These are invented figures of an invented city, for practice. They say nothing about real schools.",
)
PARTICIPATING = Text(
    "De cijfers gaan over de scholen die meedoen, niet over alle scholen van de stad.",
    "The figures are about the schools that take part, not about all schools of the city.",
)
MORE_SCHOOLS = Text(
    "Een gebied met meer scholen en leerlingen heeft meestal ook meer incidenten.",
    "An area with more schools and pupils usually has more incidents as well.",
)
NOT_ZERO = Text(
    "Een stadsdeel dat (nog) niet meedoet heeft geen cijfer. Dat is iets anders dan 0.",
    "A district that does not take part (yet) has no figure. That is not the same as 0.",
)


def zero_legend(highest: int) -> Text:
    return Text(f"0 betekent: 0 tot en met {highest}.", f"0 means: 0 up to and including {highest}.")


def rounding_legend(base: int) -> Text:
    return Text(
        f"Alle aantallen zijn afgerond op een veelvoud van {base}.",
        f"All numbers are rounded to a multiple of {base}.",
    )


def number(value: int, language: str) -> str:
    """1250 as "1.250" (nl) or "1,250" (en)."""
    text = f"{value:,}"
    return text if language.startswith("en") else text.replace(",", ".")


def number_text(value: int) -> Text:
    return Text(number(value, "nl"), number(value, "en"))


def day(value: date) -> Text:
    """ "24 maart 2026", "24 March 2026"."""
    month = MONTHS[value.month - 1]
    return Text(f"{value.day} {month.nl} {value.year}", f"{value.day} {month.en} {value.year}")


def period(value: str) -> Text:
    """The name of "2026-2027/1" or "2026-2027" at the head of a table or in a list; capitalise at a beginning."""
    parsed = parse_period(value)
    if isinstance(parsed, SchoolYear):
        return Text(f"schooljaar {parsed}", f"school year {parsed}")
    ordinal = ORDINALS[parsed.number - 1]
    first, last = MONTHS[parsed.first_day.month - 1], MONTHS[parsed.last_day.month - 1]
    return Text(
        f"{ordinal.nl} kwartaal {parsed.year} ({_short(first.nl)}–{_short(last.nl)})",
        f"{ordinal.en} quarter {parsed.year} ({_short(first.en)}–{_short(last.en)})",
    )


def _short(month: str) -> str:
    """Three letters: the irregular Dutch "mrt" never begins or ends a quarter."""
    return month[:3]


def period_in_sentence(value: str) -> Text:
    """The beginning of a sentence: "In schooljaar 2026-2027", "Van augustus tot en met oktober 2026"."""
    parsed = parse_period(value)
    if isinstance(parsed, SchoolYear):
        return Text(f"In schooljaar {parsed}", f"In school year {parsed}")
    first, last = parsed.first_day, parsed.last_day
    year = "" if first.year == last.year else f" {first.year}"
    first_name, last_name = MONTHS[first.month - 1], MONTHS[last.month - 1]
    return Text(
        f"Van {first_name.nl}{year} tot en met {last_name.nl} {last.year}",
        f"From {first_name.en}{year} to {last_name.en} {last.year}",
    )


def joined(parts: list[str], language: str) -> str:
    """ "a, b en c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {'and' if language.startswith('en') else 'en'} {parts[-1]}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
