"""Both sites as their own processes, in demo mode, and Chromium as a person would use it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

CHROMIUM = Path("/usr/bin/chromium")
START_SECONDS = 300
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM.exists():
                item.add_marker(pytest.mark.skip(reason="CHROMIUM IS NOT INSTALLED: this browser test did not run"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return browser_type_launch_args | {
        "executable_path": str(CHROMIUM),
        "args": [*flags, "--disable-sync", "--disable-quic", "--no-first-run"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    return browser_context_args | {"locale": "nl-NL", "viewport": {"width": 1280, "height": 900}}


@dataclass(frozen=True)
class Sites:
    register: str
    window: str
    var: Path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    """Both sites with the synthetic city, started by the same launcher as `make run`."""
    var = tmp_path_factory.mktemp("var")
    ports = {"BAKEN_REGISTER_PORT": str(_free_port()), "BAKEN_WINDOW_PORT": str(_free_port())}
    environment = {k: v for k, v in os.environ.items() if k not in ("BAKEN_TEST", "DJANGO_SETTINGS_MODULE")}
    environment |= ports | {"BAKEN_DEMO": "1", "BAKEN_VAR": str(var)}
    log = (var / "log.txt").open("wb")
    server = subprocess.Popen([sys.executable, "-m", "baken.sites.serve"], env=environment, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + START_SECONDS
        while b"Baken runs." not in (var / "log.txt").read_bytes():
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail("the sites did not start:\n" + (var / "log.txt").read_text(errors="replace")[-4000:])
            time.sleep(0.2)
        yield Sites(
            f"http://localhost:{ports['BAKEN_REGISTER_PORT']}", f"http://localhost:{ports['BAKEN_WINDOW_PORT']}", var
        )
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
        log.close()


@pytest.fixture
def console_errors(page: Page) -> Iterator[list[str]]:
    """Everything the browser complains about; a test that uses it fails on the first complaint."""
    found: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            found.append(f"{message.type}: {message.text}")

    page.on("console", hear)
    page.on("pageerror", lambda error: found.append(str(error)))
    yield found
    assert not found


SignIn = Callable[[Page, str, str], None]


@pytest.fixture
def sign_in() -> SignIn:
    """Sign in with one click on the demo page: `sign_in(page, address of the site, name of the person)`."""

    def go(page: Page, address: str, name: str) -> None:
        page.context.clear_cookies()
        page.goto(f"{address}/demo/")
        page.get_by_role("button", name=name).click()
        page.wait_for_load_state()

    return go
