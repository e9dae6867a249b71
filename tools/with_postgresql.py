"""Run a command with a PostgreSQL server of its own: `python tools/with_postgresql.py COMMAND …`.

A new cluster in a temporary folder, reached by a socket only, ended with the command. Where Debian's package is not
installed it says so loudly and ends well: what needs it did not run.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


class Cluster:
    """A server: made, started and stopped here. PostgreSQL refuses to run as root, so root hands it to `postgres`."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="baken-pg-"))
        self.user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        if os.getuid() == 0:
            shutil.chown(self.folder, self.user)

    def _run(self, *words: str) -> None:
        owner = ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--init-groups"] if os.getuid() == 0 else []
        command = [*owner, str(self.programs / words[0]), *words[1:]]
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


def main() -> int:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        print("!!! POSTGRESQL IS NOT INSTALLED: NOTHING WAS TESTED ON IT", file=sys.stderr)
        return 0
    cluster = Cluster(found[-1].parent)
    cluster.start()
    try:
        address = {
            f"BAKEN_DATABASE_{site}": f"postgresql://baken@/baken_{site.lower()}?host={cluster.folder}"
            for site in ("REGISTER", "WINDOW")
        }
        return subprocess.run(sys.argv[1:], env=os.environ | address, check=False).returncode
    finally:
        cluster.stop()


if __name__ == "__main__":
    sys.exit(main())
