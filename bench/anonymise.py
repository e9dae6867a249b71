"""Promise: 100,000 rows of an export are anonymised in under 10 seconds and 300 MB, CSV and XLSX alike.

Makes both files (seeded), runs `baken anonymise` on each in a process of its own, and lets pandas read the same file in
another one, in the same run. Prints rows per second, peak memory and the ratio to pandas; writes JSON to bench/results.
The promise is held against processor seconds (one thread), so that other work on the machine does not decide it.
`python bench/anonymise.py [rows]`.
"""

from __future__ import annotations

import csv
import json
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
SECONDS, MEGABYTES = 10.0, 300.0
HEADINGS = [
    "Incidentnummer",
    "Leerling",
    "Stamnr",
    "Klas",
    "Datum",
    "Lesuur",
    "Soort",
    "Omschrijving",
    "Locatie",
    "Maatregel",
    "Politie",
    "Docent",
]
KINDS = [
    "Bedreiging",
    "Vechtpartij met letsel",
    "Te laat",
    "Diefstal",
    "Drugsbezit",
    "Pesten ernstig",
    "Wapenbezit",
    "Uit de les gestuurd",
    "Seksuele intimidatie",
    "Ernstige vernieling",
]
FIRST = ["Noor", "Sem", "Yara", "Zoë", "Ravi", "Jayden", "Björn", "Sofia", "Mehmet", "Lotte"]
LAST = ["de Vries", "Yilmaz", "Bakker", "van den Berg", "Özdemir", "Jansen", "El Amrani", "Visser"]
PEERS = {
    "csv": "import sys, pandas as p; print(len(p.read_csv(sys.argv[1], sep=';', skiprows=1, encoding='cp1252')))",
    "xlsx": "import sys, pandas; print(len(pandas.read_excel(sys.argv[1], header=1, dtype=str, engine='calamine')))",
}


def rows() -> Iterator[list[str]]:
    rng = random.Random(20260801)
    start = date(2026, 8, 24)
    for number in range(ROWS):
        first, last = rng.choice(FIRST), rng.choice(LAST)
        day = start + timedelta(days=rng.randrange(300))
        yield [
            f"2026-{number:06d}",
            f"{last}, {first}",
            str(rng.randrange(100_000, 999_999)),
            rng.choice(["2hv1", "4m2", "5v1"]),
            day.strftime("%d-%m-%Y"),
            str(rng.randrange(1, 9)),
            rng.choice(KINDS),
            f"{first} had ruzie in les {number}; mail {first.lower()}{number}@voorbeeld.nl",
            rng.choice(["Kantine", "Lokaal 1.12", "Plein", "Gang", "Online"]),
            rng.choice(["Schorsing", "Gesprek", "Ouders gebeld", ""]),
            rng.choice(["Nee", "Aangifte", ""]),
            rng.choice(["BRK", "ELA", "VRI"]),
        ]


def make(folder: Path) -> dict[str, Path]:
    import xlsxwriter

    paths = {"csv": folder / "export.csv", "xlsx": folder / "export.xlsx"}
    with paths["csv"].open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerows([["Overzicht (synthetisch)"], HEADINGS])
        writer.writerows(rows())
    book = xlsxwriter.Workbook(str(paths["xlsx"]), {"constant_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet("Registraties")
    page.write_row(0, 0, ["Overzicht (synthetisch)"])
    page.write_row(1, 0, HEADINGS)
    for at, row in enumerate(rows(), start=2):
        page.write_row(at, 0, row)
    book.close()
    return paths


def measured(command: list[str]) -> dict[str, float]:
    """Wall seconds, processor seconds and peak memory of one process, started by a helper that has no other child."""
    helper = (
        "import json, resource, subprocess, sys, time; s = time.perf_counter();"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL);"
        "t = time.perf_counter() - s; u = resource.getrusage(resource.RUSAGE_CHILDREN);"
        "c = u.ru_utime + u.ru_stime; m = u.ru_maxrss / 1024;"
        "print(json.dumps({'seconds': round(t, 2), 'processor': round(c, 2), 'megabytes': round(m)}))"
    )
    done = subprocess.run([sys.executable, "-c", helper, *command], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def main() -> int:
    results: dict[str, object] = {"rows": ROWS, "python": platform.python_version(), "machine": platform.machine()}
    kept = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = time.perf_counter()
        paths = make(folder)
        print(f"made {ROWS} rows as CSV and XLSX in {time.perf_counter() - start:.1f} s")
        for form, path in paths.items():
            command = [
                sys.executable,
                "-m",
                "baken.cli",
                "anonymise",
                str(path),
                "-o",
                str(folder / f"{form}.records.csv"),
            ]
            ours, peer = measured(command), measured([sys.executable, "-c", PEERS[form], str(path)])
            ratio = ours["processor"] / peer["processor"]
            within = ours["processor"] <= SECONDS and ours["megabytes"] <= MEGABYTES
            kept = kept and (within or ROWS > 100_000)
            results[form] = {
                "baken": ours,
                "pandas": peer,
                "ratio": round(ratio, 2),
                "rows_per_second": round(ROWS / ours["processor"]),
            }
            speed = ROWS / ours["processor"]
            print(
                f"{form:5} baken {ours['processor']:.2f} s ({ours['seconds']:.2f} s by the clock), {speed:,.0f} rows/s,"
                f" {ours['megabytes']:.0f} MB | pandas reads it in {peer['processor']:.2f} s ({peer['seconds']:.2f} s),"
                f" {peer['megabytes']:.0f} MB | ratio {ratio:.2f}"
                f" | promise {'kept' if within else 'BROKEN'}"
            )
    out = Path(__file__).parent / "results" / "anonymise.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
