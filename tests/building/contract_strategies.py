"""Random but valid words of the contract: periods, records, counters, publications. Every figure is invented."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from baken.contract import codebook, delivery
from baken.contract.periods import Quarter, SchoolYear
from baken.contract.publication import Area, Cell, Publication, PublishedCategory
from baken.contract.record import Record
from baken.contract.texts import Text

LIST = "2024-08-01"
KEY_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

days = st.dates(date(1901, 1, 1), date(2199, 12, 31))
school_years = st.integers(2024, 2040).map(SchoolYear)
quarters = st.builds(Quarter, school_years, st.integers(1, 4))
keys = st.text(KEY_LETTERS, min_size=22, max_size=22)


def code(field: str) -> st.SearchStrategy[str]:
    """A code of a list of the record, or an empty field."""
    return st.sampled_from(["", *(v.code for v in codebook.values(field))])


def several(codes: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(codes), unique=True, max_size=3).map(tuple)


@st.composite
def records(draw: st.DrawFn, quarter: Quarter | None = None) -> Record:
    """One record that keeps every rule of the format."""
    category = draw(st.sampled_from(codebook.all_categories()))
    others = [c.code for c in codebook.all_categories() if c is not category]
    police = draw(code("politie"))
    injury, means = draw(code("letsel")), draw(code("middel"))
    serious = "ja" if codebook.severe_by_rule(letsel=injury, middel=means) else draw(code("ernstig"))
    grounds = [v.code for v in codebook.values("ernst_grond")]
    return Record(
        sleutel=draw(keys),
        maand=draw(st.sampled_from((quarter or draw(quarters)).months)),
        categorie=category.code,
        subcategorie=draw(st.sampled_from(["", *(s.code for s in category.sub_codes)])),
        nevencategorieen=draw(several(others)),
        ernstig=serious,
        ernst_grond=draw(several(grounds)) if serious == "ja" else (),
        dagdeel=draw(code("dagdeel")),
        plaats=draw(code("plaats")),
        slachtoffer=draw(code("slachtoffer")),
        pleger=draw(code("pleger")),
        betrokkenen=draw(code("betrokkenen")),
        letsel=injury,
        middel=means,
        afhandeling=draw(several([v.code for v in codebook.values("afhandeling")])),
        politie=police,
        reden_geen_aangifte=draw(code("reden_geen_aangifte")) if police in ("geen", "melding") else "",
        gemeld_inspectie=draw(code("gemeld_inspectie")),
        vertrouwensinspecteur=draw(code("vertrouwensinspecteur")),
    )


record_lists = st.lists(records(), max_size=8, unique_by=lambda r: r.sleutel)


@st.composite
def counters(draw: st.DrawFn) -> delivery.Counters:
    """Counters that keep every sum rule; never all zero unless they are a nil return."""
    quarter = draw(quarters)
    code_list = delivery.code_list_of(quarter)
    left: dict[tuple[str, str], int] = {}
    values = []
    total = 0
    for place in delivery.layout(code_list):
        if place.vector == "categorie":
            value = draw(st.integers(0, 400))
            total += value
            left[place.category, place.category] = value
        else:
            available = left[place.category, place.category] if place.category else total
            key = (place.vector, place.category)
            value = draw(st.integers(0, left.setdefault(key, available)))
            left[key] -= value
        values.append(value)
    return delivery.Counters(quarter, draw(st.integers(1, 9_999)), total == 0, code_list, tuple(values))


texts = st.builds(Text, st.text(max_size=20), st.text(max_size=20))


@st.composite
def cells(draw: st.DrawFn, number: int, period: str) -> Cell:
    value = draw(st.none() | st.integers(0, 500).map(lambda n: n * 5))
    low = None if value is None else max(0, value - 4)
    return Cell("T1", "stad", f"categorie-{number}", period, value, low, None if value is None else value + 4)


@st.composite
def publications(draw: st.DrawFn) -> Publication:
    """A publication of one quarter, with words and figures that no gate ever saw."""
    period = str(draw(quarters))
    shown = codebook.all_categories()[: draw(st.integers(1, 9))]
    return Publication(
        city="teststad",
        city_name=draw(st.text(min_size=1, max_size=20)),
        kind="kwartaal",
        period=period,
        number=draw(st.integers(1, 99)),
        previous=draw(st.sampled_from(["", "0" * 64])),
        published_on="2027-01-04",
        synthetic=draw(st.booleans()),
        code_list=LIST,
        categories=tuple(PublishedCategory(c.code, c.label, c.short) for c in shown),
        areas=(Area("noord", "Noord", ("a", "b"), "3-5", "3-5"),),
        participation="6-9",
        policy={"basis": 5, "scholen": 3},
        cells=tuple(draw(cells(number, period)) for number in range(draw(st.integers(0, 6)))),
        attestation={"aanvallers": draw(st.integers(0, 60))},
        ledger_head="f" * 64,
        follow_up=draw(texts),
    )
