"""Suppression of a country's table: Baken's `protect` beside τ-ARGUS modular (pytauargus), both in the same run.

    .venv/bin/python bench/suppression.py [--schools 1500] [--seeds 1 2] [--peer-python PATH]

An invented country: municipalities in twelve provinces, nine categories in three groups, four quarters, schools of very
unequal size. Baken's seconds hold reading, protecting, auditing and writing; the peer's hold its one call, without an
audit. Both count every row as a contributor, and `baken.shield.audit` judges both results. The peer runs in a process
and a scratch folder of its own; without the extra `peer` only Baken is measured. Writes bench/results/suppression.json.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

DIMENSIONS = ("region", "category", "quarter")
PROVINCES, MUNICIPALITIES = 12, 342
SHARE = {"THEF": 19, "DAMA": 11, "DRUG": 13, "VIOL": 12, "SEXU": 5, "ABUS": 6, "HARM": 13, "THRE": 14, "WEAP": 7}
GROUPS = {"THINGS": ["THEF", "DAMA", "DRUG"], "PERSON": ["VIOL", "SEXU", "ABUS"], "PUBLIC": ["HARM", "THRE", "WEAP"]}
QUARTERS = ["Q1", "Q2", "Q3", "Q4"]
# Codes of one length: the peer fails on others.
MEAN = 35
"""Registrations per school and year."""


def main() -> None:
    options = _options()
    if options.child:
        print(json.dumps({"baken": _baken, "tau-argus": _tau_argus}[options.child](options.folder)))
        return
    runs = [_compare(seed, options.schools, options.peer_python) for seed in options.seeds]
    result = {"schools": options.schools, "runs": runs}
    folder = Path(__file__).parent / "results"
    folder.mkdir(exist_ok=True)
    (folder / "suppression.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--schools", type=int, default=1500)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--peer-python", default=sys.executable, help="a Python that has pytauargus")
    parser.add_argument("--child", choices=["baken", "tau-argus"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _compare(seed: int, schools: int, peer_python: str) -> dict[str, Any]:
    run: dict[str, Any] = {"seed": seed}
    for name, python in (("baken", sys.executable), ("tau-argus", peer_python)):
        with tempfile.TemporaryDirectory() as scratch:  # the peer also leaves files beside its folder
            folder = Path(scratch) / "table"
            folder.mkdir()
            _write_country(folder, seed, schools)
            run[name] = _measured(name, python, folder)
        print(f"seed {seed} {name}: {run[name]}", flush=True)
    if "seconds" in run["tau-argus"]:
        run["ratio_of_seconds"] = round(run["tau-argus"]["seconds"] / run["baken"]["seconds"], 2)
        run["ratio_of_value_lost"] = round(run["baken"]["value_lost"] / run["tau-argus"]["value_lost"], 3)
        print(f"seed {seed}: τ-ARGUS takes {run['ratio_of_seconds']} times as long", flush=True)
    return run


def _write_country(folder: Path, seed: int, schools: int) -> None:
    import numpy as np

    rng = np.random.default_rng(seed)
    names = [f"{chr(65 + int(p))}{m:03d}" for m, p in enumerate(np.sort(rng.integers(0, PROVINCES, MUNICIPALITIES)))]
    weight = rng.pareto(1.2, MUNICIPALITIES) + 0.3
    at = rng.choice(names, schools, p=weight / weight.sum())
    size = MEAN * rng.lognormal(-0.6, 1.1, schools)
    shares = rng.dirichlet(20 * np.array(list(SHARE.values())) / 100, schools)
    counts = rng.poisson(size[:, None, None] * shares[:, :, None] / len(QUARTERS), (schools, len(SHARE), len(QUARTERS)))
    tree: dict[str, list[str]] = {}
    for name in sorted(set(at.tolist())):
        tree.setdefault(f"province {name[0]}", []).append(name)
    hierarchy = {
        "region": {"Total": sorted(tree)} | tree,
        "category": {"Total": list(GROUPS)} | GROUPS,
        "quarter": {"Total": QUARTERS},
    }
    about = {"dimensions": DIMENSIONS, "hierarchy": hierarchy}
    (folder / "hierarchy.json").write_text(json.dumps(about), encoding="utf-8")
    with (folder / "micro.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*DIMENSIONS, "contributor", "n"])
        for school, category, quarter in zip(*np.nonzero(counts), strict=True):
            key = at[school], list(SHARE)[category], QUARTERS[quarter]
            writer.writerow([*key, f"school {school}", counts[school, category, quarter]])


def _measured(name: str, python: str, folder: Path) -> dict[str, Any]:
    """Run one of the two as a child and judge the table that it wrote."""
    command = [python, str(Path(__file__).resolve()), "--child", name, "--folder", str(folder)]
    environment = os.environ | {"TMPDIR": str(folder)}
    child = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if child.returncode:
        said = (child.stderr.strip().splitlines() or ["nothing"])[-1]
        return {"failed": f"exit status {child.returncode}: {said}"}
    return json.loads(child.stdout.strip().splitlines()[-1]) | _judged(folder)


def _judged(folder: Path) -> dict[str, Any]:
    from baken.shield.audit import audit_table
    from baken.shield.files import read_table

    table = read_table(folder)
    report = audit_table(table)
    return {
        "cells": len(table.n),
        "primary": int(table.primary.sum()),
        "secondary": int(table.secondary.sum()),
        "value_lost": table.value_lost,
        "exact": len(report.exact),
        "narrow": len(report.narrow),
    }


def _baken(folder: Path) -> dict[str, float]:
    from baken.shield.files import read_contributions, write_table
    from baken.shield.suppression import protect_table

    start = time.perf_counter()
    write_table(folder, protect_table(read_contributions(folder, rows_apart=True)))
    return _cost(start)


def _tau_argus(folder: Path) -> dict[str, float]:
    from pytauargus import protect

    about = json.loads((folder / "hierarchy.json").read_text(encoding="utf-8"))
    trees = {d: tree for d, tree in about["hierarchy"].items() if len(tree) > 1}
    for name, tree in trees.items():
        branches = (f"{code}\n" + "".join(f"@{child}\n" for child in tree.get(code, [])) for code in tree["Total"])
        (folder / f"{name}.hrc").write_text("".join(branches), encoding="utf-8")
    with (folder / "micro.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    micro: dict[str, list[Any]] = {d: [row[d] for row in rows] for d in DIMENSIONS}
    start = time.perf_counter()
    result = protect(
        micro | {"n": [float(row["n"]) for row in rows]},
        list(DIMENSIONS),
        response="n",
        safety_rules="FREQ(3,30)|P(10,1)",
        suppress="MOD(1)",
        workdir=str(folder / "scratch"),
        hrc={name: str(folder / f"{name}.hrc") for name in trees},
        hierleadstring="@",
    )
    cost = _cost(start)
    with (folder / "table.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*DIMENSIONS, "n", "status"])
        writer.writerows([row[column] for column in (*DIMENSIONS, "n", "status")] for row in result.tables[0].rows)
    return cost


def _cost(start: float) -> dict[str, float]:
    seconds = time.perf_counter() - start
    return {"seconds": round(seconds, 2), "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}


if __name__ == "__main__":
    main()
