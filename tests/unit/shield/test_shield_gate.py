"""Unit tests of the one door: what it takes, what it refuses, and that there is no other door."""

from __future__ import annotations

import ast
import dataclasses
import json
from dataclasses import replace
from pathlib import Path

import pytest

import baken
from baken.shield import gate
from baken.shield.cube import Question
from baken.shield.gate import Publication, Reason, ReasonCode, Refusal, protect
from baken.shield.insider import Finding, Verdict
from baken.shield.ledger import Ledger
from baken.shield.policy import Policy
from baken.shield.publication import Bands, GateSummary, Precision, Release, ReleaseKind
from baken.shield.structure import Contributor
from building.shield_cities import CATEGORIES, KEY, POLICY, QUARTERS, YEAR, Town, published, release, town, whole_year

Q1, Q2, Q3, Q4 = QUARTERS
FIRST = Release.quarter(Q1)


def test_a_publication_has_no_other_constructor() -> None:
    made, _ = published(town(12, 1), FIRST, Ledger())
    values = {f.name: getattr(made, f.name) for f in dataclasses.fields(made)}

    with pytest.raises(TypeError):
        Publication(**values)
    with pytest.raises(TypeError):
        Publication(**values, token=object())
    with pytest.raises(TypeError):
        replace(made, cells=())


def test_nothing_but_the_gate_holds_the_token_of_a_publication() -> None:
    source = Path(baken.__file__).parent
    holders = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.ImportFrom) and "publication" in (node.module or "") and "_TOKEN" in
            {alias.name for alias in node.names})
        or (isinstance(node, ast.Attribute) and node.attr == "_TOKEN")
    }  # fmt: skip

    assert holders == {"shield/gate.py"}


def test_a_publication_cannot_be_changed() -> None:
    made, _ = published(town(12, 1), FIRST, Ledger())

    with pytest.raises(dataclasses.FrozenInstanceError):
        made.cells = ()  # type: ignore[misc]


def test_a_quarter_brings_the_city_by_category_and_the_areas_in_total() -> None:
    made, _ = published(town(30, 1), FIRST, Ledger())

    cells = {(c.table, c.area, c.category, c.period) for c in made.cells}

    expected = {("T1", None, c, Q1) for c in (None, *CATEGORIES)} | {("T2", a.code, None, Q1) for a in made.areas}
    assert cells == expected and len(made.areas) > 3


def test_a_year_brings_areas_by_category_with_their_margins() -> None:
    made = whole_year(town(12, 1))[0][-1]

    cells = {(c.table, c.area, c.category, c.period) for c in made.cells}

    areas = [None, *(a.code for a in made.areas)]
    assert cells == {("T3", a, c, YEAR) for a in areas for c in (None, *CATEGORIES)}


def test_cells_name_their_contributor_set_by_period_and_area() -> None:
    made, ledger = published(town(12, 1), FIRST, Ledger())

    sets = ledger.entries[0].record["members"]

    assert {c.contributors for c in made.cells} == set(sets) and f"{Q1}:city" in sets


def test_sizes_are_published_in_bands() -> None:
    made, _ = published(town(30, 1), FIRST, Ledger())

    assert {band for _, bands in made.bands for band in (bands.schools, bands.boards)} <= {"3-5", "6-9", "10+"}
    assert made.city == Bands("10+", "6-9")


