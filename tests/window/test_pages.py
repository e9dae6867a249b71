"""What the pages say: from the files alone, in both languages, and honest about what is not there."""

import html
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client

from baken.contract.publication import Publication
from baken.render.markupscan import parse, published_numbers, scan_html, structural_numbers
from baken.sites.shared.identity.roles import Role
from baken.sites.window.pages import files
from baken.sites.window.pages.library import library
from building.publications import KEY_ID, PILOT, chain, write_files
from window.conftest import reader

pytestmark = pytest.mark.django_db

AREA = "haagse-hout+scheveningen"
PAGES = (
    "/",
    "/cijfers/",
    "/cijfers/?periode=2025-2026",
    f"/cijfers/?periode=2025-2026&gebied={AREA.replace('+', '%2B')}",
    "/cijfers/?periode=2025-2026&categorie=diefstal",
    f"/cijfers/?periode=2025-2026&categorie=diefstal&gebied={AREA.replace('+', '%2B')}",
    "/cijfers/?periode=2026-2027/1&categorie=drugs",
    "/cijfers/?gebied=escamp",
    "/verloop/",
    "/verloop/?gebied=escamp",
    "/verloop/?categorie=seksueel",
    "/bescherming/",
    "/publicaties/",
    "/publicaties/5/",
)
LANGUAGES = ("nl", "en")


def in_language(client: Client, language: str) -> Client:
    client.cookies["baken_window_language"] = language
    return client


def text(client: Client, address: str) -> str:
    """What a reader sees of the main part of a page, white space made even."""
    body = client.get(address).content.decode()
    main = body[body.index("<main") : body.index("</main>")]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PAGES)
def test_every_page_shows_published_numbers_only(client, public, address, language):
    body = in_language(client, language).get(address)
    markup = body.content.decode()
    publications = library().publications
    allowed = published_numbers(publications) | structural_numbers(publications, 8)

    assert body.status_code == 200
    assert scan_html(markup[markup.index("<main") : markup.index("</main>") + len("</main>")], allowed) == []


@pytest.mark.parametrize("address", PAGES)
def test_no_page_in_english_keeps_dutch_words(client, public, address):
    seen = text(in_language(client, "en"), address)

    for word in ("Bekijk", "Gebied ", "schooljaar", "kwartaal", "betekent", "scholen", "deelname", "tot en met"):
        assert word not in seen, word


def test_the_newest_figures_come_first_in_plain_sentences(client, public):
    seen = text(client, "/")

    headline = "Van november 2026 tot en met januari 2027 registreerden de deelnemende scholen ongeveer 190 incidenten."
    assert seen.index(headline) < seen.index("Incidenten per categorie")
    assert "Dat is meer dan in het kwartaal ervoor (ongeveer 165)." in seen
    assert "Het vaakst: bedreiging en diefstal." in seen


def test_joined_districts_are_one_area_and_the_page_says_why(client, public):
    seen = text(client, "/cijfers/?periode=2025-2026")

    assert "Centrum, Escamp, Laak en Segbroek" in seen
    assert "Waarom staan sommige stadsdelen samen?" in seen
    assert "ten minste 3 scholen van 3 besturen" in seen


def test_a_district_that_does_not_take_part_says_so_and_is_not_zero(client, public):
    tree, _ = parse(client.get("/cijfers/?periode=2025-2026").content.decode())
    rows = [row for row in tree.find("tr") if any(e.text == "Loosduinen" for e in row.find("th"))]

    assert rows
    for row in rows:
        assert [cell.text for cell in row.find("td")] == ["doet (nog) niet mee"]


def test_what_is_held_back_has_one_symbol_with_its_meaning_for_the_ear(client, public):
    tree, _ = parse(client.get("/cijfers/?periode=2025-2026").content.decode())
    held = [cell for cell in tree.find("td") if any(e.text == "·" for e in cell.all())]

    assert len(held) == 3
    assert all("niet getoond om scholen te beschermen" in "".join(e.text for e in cell.all()) for cell in held)


def test_every_table_of_figures_has_its_legend(client, public):
    tree, _ = parse(client.get("/cijfers/?periode=2025-2026").content.decode())
    notes = ["".join(e.text for e in note.all()) for note in tree.find("p", "baken-table__note")]

    assert len(notes) == len(tree.find("table")) == 3
    assert all("0 betekent: 0 tot en met 4." in note and "· betekent: niet getoond" in note for note in notes)


def test_every_table_has_a_caption_and_heads_for_rows_and_columns(client, public):
    tree, _ = parse(client.get("/cijfers/?periode=2025-2026").content.decode())

    for table in tree.find("table"):
        assert table.find("caption")
        assert all(head.attributes.get("scope") in {"col", "row"} for head in table.find("th"))


