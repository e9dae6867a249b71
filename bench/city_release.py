"""How long a release of a city takes, from counts to publication, beside an audit that asks one question at a time.

    .venv/bin/python bench/city_release.py [--schools 60] [--seed 1] [--skew brief|heavy] [--share 0.1]

Both run here, on the same release: the year release of a city with four quarters in the ledger, all boards attack.
The slow audit (`baken.shield.reference`) solves one linear program per question over single schools; it is given a
share of its questions and its time is scaled up. Prints the ratio and writes bench/results/city_release.json.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from baken.shield import reference
from baken.shield.gate import Publication
from baken.shield.ledger import Ledger
from baken.shield.publication import Table
from building.shield_cities import CATEGORIES, RELEASES, Town, published, town

PROMISE = 5.0
"""Seconds for engine and gate of the year release of sixty schools on one core."""


def main() -> None:
    options = _options()
    start = town(options.schools, options.seed, options.skew)
    publications, ledger, seconds = [], Ledger(), []
    for wanted in RELEASES:
        begin = time.perf_counter()
        publication, ledger = published(start, wanted, ledger)
        seconds.append(time.perf_counter() - begin)
        publications.append(publication)
    asked, slow = _one_at_a_time(start, publications, options.share)
    result = {
        "schools": options.schools,
        "skew": options.skew,
        "areas": len(publications[-1].areas),
        "attackers": publications[-1].gate.attackers,
        "bounds": publications[-1].gate.bounds,
        "seconds": {r.period: round(s, 3) for r, s in zip(RELEASES, seconds, strict=True)},
        "year_release_seconds": round(seconds[-1], 3),
        "promise_seconds": PROMISE,
        "one_at_a_time_seconds": round(slow, 1),
        "one_at_a_time_asked": asked,
        "ratio": round(slow / seconds[-1], 1),
        "shown_percent": _shown(publications),
    }
    folder = Path(__file__).parent / "results"
    folder.mkdir(exist_ok=True)
    (folder / "city_release.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))
    print(
        f"engine and gate {seconds[-1]:.2f} s (promise {PROMISE:.0f} s); "
        f"audit one by one {slow:.1f} s; ratio {slow / seconds[-1]:.1f}"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time the release of an invented city.")
    parser.add_argument("--schools", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--skew", choices=["brief", "heavy"], default="brief")
    parser.add_argument("--share", type=float, default=0.1, help="share of the questions that the slow audit is asked")
    return parser.parse_args()


def _one_at_a_time(start: Town, publications: list[Publication], share: float) -> tuple[int, float]:
    """Programs solved, and the seconds that all of them would take."""
    world = reference.World.of(publications)
    board = {c.unit: c.board for c in start.structure.cohort}
    numbers = {n: start.counts[n[0], n[1]][CATEGORIES.index(n[2])] for n in world.unknowns()}
    sets = [pairs for name, pairs in sorted(world.sets.items()) if not name.endswith(":city")]
    questions = [(pairs, c) for pairs in sets for c in (*((c,) for c in CATEGORIES), CATEGORIES)]
    some = questions[:: max(1, round(1 / share))]
    asked, building, asking = 0, 0.0, 0.0
    for attacker in (None, *sorted(set(board.values()))):
        begin = time.perf_counter()
        asker = reference.Asker(world, {n: v for n, v in numbers.items() if board[n[0]] == attacker})
        building += time.perf_counter() - begin
        begin = time.perf_counter()
        for pairs, categories in some:
            one = min(u for _, u in pairs if board[u] != attacker)
            asker.interval([(one, q, c) for q, u in sorted(pairs) if u == one for c in categories])
            asked += 2
        asking += time.perf_counter() - begin
    return asked, building + asking * len(questions) / len(some)


def _shown(publications: list[Publication]) -> dict[str, float]:
    found = {}
    for table in Table:
        cells = [c for p in publications for c in p.cells if c.table is table]
        found[table.value] = round(100 * sum(c.value is not None for c in cells) / len(cells), 1)
    return found


if __name__ == "__main__":
    main()
