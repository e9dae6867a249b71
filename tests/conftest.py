"""The environment of every test: no demo, no network, and on request a real PostgreSQL that the tests start themselves.

BAKEN_TEST_POSTGRES=1 runs the suite on PostgreSQL: a new cluster in a temporary folder, reached by socket only, ended
at the end. Without it the suite runs on SQLite.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
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

ON_POSTGRES = os.environ.get("BAKEN_TEST_POSTGRES") == "1"


class Cluster:
    """A PostgreSQL server of our own: made, started and ended here."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="baken-pg-"))
        self.user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        if os.getuid() == 0:
            shutil.chown(self.folder, self.user)

    def _run(self, *words: str) -> None:
        as_owner = ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--init-groups"]
        command = (as_owner if os.getuid() == 0 else []) + [str(self.programs / words[0]), *words[1:]]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)

    def start(self) -> None:
        data = str(self.folder / "data")
        self._run("initdb", "--pgdata", data, "--auth=trust", "--username=baken", "--encoding=UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=off"
        log = str(self.folder / "log")
        self._run("pg_ctl", "start", "--wait", "--pgdata", data, "--log", log, "--options", options)

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--mode=immediate", "--pgdata", str(self.folder / "data"))
        shutil.rmtree(self.folder, ignore_errors=True)


_CLUSTER: Cluster | None = None


def pytest_configure(config: pytest.Config) -> None:
    """Before Django reads its settings: start PostgreSQL where it was asked for."""
    global _CLUSTER  # noqa: PLW0603  (one server per run)
    if not ON_POSTGRES or hasattr(config, "workerinput"):
        return
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.exit("BAKEN_TEST_POSTGRES=1, but POSTGRESQL IS NOT INSTALLED: nothing was tested on it", returncode=0)
    _CLUSTER = Cluster(found[-1].parent)
    _CLUSTER.start()
    for site in ("REGISTER", "WINDOW"):
        os.environ[f"BAKEN_DATABASE_{site}"] = f"postgresql://baken@/baken_{site.lower()}?host={_CLUSTER.folder}"


def pytest_unconfigure(config: pytest.Config) -> None:
    if _CLUSTER is not None:
        _CLUSTER.stop()
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
