"""The pages in Chromium: accessible, narrow and wide, by keyboard, on paper, and without a complaint in the console."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from building.window_process import environment, running

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(), reason="CHROMIUM IS NOT INSTALLED: this browser test did not run"
)

AREA = "haagse-hout%2Bscheveningen"
PAGES = (
    "/",
    "/cijfers/",
    "/cijfers/?periode=2025-2026",
    f"/cijfers/?periode=2025-2026&gebied={AREA}",
    f"/cijfers/?periode=2025-2026&gebied={AREA}&categorie=diefstal",
    "/cijfers/?gebied=escamp",
    "/verloop/",
    "/verloop/?gebied=escamp",
    "/bescherming/",
    "/publicaties/",
    "/publicaties/5/",
    "/cijfers/?gebied=moerwijk",
)
WIDTHS = (1280, 360)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(environment(tmp_path_factory.mktemp("window"), BAKEN_DEMO="1")) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def tab(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that fails the test when the browser complains (a page that is not there is no complaint)."""
    context = chromium.new_context(viewport={"width": getattr(request, "param", 1280), "height": 900}, locale="nl-NL")
    opened, complaints = context.new_page(), []
    opened.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert [c for c in complaints if "404 (Not Found)" not in c] == []


@pytest.mark.parametrize("tab", WIDTHS, indirect=True)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_accessible_and_fits_the_screen(tab, address, path):
    tab.goto(address + path)

    found = Axe().run(tab).response["violations"]

    assert [(v["id"], [n["html"][:100] for n in v["nodes"]]) for v in found] == []
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("tab", WIDTHS, indirect=True)
def test_unfolded_tables_are_accessible_too(tab, address):
    tab.goto(f"{address}/cijfers/?periode=2025-2026")
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")

    assert Axe().run(tab).response["violations"] == []
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("tab", WIDTHS, indirect=True)
def test_one_drawing_of_each_chart_shows_and_the_other_does_not(tab, address):
    tab.goto(address)

    for panel in tab.locator(".figures-panel").all():
        assert [svg.is_visible() for svg in panel.locator("svg.drawing").all()].count(True) == 1


def test_figures_are_chosen_by_keyboard_alone(tab, address):
    tab.goto(f"{address}/cijfers/")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.id") == "kies-periode"

    tab.select_option("#kies-periode", "2025-2026")
    tab.focus("#kies-periode")
    for _field in range(3):
        tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")

    tab.wait_for_url("**periode=2025-2026**")
    assert tab.locator("h1 >> xpath=..").inner_text().startswith("Schooljaar 2025-2026")


def test_on_paper_the_charts_stay_and_the_form_goes(tab, address):
    tab.goto(f"{address}/cijfers/")
    tab.emulate_media(media="print")

    assert tab.locator("#kies-periode").is_visible() is False
    assert tab.locator(".figures-wide svg.drawing").first.is_visible()


def test_the_pages_work_without_any_script(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/cijfers/")
    page.select_option("#kies-periode", "2025-2026")
    page.click("text=Toon")

    assert "periode=2025-2026" in page.url
    assert page.locator("table").count() == 3
    context.close()


def test_english_is_one_click_away_and_stays(tab, address):
    tab.goto(address)
    tab.click("text=English")
    assert tab.locator("h1").inner_text() == "School safety in Den Haag"

    tab.goto(f"{address}/verloop/")
    assert tab.locator("h1").inner_text() == "Trend"
