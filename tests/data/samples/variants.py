"""Invented exports in many shapes, each with what a person would make of it: the yardstick for suggestions.

Everything is drawn with a seed: headings, order of columns, titles, separators, encodings, forms of dates, words for
each kind of incident, codes, columns of marks, several sheets, totals. The words are pooled from how schools and
systems name things; nothing here looks at the vocabulary of the importer.
"""

# ruff: noqa: E501  (pools of words read better in rows)

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

FIRST = ["Noor", "Sem", "Yara", "Milan", "Zoë", "Ravi", "Fenna", "Jayden", "Aya", "Björn", "Sofia", "Mehmet", "Lotte", "Kwame", "Ömer", "Chaïma", "Luuk", "İpek"]  # fmt: skip
LAST = [
    "de Vries",
    "Yılmaz",
    "Bakker",
    "van den Berg",
    "Özdemir",
    "Jansen",
    "El Amrani",
    "Visser",
    "Kuijpers",
    "Çelik",
    "Peña",
    "'t Hart",
]
MONTH_WORDS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
MONTH_SHORT = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sept", "okt", "nov", "dec"]

WORDS: dict[str, list[list[str]]] = {
    "fysiek-geweld-letsel": [
        ["Vechtpartij met letsel"], ["Fysiek geweld (met letsel)"], ["Geweld met verwonding"], ["mishandeling met letsel"],
        ["Lichamelijk geweld - letsel"], ["Fys. geweld m. letsel"], ["FYSIEK GEWELD MET LETSEL"], ["Geslagen, gewond"],
        ["Physical violence with injury"], ["Fight (injured)"], ["Geweld met lichamelijk letsel tot gevolg"], ["Knokpartij, letsel"],
        ["Fysieke agressie met letsel"], ["Vechten (gewonde)"], ["Fisiek geweld met letsel"],
    ],
    "seksueel": [
        ["Seksuele intimidatie", "Seksueel misbruik"], ["Seksueel grensoverschrijdend gedrag"], ["Ongewenste intimiteiten"],
        ["seks. intimidatie"], ["Sexuele intimidatie"], ["Aanranding", "Seksuele intimidatie"], ["Sexual harassment"], ["Zeden"],
        ["Seksueel getint gedrag"], ["Sexting / seksuele intimidatie"], ["SEKSUEEL GEDRAG"],
    ],
    "stelselmatige-intimidatie": [
        ["Stelselmatige intimidatie"], ["Structurele intimidatie"], ["Stelselm. intimidatie"], ["Intimidatie (herhaald)"],
        ["Systematic intimidation"], ["Intimidatie"], ["Langdurige intimidatie"],
    ],
    "bedreiging": [
        ["Bedreiging"], ["Bedreigen"], ["Bedreiging leerling", "Bedreiging docent"], ["Dreigement"], ["bedr."], ["Threat"], ["BEDREIGING"],
        ["Verbale bedreiging"], ["Bedreigd via app"], ["Bedreiging / dreigen"], ["bedrijging"], ["Threatening behaviour"],
    ],
    "grove-pesterijen": [
        ["Grove pesterijen"], ["Pesten (grof)"], ["Ernstig pesten"], ["Pesten - structureel"], ["Gr. pesterij"], ["Ernstig pestgedrag"],
        ["Severe bullying"], ["grof pesten"], ["Stelselmatig pesten"], ["GROVE PESTERIJ"], ["Langdurig gepest"], ["Zwaar pesten"],
    ],
    "ernstige-vernieling": [
        ["Vernieling"], ["Ernstige vernieling"], ["Vernieling (groot)"], ["Vandalisme"], ["Vernieling schooleigendom"], ["Brandstichting", "Vernieling"],
        ["Serious vandalism"], ["vernielling"], ["Beschadiging / vernieling"], ["Zware vernieling"], ["Graffiti/bekladding"],
    ],
    "diefstal": [
        ["Diefstal"], ["Diefstal telefoon", "Fietsendiefstal"], ["Stelen"], ["diefstal/inbraak"], ["Theft"], ["DIEFSTAL"], ["Diefstal eigendommen"],
        ["Gestolen spullen"], ["Inbraak", "Diefstal"], ["Diefstl"], ["Beroving", "Diefstal"],
    ],
    "drugs": [
        ["Drugs"], ["Drugsbezit", "Drugsgebruik"], ["Drugs (bezit)", "Drugs (gebruik)", "Drugs (handel)"], ["Softdrugs"], ["Wiet", "Drugs"],
        ["Blowen"], ["Possession of drugs"], ["Handel in drugs", "Drugs bezit"], ["drugs/verdovende middelen"], ["DRUGS"], ["In bezit van drugs"],
    ],
    "wapen": [
        ["Wapen"], ["Wapenbezit"], ["Wapenbezit", "Wapengebruik"], ["Mes op zak"], ["Bezit wapen"], ["Weapon"], ["Steekwapen", "Nepwapen"],
        ["WAPENS"], ["Messenbezit"], ["Wapens / verboden voorwerpen"],
    ],
}  # fmt: skip
OUTSIDE = [
    "Te laat", "Telefoon in les", "Spijbelen", "Huiswerk niet in orde", "Uit de les gestuurd", "Ordeverstoring", "Brutaal gedrag",
    "Vechtpartij zonder letsel", "Schelden", "Roken", "Vapen", "Alcohol", "Fraude bij toets", "Boeken vergeten", "Ruzie", "Verzuim",
    "Vuurwerk", "Overig", "Anders", "Ongeval gymles", "Eten in de klas", "Verwijderd uit les", "Kledingvoorschrift", "Te laat gekomen",
    "Verbaal geweld", "Mobiel ingenomen", "Lesverstoring", "Geen gymspullen",
]  # fmt: skip
IRIS = {
    "seksueel": ["8", "9"], "bedreiging": ["2", "20"], "grove-pesterijen": ["4"], "ernstige-vernieling": ["13", "19"],
    "diefstal": ["15", "18"], "drugs": ["24", "25", "26"], "wapen": ["21", "22", "23"], "fysiek-geweld-letsel": ["3", "7"],
}  # fmt: skip
IRIS_OUTSIDE = ["1", "6", "11", "12", "14", "27", "28", "29", "31", "32"]
HEADINGS = {
    "datum": ["Datum", "datum", "Datum incident", "Incidentdatum", "begindatum", "BeginDatum", "Datum voorval", "Dag", "Date", "Datum/tijd", "datum_incident", "Wanneer", "DATUM"],
    "soort": ["Soort", "Categorie", "Soort incident", "Type", "Aard", "Incidenttype", "Registratiesoort", "Rubriek", "Voorval", "category", "Aard incident", "soort_melding", "Type voorval", "Reden"],
    "naam": ["Leerling", "Naam", "Naam leerling", "Roepnaam", "Wie", "Student", "Achternaam", "Betrokkene"],
    "nummer": ["Stamnr", "Leerlingnummer", "Llnr", "Stamnummer", "leerlingnr", "Studentnummer"],
    "klas": ["Klas", "Stamklas", "Groep", "klascode"],
    "tekst": ["Omschrijving", "Toelichting", "Opmerking", "Wat is er gebeurd", "Notitie", "Bijzonderheden", "Beschrijving"],
    "plaats": ["Locatie", "Plaats", "Waar", "Plek", "plaats_incident"],
    "uur": ["Lesuur", "Tijd", "Dagdeel", "Uur"],
    "maatregel": ["Maatregel", "Afhandeling", "Sanctie", "Actie"],
    "politie": ["Politie", "Aangifte", "Politie ingeschakeld"],
    "docent": ["Docent", "Melder", "Ingevoerd door", "Medewerker"],
    "id": ["Incidentnummer", "Registratienr", "ID", "Meldingsnummer", "Nr"],
    "letsel": ["Letsel", "letsel j/n", "Gewond", "Letsel?"],
    "invoer": ["Datum invoer", "Registratiedatum", "Aangemaakt op"],
}  # fmt: skip
MARK_HEADINGS = {
    "fysiek-geweld-letsel": ["Letsel", "Fysiek geweld met letsel", "Geweld (letsel)", "Vechten met letsel"],
    "seksueel": ["Seksueel", "Seks. grensoverschrijdend", "Sek. intimidatie", "Seksuele int."],
    "stelselmatige-intimidatie": ["Intimidatie", "Stelselm. intimidatie"],
    "bedreiging": ["Bedreiging", "Bedr.", "Bedreigen"],
    "grove-pesterijen": ["Pesten (grof)", "Grove pesterij", "Ernstig pesten", "Pesten"],
    "ernstige-vernieling": ["Vernieling", "Vernieling (ernstig)", "Vandalisme"],
    "diefstal": ["Diefstal", "Stelen"],
    "drugs": ["Drugs", "Drugsbezit/-gebruik"],
    "wapen": ["Wapen", "Wapens", "Wapenbezit"],
}  # fmt: skip
PLACES = [
    "Lokaal 1.12",
    "Kantine",
    "Aula",
    "Plein",
    "Gang",
    "Online",
    "Fietsenstalling",
    "Toilet",
    "Gymzaal",
    "",
    "Omgeving school",
]
MEASURES = ["Schorsing 1 dag", "Gesprek", "Ouders gebeld", "Time-out", "Waarschuwing", "", "Nablijven"]
TITLES = [
    "Overzicht registraties",
    "Export leerlingvolgsysteem",
    "Incidenten schooljaar 2026-2027",
    "Logboek",
    "Rapport: alle meldingen",
]