def test_the_bytes_are_compact_json_with_sorted_keys() -> None:
    made, _ = published(town(12, 1), FIRST, Ledger())

    again = json.dumps(json.loads(made.bytes()), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert again.encode() == made.bytes()


def test_no_pseudonym_is_in_the_bytes() -> None:
    start = town(12, 1)
    made, _ = published(start, FIRST, Ledger())

    assert not [
        c for c in start.structure.cohort if c.unit.encode() in made.bytes() or c.board.encode() in made.bytes()
    ]


def test_the_gate_says_how_many_boards_it_played_and_not_how_long_it_took() -> None:
    start = town(30, 1)
    made, _ = published(start, FIRST, Ledger())

    boards = len({c.board for c in start.structure.cohort})
    asked = len(made.areas) * (len(CATEGORIES) + 1)

    assert made.gate == GateSummary(boards + 1, (boards + 1) * asked, "passed")


def test_a_city_without_a_safe_area_is_refused_with_what_is_missing() -> None:
    start = town(12, 1)
    few = tuple(replace(c, board="same") for c in start.structure.cohort)

    refusal = release(replace(start, structure=replace(start.structure, cohort=few)), FIRST, Ledger())

    assert isinstance(refusal, Refusal)
    assert [(r.code, r.missing_schools, r.missing_boards) for r in refusal.reasons] == [(ReasonCode.AREAS, 0, 2)]


def test_a_quarter_that_nobody_delivered_is_refused() -> None:
    start = town(12, 1)

    refusal = release(replace(start, structure=replace(start.structure, delivered={})), FIRST, Ledger())

    assert refusal.reasons[0].code is ReasonCode.AREAS and refusal.reasons[0].missing_schools == 3


def test_a_year_that_lacks_quarters_is_refused_and_they_are_named() -> None:
    start = town(12, 1)
    _, ledger = published(start, FIRST, Ledger())
    wanted = Release.school_year(YEAR)

    refusal = release(start, wanted, ledger)

    assert refusal == Refusal(wanted, tuple(Reason(ReasonCode.ORDER, release=q) for q in (Q2, Q3, Q4)))


def test_a_quarter_is_refused_after_a_later_one_was_published() -> None:
    start = town(12, 1)
    _, ledger = published(start, Release.quarter(Q3), Ledger())

    assert release(start, FIRST, ledger) == Refusal(FIRST, (Reason(ReasonCode.ORDER, release=Q3),))


@pytest.mark.parametrize(
    "changed", [{"key": bytes(32)}, {"policy": Policy(version="test", base=10)}], ids=["key", "policy"]
)
def test_key_and_policy_stay_the_same_within_a_school_year(changed: dict[str, object]) -> None:
    start = town(12, 1)
    _, ledger = published(start, FIRST, Ledger())

    refusal = release(start, Release.quarter(Q2), ledger, **changed)  # type: ignore[arg-type]

    assert refusal.reasons == (Reason(ReasonCode.POLICY, release=Q1),)


def test_a_policy_that_is_only_renamed_may_go_on() -> None:
    start = town(12, 1)
    _, ledger = published(start, FIRST, Ledger())

    assert isinstance(release(start, Release.quarter(Q2), ledger, policy=Policy(version="renamed")), Publication)


def test_counts_that_were_deleted_after_publication_stop_later_releases_of_the_year() -> None:
    start = town(12, 1)
    _, ledger = published(start, FIRST, Ledger())
    kept = {k: row for k, row in start.counts.items() if k != ("unit-03", Q1)}
    wanted = Release.quarter(Q2)

    assert release(replace(start, counts=kept), wanted, ledger).reasons == (Reason(ReasonCode.COUNTS, release=Q1),)


def test_a_nil_return_is_a_delivery() -> None:
    start = town(12, 1)
    nil = replace(start, counts=start.counts | {("unit-03", Q1): (0,) * len(CATEGORIES)})

    _, ledger = published(nil, FIRST, Ledger())

    assert [Q1, "unit-03"] in ledger.entries[0].record["members"][f"{Q1}:city"]


def test_what_the_audit_finds_refuses_the_release_without_naming_a_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    # Holding back leaves the audit nothing to find, so the second lock is tried with a finding put in its hand.
    found = Verdict(2, 10, 3, (Finding(1, Question((0,), (0,), 0), 0, 1),))
    monkeypatch.setattr(gate, "audit", lambda *_: found)

    assert release(town(12, 1), FIRST, Ledger()) == Refusal(FIRST, (Reason(ReasonCode.GATE),))


def _wrong(start: Town, **changes: object) -> dict[str, object]:
    return {"counts": start.counts, "categories": CATEGORIES, "structure": start.structure, "release": FIRST,
            "ledger": Ledger(), "policy": POLICY, "key": KEY} | changes  # fmt: skip


@pytest.mark.parametrize("row", [(1,) * 8, (1,) * 8 + (-1,), (1,) * 8 + (0.5,)], ids=["short", "negative", "half"])
def test_counts_that_cannot_be_are_not_protected(row: tuple[float, ...]) -> None:
    start = town(12, 1)

    with pytest.raises(ValueError):
        protect(**_wrong(start, counts=start.counts | {("unit-03", Q1): row}))  # type: ignore[arg-type]


def test_a_delivery_without_counts_is_not_protected() -> None:
    start = town(12, 1)
    counts = {k: row for k, row in start.counts.items() if k != ("unit-03", Q1)}

    with pytest.raises(ValueError):
        protect(**_wrong(start, counts=counts))  # type: ignore[arg-type]


def test_a_short_key_is_not_used() -> None:
    with pytest.raises(ValueError):
        protect(**_wrong(town(12, 1), key=b"short"))  # type: ignore[arg-type]


def test_a_delivery_of_a_stranger_is_not_protected() -> None:
    start = town(12, 1).delivering(Q1, also=("stranger",))

    with pytest.raises(ValueError):
        protect(**_wrong(start))  # type: ignore[arg-type]


def test_a_release_of_another_year_than_the_structure_is_not_protected() -> None:
    with pytest.raises(ValueError):
        protect(**_wrong(town(12, 1), release=Release.quarter("2027-2028/1")))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "period"),
    [
        ("quarter", "2026-2027"),
        ("quarter", "2026-2027/5"),
        ("year", "2026-2027/1"),
        ("year", "2026-2028"),
        ("month", ""),
    ],
)
def test_a_release_has_a_kind_and_a_period_that_fit(kind: str, period: str) -> None:
    with pytest.raises(ValueError):
        Release(kind, period)  # type: ignore[arg-type]


