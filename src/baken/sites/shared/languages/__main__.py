"""`python -m baken.sites.shared.languages compile|check|write`.

compile: every .po to .mo when it changed. check: list Dutch texts without English, and English without Dutch text.
write: add the missing texts to the .po files with an empty translation.
"""

from __future__ import annotations

import sys
from pathlib import Path

from baken.sites.shared.languages import catalogue

ROOT = Path(__file__).resolve().parents[3]


def main() -> int:
    command = sys.argv[1] if len(sys.argv) == 2 else ""
    if command == "compile":
        catalogue.compile_all(ROOT)
        return 0
    if command == "check":
        found = catalogue.check(ROOT)
        sys.stdout.write("".join(f"{line}\n" for line in found))
        return 1 if found else 0
    if command == "write":
        catalogue.write_missing(ROOT)
        return 0
    sys.stderr.write(f"{__doc__}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
