"""The mapping file: readable, written and read again without loss, and every mistake in it said at once."""

# ruff: noqa: E501  (one mistake per line)

from __future__ import annotations

from dataclasses import replace

import pytest

from baken.contract.problems import Unacceptable
from baken.schoolside.mapping import Decision, FieldMapping, Mapping, dump, load, suggest
from baken.schoolside.read import open_table
from baken.schoolside.read.dates import DateOrder
from data.samples.build import plain, text

FULL = Mapping(
    source='Magister "logboek" \\ é\t',
    date="Datum",
    date_order=DateOrder.MONTH_FIRST,
    id="Nr",
    category=("Soort", "Detail"),
    values={"Vechten | ja": Decision("fysiek-geweld-letsel", with_injury=True), "Mes": Decision("wapen", "bezit", also=("bedreiging",)), "Anders": Decision("vragen")},
    marks={"Drugs": Decision("drugs")},
    fields={"letsel": FieldMapping("Letsel", {"J": "ja", "": "geen"}), "afhandeling": FieldMapping("Maatregel", {"Beide": "gesprek,ouders"})},
    names=("Leerling", "Docent"),
    dropped=("Omschrijving",),
    skip_sheets=("Toelichting",),
    header_row=4,
    suggested=False,
)  # fmt: skip
HEAD = 'formaat = "baken-vertaaltabel"\nversie = 1\n'
COLUMNS = '[kolommen]\ndatum = "Datum"\ncategorie = ["Soort"]\n'


def test_a_mapping_is_the_same_after_writing_and_reading() -> None:
    assert load(dump(FULL)) == FULL


def test_a_suggestion_is_the_same_after_writing_and_reading_but_for_its_doubts() -> None:
    suggested = suggest(open_table(plain()))
    decided = replace(suggested, values={word: Decision.parse(str(d)) for word, d in suggested.values.items()})

    assert load(dump(suggested)) == decided


def test_the_file_explains_itself_in_dutch() -> None:
    written = dump(suggest(open_table(plain().replace(b"Te laat", b"Vernieling"))))

    assert written.startswith("# Vertaaltabel van Baken")
    assert '"Vernieling" = "ernstige-vernieling"  # Alleen ernstige vernieling telt mee. Is deze ernstig?' in written


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    assert load(b"\xef\xbb\xbf" + dump(FULL).replace("\n", "\r\n").encode()) == FULL


def test_no_word_with_a_person_in_it_is_written_down() -> None:
    rows = [("Datum", "Soort"), *[("31-08-2026", "Diefstal")] * 30, ("01-09-2026", "Diefstal door ravi@voorbeeld.nl")]

    written = dump(suggest(open_table(text(rows).encode())))

    assert "ravi" not in written


MISTAKES = {
    "no TOML": ("formaat = [", ["X-120"]),
    "no text": (b"\xff\xfe\x00", ["X-120"]),
    "another file": ('naam = "x"', ["X-121"]),
    "another version": ('formaat = "baken-vertaaltabel"\nversie = 2', ["X-121"]),
    "no columns": (HEAD, ["X-124", "X-124"]),
    "a code that does not exist": (HEAD + COLUMNS + '[categorieen]\n"a" = "ruzie"\n"b" = "drugs"\n"c" = 3\n', ["X-122", "X-122"]),
    "a sub-code of another category": (HEAD + COLUMNS + '[categorieen]\n"a" = "drugs/misbruik"\n', ["X-122"]),
    "a condition without injury": (HEAD + COLUMNS + '[categorieen]\n"a" = "fysiek-geweld-letsel als letsel"\n', ["X-125"]),
    "a field that does not exist": (HEAD + COLUMNS + '[velden.naam]\nkolom = "Naam"\n', ["X-122"]),
    "a field with a wrong code": (HEAD + COLUMNS + '[velden.plaats]\nkolom = "P"\n[velden.plaats.waarden]\n"a" = "dak"\n', ["X-122"]),
    "two codes where one is meant": (HEAD + COLUMNS + '[velden.plaats]\nkolom = "P"\n[velden.plaats.waarden]\n"a" = "klas, gang"\n', ["X-122"]),
    "a list where a text is meant": (HEAD + '[kolommen]\ndatum = ["a"]\ncategorie = 3\n', ["X-121", "X-121", "X-124", "X-124"]),
    "a table where a number is meant": (HEAD + COLUMNS + '[bladen]\nkopregel = "drie"\n', ["X-121"]),
    "an unknown order of dates": (HEAD + COLUMNS + 'datumvolgorde = "jaar"\n', ["X-121"]),
    "a value instead of a table": (HEAD + "kolommen = 1\n", ["X-121", "X-124", "X-124"]),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_every_mistake_in_a_mapping_is_said_at_once(name: str) -> None:
    data, codes = MISTAKES[name]

    with pytest.raises(Unacceptable) as refusal:
        load(data)

    assert [p.code for p in refusal.value.problems] == codes
