"""Invented exports in four shapes, with everything in them that must not leave a school: names, numbers, free text.

The headings are plausible, not those of a real product. The shapes are those that an importer has to cope with:
a logbook with title lines in Windows-1252, a workbook with a title row and ISO moments, the IRIS+ codes, and a
school's own list with one sheet per month and one column per category.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime, time

from baken.synthetic.events import Event

SHAPES = ("logboek.csv", "registraties.xlsx", "iris.csv", "eigen-lijst.xlsx")

_WORDS = {
    "fysiek-geweld-letsel": "Vechtpartij met letsel",
    "seksueel": "Seksuele intimidatie",
    "bedreiging": "Bedreiging",
    "stelselmatige-intimidatie": "Stelselmatige intimidatie",
    "grove-pesterijen": "Grove pesterijen",
    "ernstige-vernieling": "Ernstige vernieling",
    "diefstal": "Diefstal",
    "drugs": "Drugs",
    "wapen": "Wapenbezit",
}
_IRIS = {
    "fysiek-geweld-letsel": "3",
    "seksueel": "8",
    "bedreiging": "2",
    "grove-pesterijen": "4",
    "ernstige-vernieling": "13",
    "diefstal": "15",
    "drugs": "24",
    "wapen": "21",
    "stelselmatige-intimidatie": "",
}
_NOISE = ("Te laat", "Telefoon in les", "Spijbelen", "Huiswerk niet in orde")
_LIST = (
    "Letsel",
    "Seksueel",
    "Intimidatie",
    "Bedreiging",
    "Pesten (grof)",
    "Vernieling (ernstig)",
    "Diefstal",
    "Drugs",
    "Wapen",
)
_LIST_CODES = (
    "fysiek-geweld-letsel",
    "seksueel",
    "stelselmatige-intimidatie",
    "bedreiging",
    "grove-pesterijen",
    "ernstige-vernieling",
    "diefstal",
    "drugs",
    "wapen",
)


def write(shape: str, events: Sequence[Event]) -> bytes:
    """One export in one of `SHAPES`. Every third event is followed by a row that the law does not ask for."""
    makers = dict(zip(SHAPES, (_logbook, _registrations, _iris, _own_list), strict=True))
    return makers[shape](events)


def _text(rows: Iterable[Sequence[str]], *, quoting: int, encoding: str) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";", quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return buffer.getvalue().encode(encoding, errors="replace")


def _logbook(events: Sequence[Event]) -> bytes:
    rows: list[Sequence[str]] = [
        ("Logboek incidenten (synthetisch)",),
        (),
        ("Stamnr", "Leerling", "Klas", "Datum", "Lesuur", "Soort", "Omschrijving", "Maatregel", "Docent"),
    ]
    for e in events:
        name = f"{e.pupil_last}, {e.pupil_first}"
        story = f"Gesprek met {e.pupil_first}; mail ouders {e.pupil_first.lower()}@voorbeeld.nl"
        day = e.day.strftime("%d-%m-%Y")
        rows.append(
            (
                str(e.pupil_number),
                name,
                e.form,
                day,
                "3",
                _WORDS[e.category],
                story,
                "Schorsing" if e.suspended else "",
                "BRK",
            )
        )
        if e.number % 3 == 0:
            rows.append((str(e.pupil_number), name, e.form, day, "1", _NOISE[e.number % 4], "zie magazijn", "", "BRK"))
    return _text(rows, quoting=csv.QUOTE_MINIMAL, encoding="cp1252")


def _iris(events: Sequence[Event]) -> bytes:
    rows: list[Sequence[str]] = [
        ("Incidenten IRIS+ (synthetisch)",),
        ("incidentnummer", "titel", "begindatum", "tijdsoort", "dagdeel", "voorval", "locatie", "letsel", "afgerond"),
    ]
    for e in events:
        if not _IRIS[e.category]:
            continue
        part = e.day_part.replace("-", "_")
        injured = "J" if e.injury != "geen" else "N"
        rows.append(
            (
                f"{e.day.year}-{e.number:04d}",
                "Synthetisch",
                e.day.isoformat(),
                "tijdstip",
                part,
                _IRIS[e.category],
                "3",
                injured,
                "J",
            )
        )
        if e.number % 3 == 0:
            rows.append(
                (
                    f"{e.day.year}-{e.number:04d}b",
                    "Synthetisch",
                    e.day.isoformat(),
                    "tijdstip",
                    part,
                    "11",
                    "3",
                    "N",
                    "J",
                )
            )
    return _text(rows, quoting=csv.QUOTE_ALL, encoding="utf-8")


def _workbook(sheets: dict[str, list[Sequence[object]]]) -> bytes:
    import datetime as dt

    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": dt.datetime(2000, 1, 1, tzinfo=dt.UTC)})
    day_format = book.add_format({"num_format": "dd-mm-yyyy"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, datetime):
                    page.write_datetime(r, c, value, day_format)
                elif isinstance(value, int):
                    page.write_number(r, c, value)
                else:
                    page.write_string(r, c, str(value))
    book.close()
    return buffer.getvalue()


def _registrations(events: Sequence[Event]) -> bytes:
    rows: list[Sequence[object]] = [
        ("Registratieoverzicht (synthetisch)",),
        (),
        (
            "Leerlingnummer",
            "Roepnaam",
            "Achternaam",
            "Begindatum",
            "Registratiesoort",
            "Opmerking",
            "Locatie",
            "Politie",
        ),
    ]
    for e in events:
        moment = f"{e.day.isoformat()}T11:45:00.000+02:00"
        police = {"geen": "Nee", "melding": "Melding", "aangifte-school": "Aangifte"}.get(e.police, "")
        rows.append(
            (
                e.pupil_number,
                e.pupil_first,
                e.pupil_last,
                moment,
                _WORDS[e.category],
                f"Ouder van {e.pupil_first} gebeld op 06-12345678",
                e.place,
                police,
            )
        )
        if e.number % 3 == 0:
            rows.append((e.pupil_number, e.pupil_first, e.pupil_last, moment, _NOISE[e.number % 4], "", "klas", ""))
    return _workbook({"Registraties": rows})


def _own_list(events: Sequence[Event]) -> bytes:
    months: dict[str, list[Event]] = {}
    for e in events:
        months.setdefault(e.day.strftime("%Y-%m"), []).append(e)
    sheets: dict[str, list[Sequence[object]]] = {}
    for month, found in sorted(months.items()):
        rows: list[Sequence[object]] = [
            (f"Incidenten {month} (synthetisch)",),
            ("Nr", "Datum", "Wie", *_LIST, "Overig", "Wat is er gebeurd"),
        ]
        for n, e in enumerate(found, start=1):
            day: object = datetime.combine(e.day, time()) if n % 2 else f"{e.day.day}-{e.day.month}-{e.day:%y}"
            marks = ["x" if code == e.category else "" for code in _LIST_CODES]
            rows.append((n, day, f"{e.pupil_first} {e.pupil_last} ({e.form})", *marks, "", "vrije tekst"))
        totals = [str(sum(1 for e in found if e.category == code)) for code in _LIST_CODES]
        rows.append(("", "Totaal", "", *totals, "", ""))
        sheets[month] = rows
    return _workbook(sheets or {"leeg": [("Incidenten (synthetisch)",)]})
