"""The wall: the window lives alone, with its own database and a folder of signed files, and knows nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from building.window_process import environment, running

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
    return environment(tmp_path_factory.mktemp("window"), BAKEN_BEHIND_TLS_PROXY="1", BAKEN_HOSTS="localhost")


@pytest.fixture(scope="module")
def address(alone: dict[str, str]) -> Iterator[str]:
    with running(alone) as address:
        yield address


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
