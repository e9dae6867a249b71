"""The environment of every test: no demo, folders of its own. Runs on SQLite, and on PostgreSQL where
`tools/with_postgresql.py` started one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ["BAKEN_TEST"] = "1"
os.environ.pop("BAKEN_DEMO", None)
_VAR = tempfile.mkdtemp(prefix="baken-test-")
os.environ["BAKEN_VAR"] = _VAR

settings.register_profile(
    "baken", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("baken")

ON_POSTGRES = "BAKEN_DATABASE_REGISTER" in os.environ


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(_VAR, ignore_errors=True)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Tests of the window run with the window's settings only, all others with the register's."""
    site = str(getattr(config.option, "ds", "") or "")
    window_tests = Path(__file__).parent / "window"
    inside = collection_path == window_tests or window_tests in collection_path.parents
    if collection_path.is_file() or collection_path == window_tests:
        if "window" in site and not inside:
            return True
        if "window" not in site and inside:
            return True
    return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("postgres") and not ON_POSTGRES:
            item.add_marker(pytest.mark.skip(reason="runs in the second round, on PostgreSQL"))


@pytest.fixture
def publication_folders(tmp_path: Path, settings: object) -> Iterator[Path]:
    """Folders for keys and publications of one test."""
    settings.BAKEN_KEYS = tmp_path / "keys"  # type: ignore[attr-defined]
    settings.BAKEN_PUBLICATIONS = tmp_path / "publications"  # type: ignore[attr-defined]
    settings.BAKEN_PUBLICATION_KEYS = tmp_path / "publication-keys"  # type: ignore[attr-defined]
    yield tmp_path
