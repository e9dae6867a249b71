"""`baken protect DIR` and `baken audit DIR`: suppression and its audit for a plain table in a folder.

Each command is a function that returns an exit status: 0 done and safe, 1 not safe, 2 bad input.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import highspy
import numpy as np

from baken.shield.audit import AuditReport, audit_table
from baken.shield.faults import TableError
from baken.shield.files import read_contributions, read_table, write_table
from baken.shield.lp import SolverError
from baken.shield.primary import Rules
from baken.shield.suppression import UnprotectableError, protect_table
from baken.shield.tables import SuppressedTable

DONE, NOT_SAFE, BAD_INPUT = 0, 1, 2
SHOWN = 10


def _between(lowest: int, highest: int) -> Callable[[str], int]:
    def whole(text: str) -> int:
        value = int(text)
        if not lowest <= value <= highest:
            raise argparse.ArgumentTypeError(f"a whole number from {lowest} to {highest}")
        return value

    return whole


def _add_common(parser: argparse.ArgumentParser) -> None:
    about = "folder with hierarchy.json and micro.csv or table.csv"
    parser.add_argument("directory", type=Path, metavar="DIR", help=about)
    about = "protection width, percent of the value (default 10)"
    parser.add_argument("--width", type=_between(1, 100), default=10, metavar="PERCENT", help=about)
    about = "seed of the random objectives (default 0)"
    parser.add_argument("--seed", type=_between(0, 2**32), default=0, metavar="N", help=about)


def add_protect(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `protect` to a command line."""
    parser = subparsers.add_parser("protect", help="protect a table of contributions: DIR/micro.csv → DIR/table.csv")
    _add_common(parser)
    parser.add_argument("--method", choices=["suppress"], default="suppress", help="cell suppression (the only method)")
    about = "fewest contributors of a safe cell (default 3)"
    parser.add_argument("--minimum", type=_between(1, 10**6), default=3, metavar="N", help=about)
    about = "percentage of the p%% rule (default 10)"
    parser.add_argument("--p", type=_between(0, 100), default=10, metavar="PERCENT", help=about)
    about = "count every row as a contributor of its own, as frequency rules without holdings do"
    parser.add_argument("--rows-apart", action="store_true", help=about)
    parser.set_defaults(run=run_protect)


def add_audit(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `audit` to a command line."""
    parser = subparsers.add_parser("audit", help="is DIR/table.csv safe against a reader who solves linear programs?")
    _add_common(parser)
    parser.set_defaults(run=run_audit)


def run_protect(arguments: argparse.Namespace) -> int:
    """0 written, 1 not protectable, 2 bad input. Nothing is written unless the table passed its audit."""
    return _answered(lambda: _protect(arguments))


def run_audit(arguments: argparse.Namespace) -> int:
    """0 safe, 1 not safe, 2 bad input."""
    return _answered(lambda: _audit(arguments))


def _answered(command: Callable[[], int]) -> int:
    _start_solver_in_silence()
    try:
        return command()
    except TableError as bad:
        print(bad, file=sys.stderr)
        return BAD_INPUT
    except OSError as bad:
        print(f"{bad.strerror}; nothing was written", file=sys.stderr)
        return BAD_INPUT
    except (UnprotectableError, SolverError) as bad:
        print(f"{bad}; nothing was written", file=sys.stderr)
        return NOT_SAFE


def _protect(arguments: argparse.Namespace) -> int:
    start = time.perf_counter()
    rules = Rules(arguments.minimum, arguments.p, arguments.width)
    table = read_contributions(arguments.directory, rows_apart=arguments.rows_apart)
    protected = protect_table(table, rules, seed=arguments.seed)
    write_table(arguments.directory, protected)
    print(
        f"cells {len(protected.n)} primary {int(protected.primary.sum())} secondary {int(protected.secondary.sum())} "
        f"value lost {protected.value_lost} seconds {time.perf_counter() - start:.2f}"
    )
    return DONE


def _audit(arguments: argparse.Namespace) -> int:
    start = time.perf_counter()
    table = read_table(arguments.directory)
    report = audit_table(table, Rules(width_percent=arguments.width), seed=arguments.seed)
    print(
        f"cells {len(table.n)} primary {report.targets} exact {len(report.exact)} narrow {len(report.narrow)} "
        f"programs {report.programs} seconds {time.perf_counter() - start:.2f}"
    )
    _say_narrow(report, table)
    return DONE if report.safe else NOT_SAFE


def _say_narrow(report: AuditReport, table: SuppressedTable) -> None:
    shape = tuple(len(d.codes) for d in table.dimensions)
    exact = set(report.exact)
    for one in report.narrow[:SHOWN]:
        place = np.unravel_index(one.cell, shape)
        codes = ", ".join(d.codes[int(i)] for d, i in zip(table.dimensions, place, strict=True))
        what = "exact" if one.cell in exact else "narrow"
        print(f"  {what} ({codes}): {'up' if one.direction > 0 else 'down'} {one.reach:g} of {one.need}")
    if len(report.narrow) > SHOWN:
        print(f"  and {len(report.narrow) - SHOWN} more")


def _start_solver_in_silence() -> None:
    """HiGHS prints its name on standard output when a process first starts it, before any option can say no."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        highspy.Highs()
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
