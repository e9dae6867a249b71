"""`baken protect DIR` and `baken audit DIR`: suppression and its audit for a plain table in a folder."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

from baken.shield.audit import AuditReport, audit
from baken.shield.files import read_contributions, read_table, write_table
from baken.shield.primary import Rules
from baken.shield.suppression import Unprotectable, protect_table
from baken.shield.tables import BadTable, Dimension, Integers, relations

SHOWN = 5


def _add_rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "directory", type=Path, metavar="DIR", help="folder with micro.csv or table.csv, and hierarchy.json"
    )
    parser.add_argument("--width", type=int, default=10, help="protection width, percent of the value (default 10)")
    parser.add_argument("--seed", type=int, default=0, help="seed of the random objectives (default 0)")


def add_protect(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("protect", help="protect a table of contributions: DIR/micro.csv → DIR/table.csv")
    _add_rules(parser)
    parser.add_argument("--method", choices=["suppress"], default="suppress", help="cell suppression (the only method)")
    parser.add_argument("--minimum", type=int, default=3, help="fewest contributors of a safe cell (default 3)")
    parser.add_argument("--p", type=int, default=10, help="percentage of the p%% rule (default 10)")
    parser.add_argument(
        "--rows-apart",
        action="store_true",
        help="count every row as a contributor of its own, as frequency rules without holdings do",
    )
    parser.set_defaults(run=run_protect)


def add_audit(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("audit", help="is DIR/table.csv safe against a reader who solves linear programs?")
    _add_rules(parser)
    parser.set_defaults(run=run_audit)


def run_protect(arguments: argparse.Namespace) -> int:
    """0 written, 1 not protectable, 2 bad input."""
    start = time.perf_counter()
    try:
        rules = Rules(arguments.minimum, arguments.p, arguments.width)
        protected = protect_table(
            read_contributions(arguments.directory, rows_apart=arguments.rows_apart), rules, seed=arguments.seed
        )
        written = write_table(arguments.directory, protected)
    except (BadTable, ValueError, OSError) as bad:
        print(bad, file=sys.stderr)
        return 2
    except Unprotectable as refusal:
        print(f"{refusal}; nothing was written", file=sys.stderr)
        return 1
    print(
        f"{written}: cells {len(protected.table.n)} primary {int(protected.primary.sum())} "
        f"secondary {int(protected.secondary.sum())} value {protected.value_lost} "
        f"seconds {time.perf_counter() - start:.2f}"
    )
    return 0


def run_audit(arguments: argparse.Namespace) -> int:
    """0 safe, 1 not safe, 2 bad input."""
    try:
        dimensions, n, status = read_table(arguments.directory)
        rules = Rules(width_percent=arguments.width)
    except (BadTable, ValueError) as bad:
        print(bad, file=sys.stderr)
        return 2
    targets = np.flatnonzero(status == "U")
    hidden = (status == "U") | (status == "M")
    up, down = rules.width_up(n[targets]), rules.width_down(n[targets])
    report = audit(relations(dimensions), n, hidden, targets, up, down, seed=arguments.seed)
    _say(report, dimensions, n)
    return 0 if report.safe else 1


def _say(report: AuditReport, dimensions: tuple[Dimension, ...], n: Integers) -> None:
    exact = report.exact(n)
    print(f"primary {report.targets} exact {len(exact)} narrow {len(report.narrow)} programs {report.programs}")
    shape = tuple(len(d.codes) for d in dimensions)
    for found in report.narrow[:SHOWN]:
        place = np.unravel_index(found.cell, shape)
        codes = " ".join(d.codes[int(i)] for d, i in zip(dimensions, place, strict=True))
        way = "up" if found.direction > 0 else "down"
        print(f"  {codes}: {way} {found.reach:g}, needs {found.need}")
