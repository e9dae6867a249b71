"""Which publication files are shown: signed, whole, in an unbroken chain, and out."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from baken.contract.publication import Cell
from baken.sites.window.pages import selfcheck
from baken.sites.window.pages.library import library
from building.publications import KEY_ID, PUBLIC, chain, file_name, sealed, write_files, write_key

STRANGER = Ed25519PrivateKey.from_private_bytes(b"somebody else, also 32 bytes....")
CHAIN = chain()


def shown() -> list[int]:
    return [release.number for release in library().releases]


def codes() -> list[str]:
    return [problem.code for problem in library().problems]


def test_an_empty_folder_is_an_empty_library(empty_window):
    assert shown() == [] and codes() == []


def test_a_folder_that_does_not_exist_is_an_empty_library(settings, tmp_path):
    settings.BAKEN_PUBLICATIONS = tmp_path / "nowhere"
    settings.BAKEN_PUBLICATION_KEYS = tmp_path / "nowhere"

    assert shown() == []


def test_signed_files_in_an_unbroken_chain_are_shown(window):
    assert shown() == [1, 2, 3, 4, 5, 6, 7] and codes() == []


def test_a_changed_file_ends_the_chain_and_what_came_before_stays(window):
    path = window / file_name(CHAIN[4])
    path.write_bytes(path.read_bytes().replace(b'"2025-2026",75,71,79', b'"2025-2026",70,66,74', 1))

    assert shown() == [1, 2, 3, 4]
    assert codes() == ["P-102", "P-104", "P-104"]


def test_a_file_signed_by_somebody_else_is_not_shown(window):
    (window / file_name(CHAIN[6])).write_bytes(sealed(CHAIN[6], private=STRANGER))

    assert shown() == [1, 2, 3, 4, 5, 6]
    assert codes() == ["P-103"]


def test_a_file_signed_with_a_key_that_is_not_here_is_not_shown(window):
    (window / file_name(CHAIN[6])).write_bytes(sealed(CHAIN[6], key_id="f" * 16))

    assert codes() == ["P-103"]


def test_without_public_keys_nothing_is_shown(window, empty_window):
    (empty_window / "publication-keys" / f"{KEY_ID}.pub").unlink()

    assert shown() == []


def test_a_public_key_may_be_raw_bytes_too(window, empty_window):
    (empty_window / "publication-keys" / f"{KEY_ID}.pub").write_bytes(PUBLIC)

    assert shown() == [1, 2, 3, 4, 5, 6, 7]


def test_an_unreadable_key_is_no_key(window, empty_window):
    (empty_window / "publication-keys" / f"{KEY_ID}.pub").write_text("no key")

    assert shown() == []


@pytest.mark.parametrize("data", [b"", b"{}", b"PK\x03\x04", b'{"publicatie":{},"zegel":{}}', b"\xff\xfe"])
def test_a_damaged_file_breaks_no_page_and_is_named(window, data):
    (window / "0008-kwartaal-2026-2027-3.json").write_bytes(data)

    assert shown() == [1, 2, 3, 4, 5, 6, 7]
    assert len(codes()) == 1
    assert library().problems[0].place.file == "0008-kwartaal-2026-2027-3.json"


def test_extra_data_beside_the_seal_is_not_shown(window):
    path = window / file_name(CHAIN[6])
    path.write_bytes(path.read_bytes().replace(b'"sleutel"', b'"school":"9","sleutel"'))

    assert shown() == [1, 2, 3, 4, 5, 6]


def test_a_missing_file_ends_the_chain(window):
    (window / file_name(CHAIN[2])).unlink()

    assert shown() == [1, 2]
    assert codes() == ["P-104"] * 4


def test_two_files_with_the_same_number_are_both_refused(window):
    fork = replace(CHAIN[6], participation="6-9")
    (window / "0007-other.json").write_bytes(sealed(fork))

    assert shown() == [1, 2, 3, 4, 5, 6]
    assert codes() == ["P-104", "P-104"]


def test_a_file_of_another_city_is_refused(empty_window):
    write_files(empty_window / "publications", chain(change=lambda p: replace(p, city="utrecht")))

    assert shown() == []


def test_a_file_that_changes_a_published_figure_is_refused(empty_window):
    first, second = chain(("2026-2027/1", "2026-2027/2"))
    cell = first.cells[0]
    again = Cell(cell.table, cell.area, cell.category, cell.period, 95, 91, 99)
    changed = replace(second, cells=(*second.cells, again))
    write_files(empty_window / "publications", (first, changed))

    assert shown() == [1]


@pytest.mark.parametrize(
    "cell",
    [
        Cell("T1", "stad", "drugs", "yesterday", 5, 1, 9),
        Cell("T1", "stad", "drugs", "2026-2027/1", 5, None, None),
        Cell("T1", "stad", "drugs", "2026-2027/1", "13", 9, 17),  # type: ignore[arg-type]
        Cell("T1", "stad", "drugs", "2026-2027/1", -5, 0, 4),
    ],
)
def test_signed_nonsense_takes_no_page_down(empty_window, cell):
    (nonsense,) = chain(("2026-2027/1",), change=lambda p: replace(p, cells=(cell,)))
    write_files(empty_window / "publications", (nonsense,))

    assert shown() == []
    assert codes() == ["P-101"]


def test_a_publication_is_not_shown_before_its_day(window, settings):
    settings.BAKEN_TODAY = "2027-03-28"
    assert shown() == [1, 2, 3, 4, 5, 6]

    settings.BAKEN_TODAY = "2027-03-29"
    assert shown() == [1, 2, 3, 4, 5, 6, 7]


def test_a_file_that_is_still_being_written_is_not_read(window):
    (window / ".writing-x.json").write_bytes(b"{")

    assert codes() == []


def test_an_unchanged_folder_is_read_once(window):
    assert library() is library()


def test_a_new_file_is_seen_at_once(empty_window):
    write_files(empty_window / "publications", CHAIN[:3])
    assert shown() == [1, 2, 3]

    write_files(empty_window / "publications", CHAIN[3:])
    assert shown() == [1, 2, 3, 4, 5, 6, 7]


def test_the_self_check_says_which_file_is_not_shown_and_why(window):
    (window / file_name(CHAIN[6])).write_bytes(sealed(CHAIN[6], private=STRANGER))

    answer = selfcheck.publications_hold()

    assert not answer.well
    assert file_name(CHAIN[6]) in answer.todo and "P-103" in answer.todo


def test_the_self_check_is_well_when_everything_holds(window):
    assert selfcheck.publications_hold().well
    assert selfcheck.public_key_is_there().well
    assert selfcheck.downloads_pass_the_leak_scan().well


def test_the_self_check_misses_the_public_key(window, empty_window):
    (empty_window / "publication-keys" / f"{KEY_ID}.pub").unlink()
    assert not selfcheck.public_key_is_there().well

    write_key(empty_window / "publication-keys")
    assert selfcheck.public_key_is_there().well