@dataclass(frozen=True)
class Event:
    day: date
    category: str
    """One of the nine, or "" for what is not in the law."""
    word: str
    hurt: bool


@dataclass(frozen=True)
class Export:
    name: str
    data: bytes
    truth: Counter[tuple[str, str]]
    """How many incidents a person would find per month and category."""
    names: frozenset[str]
    shape: dict[str, object] = field(default_factory=dict)


def export(seed: int) -> Export:
    """One export; the same seed gives the same bytes."""
    rng = random.Random(seed)
    layout = rng.choices(["woorden", "iris", "kruisjes"], [6, 2, 3])[0]
    return {"woorden": _words, "iris": _iris, "kruisjes": _marks}[layout](rng, seed)


# --- events ------------------------------------------------------------------------------------------------------


def _days(rng: random.Random, count: int) -> list[date]:
    start = date(rng.choice([2024, 2025, 2026]), 8, 26)
    return sorted(start + timedelta(days=rng.randrange(0, rng.choice([70, 150, 290]))) for _ in range(count))


def _spoken(rng: random.Random, count: int) -> list[Event]:
    chosen = {category: rng.choice(pool) for category, pool in WORDS.items()}
    outside = rng.sample(OUTSIDE, rng.randint(2, 7))
    events = []
    for day in _days(rng, count):
        if rng.random() < rng.choice([0.2, 0.5]):
            events.append(Event(day, "", rng.choice(outside), False))
        else:
            category = rng.choice(list(WORDS))
            events.append(Event(day, category, rng.choice(chosen[category]), category == "fysiek-geweld-letsel"))
    return events