def test_a_release_may_be_named_by_plain_words() -> None:
    assert Release("quarter", Q1) == FIRST and FIRST.kind is ReleaseKind.QUARTER  # type: ignore[arg-type]


def test_joiners_at_the_start_of_a_year_are_compared_with_the_year_before_when_it_is_given() -> None:
    start = town(30, 3)
    everybody = frozenset(start.structure.cohort)
    newcomer = Contributor("new-1", "new board", "harbour")
    grown = replace(
        start,
        structure=replace(start.structure, cohort=(*start.structure.cohort, newcomer), previous={Q1: everybody}),
        counts=start.counts | {("new-1", q): (5,) * 9 for q in QUARTERS},
    )
    for quarter in QUARTERS:
        grown = grown.delivering(quarter, also=("new-1",))

    first, ledger = published(grown, FIRST, Ledger())
    second, _ = published(grown, Release.quarter(Q2), ledger)

    assert [(w.district, w.schools) for made in (first, second) for w in made.waiting] == [("harbour", 1)] * 2


def test_without_the_year_before_a_school_year_starts_with_everybody() -> None:
    start = town(30, 3)

    made, ledger = published(start, FIRST, Ledger())

    assert made.waiting == () and len(ledger.entries[0].record["members"][f"{Q1}:city"]) == 30


def test_when_no_rounding_is_close_enough_the_bounds_say_so() -> None:
    start = town(8, 49)
    publications, _ = whole_year(start, Policy(version="b", base=3))
    year = publications[-1]

    cell = next(c for c in year.cells if c.area and c.category and c.value)

    assert year.precision == Precision(6, 3) and cell.hi - cell.value == 5
    assert all(p.precision == Precision(3, 3) for p in publications[:-1])


def test_when_sums_to_date_cannot_be_close_the_year_totals_say_so() -> None:
    publications, _ = whole_year(town(8, 40), Policy(version="b", base=3))
    year = publications[-1]

    total = next(c for c in year.cells if not c.area and c.category and c.value)

    assert year.precision == Precision(3, 6) and total.hi - total.value == 5


def test_categories_that_are_named_twice_are_not_protected() -> None:
    with pytest.raises(ValueError):
        protect(**_wrong(town(12, 1), categories=("a",) * 9))  # type: ignore[arg-type]


def test_a_school_that_is_in_the_cohort_twice_is_not_protected() -> None:
    start = town(12, 1)
    doubled = replace(start.structure, cohort=(*start.structure.cohort, start.structure.cohort[0]))

    with pytest.raises(ValueError):
        protect(**_wrong(start, structure=doubled))  # type: ignore[arg-type]


def test_a_school_in_a_district_that_is_not_on_the_map_is_not_protected() -> None:
    start = town(12, 1)
    astray = replace(start.structure, cohort=(replace(start.structure.cohort[0], district="moon"),))

    with pytest.raises(ValueError):
        protect(**_wrong(start, structure=replace(astray, delivered={})))  # type: ignore[arg-type]


def test_counts_beyond_anything_that_happens_are_not_protected() -> None:
    start = town(12, 1)

    with pytest.raises(ValueError):
        protect(**_wrong(start, counts=start.counts | {("unit-03", Q1): (10**6,) * 9}))  # type: ignore[arg-type]


def test_a_joiner_in_a_district_outside_the_areas_of_the_year_stops_the_release() -> None:
    start = town(12, 1)
    _, ledger = published(start, FIRST, Ledger())
    cohort = (*start.structure.cohort, Contributor("new-1", "x", "moon"))
    wanted = Release.quarter(Q2)

    refusal = release(replace(start, structure=replace(start.structure, cohort=cohort)), wanted, ledger)

    assert refusal == Refusal(wanted, (Reason(ReasonCode.AREAS, ("moon",), release=Q1),))
