"""The way of a figure, walked by five people in Chromium: from an export at a school to a PDF that a council reads."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

QUARTER = "2026-2027/1"


def count_at_school(var: Path, folder: Path, shape: str = "registraties.xlsx") -> Path:
    """What the coordinator does on their own computer: anonymise the export, count the quarter."""

    def baken(*words: object) -> None:
        subprocess.run([sys.executable, "-m", "baken.cli", *map(str, words)], check=True, capture_output=True)

    records, counters = folder / "registraties.csv", folder / "tellingen.json"
    mapping, secret = folder / "vertaaltabel.toml", folder / "geheim.key"
    baken("anonymise", var / "exports" / shape, "--suggest", mapping, "--secret", secret, "-o", records)
    baken("count", records, "--quarter", QUARTER, "-o", counters)
    return counters


def check_accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]][:2]) for v in found] == []


@pytest.fixture(scope="module")
def counters(sites, tmp_path_factory) -> Path:
    return count_at_school(sites.var, tmp_path_factory.mktemp("school"))


def test_an_export_becomes_a_publication_that_a_council_reader_downloads(
    page: Page, sites, counters, sign_in, console_errors, tmp_path
):
    # The coordinator looks at what leaves the building, and delivers.
    sign_in(page, sites.register, "Noor Duinkerken")
    page.goto(f"{sites.register}/leveringen/")
    check_accessible(page)
    page.get_by_role("link", name="Tellingen leveren").first.click()
    page.set_input_files("input[type=file]", counters)
    page.get_by_role("button", name="Bekijken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit verlaat het gebouw")
    check_accessible(page)
    total = sum(json.loads(counters.read_text())["tellers"][:9])
    expect(page.locator("main")).to_contain_text(str(total))
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Lever deze tellingen").dblclick()
    page.wait_for_url("**/leveringen/bewijs/**")
    page.goto(f"{sites.register}/leveringen/")
    expect(page.locator("main")).to_contain_text("Ontvangen")

    # The steward sees who delivered, not what, and accepts.
    sign_in(page, sites.register, "Samira Zandstra")
    page.goto(f"{sites.register}/postvak/?kwartaal={QUARTER}")
    check_accessible(page)
    page.get_by_role("button", name=re.compile("Accepteer")).click()
    expect(page.get_by_role("button", name=re.compile("Accepteer"))).to_have_count(0)

    # The steward composes and tries; nobody approves their own work.
    page.goto(f"{sites.register}/publicaties/")
    page.get_by_role("link", name="Nieuwe publicatie maken").click()
    page.get_by_role("radio").first.check()
    check_accessible(page)
    page.get_by_role("button", name="Verder naar de proef").click()
    page.get_by_role("button", name="Proef draaien").click()
    expect(page.locator("main")).to_contain_text("De proef is geslaagd")
    check_accessible(page)
    release = page.url
    page.locator(".baken-actions").get_by_role("link", name="Voorleggen aan de tweede persoon").click()
    page.get_by_label("Wat is er met de vorige cijfers gedaan?").fill("Besproken in het netwerk.")
    page.get_by_role("button", name="Voorleggen").click()
    expect(page.get_by_role("button", name="Goedkeuren")).to_have_count(0)

    # The second person approves and publishes.
    sign_in(page, sites.register, "Pieter Vuurtoren")
    page.goto(release)
    check_accessible(page)
    page.get_by_role("button", name="Goedkeuren").click()
    page.get_by_role("button", name="Publiceren").click()
    expect(page.locator("main")).to_contain_text("Publicatie 11")
    check_accessible(page)

    # The council reader sees it on the other site and takes the PDF along.
    sign_in(page, sites.window, "Joke van der Kade")
    page.goto(f"{sites.window}/")
    expect(page.locator("main")).to_contain_text("2026-2027")
    check_accessible(page)
    page.goto(f"{sites.window}/publicaties/")
    page.get_by_role("link", name=re.compile("2026-2027")).first.click()
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile("PDF")).first.click()
    taken.value.save_as(tmp_path / "cijfers.pdf")
    with pikepdf.open(tmp_path / "cijfers.pdf") as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang).startswith("nl")
        assert "/StructTreeRoot" in pdf.Root


def test_a_file_of_the_pupil_tracking_system_is_refused_and_not_kept(page: Page, sites, sign_in, console_errors):
    export = sites.var / "exports" / "logboek.csv"
    sign_in(page, sites.register, "Ravi Strandhuis")
    page.goto(f"{sites.register}/leveringen/")
    page.get_by_role("link", name="Tellingen leveren").first.click()
    page.set_input_files("input[type=file]", export)
    page.get_by_role("button", name="Bekijken").click()

    expect(page.get_by_role("alert")).to_contain_text("kan niet worden geleverd")
    check_accessible(page)
    name = export.read_bytes().decode("cp1252").splitlines()[3].split(";")[1].strip('"')
    text = page.content()
    assert name.split(",")[0] not in text
    log = (sites.var / "log.txt").read_bytes()
    database = b"".join(path.read_bytes() for path in sorted(sites.var.glob("register.sqlite3*")))
    assert len(database) > 100_000
    assert name.encode() not in log + database


def test_no_incidents_is_said_aloud_with_the_keyboard_alone(page: Page, sites, sign_in, console_errors):
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, sites.register, "Ravi Strandhuis")
    page.goto(f"{sites.register}/leveringen/99AA00/{QUARTER}/geen-incidenten/")
    check_accessible(page)
    for destination in ("**/voorbeeld/**", "**/bewijs/**"):
        for _ in range(60):
            page.keyboard.press("Tab")
            focused = page.evaluate("document.activeElement.type + ' ' + document.activeElement.closest('main')")
            if focused.startswith("checkbox"):
                page.keyboard.press("Space")
            elif focused.startswith("submit") and "null" not in focused:
                page.keyboard.press("Enter")
                break
        page.wait_for_url(destination)

    page.goto(f"{sites.register}/leveringen/99AA00/{QUARTER}/")
    expect(page.locator("main")).to_contain_text("Nulmelding")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


PAGES = {
    "register": {
        "Noor Duinkerken": ["/leveringen/"],
        "Aya Havenmeester": ["/leveringen/"],
        "Samira Zandstra": ["/", "/postvak/", "/publicaties/", "/publicaties/grootboek/"],
        "Bram Sleutelhof": ["/", "/gebruikers/", "/gebruikers/nieuw/", "/handelingen/", "/health/zelfcontrole/"],
    },
    "window": {
        "Joke van der Kade": ["/", "/cijfers/", "/verloop/", "/publicaties/", "/bescherming/"],
    },
}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(("site", "person"), [(site, person) for site in PAGES for person in PAGES[site]])
def test_every_page_is_accessible_and_fits(page: Page, sites, sign_in, console_errors, site, person, width):
    page.set_viewport_size({"width": width, "height": 800})
    address = getattr(sites, site)
    sign_in(page, address, person)
    for path in PAGES[site][person]:
        page.goto(address + path)
        check_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        page.goto(address + path)


def test_every_page_of_the_register_speaks_english_too(page: Page, sites, sign_in, console_errors):
    sign_in(page, sites.register, "Samira Zandstra")
    page.get_by_role("button", name="English").click()
    page.goto(f"{sites.register}/publicaties/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Publications")
    expect(page.locator("html")).to_have_attribute("lang", "en")
