"""RT-11 to RT-16 and RT-41: what happens after a publication: late schools, waves, reruns, bent ledgers."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace

import pytest

from baken.shield.gate import Publication, Reason, ReasonCode, Refusal, protect, rehearse
from baken.shield.ledger import Ledger, LedgerBroken
from baken.shield.publication import Release
from baken.shield.structure import Contributor
from building.shield_cities import (
    CATEGORIES,
    KEY,
    POLICY,
    QUARTERS,
    RELEASES,
    YEAR,
    Town,
    published,
    release,
    sign,
    town,
    verify,
    whole_year,
)

Q1, Q2, Q3, Q4 = QUARTERS
FIRST = Release.quarter(Q1)
SECOND = Release.quarter(Q2)


def _units(town: Town, *districts: str) -> list[str]:
    return [c.unit for c in town.structure.cohort if not districts or c.district in districts]


def _joined_by(town: Town, *people: tuple[str, str, str], quarter: str = Q2) -> Town:
    """The town with schools that join the cohort and deliver from a quarter on."""
    new = tuple(Contributor(*person) for person in people)
    grown = replace(town, structure=replace(town.structure, cohort=(*town.structure.cohort, *new)))
    for period in QUARTERS:
        if period >= quarter:
            grown = grown.delivering(period, also=tuple(c.unit for c in new))
    counts = town.counts | {(c.unit, q): (1,) * len(CATEGORIES) for c in new for q in QUARTERS}
    return replace(grown, counts=counts)


# --- RT-11: sets that are each safe, and together are not


def _extra(start: Town, *sets: set[tuple[str, str]]) -> tuple[Reason, ...]:
    late = start.delivering(Q1, without=("unit-05",))
    _, ledger = published(late, FIRST, Ledger())
    return rehearse(sets, structure=start.structure, ledger=ledger, policy=POLICY)


def test_a_late_school_is_not_published_by_stating_the_total_again() -> None:
    start = town(30, 1)

    assert _extra(start, {(Q1, unit) for unit in _units(start)})[0].code is ReasonCode.ATOM


def test_a_leaver_is_not_published_by_stating_the_total_without_it() -> None:
    start = town(30, 1)

    assert _extra(start, {(Q1, unit) for unit in _units(start) if unit not in ("unit-05", "unit-20")})


def test_a_panel_that_leaves_one_school_apart_is_refused() -> None:
    start = town(30, 1)
    panel = {(Q1, unit) for unit in _units(start, "harbour") if unit != _units(start, "harbour")[0]}

    reasons = _extra(start, panel)

    assert [(r.districts, r.missing_schools, r.missing_boards) for r in reasons] == [(("harbour",), 2, 2)]


def test_a_second_layout_of_areas_that_crosses_the_first_is_refused() -> None:
    start = town(30, 1)
    halves = [{(Q1, unit) for unit in _units(start)[i::2] if unit != "unit-05"} for i in (0, 1)]

    assert _extra(start, *halves)


def test_sums_of_published_areas_are_accepted() -> None:
    start = town(30, 1)
    _, ledger = published(start, FIRST, Ledger())
    everybody = {(Q1, unit) for unit in _units(start)}

    assert rehearse([everybody], structure=start.structure, ledger=ledger, policy=POLICY) == ()


def test_a_late_block_that_is_safe_by_itself_is_accepted() -> None:
    start = town(60, 1)
    one_each = {c.board: c.unit for c in start.structure.cohort if c.district == "harbour"}
    block = tuple(sorted(one_each.values()))[:3]
    late = start.delivering(Q1, without=block)
    _, ledger = published(late, FIRST, Ledger())

    assert rehearse([{(Q1, u) for u in block}], structure=start.structure, ledger=ledger, policy=POLICY) == ()
    assert rehearse([{(Q1, u) for u in block[:2]}], structure=start.structure, ledger=ledger, policy=POLICY)


def test_a_rehearsal_answers_the_same_whatever_the_counts_and_changes_nothing() -> None:
    one, other = town(30, 1, "brief"), town(30, 1, "heavy")
    other = replace(other, structure=one.structure)
    ledgers = [published(t, FIRST, Ledger())[1] for t in (one, other)]
    heads = [ledger.head for ledger in ledgers]
    dice = random.Random(5)
    requests = [{(Q1, u) for u in dice.sample(_units(one), dice.randint(1, 30))} for _ in range(300)]

    answers = [
        [rehearse([request], structure=one.structure, ledger=ledger, policy=POLICY) for request in requests]
        for ledger in ledgers
    ]

    assert answers[0] == answers[1] and [ledger.head for ledger in ledgers] == heads


# --- RT-12: corrections and late figures


def test_a_correction_after_publication_changes_no_byte_of_what_was_published() -> None:
    start = town(30, 2)
    publication, ledger = published(start, FIRST, Ledger())
    row = start.counts["unit-07", Q1]

    corrected = replace(start, counts=start.counts | {("unit-07", Q1): tuple(n + 40 for n in row)})

    assert release(corrected, FIRST, ledger).bytes() == publication.bytes()


def test_a_school_that_delivers_after_publication_changes_no_byte_of_what_was_published() -> None:
    start = town(30, 2)
    publication, ledger = published(start.delivering(Q1, without=("unit-09",)), FIRST, Ledger())

    assert release(start, FIRST, ledger).bytes() == publication.bytes()


def test_a_late_school_is_not_in_the_year_figures_of_the_quarter_that_it_missed() -> None:
    start = town(16, 2)
    publications, _ = whole_year(start.delivering(Q1, without=("unit-09",)))

    year = dict(publications[-1].record.members)[f"{YEAR}:city"]

    assert (Q1, "unit-09") not in year and (Q2, "unit-09") in year


@pytest.mark.parametrize("wanted", [SECOND, Release.school_year(YEAR)])
def test_a_later_release_is_refused_when_it_is_given_corrected_counts_for_a_published_quarter(wanted: Release) -> None:
    start = town(12, 2)
    ledger = Ledger()
    for earlier in RELEASES[: 1 if wanted == SECOND else 4]:
        _, ledger = published(start, earlier, ledger)
    row = start.counts["unit-07", Q1]

    corrected = replace(start, counts=start.counts | {("unit-07", Q1): (row[0] + 1, *row[1:])})

    assert release(corrected, wanted, ledger) == Refusal(wanted, (Reason(ReasonCode.COUNTS, release=Q1),))


# --- RT-13: joiners and leavers


def test_a_wave_of_three_schools_of_three_boards_is_accepted() -> None:
    start = town(30, 3)
    _, ledger = published(start, FIRST, Ledger())
    grown = _joined_by(start, ("new-1", "x", "harbour"), ("new-2", "y", "harbour"), ("new-3", "z", "harbour"))

    publication, _ = published(grown, SECOND, ledger)

    assert publication.waiting == () and (Q2, "new-1") in dict(publication.record.members)[f"{Q2}:city"]


@pytest.mark.parametrize(
    "boards", [("x", "y", "y"), ("x", "y"), ("x",)], ids=["two boards", "two schools", "one school"]
)
def test_joiners_who_are_no_safe_set_wait_and_leave_no_trace_in_the_publication(boards: tuple[str, ...]) -> None:
    start = town(30, 3)
    _, ledger = published(start, FIRST, Ledger())
    grown = _joined_by(start, *((f"new-{i}", board, "harbour") for i, board in enumerate(boards)))

    publication, _ = published(grown, SECOND, ledger)

    assert publication.bytes() == published(start, SECOND, ledger)[0].bytes()
    assert [(w.district, w.schools, w.boards) for w in publication.waiting] == [
        ("harbour", len(boards), len(set(boards)))
    ]


def test_joiners_who_waited_come_in_when_the_wave_is_complete() -> None:
    start = town(30, 3)
    _, ledger = published(start, FIRST, Ledger())
    grown = _joined_by(start, ("new-1", "x", "harbour"), ("new-2", "y", "harbour"))
    _, ledger = published(grown, SECOND, ledger)
    complete = _joined_by(grown, ("new-3", "z", "harbour"), quarter=Q3)

    publication, _ = published(complete, Release.quarter(Q3), ledger)

    members = dict(publication.record.members)[f"{Q3}:city"]
    assert {(Q3, f"new-{i}") for i in (1, 2, 3)} <= set(members) and publication.waiting == ()


def test_a_school_that_is_missing_makes_its_area_join_a_neighbour_for_the_quarter_and_the_year() -> None:
    start = town(60, 3)
    absent = start.delivering(Q2, without=("unit-02",))
    district = start.structure.cohort[2].district
    publications, _ = whole_year(absent)

    sizes = [len(next(a for a in p.areas if district in a.districts).districts) for p in publications]

    assert sizes[0] == sizes[3] == 1 and min(sizes[1], sizes[2], sizes[4]) == 2


def test_a_school_that_is_missing_from_a_city_of_one_area_stops_the_release() -> None:
    start = town(8, 1)
    everybody = tuple(replace(c, district="harbour") for c in start.structure.cohort)
    one_area = replace(start, structure=replace(start.structure, cohort=everybody))
    _, ledger = published(one_area, FIRST, Ledger())

    refusal = release(one_area.delivering(Q2, without=("unit-01",)), SECOND, ledger)

    assert refusal == Refusal(SECOND, (Reason(ReasonCode.LEAVERS, ("harbour",), release=Q1),))


def test_three_schools_of_three_boards_may_leave_together() -> None:
    start = town(60, 3)
    boards: dict[str, str] = {}
    for contributor in start.structure.cohort:
        if contributor.district == "harbour":
            boards.setdefault(contributor.board, contributor.unit)
    _, ledger = published(start, FIRST, Ledger())
    leavers = tuple(sorted(boards.values()))[:3]

    publication, _ = published(start.delivering(Q2, without=leavers), SECOND, ledger)

    assert any(area.districts == ("harbour",) for area in publication.areas)


def test_a_cohort_that_loses_a_published_school_stops_the_release() -> None:
    start = town(30, 3)
    _, ledger = published(start, FIRST, Ledger())
    cohort = start.structure.cohort[1:]
    delivered = {q: units - {"unit-00"} for q, units in start.structure.delivered.items()}

    shrunk = replace(start, structure=replace(start.structure, cohort=cohort, delivered=delivered))

    assert release(shrunk, SECOND, ledger) == Refusal(SECOND, (Reason(ReasonCode.COHORT, release=Q1),))


# --- RT-14 and RT-16: the same input gives the same bytes


def test_a_release_that_is_run_again_thirty_two_times_is_the_same_file_whatever_is_passed() -> None:
    start = town(20, 4, "heavy")
    publications, ledger = whole_year(start)
    other = town(20, 5)

    for wanted, publication in zip(RELEASES, publications, strict=True):
        files = {
            release(again, wanted, ledger, key=key).bytes()
            for again, key in [(start, KEY), (other, KEY), (other, b"another key of twenty")] * 11
        }
        assert files == {publication.bytes()}


def test_a_release_that_is_computed_again_from_nothing_is_the_same_file() -> None:
    start = town(20, 4, "heavy")

    files = {tuple(p.bytes() for p in whole_year(start)[0]) for _ in range(4)}

    assert len(files) == 1


def _renamed(start: Town, seed: int) -> Town:
    """Other pseudonyms of schools and boards, everybody in another order."""
    dice = random.Random(seed)
    units, boards = (sorted({getattr(c, what) for c in start.structure.cohort}) for what in ("unit", "board"))
    unit = dict(zip(units, dice.sample([f"{n:08x}" for n in range(9000)], len(units)), strict=True))
    board = dict(zip(boards, dice.sample([f"{n:08x}" for n in range(9000)], len(boards)), strict=True))
    cohort = [Contributor(unit[c.unit], board[c.board], c.district) for c in start.structure.cohort]
    counts = [((unit[u], q), row) for (u, q), row in start.counts.items()]
    dice.shuffle(cohort)
    dice.shuffle(counts)
    delivered = {q: frozenset(unit[u] for u in us) for q, us in reversed(start.structure.delivered.items())}
    structure = replace(start.structure, cohort=tuple(cohort), delivered=delivered)
    return Town(structure, dict(counts))


@pytest.mark.parametrize("seed", range(6))
def test_pseudonyms_and_order_have_no_influence_on_any_byte(seed: int) -> None:
    start = town((9, 12, 20)[seed % 3], seed, ("brief", "heavy")[seed % 2]).delivering(Q2, without=("unit-04",))

    expected = [p.bytes() for p in whole_year(start)[0]]

    assert [p.bytes() for p in whole_year(_renamed(start, seed))[0]] == expected


def test_the_order_of_the_categories_has_no_influence_on_any_byte() -> None:
    start = town(20, 4)
    order = [3, 1, 4, 0, 5, 8, 2, 6, 7]
    shuffled = replace(start, counts={k: tuple(row[i] for i in order) for k, row in start.counts.items()})
    categories = tuple(CATEGORIES[i] for i in order)

    expected = [p.bytes() for p in whole_year(start)[0]]

    assert [p.bytes() for p in whole_year(shuffled, categories=categories)[0]] == expected


def test_another_key_rounds_otherwise() -> None:
    start = town(30, 4)

    files = {release(start, FIRST, Ledger(), key=bytes([n]) * 32).bytes() for n in range(4)}

    assert len(files) == 4


# --- RT-41: the ledger


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return whole_year(town(10, 6))[1]


def test_the_ledger_survives_being_written_and_read(ledger: Ledger) -> None:
    again = Ledger.from_lines(ledger.to_lines())

    again.verify(verify=verify, head=ledger.head)
    assert again == ledger


def test_a_flipped_byte_anywhere_in_the_ledger_is_found(ledger: Ledger) -> None:
    text = ledger.to_lines().encode()
    dice = random.Random(41)

    for position in dice.sample(range(len(text)), 250):
        bent = bytearray(text)
        bent[position] ^= 1 << dice.randrange(7)
        with pytest.raises(LedgerBroken):
            Ledger.from_lines(bent.decode("utf-8", "replace")).verify(verify=verify, head=ledger.head)


def test_a_ledger_that_is_rolled_back_is_found_by_its_head(ledger: Ledger) -> None:
    old = Ledger(ledger.entries[:-1])

    with pytest.raises(LedgerBroken) as found:
        old.verify(verify=verify, head=ledger.head)

    assert found.value.index == 4


@pytest.mark.parametrize("kept", [[1, 2, 3, 4], [0, 2, 3, 4], [1, 0, 2, 3, 4], [0, 0, 1, 2, 3, 4]])
def test_a_ledger_with_entries_lost_moved_or_doubled_is_found(ledger: Ledger, kept: list[int]) -> None:
    with pytest.raises(LedgerBroken):
        Ledger(tuple(ledger.entries[i] for i in kept)).verify(verify=verify)


def test_a_fork_is_found_when_the_two_branches_meet(ledger: Ledger) -> None:
    start = town(10, 6)
    root = Ledger(ledger.entries[:1])
    other = protect(counts=start.counts, categories=CATEGORIES, structure=start.structure, release=SECOND,
                    ledger=Ledger(), policy=POLICY, key=KEY)  # fmt: skip
    fork = root.append(other, sign=sign)
    fork.verify(verify=verify)

    with pytest.raises(LedgerBroken):
        Ledger((*ledger.entries, *fork.entries[1:])).verify(verify=verify)
    with pytest.raises(LedgerBroken):
        fork.verify(verify=verify, head=ledger.head)


def test_an_entry_that_somebody_else_signed_is_found(ledger: Ledger) -> None:
    forged = replace(ledger.entries[2], signature=b"signed by somebody else")

    with pytest.raises(LedgerBroken) as found:
        Ledger((*ledger.entries[:2], forged, *ledger.entries[3:])).verify(verify=verify)

    assert found.value.index == 2


def test_history_cannot_be_appended_to_with_other_content(ledger: Ledger) -> None:
    other = release(town(10, 7), FIRST, Ledger())
    assert isinstance(other, Publication)

    with pytest.raises(LedgerBroken):
        ledger.append(other, sign=sign)


def test_appending_a_publication_again_changes_nothing(ledger: Ledger) -> None:
    again = release(town(10, 6), FIRST, ledger)
    assert isinstance(again, Publication)

    assert ledger.append(again, sign=sign) is ledger


def test_a_release_on_a_broken_ledger_is_not_made(ledger: Ledger) -> None:
    start = town(10, 6)
    bent = Ledger(tuple(ledger.entries[i] for i in (0, 2)))

    with pytest.raises(LedgerBroken):
        release(start, Release.quarter(Q4), bent)


def test_no_count_is_in_the_ledger() -> None:
    start = town(10, 6)
    large = replace(start, counts={k: tuple(10_007 + 7 * n for n in row) for k, row in start.counts.items()})
    _, ledger = published(large, FIRST, Ledger())

    entry = json.loads(ledger.to_lines())
    delivered = {str(n) for row in large.counts.values() for n in row}

    assert not delivered & set(re.findall(r"(?<!\w)\d+(?!\w)", ledger.to_lines()))
    assert not _numbers({k: v for k, v in entry["record"].items() if k != "waiting"})
    assert all(cell[4] is None or cell[4] % POLICY.base == 0 for cell in entry["publication"]["cells"])


def _numbers(value: object) -> list[float]:
    if isinstance(value, dict):
        return [n for child in value.values() for n in _numbers(child)]
    if isinstance(value, list):
        return [n for child in value for n in _numbers(child)]
    return [value] if isinstance(value, int | float) else []