def _truth(events: Sequence[Event]) -> Counter[tuple[str, str]]:
    return Counter((e.day.strftime("%Y-%m"), e.category) for e in events if e.category)


# --- dates -------------------------------------------------------------------------------------------------------


def _date_writer(rng: random.Random, *, spreadsheet: bool) -> Callable[[date], object]:
    hour, minute = rng.randint(8, 16), rng.choice([0, 5, 20, 45])
    forms: list[Callable[[date], object]] = [
        lambda d: d.strftime("%d-%m-%Y"),
        lambda d: f"{d.day}-{d.month}-{d:%y}",
        lambda d: d.isoformat(),
        lambda d: f"{d.isoformat()}T{hour:02d}:{minute:02d}:00.000+02:00",
        lambda d: f"{d.day} {MONTH_SHORT[d.month - 1]} {d.year}",
        lambda d: f"{d.day} {MONTH_WORDS[d.month - 1]} {d.year}",
        lambda d: d.strftime("%d/%m/%Y") + f" {hour:02d}:{minute:02d}",
        lambda d: d.strftime("%d.%m.%Y"),
        lambda d: f"{['ma', 'di', 'wo', 'do', 'vr', 'za', 'zo'][d.weekday()]} {d.day}-{d.month}-{d.year}",
        lambda d: str((d - date(1899, 12, 30)).days),
    ]
    if spreadsheet:
        forms += [lambda d: datetime.combine(d, time())] * 4
        if rng.random() < 0.3:
            text = rng.choice(forms[:2])
            return lambda d: datetime.combine(d, time()) if rng.random() < 0.5 else text(d)
    return rng.choice(forms)


# --- shapes ------------------------------------------------------------------------------------------------------


def _heading(rng: random.Random, name: str) -> str:
    return rng.choice(HEADINGS[name])


def _person(rng: random.Random) -> tuple[str, str]:
    return rng.choice(FIRST), rng.choice(LAST)


