"""Make the pictures of the README and the manuals: `python tools/screenshots.py ADDRESS-OF-REGISTER ADDRESS-OF-WINDOW`.

Needs both sites in demo mode (`make run`) and Chromium. Every figure in the pictures is synthetic.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
EXPORT = Path("var/exports/registraties.xlsx")
QUARTER = "2026-2027/1"


def sign_in(page: Page, address: str, name: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{address}/demo/")
    page.get_by_role("button", name=name).click()
    page.wait_for_load_state()


def shoot(page: Page, name: str, height: int = 1000) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    clip = {"x": 0, "y": 0, "width": 1280, "height": height}
    page.screenshot(path=IMAGES / f"{name}.png", clip=clip, full_page=True)


def counters(folder: Path, export: Path) -> Path:
    records, made = folder / "registraties.csv", folder / "tellingen.json"
    words = ["anonymise", str(export), "--suggest", str(folder / "m.toml"), "--secret", str(folder / "k.key")]
    for command in ([*words, "-o", str(records)], ["count", str(records), "--quarter", QUARTER, "-o", str(made)]):
        subprocess.run([sys.executable, "-m", "baken.cli", *command], check=True, stdout=subprocess.DEVNULL)
    return made


def walk(page: Page, register: str, window: str, export: Path) -> None:
    sign_in(page, window, "Joke van der Kade")
    shoot(page, "window-home", 1240)
    page.goto(f"{window}/cijfers/")
    shoot(page, "window-figures", 1800)

    sign_in(page, register, "Noor Duinkerken")
    page.goto(f"{register}/leveringen/")
    shoot(page, "register-deliveries", 900)
    page.get_by_role("link", name="Tellingen leveren").first.click()
    with tempfile.TemporaryDirectory() as folder:
        page.set_input_files("input[type=file]", counters(Path(folder), export))
        page.get_by_role("button", name="Bekijken").click()
    shoot(page, "register-preview", 1100)

    sign_in(page, register, "Samira Zandstra")
    page.goto(f"{register}/postvak/?kwartaal={QUARTER}")
    shoot(page, "register-mailbox", 1000)
    page.goto(f"{register}/publicaties/nieuw/")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Verder naar de proef").click()
    page.get_by_role("button", name="Proef draaien").click()
    release = page.url
    page.locator(".baken-actions").get_by_role("link", name="Voorleggen aan de tweede persoon").click()
    page.get_by_label("Wat is er met de vorige cijfers gedaan?").fill("Besproken in het netwerk.")
    page.get_by_role("button", name="Voorleggen").click()
    sign_in(page, register, "Pieter Vuurtoren")
    page.goto(release)
    shoot(page, "register-review", 1500)


def main() -> int:
    register, window = sys.argv[1:3]
    export = Path(sys.argv[3]) if len(sys.argv) > 3 else EXPORT
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL").new_page()
        walk(page, register, window, export)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
