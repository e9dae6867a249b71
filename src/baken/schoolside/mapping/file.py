"""The mapping as a small TOML file that a safety coordinator can read, check and change in any editor.

It holds the words of a school's system and no incident: words in which a name, a number or an address is found are
never written to it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from typing import Any

from baken.contract import codebook
from baken.contract.problems import Place, Problems, Unacceptable, problem
from baken.schoolside.mapping.doubts import doubt
from baken.schoolside.mapping.model import ASK, FIELDS, NOT_IN_LAW, Decision, FieldMapping, Mapping, field_codes
from baken.schoolside.read.dates import DateOrder

FORMAT = "baken-vertaaltabel"
FORMAT_VERSION = 1
_LIMIT = 2_000_000
_INTRO = """\
# Vertaaltabel van Baken: zo leest Baken de export van uw school.
# U kunt dit bestand in elke teksteditor wijzigen. Links staat het woord van uw school, rechts de code.
# Codes: {codes}.
# Verder: niet-in-de-wet (telt niet mee) en vragen (nog te beslissen).
# "als letsel" achter een code: telt alleen mee als de kolom letsel zegt dat er letsel was.
# "wapen + bedreiging": telt als wapen; bedreiging staat erbij als nevencategorie.
"""


def dump(mapping: Mapping) -> str:
    """The file as text. Reading it again gives the same mapping, but for confidences: what is written is decided."""
    lines = [_INTRO.format(codes=", ".join(c.code for c in codebook.all_categories()))]
    lines += [f"formaat = {_quote(FORMAT)}", f"versie = {FORMAT_VERSION}"]
    if mapping.suggested:
        lines.append("# Dit is een voorstel. Zet hier false als u alles hebt bekeken.")
    lines += [f"voorstel = {'true' if mapping.suggested else 'false'}", f"bron = {_quote(mapping.source)}", ""]
    lines += _columns(mapping)
    if mapping.values or mapping.category:
        lines += ["# De soorten incidenten: het woord van uw school en wat het is.", "[categorieen]"]
        lines += [*_decisions(mapping.values.items()), ""]
    if mapping.marks:
        lines += ["# Kolommen waarin een kruisje staat: de kolomnaam en wat het kruisje betekent.", "[vinkjes]"]
        lines += [*_decisions(mapping.marks.items()), ""]
    for name, found in mapping.fields.items():
        lines += [f"[velden.{name}]", f"kolom = {_quote(found.column)}", f"[velden.{name}.waarden]"]
        lines += [f"{_quote(word)} = {_quote(c)}{'' if c else '  # blijft leeg'}" for word, c in found.values.items()]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _columns(mapping: Mapping) -> list[str]:
    return [
        "[kolommen]",
        f"datum = {_quote(mapping.date)}",
        "# dag-maand (31-08-2026) of maand-dag (08/31/2026)",
        f"datumvolgorde = {_quote(mapping.date_order.value)}",
        "# Het nummer van het incident in uw systeem; leeg als dat er niet is. Nooit een leerlingnummer.",
        f"kenmerk = {_quote(mapping.id)}",
        f"categorie = {_list(mapping.category)}",
        "# Persoonsgegevens: alleen om te controleren dat er niets van in de uitvoer staat.",
        f"namen = {_list(mapping.names)}",
        "# Gezien en niet gebruikt.",
        f"weg = {_list(mapping.dropped)}",
        "",
        "[bladen]",
        "# Rij met de kolomnamen; 0: Baken zoekt hem.",
        f"kopregel = {mapping.header_row}",
        f"overslaan = {_list(mapping.skip_sheets)}",
        "",
    ]


def _decisions(items: Iterable[tuple[str, Decision]]) -> Iterable[str]:
    for word, decision in items:
        note = ""
        if decision.why:
            note = f"  # {doubt(decision.why).nl}"
        elif decision.assumed:
            note = "  # aanname: controleer dit"
        yield f"{_quote(word)} = {_quote(str(decision))}{note}"


def _quote(text: str) -> str:
    """A TOML basic string."""
    out = []
    for char in text:
        if char in '"\\':
            out.append("\\" + char)
        elif char < " " or char == "\x7f":
            out.append(f"\\u{ord(char):04x}")
        else:
            out.append(char)
    return '"' + "".join(out) + '"'


def _list(texts: Iterable[str]) -> str:
    return "[" + ", ".join(_quote(text) for text in texts) + "]"


# --- reading -----------------------------------------------------------------------------------------------------


def load(data: bytes | str) -> Mapping:
    """Read a mapping file. Raises `Unacceptable` with everything that is wrong with it, by part and entry."""
    problems = Problems()
    table = _table(data)
    if table.get("formaat") != FORMAT or table.get("versie") != FORMAT_VERSION:
        problems.add("X-121", part="formaat")
        problems.raise_if_fatal()
    columns, sheets = _part(table, "kolommen", problems), _part(table, "bladen", problems)
    order = columns.get("datumvolgorde", DateOrder.DAY_FIRST.value)
    if order not in {o.value for o in DateOrder}:
        problems.add("X-121", part="datumvolgorde")
        order = DateOrder.DAY_FIRST.value
    mapping = Mapping(
        source=_text(table, "bron", problems),
        date=_text(columns, "datum", problems),
        date_order=DateOrder(order),
        id=_text(columns, "kenmerk", problems),
        category=_texts(columns, "categorie", problems),
        values=_parsed(_part(table, "categorieen", problems), "categorieen", problems),
        marks=_parsed(_part(table, "vinkjes", problems), "vinkjes", problems),
        fields=_fields(_part(table, "velden", problems), problems),
        names=_texts(columns, "namen", problems),
        dropped=_texts(columns, "weg", problems),
        skip_sheets=_texts(sheets, "overslaan", problems),
        header_row=_number(sheets, "kopregel", problems),
        suggested=table.get("voorstel") is True,
    )
    _check(mapping, problems)
    problems.raise_if_fatal()
    return mapping


def _table(data: bytes | str) -> dict[str, Any]:
    if len(data) > _LIMIT:
        raise Unacceptable([problem("X-120")])
    try:
        return tomllib.loads(data if isinstance(data, str) else data.decode("utf-8-sig").replace("\r\n", "\n"))
    except (ValueError, RecursionError):
        raise Unacceptable([problem("X-120")]) from None


def _check(mapping: Mapping, problems: Problems) -> None:
    if not mapping.date:
        problems.add("X-124", part="datum")
    if not mapping.category and not mapping.marks:
        problems.add("X-124", part="categorie")
    conditional = any(d.with_injury for d in (*mapping.values.values(), *mapping.marks.values()))
    if conditional and "letsel" not in mapping.fields:
        problems.add("X-125")


def _part(table: dict[str, Any], name: str, problems: Problems) -> dict[str, Any]:
    part = table.get(name, {})
    if isinstance(part, dict):
        return part
    problems.add("X-121", part=name)
    return {}


def _text(table: dict[str, Any], name: str, problems: Problems) -> str:
    value = table.get(name, "")
    if isinstance(value, str):
        return value
    problems.add("X-121", part=name)
    return ""


def _texts(table: dict[str, Any], name: str, problems: Problems) -> tuple[str, ...]:
    value = table.get(name, [])
    value = [value] if isinstance(value, str) and value else value or []
    if isinstance(value, list) and all(isinstance(text, str) for text in value):
        return tuple(value)
    problems.add("X-121", part=name)
    return ()


def _number(table: dict[str, Any], name: str, problems: Problems) -> int:
    value = table.get(name, 0)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10_000:
        return value
    problems.add("X-121", part=name)
    return 0


def _parsed(part: dict[str, Any], name: str, problems: Problems) -> dict[str, Decision]:
    found = {}
    for entry, (word, text) in enumerate(part.items(), start=1):
        try:
            found[word] = Decision.parse(text if isinstance(text, str) else "")
        except ValueError:
            allowed = ", ".join((*(c.code for c in codebook.all_categories()), NOT_IN_LAW, ASK))
            problems.add("X-122", Place(), part=name, entry=entry, allowed=allowed)
    return found


def _fields(part: dict[str, Any], problems: Problems) -> dict[str, FieldMapping]:
    found = {}
    for number, (name, table) in enumerate(part.items(), start=1):
        if name not in FIELDS or not isinstance(table, dict):
            problems.add("X-122", part="velden", entry=number, allowed=", ".join(FIELDS))
            continue
        values = _part(table, "waarden", problems)
        allowed = field_codes(name)
        for entry, codes in enumerate(values.values(), start=1):
            parts = [c.strip() for c in codes.split(",")] if isinstance(codes, str) and codes else []
            several = name == "afhandeling"
            if not isinstance(codes, str) or any(c not in allowed for c in parts) or (len(parts) > 1 and not several):
                problems.add("X-122", part=f"velden.{name}", entry=entry, allowed=", ".join(allowed))
        clean = {word: codes for word, codes in values.items() if isinstance(codes, str)}
        found[name] = FieldMapping(_text(table, "kolom", problems), clean)
    return found
