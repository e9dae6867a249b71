"""What a document about one publication says, in one language: the content of the PDF and of the spreadsheet's notes.

A document of publication n is made of publications 1 to n only, so that its bytes never change when later ones come.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from baken.contract.periods import SchoolYear, parse_period
from baken.contract.publication import Publication, content_hash, to_bytes
from baken.contract.structure import City
from baken.contract.texts import Text
from baken.render import pictures, words
from baken.render.figures import Figures
from baken.render.method import Section, sections
from baken.render.sentences import band, paragraphs
from baken.render.svg import Drawing
from baken.render.tables import Table, tables_of


@dataclass(frozen=True, slots=True)
class Document:
    """`drawings` stand before `tables`; `facts` are pairs of a head and what it says."""

    publication: Publication
    language: str
    published_on: date
    title: str
    subtitle: str
    banner: str
    sentences: tuple[str, ...]
    drawings: tuple[Drawing, ...]
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    facts: tuple[tuple[str, str], ...]


def document(publications: tuple[Publication, ...], city: City, language: str) -> Document:
    """The document about the last of these publications. Raises IndexError when there is none."""
    publication = publications[-1]
    figures = Figures(publications, city.districts)
    period, english = publication.period, language.startswith("en")
    published = date.fromisoformat(publication.published_on)
    day = words.day(published).in_language(language)
    name = words.period(period).in_language(language)
    drawings = (
        pictures.category_bars(figures, period, language),
        pictures.area_map(figures, city, period, language),
    )
    return Document(
        publication=publication,
        language="en" if english else "nl",
        published_on=published,
        title=f"{'School safety in' if english else 'Veiligheid op school in'} {publication.city_name}",
        subtitle=f"{words.capital(name)}. "
        + (f"Publication {publication.number}, {day}." if english else f"Publicatie {publication.number}, {day}."),
        banner=words.SYNTHETIC.in_language(language) if publication.synthetic else "",
        sentences=tuple(paragraphs(figures, period, language)),
        drawings=tuple(d for d in drawings if d is not None),
        tables=tables_of(figures, period, language),
        sections=sections(publication),
        facts=facts(publication, language),
    )


def facts(publication: Publication, language: str) -> tuple[tuple[str, str], ...]:
    """What identifies a publication and who takes part; the hash is that of the signed content."""
    digest = content_hash(to_bytes(publication))
    previous = publication.previous or Text("geen: dit is de eerste", "none: this is the first").in_language(language)
    pairs = (
        (Text("Periode", "Period"), words.capital(words.period(publication.period).in_language(language))),
        (
            Text("Gepubliceerd op", "Published on"),
            words.day(date.fromisoformat(publication.published_on)).in_language(language),
        ),
        (Text("Nummer", "Number"), str(publication.number)),
        (Text("Deelname", "Participation"), band(publication.participation).in_language(language)),
        (Text("Lijst van categorieën", "List of categories"), publication.code_list),
        (
            Text("Wat is met de eerdere cijfers gedaan", "What was done with the earlier figures"),
            publication.follow_up.in_language(language),
        ),
        (Text("Controlegetal (SHA-256)", "Checksum (SHA-256)"), digest),
        (Text("Controlegetal van de publicatie ervoor", "Checksum of the publication before"), previous),
    )
    return tuple((head.in_language(language), body) for head, body in pairs)


def file_stem(publication: Publication) -> str:
    """The beginning of a file's name: "baken-den-haag-0005-2025-2026"; invented figures say so in their name."""
    parsed = parse_period(publication.period)
    period = str(parsed) if isinstance(parsed, SchoolYear) else f"{parsed.year}-kw{parsed.number}"
    city = publication.city.replace("_", "-")
    return f"{'verzonnen-' if publication.synthetic else ''}baken-{city}-{publication.number:04d}-{period}"