def _fill(
    rng: random.Random, wanted: Sequence[str], events: Sequence[Event], special: dict[str, Callable[[Event], object]]
) -> tuple[list[str], list[list[object]], set[str]]:
    """Headings, rows and the names used."""
    names: set[str] = set()
    style = rng.choice(["komma", "gewoon", "klas"])
    rows = []
    for number, event in enumerate(events, start=1):
        first, last = _person(rng)
        names |= {first, last}
        shown = {"komma": f"{last}, {first}", "gewoon": f"{first} {last}", "klas": f"{first} {last} (2hv1)"}[style]
        cells = {
            "naam": shown, "nummer": str(rng.randint(100_000, 199_999)), "klas": rng.choice(["2hv1", "4m2", "5v1"]),
            "tekst": rng.choice(["", f"{first} had ruzie", f'zie "verslag" van {first}; mail {first.lower()}@voorbeeld.nl', f"gebeld met ouders\nvan {first}: 06-12345678", "=SOM(1;2)", "-"]),
            "plaats": rng.choice(PLACES), "uur": rng.choice(["1", "2", "5", "pauze", "na", "7e uur", "11:05"]), "maatregel": rng.choice(MEASURES),
            "politie": rng.choice(["Nee", "Ja", "", "Aangifte"]), "docent": rng.choice(["BRK", "ELA", "VRI"]), "id": f"{event.day.year}-{number:04d}",
            "letsel": "J" if event.hurt else "N", "invoer": (event.day + timedelta(days=3)).strftime("%d-%m-%Y"),
        }  # fmt: skip
        rows.append([special[name](event) if name in special else cells[name] for name in wanted])
    headings: list[str] = []
    for name in wanted:
        heading = _heading(rng, name)
        headings.append(heading)
    return headings, rows, names


def _words(rng: random.Random, seed: int) -> Export:
    events = _spoken(rng, rng.randint(25, 120))
    spreadsheet = rng.random() < 0.4
    write_day = _date_writer(rng, spreadsheet=spreadsheet)
    extra = rng.sample(
        ["naam", "nummer", "klas", "tekst", "plaats", "uur", "maatregel", "politie", "docent", "id", "invoer"],
        rng.randint(2, 8),
    )
    wanted = [*extra, "datum", "soort"]
    rng.shuffle(wanted)
    typed = {word: _mistyped(rng, word) if rng.random() < 0.1 else word for word in sorted({e.word for e in events})}
    special: dict[str, Callable[[Event], object]] = {
        "datum": lambda e: write_day(e.day),
        "soort": lambda e: typed[e.word],
    }
    if rng.random() < 0.25:
        numbers = {word: f"{n:02d}" for n, word in enumerate(sorted({e.word for e in events}), start=1)}
        special["soort"] = lambda e: f"{numbers[e.word]} - {typed[e.word]}"
    headings, rows, names = _fill(rng, wanted, events, special)
    return _package(rng, seed, headings, [("Registraties", rows)], _truth(events), names, spreadsheet, "woorden")


def _mistyped(rng: random.Random, word: str) -> str:
    """One letter left out, doubled or swapped, not at the start of a word."""
    at = rng.randrange(2, len(word)) if len(word) > 5 else 0
    if not at or not word[at - 1 : at + 1].isalpha():
        return word
    return rng.choice(
        [
            word[:at] + word[at + 1 :],
            word[: at + 1] + word[at:],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        ]
    )


def _iris(rng: random.Random, seed: int) -> Export:
    events = []
    for day in _days(rng, rng.randint(40, 120)):
        if rng.random() < 0.3:
            events.append(Event(day, "", rng.choice(IRIS_OUTSIDE), rng.random() < 0.3))
            continue
        category = rng.choice(list(IRIS))
        hurt = rng.random() < 0.5
        counted = category if category != "fysiek-geweld-letsel" or hurt else ""
        events.append(Event(day, counted, rng.choice(IRIS[category]), hurt))
    spreadsheet = rng.random() < 0.3
    write_day = _date_writer(rng, spreadsheet=spreadsheet)
    wanted = ["id", "datum", "soort", "letsel", *rng.sample(["naam", "tekst", "nummer"], rng.randint(0, 2))]
    yes, no = rng.choice([("J", "N"), ("ja", "nee"), ("true", "false"), ("1", "0")])
    special: dict[str, Callable[[Event], object]] = {
        "datum": lambda e: write_day(e.day),
        "soort": lambda e: e.word,
        "letsel": lambda e: yes if e.hurt else no,
    }
    headings, rows, names = _fill(rng, wanted, events, special)
    if rng.random() < 0.6:
        headings[wanted.index("soort")] = "voorval"
    return _package(
        rng, seed, headings, [("Blad1", rows)], _truth(events), names, spreadsheet, "iris", title="Incidenten IRIS+"
    )


