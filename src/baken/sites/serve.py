"""`python -m baken.sites.serve`: make ready and start both sites, each as its own process; Ctrl-C stops both.

Only a launcher: it imports no site. The two processes share nothing but the folder with signed publication files.
"""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
SITES = {"register": 8000, "window": 8001}
READY_SECONDS = 60
STOP_SECONDS = 5


def main() -> int:
    var = Path(os.environ.setdefault("BAKEN_VAR", "var")).resolve()
    var.mkdir(parents=True, exist_ok=True)
    ports = {site: int(os.environ.get(f"BAKEN_{site.upper()}_PORT", port)) for site, port in SITES.items()}
    for site, port in ports.items():
        if _answers(port):
            print(f"Port {port} is in use: stop what runs there, or set BAKEN_{site.upper()}_PORT.", file=sys.stderr)
            return 1
    _make_ready(var)
    servers = {site: _start(site, port) for site, port in ports.items()}
    try:
        if not _wait_until_ready(servers, ports):
            return 1
        _say_where(ports)
        return _wait(servers)
    finally:
        _stop(servers)


def _make_ready(var: Path) -> None:
    """Migrate and, in demo mode, load the synthetic city; skipped when nothing changed since the last time."""
    stamp = var / ".ready"
    fingerprint = _fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    demo = os.environ.get("BAKEN_DEMO") == "1"
    steps: list[tuple[str, ...]] = [(site, "migrate", "--verbosity=0") for site in SITES]
    steps += [(site, "createcachetable") for site in SITES]
    steps += [(site, "load_demo") for site in SITES] if demo else []
    for step in steps:
        subprocess.run([sys.executable, "-m", "baken.sites.manage", *step], check=True)
    stamp.write_text(fingerprint)


def _fingerprint() -> str:
    """Of everything that decides what is in an up-to-date database: migrations and the synthetic city."""
    parts = [*PACKAGE.rglob("migrations/*.py"), *PACKAGE.rglob("synthetic/*.py"), *PACKAGE.rglob("load_demo.py")]
    digest = hashlib.sha256(os.environ.get("BAKEN_DEMO", "").encode())
    for path in sorted(parts):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _start(site: str, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--no-ws", "--log-level", "warning", "--blocking-threads", "2", f"baken.sites.{site}.wsgi:application"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": f"baken.sites.{site}.settings"}
    return subprocess.Popen(command, env=environment)


def _stop(servers: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask each server to end; one that still waits for a browser after a few seconds is ended."""
    for server in servers.values():
        server.terminate()
    for server in servers.values():
        try:
            server.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.3)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait_until_ready(servers: dict[str, subprocess.Popen[bytes]], ports: dict[str, int]) -> bool:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if any(server.poll() is not None for server in servers.values()):
            return False
        if all(_answers(port) for port in ports.values()):
            return True
        time.sleep(0.1)
    print("The sites did not start in time.", file=sys.stderr)
    return False


def _say_where(ports: dict[str, int]) -> None:
    print(f"\n  Baken runs.\n\n  register (schools, NVS)   http://localhost:{ports['register']}")
    print(f"  window (city, public)     http://localhost:{ports['window']}\n")
    if os.environ.get("BAKEN_DEMO") == "1":
        print("  Everything here is synthetic. Sign in with one click as any of the people on:")
        for site, port in ports.items():
            print(f"\n    http://localhost:{port}/demo/")
            people = Path(os.environ["BAKEN_VAR"]) / f"people-{site}.txt"
            print("".join(f"      {line}\n" for line in people.read_text().splitlines()) if people.exists() else "")
    print("\n  Ctrl-C stops both.\n", flush=True)


def _wait(servers: dict[str, subprocess.Popen[bytes]]) -> int:
    try:
        while all(server.poll() is None for server in servers.values()):
            time.sleep(0.5)
    except KeyboardInterrupt:
        return 0
    return 1


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    # Said explicitly: a shell starts what runs in its background with SIGINT ignored.
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, _interrupt)
    sys.exit(main())
