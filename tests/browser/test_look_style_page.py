"""Every component on one page, on both sites: accessible (axe), and no wider than a telephone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (360, 1280)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", ["/look/", "/look/?fout=1&bericht=1"])
@pytest.mark.parametrize("site", ["register", "window"])
def test_no_component_shuts_anybody_out(
    page: Page, sites: object, console_errors: list[str], site: str, address: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(getattr(sites, site) + address)

    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_menu_of_a_telephone_opens_and_closes_by_keyboard(page: Page, sites: object) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{sites.register}/look/")  # type: ignore[attr-defined]
    menu = page.locator("#menu")

    page.get_by_role("button", name="Menu").press("Enter")
    assert menu.is_visible()

    page.keyboard.press("Escape")
    assert not menu.is_visible()


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(page: Page, sites: object) -> None:
    page.goto(f"{sites.register}/look/?fout=1")  # type: ignore[attr-defined]
    assert "baken-summary" in str(page.evaluate("document.activeElement.className"))

    page.locator(".baken-summary a").first.click()

    assert page.evaluate("document.activeElement.id") == "id_name"
