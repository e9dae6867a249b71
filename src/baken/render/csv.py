"""The cells of one publication as CSV: `;`, UTF-8, CRLF, one row per published cell in the order of the file.

The columns are fixed, in Dutch, for every city and language. Never here: a column that is not a property of a
published cell.
"""

from __future__ import annotations

import csv as standard
import io

from baken.contract.publication import CITY, Publication

COLUMNS = (
    "stad", "periode", "tabel", "gebied", "gebied_naam", "categorie", "waarde", "van", "tot", "achtergehouden",
)  # fmt: skip
INVENTED = " (verzonnen)"
"""After every name of an area when the figures are synthetic: a table travels without the page around it."""


def rows(publication: Publication) -> list[dict[str, str]]:
    """One dictionary per cell, by the names of `COLUMNS`; numbers without separators, empty when held back."""
    names = {area.code: area.name for area in publication.areas} | {CITY: publication.city_name}
    mark = INVENTED if publication.synthetic else ""
    return [
        {
            "stad": publication.city,
            "periode": cell.period,
            "tabel": cell.table,
            "gebied": cell.area,
            "gebied_naam": names.get(cell.area, "") + mark,
            "categorie": cell.category,
            "waarde": _number(cell.value),
            "van": _number(cell.low),
            "tot": _number(cell.high),
            "achtergehouden": "ja" if cell.value is None else "nee",
        }
        for cell in publication.cells
    ]


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def csv(publication: Publication) -> bytes:
    buffer = io.StringIO(newline="")
    writer = standard.DictWriter(buffer, COLUMNS, delimiter=";", extrasaction="raise")
    writer.writeheader()
    writer.writerows(rows(publication))
    return buffer.getvalue().encode()