def _marks(rng: random.Random, seed: int) -> Export:
    chosen = {c: rng.choice(pool) for c, pool in MARK_HEADINGS.items() if rng.random() < 0.92}
    sign = rng.choice([["x", "X", "x "], ["1"], ["ja"], ["v"], ["X"]])
    blank = "nee" if sign == ["ja"] and rng.random() < 0.5 else ""
    spreadsheet = rng.random() < 0.75
    write_day = _date_writer(rng, spreadsheet=spreadsheet)
    names: set[str] = set()
    days = _days(rng, rng.randint(30, 90))
    other = rng.choice(["Overig", "Anders", "Ruzie"])
    events, per_month = [], {}
    lead, who = rng.choice(["Nr", "nummer", ""]), _heading(rng, "naam")
    headings = [h for h in (lead, _heading(rng, "datum"), who) if h] + [*chosen.values(), other, _heading(rng, "tekst")]
    for number, day in enumerate(days, start=1):
        first, last = _person(rng)
        names |= {first, last}
        category = rng.choice([*chosen, ""])
        events.append(Event(day, category, "", True))
        marks = [rng.choice(sign) if c == category else blank for c in chosen] + [
            rng.choice(sign) if not category else blank
        ]
        row: list[object] = [number] if lead else []
        row += [write_day(day), f"{first} {last} (3k4)", *marks, "vrije tekst"]
        per_month.setdefault(day.strftime("%Y-%m"), []).append(row)
    if spreadsheet and rng.random() < 0.7:
        sheets = [(MONTH_WORDS[int(m[5:]) - 1] if rng.random() < 0.5 else m, rows) for m, rows in per_month.items()]
        sheets = [
            (name if [n for n, _ in sheets].count(name) == 1 else f"{name} {i}", rows)
            for i, (name, rows) in enumerate(sheets)
        ]
    else:
        sheets = [("lijst", [row for rows in per_month.values() for row in rows])]
    totals = rng.random() < 0.7
    if totals:
        for _, rows in sheets:
            line: list[object] = ["Totaal"] + [""] * (len(headings) - 1)
            start = 3 if lead else 2
            for at in range(start, start + len(chosen) + 1):
                line[at] = sum(1 for row in rows if str(row[at]).strip().lower() in ("x", "1", "ja", "v"))
            rows.append(line)
    return _package(rng, seed, headings, sheets, _truth(events), names, spreadsheet, "kruisjes")


# --- files -------------------------------------------------------------------------------------------------------


def _package(
    rng: random.Random,
    seed: int,
    headings: list[str],
    sheets: list[tuple[str, list[list[object]]]],
    truth: Counter[tuple[str, str]],
    names: set[str],
    spreadsheet: bool,
    layout: str,
    title: str = "",
) -> Export:
    above: list[list[object]] = []
    if title or rng.random() < 0.5:
        above.append([title or rng.choice(TITLES)])
        above += [[""]] * rng.randint(0, 3)
    if rng.random() < 0.2:
        above.append(["Periode: 01-08-2026 t/m 31-01-2027"])
    shape: dict[str, object] = {"layout": layout, "spreadsheet": spreadsheet, "above": len(above), "headings": headings}
    if spreadsheet:
        return Export(f"export{seed}.xlsx", _xlsx(headings, sheets, above), truth, frozenset(names), shape)
    separator = rng.choice([";", ";", ";", ",", "\t", "|"])
    encoding = rng.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
    ending = rng.choice(["\r\n", "\n"])
    buffer = io.StringIO(newline="")
    writer = csv.writer(
        buffer, delimiter=separator, quoting=rng.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), lineterminator=ending
    )
    for row in [*above, headings, *sheets[0][1]]:
        writer.writerow(row)
        if rng.random() < 0.01:
            writer.writerow([])
    text = buffer.getvalue()
    shape |= {"separator": separator, "encoding": encoding}
    return Export(f"export{seed}.csv", text.encode(encoding, errors="replace"), truth, frozenset(names), shape)


def _xlsx(headings: list[str], sheets: list[tuple[str, list[list[object]]]], above: list[list[object]]) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    dates = book.add_format({"num_format": "dd-mm-yyyy"})
    for name, rows in sheets:
        page = book.add_worksheet(name[:31])
        for r, row in enumerate([*above, headings, *rows]):
            for c, cell in enumerate(row):
                if isinstance(cell, datetime):
                    page.write_datetime(r, c, cell, dates)
                elif isinstance(cell, int):
                    page.write_number(r, c, cell)
                elif cell != "":
                    page.write_string(r, c, str(cell))
        if above and len(headings) > 2:
            page.merge_range(0, 0, 0, 2, above[0][0])
    book.close()
    return buffer.getvalue()


def score(export: Export, found: Counter[tuple[str, str]]) -> tuple[int, int, int]:
    """Incidents in the right month and category, incidents that there are, incidents that were found."""
    right = sum(min(count, found[key]) for key, count in export.truth.items())
    return right, export.truth.total(), found.total()
