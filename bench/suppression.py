"""Suppression of a nation's table: Baken's `protect` and `audit` beside τ-ARGUS (PyPI pytauargus) in the same run.

A table of twelve provinces with up to 342 municipalities, nine categories in three groups and four quarters, 1,500
heavy-tailed schools. Both count every row as a contributor (as the peer does without holdings), both results are
audited by the same attacker. Where the peer is not installed (extra `peer`) only Baken is measured.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
SHARES = np.array([0.12, 0.05, 0.06, 0.14, 0.13, 0.11, 0.19, 0.13, 0.07])
GROUPS = {"G0": ["C0", "C3", "C8"], "G1": ["C1", "C2", "C4"], "G2": ["C5", "C6", "C7"]}
QUARTERS = ["Q1", "Q2", "Q3", "Q4"]

PEER = """
import json, os, sys, tempfile, time, pathlib
import pandas as pd
from pytauargus import protect
folder = pathlib.Path(sys.argv[1]).resolve()
meta = json.loads((folder / "hierarchy.json").read_text())
dims = meta["dimensions"]
micro = pd.read_csv(folder / "micro.csv").astype({"n": float})
work = pathlib.Path(tempfile.mkdtemp())
os.chdir(work)
trees = {}
for d in dims:
    tree = meta["hierarchy"][d]
    if len(tree) > 1:
        lines = [line for top in tree["Total"] for line in (top, *("@" + c for c in tree.get(top, [])))]
        (work / f"{d}.hrc").write_text("\\n".join(lines) + "\\n")
        trees[d] = str(work / f"{d}.hrc")
start = time.perf_counter()
result = protect(micro[[*dims, "n"]], dims, response="n", safety_rules="FREQ(3,30)|P(10,1)", suppress="MOD(1)",
                 workdir=str(work / "run"), hrc=trees or None, hierleadstring="@" if trees else None)
seconds = time.perf_counter() - start
table = result.tables[0].dataframe()
table[[*dims, "n", "status"]].to_csv(folder / "table.csv", index=False)
print(seconds)
"""


def make(folder: Path, seed: int, schools: int = 1500) -> None:
    rng = np.random.default_rng(seed)
    province = np.sort(rng.integers(0, 12, 342))
    size = rng.pareto(1.2, 342) + 0.3
    of = rng.choice(342, schools, p=size / size.sum())
    regions = [f"P{province[m]:02d}M{m:04d}" for m in of]
    expected = 35 * rng.lognormal(0, 1.1, schools) / np.exp(1.1**2 / 2)
    rows = []
    for s, (region, rate) in enumerate(zip(regions, expected, strict=True)):
        counts = rng.poisson(np.outer(rate * rng.dirichlet(SHARES * 20), np.ones(4) / 4))
        rows += [(region, f"C{c}", QUARTERS[q], f"S{s:05d}", int(counts[c, q])) for c, q in np.argwhere(counts)]
    tree: dict[str, list[str]] = {}
    for region in sorted(set(regions)):
        tree.setdefault(region[:3], []).append(region)
    hierarchy = {
        "region": {"Total": sorted(tree), **tree},
        "category": {"Total": list(GROUPS), **GROUPS},
        "quarter": {"Total": QUARTERS},
    }
    meta = {"dimensions": list(hierarchy), "hierarchy": hierarchy}
    (folder / "hierarchy.json").write_text(json.dumps(meta))
    with (folder / "micro.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["region", "category", "quarter", "contributor", "n"])
        writer.writerows(rows)


def judged(folder: Path) -> dict[str, object]:
    """Cells and value lost of a table, and the verdict of the same auditor for both."""
    with (folder / "table.csv").open() as file:
        rows = list(csv.DictReader(file))
    secondary = [r for r in rows if r["status"] == "M"]
    verdict = subprocess.run([sys.executable, "-m", "baken.cli", "audit", str(folder)], capture_output=True, text=True)
    return {
        "cells": len(rows),
        "primary": sum(r["status"] == "U" for r in rows),
        "secondary": len(secondary),
        "value_lost": round(sum(float(r["n"]) for r in secondary)),
        "safe": verdict.returncode == 0,
        "audit": verdict.stdout.strip().splitlines()[-1] if verdict.stdout else verdict.stderr.strip(),
    }


def ours(folder: Path) -> dict[str, object]:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "baken.cli", "protect", str(folder), "--rows-apart"], check=True)
    return {"seconds": time.perf_counter() - start} | judged(folder)


def peer(folder: Path, python: str) -> dict[str, object] | None:
    if subprocess.run([python, "-c", "import pytauargus"], capture_output=True).returncode:
        return None
    done = subprocess.run([python, "-c", PEER, str(folder)], capture_output=True, text=True)
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1:] or done.returncode}
    return {"seconds": float(done.stdout.strip().splitlines()[-1])} | judged(folder)


def main() -> None:
    python = sys.argv[1] if len(sys.argv) > 1 else sys.executable
    found: dict[str, object] = {}
    for seed in (1, 2):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
            make(Path(one), seed)
            make(Path(two), seed)
            result = {"baken": ours(Path(one)), "tau-argus": peer(Path(two), python)}
        found[str(seed)] = result
        for name, row in result.items():
            print(seed, name, row if row else "not installed")
        if result["tau-argus"] and "seconds" in result["tau-argus"]:
            print(seed, f"ratio of seconds {result['baken']['seconds'] / result['tau-argus']['seconds']:.1f}")  # type: ignore[index,operator]
    (HERE / "results").mkdir(exist_ok=True)
    (HERE / "results" / "suppression.json").write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
