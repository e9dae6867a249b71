"""Laws of the school's side, on tables in random shapes: nothing breaks, nothing of a person gets out, sums agree."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baken.contract import delivery, record
from baken.contract.periods import Quarter
from baken.contract.problems import Unacceptable
from baken.contract.record import Record
from baken.schoolside.anonymise import Report, fold, records
from baken.schoolside.mapping import Decision, Mapping, dump, load, suggest
from baken.schoolside.mapping.model import ASK, NOT_IN_LAW
from baken.schoolside.read import open_table
from data.samples.build import SECRET, workbook

FEW = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

NAMES = ["Quirijn", "Zwaantje", "Jörgensen", "El Ouazzani", "van Vlietstra", "Ğülşen"]
PERSONAL = ["quirijn@voorbeeld.nl", "06-87654321", "111222333", "14-03-2011", "198765", "2514 AB"]
HEADINGS = [
    "Datum",
    "Soort",
    "Leerling",
    "Klas",
    "Lesuur",
    "Locatie",
    "Maatregel",
    "Omschrijving",
    "Incidentnummer",
    "Letsel",
    "Politie",
    "Drugs",
    "Wapen",
    "Diefstal",
    "Totaal",
    "",
]
KINDS = ["Diefstal", "Drugs", "Wapenbezit", "Bedreiging", "Te laat", "Vechtpartij", "Pesten", "Vernieling", "??", ""]

cells = st.one_of(
    st.sampled_from(KINDS),
    st.sampled_from(NAMES + PERSONAL),
    st.dates(date(2024, 1, 1), date(2028, 1, 1)).map(lambda d: d.strftime("%d-%m-%Y")),
    st.sampled_from(
        ["", "x", "X", "1", "0", "J", "N", "ja", "nee", "=1+1", "-", "pauze", "Totaal", '"', "a;b,c\td", "r1\nr2"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12),
)
wild_tables = st.lists(st.lists(cells, max_size=8), max_size=12)
likely_tables = st.integers(2, 9).flatmap(
    lambda width: st.tuples(
        st.lists(st.sampled_from(HEADINGS), min_size=width, max_size=width),
        st.lists(st.lists(cells, min_size=width, max_size=width), max_size=12),
    ).map(
        lambda pair: [
            ["Datum", "Soort", *pair[0]],
            *([d, k, *r] for (d, k), r in zip(_facts(len(pair[1])), pair[1], strict=True)),
        ]
    )
)


def _facts(count: int) -> list[tuple[str, str]]:
    start = date(2026, 8, 30)
    return [((start + timedelta(days=17 * n)).strftime("%d-%m-%Y"), KINDS[n % len(KINDS)]) for n in range(count)]


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A table as text in some encoding with some separator, or as a workbook."""
    table = draw(st.one_of(wild_tables, likely_tables))
    if draw(st.booleans()):
        plain = [[cell.translate(dict.fromkeys(range(32))) for cell in row] for row in table]
        return workbook({"blad": plain, "september": plain})
    buffer = io.StringIO(newline="")
    ending = draw(st.sampled_from(["\r\n", "\n", "\r"]))
    csv.writer(buffer, delimiter=draw(st.sampled_from(";,\t|")), lineterminator=ending).writerows(table)
    return buffer.getvalue().encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"])), errors="replace")


def attempt(data: bytes) -> tuple[tuple[Record, ...], Report] | None:
    """What comes of a file with a suggestion alone; None when it is refused, which it always is in words."""
    try:
        opened = open_table(data)
        return records(opened, suggest(opened), SECRET)
    except Unacceptable as refusal:
        assert refusal.problems
        for language in ("nl", "en"):
            said = refusal.describe(language)
            assert not any(value in said for value in (*NAMES, *PERSONAL))
        return None


@FEW
@given(files())
def test_no_table_ends_in_an_unhandled_error(data: bytes) -> None:
    attempt(data)


