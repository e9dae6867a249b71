"""The window as its own process, with a folder of publication files and nothing else of Baken near it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from building.publications import chain, write_files, write_key

START_SECONDS = 60


def environment(var: Path, **more: str) -> dict[str, str]:
    """The environment of an installation that has a window only; its database and style sheets are made.

    The publications came out long ago, so that they show on any day.
    """
    write_files(var / "publications", chain(change=lambda p: replace(p, published_on="2020-01-06")))
    write_key(var / "publication-keys")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BAKEN_", "DJANGO_"))}
    made = kept | {
        "BAKEN_VAR": str(var),
        "BAKEN_SECRET_KEY": "only for this test, and long enough to be a secret",
        "BAKEN_MFA_KEY": "another one that is only for this test",
        "BAKEN_WINDOW_PUBLIC": "1",
        "DJANGO_SETTINGS_MODULE": "baken.sites.window.settings",
        **more,
    }
    commands = [["migrate", "--verbosity=0"]]
    if "BAKEN_DEMO" not in more:
        # A demo serves style sheets from where they are written.
        commands.append(["collectstatic", "--noinput", "--verbosity=0"])
    for command in commands:
        subprocess.run([sys.executable, "-m", "baken.sites.manage", "window", *command], env=made, check=True)
    return made


@contextmanager
def running(environment: dict[str, str]) -> Iterator[str]:
    """Start the window, give its address, and end it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--no-ws", "--log-level", "warning", "baken.sites.window.wsgi:application"]
    server = subprocess.Popen(command, env=environment)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not _answers(port):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the window did not start")
            time.sleep(0.1)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
