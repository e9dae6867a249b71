"""The one place where files about a publication are made: rendered, scanned for leaks, named. Nothing else offers one.

The same publications give the same bytes, for ever: a file about publication n is made of 1 to n only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from baken.contract.publication import ALL, CITY, Publication
from baken.contract.structure import City
from baken.contract.texts import Text
from baken.render import csv, leakscan, pdf, pictures, words, xlsx
from baken.render.document import document, file_stem
from baken.render.figures import Figures
from baken.render.markupscan import published_numbers, structural_numbers
from baken.render.svg import Drawing


class Form(StrEnum):
    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


class Picture(StrEnum):
    CATEGORIES = "categorieen"
    MAP = "kaart"
    TREND = "verloop"


MEDIA_TYPES = {
    Form.PDF: "application/pdf",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv; charset=utf-8",
    Form.JSON: "application/json",
}
TREND_TITLE = Text("Alle incidenten per kwartaal, hele stad", "All incidents by quarter, whole city")


@dataclass(frozen=True, slots=True)
class File:
    name: str
    media_type: str
    data: bytes


def known_numbers(publications: tuple[Publication, ...], city: City) -> frozenset[int]:
    """Numbers that the words of a document may hold."""
    return published_numbers(publications) | structural_numbers(publications, len(city.districts))


def file(
    form: Form, publications: tuple[Publication, ...], city: City, language: str, *, sealed: bytes, fonts: Path | None
) -> File:
    """A file about the last of `publications`; `sealed` is its signed file. Raises `leakscan.Leak`."""
    publication = publications[-1]
    stem = file_stem(publication)
    if form is Form.JSON:
        leakscan.check_sealed(sealed, publication)
        return File(f"{stem}.json", MEDIA_TYPES[form], sealed)
    if form is Form.CSV:
        data = csv.csv(publication)
        leakscan.check_csv(data, publication)
        return File(f"{stem}.csv", MEDIA_TYPES[form], data)
    made, allowed = document(publications, city, language), known_numbers(publications, city)
    leakscan.check_content(pdf.content(made, fonts), allowed)
    if form is Form.XLSX:
        data = xlsx.xlsx(made)
        leakscan.check_xlsx(data, made, allowed)
    else:
        data = pdf.pdf(made, fonts=fonts)
        leakscan.check_pdf(data, made)
    return File(f"{stem}-{made.language}.{form}", MEDIA_TYPES[form], data)


def drawing(picture: Picture, publications: tuple[Publication, ...], city: City, language: str) -> Drawing | None:
    """A picture of the last of `publications`; the trend runs up to and including it."""
    figures, period = Figures(publications, city.districts), publications[-1].period
    if picture is Picture.CATEGORIES:
        return pictures.category_bars(figures, period, language)
    if picture is Picture.MAP:
        return pictures.area_map(figures, city, period, language)
    return pictures.line_over_time(figures, CITY, ALL, TREND_TITLE, language)


def picture_file(picture: Picture, publications: tuple[Publication, ...], city: City, language: str) -> File | None:
    """A picture as an SVG file with its source in it; None when there is nothing to draw. Raises `leakscan.Leak`."""
    made = drawing(picture, publications, city, language)
    if made is None:
        return None
    publication = publications[-1]
    source = Text(
        f"Bron: publicatie {publication.number} van {publication.city_name}. {words.HELD_BACK_LEGEND.nl}",
        f"Source: publication {publication.number} of {publication.city_name}. {words.HELD_BACK_LEGEND.en}",
    ).in_language(language)
    banner = [words.SYNTHETIC.in_language(language)] if publication.synthetic else []
    markup = made.standalone(source, *banner)
    leakscan.check_svg(markup, known_numbers(publications, city))
    name = f"{file_stem(publication)}-{picture}-{'en' if language.startswith('en') else 'nl'}.svg"
    return File(name, "image/svg+xml", markup.encode())