def test_every_chart_has_words_for_who_cannot_see_it_and_a_table(client, public):
    tree, _ = parse(client.get("/").content.decode())
    drawings = tree.find("svg", "drawing")
    ids = [e.attributes["id"] for e in tree.all() if "id" in e.attributes]

    assert len(drawings) == 6
    assert len(ids) == len(set(ids))
    for drawing in drawings:
        assert drawing.attributes["role"] == "img"
        assert set(drawing.attributes["aria-labelledby"].split()) <= set(ids)
    assert len(tree.find("details")) >= 3


def test_areas_stand_in_the_order_of_the_city_never_by_figure(client, public):
    tree, _ = parse(client.get("/cijfers/?periode=2026-2027/1").content.decode())
    names = [head.text for head in tree.find("th") if head.text in {"Escamp", "Centrum"}]

    assert names and names == ["Escamp", "Centrum"] * (len(names) // 2)


def test_no_page_judges(client, public):
    for address in PAGES:
        seen = text(client, address).lower()
        for word in ("onveilig", "veiligste", "slechtste", "ranglijst", "top 3"):
            assert word not in seen


def test_a_quarter_says_that_categories_by_area_come_per_school_year(client, public):
    assert "Per kwartaal tonen we van een gebied alleen het totaal." in text(client, "/cijfers/?gebied=escamp")


def test_a_single_figure_is_shown_with_its_bounds(client, public):
    seen = text(client, f"/cijfers/?periode=2025-2026&categorie=diefstal&gebied={AREA.replace('+', '%2B')}")

    assert "30 Diefstal, Haagse Hout en Scheveningen Afgerond. Het werkelijke aantal: 26 tot en met 34." in seen


def test_a_trend_names_the_change_of_participation(client, public):
    seen = text(client, "/verloop/")

    assert "van 6-9 scholen naar 10+ scholen" in seen


def test_each_publication_has_its_number_day_hash_and_what_was_done(client, public):
    seen = text(client, "/publicaties/")

    for release in library().releases:
        assert f"Publicatie {release.number}, " in seen
        assert release.digest in seen
    assert "In Escamp gaf Halt voorlichting over bedreiging." in seen


def test_the_values_of_the_policy_come_from_the_file(client, empty_window, settings):
    settings.WINDOW_PUBLIC = True
    other = {"min_schools": 4, "p_percent": 15}
    strict = chain(("2026-2027/1",), change=lambda p: replace(p, policy=dict(p.policy) | other))
    write_files(empty_window / "publications", strict)

    seen = text(client, "/bescherming/")

    assert "ten minste 4 scholen van 3 besturen" in seen
    assert "op 15 procent na" in seen


def test_the_program_on_the_page_checks_a_publication(client, public, tmp_path):
    program = tmp_path / "check.py"
    program.write_text(render_to_string("pages/check_publication.txt"))
    (tmp_path / "publicatie.json").write_bytes(client.get("/publicaties/5/publicatie.json").content)
    (tmp_path / f"{KEY_ID}.pub").write_bytes(client.get(f"/publicaties/sleutel/{KEY_ID}.pub").content)
    command = [sys.executable, str(program), "publicatie.json"]

    good = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    (tmp_path / "publicatie.json").write_bytes((tmp_path / "publicatie.json").read_bytes().replace(b",75,", b",80,", 1))
    bad = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert good.stdout.strip() == library().releases[4].digest
    assert bad.returncode != 0


def test_the_program_stands_on_the_page_as_it_is_tested(client, public):
    body = html.unescape(client.get("/bescherming/").content.decode())

    assert render_to_string("pages/check_publication.txt").strip() in body


@pytest.mark.parametrize("address", ["/", "/cijfers/", "/verloop/", "/publicaties/", "/bescherming/"])
def test_without_any_publication_every_page_says_so(client, empty_window, settings, address):
    settings.WINDOW_PUBLIC, settings.BAKEN_TODAY = True, "2026-09-01"

    response = client.get(address)

    assert response.status_code == 200
    if address != "/bescherming/":
        assert "Er is nog niets gepubliceerd. Eerste publicatie op 4 januari 2027." in text(client, address)


def long_ago(made: Publication) -> Publication:
    """Out on any day on which the tests run, as there is no fixed day outside the demo."""
    return replace(made, published_on="2020-01-06")


@pytest.mark.parametrize(("synthetic", "said"), [(True, True), (False, False)])
def test_invented_figures_and_only_those_are_called_invented_outside_the_demo(
    client, empty_window, settings, synthetic, said
):
    settings.WINDOW_PUBLIC, settings.DEMO = True, False
    made = chain(change=lambda p: replace(long_ago(p), synthetic=synthetic))
    write_files(empty_window / "publications", made)

    for address in PAGES:
        response = client.get(address)
        assert response.status_code == 200
        assert ("Oefencijfers:" in response.content.decode()) is said


def test_no_rate_percentage_or_mean_is_on_any_page(client, public):
    for address in PAGES:
        if address.startswith(("/bescherming", "/publicaties")):
            continue
        seen = text(client, address).lower()
        for word in ("%", "procent", "gemiddeld", "per leerling", "per school ", "per 1.000"):
            assert word not in seen


def test_nothing_changes_before_the_day_of_publication(client, empty_window, settings):
    settings.WINDOW_PUBLIC, settings.BAKEN_TODAY = True, "2027-03-28"
    write_files(empty_window / "publications", chain()[:6])
    before = [text(client, address) for address in PAGES]

    write_files(empty_window / "publications", chain())

    assert [text(client, address) for address in PAGES] == before
    assert client.get("/publicaties/7/").status_code == 404


def test_a_page_changes_at_the_day_of_publication_only(client, public):
    assert client.get("/")["Last-Modified"] == "Mon, 29 Mar 2027 00:00:00 GMT"
    assert client.get("/cijfers/?periode=2025-2026")["Last-Modified"] == "Mon, 29 Mar 2027 00:00:00 GMT"


# Downloads


@pytest.mark.parametrize("name", files.NAMES)
def test_every_file_of_every_release_can_be_downloaded(client, public, name):
    for number in range(1, 8):
        response = client.get(f"/publicaties/{number}/{name}")
        assert response.status_code == 200
        assert response["Content-Disposition"].startswith('attachment; filename="verzonnen-baken-den-haag-')


def test_a_download_is_known_by_its_release_and_not_sent_twice(client, public):
    first = client.get("/publicaties/5/cijfers.csv")

    again = client.get("/publicaties/5/cijfers.csv", headers={"If-None-Match": first["ETag"]})

    assert first["ETag"].startswith(f'"{library().releases[4].digest[:32]}')
    assert first["Last-Modified"] == "Fri, 09 Oct 2026 00:00:00 GMT"
    assert again.status_code == 304


@pytest.mark.parametrize("name", files.NAMES)
def test_a_file_of_a_release_stays_the_same_when_later_ones_come(client, empty_window, settings, name):
    settings.WINDOW_PUBLIC = True
    write_files(empty_window / "publications", chain()[:5])
    before = client.get(f"/publicaties/5/{name}").content

    write_files(empty_window / "publications", chain())

    assert client.get(f"/publicaties/5/{name}").content == before
    assert len(library().releases) == 7


def test_the_signed_file_is_downloaded_byte_for_byte(client, public):
    stored = Path(public / "0005-schooljaar-2025-2026.json").read_bytes()

    assert client.get("/publicaties/5/publicatie.json").content == stored


# Who may read


def test_a_stranger_is_welcomed_and_sees_no_figure(client, window):
    seen = text(client, "/")

    assert "Meld u aan" in seen
    assert not re.search(r"\d", seen)


CLOSED = ("/cijfers/", "/verloop/", "/publicaties/", "/publicaties/5/", "/publicaties/5/cijfers.csv")


@pytest.mark.parametrize("address", CLOSED)
def test_a_stranger_is_asked_to_sign_in(client, window, address):
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_how_schools_are_protected_is_open_to_everybody(client, window):
    assert client.get("/bescherming/").status_code == 200


@pytest.mark.parametrize("role", [Role.COUNCIL_READER, Role.INSPECTOR, Role.STEWARD, Role.REVIEWER, Role.ADMINISTRATOR])
def test_readers_see_the_figures(client, window, role):
    assert reader(client, role).get("/cijfers/").status_code == 200


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SCHOOL_LEADER, None])
def test_others_are_refused(client, window, role):
    assert reader(client, role).get("/cijfers/").status_code == 403


def test_somebody_without_the_role_is_told_who_can_give_it(client, window):
    seen = text(reader(client, None), "/")

    assert "Uw account heeft die rol niet" in seen
    assert not re.search(r"\d", seen)


def test_pages_of_signed_in_readers_are_not_kept_by_the_browser(client, window):
    assert reader(client, Role.COUNCIL_READER).get("/cijfers/")["Cache-Control"] == "no-store"


def test_the_pilot_of_two_areas_is_shown_as_two_areas(client, public):
    tree, _ = parse(client.get("/cijfers/?periode=2025-2026").content.decode())
    regions = tree.find("g", "region")

    assert len([r for r in regions if r.find("text", "number")]) == len(PILOT) * 2
