"""The wall: the window lives alone, with its own database and a folder of signed files, and knows nothing else."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from building.publications import chain, write_files, write_key

START_SECONDS = 60
PAGES = (
    "/",
    "/cijfers/",
    "/verloop/",
    "/bescherming/",
    "/publicaties/",
    "/publicaties/5/",
    "/publicaties/5/rapport-nl.pdf",
)
FORBIDDEN = (
    "baken.sites.register", "baken.shield", "baken.schoolside", "baken.synthetic", "numpy", "scipy", "highspy",
)  # fmt: skip
VISIT = """
import json, sys, django
django.setup()
from django.test import Client
client = Client(headers={"X-Forwarded-Proto": "https", "Host": "localhost"})
codes = [client.get(page).status_code for page in json.loads(sys.argv[1])]
print(json.dumps({"codes": codes, "modules": sorted(sys.modules)}))
"""


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of an installation that has a window and nothing else; its database is made."""
    var = tmp_path_factory.mktemp("window")
    made = chain(change=lambda p: replace(p, published_on="2020-01-06"))
    write_files(var / "publications", made)
    write_key(var / "publication-keys")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BAKEN_", "DJANGO_"))}
    environment = kept | {
        "BAKEN_VAR": str(var),
        "BAKEN_SECRET_KEY": "only for this test, and long enough to be a secret",
        "BAKEN_MFA_KEY": "another one that is only for this test",
        "BAKEN_WINDOW_PUBLIC": "1",
        "BAKEN_BEHIND_TLS_PROXY": "1",
        "BAKEN_HOSTS": "localhost",
        "DJANGO_SETTINGS_MODULE": "baken.sites.window.settings",
    }
    for command in (["migrate", "--verbosity=0"], ["collectstatic", "--noinput", "--verbosity=0"]):
        subprocess.run([sys.executable, "-m", "baken.sites.manage", "window", *command], env=environment, check=True)
    return environment


@pytest.fixture(scope="module")
def address(alone: dict[str, str]) -> Iterator[str]:
    """The window as its own process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--no-ws", "--log-level", "warning", "baken.sites.window.wsgi:application"]
    server = subprocess.Popen(command, env=alone)
    try:
        deadline = time.monotonic() + START_SECONDS
        while socket.socket().connect_ex(("127.0.0.1", port)) != 0:
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail("the window did not start")
            time.sleep(0.1)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def get(address: str) -> tuple[int, bytes]:
    request = urllib.request.Request(address, headers={"X-Forwarded-Proto": "https"})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


@pytest.mark.parametrize("page", PAGES)
def test_the_window_answers_with_no_register_in_existence(address, page):
    assert get(address + page)[0] == 200


def test_the_window_makes_no_register_database(address, alone):
    get(address + "/")

    made = sorted(path.name for path in Path(alone["BAKEN_VAR"]).iterdir())
    assert not [name for name in made if "register" in name]


def test_a_figure_that_is_held_back_is_refused_as_one_that_does_not_exist(address):
    held = get(f"{address}/cijfers/?periode=2025-2026&gebied=haagse-hout%2Bscheveningen&categorie=drugs")
    unknown = get(f"{address}/cijfers/?periode=2025-2026&gebied=moerwijk&categorie=drugs")

    assert held == unknown
    assert held[0] == 404


def test_nothing_of_the_register_or_the_shield_is_in_the_process(alone):
    command = [sys.executable, "-c", VISIT, json.dumps(PAGES)]

    done = subprocess.run(command, env=alone, capture_output=True, text=True, check=True)

    seen = json.loads(done.stdout)
    assert seen["codes"] == [200] * len(PAGES)
    assert "baken.sites.window.pages.views" in seen["modules"]
    assert [name for name in seen["modules"] if name.startswith(FORBIDDEN)] == []