@FEW
@given(
    st.binary(max_size=400),
    st.sampled_from(
        [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xef\xbb\xbf", b"Datum;Soort\r\n"]
    ),
)
def test_no_bytes_end_in_an_unhandled_error(data: bytes, start: bytes) -> None:
    attempt(start + data)


@FEW
@given(files(), st.data())
def test_a_file_that_is_cut_off_is_read_or_refused(data: bytes, draw: st.DataObject) -> None:
    attempt(data[: draw.draw(st.integers(0, len(data)))])


@FEW
@given(files())
def test_nothing_of_a_person_is_in_what_comes_out(data: bytes) -> None:
    done = attempt(data)
    if done is None:
        return

    for form in ("csv", "json"):
        written = record.write(done[0], form).decode()
        assert not any(value in written for value in (*NAMES, *PERSONAL))
    said = " ".join(p.describe() for p in done[1].problems) + str(done[1].to_table())
    assert not any(value in said for value in (*NAMES, *PERSONAL))


@FEW
@given(files())
def test_whatever_comes_out_is_a_record_and_every_row_is_accounted_for(data: bytes) -> None:
    done = attempt(data)
    if done is None:
        return
    made, report = done

    again, problems = record.read(record.write(made, "csv"), "csv")

    assert (again, list(problems)) == (made, [])
    assert report.kept == len(made)
    assert report.read == report.kept + report.left_out.total()


@FEW
@given(files())
def test_no_suggestion_writes_down_a_word_with_a_person_in_it(data: bytes) -> None:
    try:
        mapping = suggest(open_table(data))
    except Unacceptable:
        return

    words = [*mapping.values, *(word for field in mapping.fields.values() for word in field.values)]
    assert not any(value in word for word in words for value in PERSONAL)


@FEW
@given(files())
def test_a_suggestion_written_and_read_decides_the_same(data: bytes) -> None:
    try:
        opened = open_table(data)
        mapping = suggest(opened)
    except Unacceptable:
        return

    again = load(dump(mapping))

    assert records(opened, again, SECRET)[0] == records(opened, mapping, SECRET)[0]
    assert dump(load(dump(again))) == dump(again)


texts = st.text(max_size=20)
decisions = st.sampled_from(
    [Decision("drugs", "bezit"), Decision("wapen", also=("bedreiging",)), Decision(NOT_IN_LAW), Decision(ASK)]
)


@FEW
@given(st.dictionaries(texts, decisions, max_size=6), st.lists(texts, max_size=4), texts)
def test_any_words_survive_the_mapping_file(values: dict[str, Decision], names: list[str], source: str) -> None:
    mapping = Mapping(source=source, date="Datum", category=("Soort",), values=values, names=tuple(names))

    assert load(dump(mapping)) == mapping


months = st.dates(date(2024, 8, 1), date(2029, 7, 31)).map(lambda d: d.strftime("%Y-%m"))
some_records = st.builds(
    Record,
    sleutel=st.just("ZHajsc5Zp340JCKnKP1H6g"),
    maand=months,
    categorie=st.sampled_from(["drugs", "wapen", "seksueel", "diefstal", "fysiek-geweld-letsel"]),
    plaats=st.sampled_from(["", "klas", "plein", "online", "onbekend", "onderweg"]),
    dagdeel=st.sampled_from(["", "lunchpauze", "lesuur-middag", "onbekend"]),
    politie=st.sampled_from(["", "geen", "melding", "aangifte-school", "onbekend"]),
    gemeld_inspectie=st.sampled_from(["", "ja", "nee"]),
    pleger=st.sampled_from(["", "leerling", "onbekend"]),
)


@FEW
@given(st.lists(some_records, max_size=40))
def test_the_counters_of_all_quarters_together_count_every_record_once(made: list[Record]) -> None:
    quarters = {Quarter.of_month(r.maand) for r in made}

    totals = {quarter: fold(made, quarter).total for quarter in quarters}

    assert totals == Counter(Quarter.of_month(r.maand) for r in made)


@FEW
@given(st.lists(some_records, max_size=40), months.map(Quarter.of_month))
def test_counters_pass_the_check_of_the_receiver_but_for_nil(made: list[Record], quarter: Quarter) -> None:
    problems = delivery.check(fold(made, quarter))

    assert {p.code for p in problems} <= {"T-108"}


@FEW
@given(st.lists(some_records, max_size=20), st.randoms(use_true_random=False), months.map(Quarter.of_month))
def test_the_order_of_records_changes_no_counter(made: list[Record], rng: object, quarter: Quarter) -> None:
    shuffled = list(made)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]

    assert fold(shuffled, quarter) == fold(made, quarter)


@FEW
@given(st.dates(date(2024, 8, 1), date(2030, 12, 31)))
def test_the_month_and_quarter_of_a_day_are_those_of_the_calendar(day: date) -> None:
    data = f"Datum;Soort\r\n{day:%d-%m-%Y};Drugs\r\n{day.isoformat()}T23:59:59.000+01:00;Drugs\r\n".encode()
    mapping = Mapping(date="Datum", category=("Soort",), values={"Drugs": Decision("drugs")})

    made, _ = records(open_table(data), mapping, SECRET)

    assert [r.maand for r in made] == [day.strftime("%Y-%m")] * 2
    assert fold(made, Quarter.of(day)).total == 2
