"""`baken …`: the command line. Reads arguments and files, calls the library, writes whole files or none.

The only place of the school's side that touches the disk or makes a random number. Exit status: 0 done, 1 refused or
a person must decide first, 2 the input cannot be used.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from baken.contract import delivery, record, schemas
from baken.contract.periods import Quarter
from baken.contract.problems import Problem, Unacceptable, problem
from baken.contract.texts import Text

DONE, REFUSED, BAD_INPUT = 0, 1, 2
_LIMIT_BYTES = 200_000_000
_DECIDE = ("X-127", "X-130", "X-131", "X-140", "X-142", "T-107", "T-108")
"""Refusals that ask a person to decide; any other fatal problem means that the input is bad."""
_SECRET_NAME = "baken-geheim.key"  # noqa: S105  (the name of a file, not a secret)

_TEXTS = {
    "program": Text("Baken: van een export naar tellingen, zonder namen.", "Baken: from export to counters, no names."),
    "anonymise": Text("maak van een export records zonder persoonsgegevens", "make records without persons"),
    "count": Text("tel de records van een kwartaal", "count the records of a quarter"),
    "schemas": Text("schrijf de beschrijvingen van de formaten", "write the descriptions of the formats"),
    "protect": Text("beveilig tellingen tegen onthulling", "protect counts against disclosure"),
    "audit": Text("controleer een publicatie", "audit a publication"),
    "missing": Text("Dit onderdeel is hier niet geïnstalleerd.", "This part is not installed here."),
    "lang": Text("taal van de meldingen", "language of the messages"),
    "export": Text("export van het leerlingvolgsysteem: csv, xlsx, xls of ods", "export: csv, xlsx, xls or ods"),
    "mapping": Text("vertaaltabel die u hebt bekeken", "mapping that you have checked"),
    "suggest": Text("schrijf hier een voorstel voor de vertaaltabel", "write a suggested mapping here"),
    "secret": Text(
        "bestand met het geheim van de school; wordt gemaakt als het er niet is",
        "file with the school's secret; made when it does not exist",
    ),
    "report": Text("schrijf hier wat er met elke rij gebeurde (JSON)", "write here what became of every row (JSON)"),
    "records": Text("records: csv, xlsx of json", "records: csv, xlsx or json"),
    "quarter": Text("kwartaal van het schooljaar, zoals 2026-2027/1", "quarter of the school year, as 2026-2027/1"),
    "version": Text("volgnummer: 1, of hoger voor een verbetering", "version: 1, or higher for a correction"),
    "nil": Text("er waren geen incidenten: een nulmelding", "there were no incidents: a nil return"),
    "output": Text("bestand om te schrijven", "file to write"),
    "folder": Text("map om in te schrijven", "folder to write in"),
    "secret_made": Text(
        "Nieuw geheim gemaakt: {path}. Bewaar het op school en deel het met niemand; zonder dit bestand krijgen"
        " dezelfde incidenten een volgende keer een andere sleutel.",
        "New secret made: {path}. Keep it at the school and share it with nobody; without this file the same incidents"
        " get another key next time.",
    ),
    "summary": Text(
        "{read} rijen gelezen, {kept} bewaard, {left} weggelaten{why}.",
        "{read} rows read, {kept} kept, {left} left out{why}.",
    ),
    "suggested": Text(
        "Dit is gedaan met een voorstel. Bekijk de vertaaltabel en gebruik hem daarna met --mapping.",
        "This was done with a suggestion. Check the mapping and then use it with --mapping.",
    ),
    "counted": Text("{quarter}: {total} incidenten geteld.", "{quarter}: {total} incidents counted."),
    "written": Text("Geschreven: {path}", "Written: {path}"),
}  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    language = _language(arguments)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console without UTF-8 is no reason to fail
    try:
        options = _parser(language, arguments).parse_args(arguments)
        run: Callable[[argparse.Namespace], int | None] = options.run
        return run(options) or DONE
    except Unacceptable as error:
        _tell(error.problems, language)
        fatal = {p.code for p in error.problems if p.fatal}
        return REFUSED if fatal and fatal <= set(_DECIDE) else BAD_INPUT
    except KeyboardInterrupt:
        return 130
    except Exception:  # the last resort: no traceback may ever show a cell of a school's file
        _tell([problem("X-169")], language)
        return BAD_INPUT


def _language(arguments: Sequence[str]) -> str:
    """Found before parsing, because the help is in that language too."""
    for at, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
    return "nl"


def _parser(language: str, arguments: Sequence[str]) -> argparse.ArgumentParser:
    def say(name: str) -> str:
        return _TEXTS[name].in_language(language)

    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=("nl", "en"), default=argparse.SUPPRESS, help=say("lang"))
    parser = argparse.ArgumentParser("baken", description=say("program"), parents=[common])
    parser.set_defaults(lang=language)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    anonymise = commands.add_parser("anonymise", help=say("anonymise"), parents=[common])
    anonymise.add_argument("export", type=Path, help=say("export"))
    anonymise.add_argument("--mapping", type=Path, metavar="M.toml", help=say("mapping"))
    anonymise.add_argument("--suggest", type=Path, metavar="M.toml", help=say("suggest"))
    anonymise.add_argument("--secret", type=Path, metavar="FILE", help=say("secret"))
    anonymise.add_argument("--report", type=Path, metavar="FILE.json", help=say("report"))
    anonymise.add_argument("-o", "--output", type=Path, required=True, metavar="RECORDS.csv", help=say("output"))
    anonymise.set_defaults(run=_anonymise)

    count = commands.add_parser("count", help=say("count"), parents=[common])
    count.add_argument("records", type=Path, help=say("records"))
    count.add_argument("--quarter", required=True, metavar="2026-2027/1", help=say("quarter"))
    count.add_argument("--version", type=int, default=1, metavar="N", help=say("version"))
    count.add_argument("--nil", action="store_true", help=say("nil"))
    count.add_argument("-o", "--output", type=Path, required=True, metavar="COUNTERS.json", help=say("output"))
    count.set_defaults(run=_count)

    describe = commands.add_parser("schemas", help=say("schemas"), parents=[common])
    describe.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help=say("folder"))
    describe.set_defaults(run=_schemas)
    _add_shield(commands, arguments, language)
    return parser


def _add_shield(commands: Any, arguments: Sequence[str], language: str) -> None:
    """`protect` and `audit` live in the shield; its numerical packages are imported only when they are asked for."""
    for name in ("protect", "audit"):
        if name in arguments[:3]:
            with suppress(ImportError):
                from baken.shield import commands as shield

                getattr(shield, f"add_{name}")(commands)
                continue
        absent = commands.add_parser(name, help=_TEXTS[name].in_language(language), add_help=False)
        absent.add_argument("rest", nargs=argparse.REMAINDER)
        absent.set_defaults(run=_absent)


def _absent(options: argparse.Namespace) -> int:
    print(_TEXTS["missing"].in_language(options.lang), file=sys.stderr)
    return BAD_INPUT


# --- anonymise ---------------------------------------------------------------------------------------------------


def _anonymise(options: argparse.Namespace) -> int:
    from baken.schoolside import anonymise, mapping, read

    form = _form(options.output, ("csv", "xlsx", "json"))
    _refuse_overwriting(options)
    workbook = read.open_table(_read(options.export))
    if options.mapping:
        chosen = replace(mapping.load(_read(options.mapping)), suggested=False)
    else:
        chosen = mapping.suggest(workbook)
    secret_path, secret, made = _secret(options)
    records, report = anonymise.records(workbook, chosen, secret)
    outputs: list[tuple[Path, bytes]] = [(options.output, record.write(records, form))]
    if options.suggest:
        outputs.append((options.suggest, mapping.dump(chosen).encode()))
    if options.report:
        outputs.append((options.report, _json(report.to_table(options.lang))))
    if made:
        _create_secret(secret_path, secret)
    _write(outputs)
    _tell(report.problems, options.lang)
    if made:
        _say(options, "secret_made", path=secret_path)
    reasons = ", ".join(f"{reason.value} {count}" for reason, count in report.left_out.most_common())
    why = f" ({reasons})" if reasons else ""
    _say(options, "summary", read=report.read, kept=report.kept, left=report.left_out.total(), why=why)
    if chosen.suggested:
        _say(options, "suggested")
    for path, _ in outputs:
        _say(options, "written", path=path)
    return DONE


def _refuse_overwriting(options: argparse.Namespace) -> None:
    """An output may not be one of the inputs, nor another output."""
    names = ("export", "mapping", "secret", "records", "output", "suggest", "report")
    real = [path.resolve() for name in names if (path := getattr(options, name, None))]
    if len(set(real)) != len(real):
        raise Unacceptable([problem("X-161")])


def _secret(options: argparse.Namespace) -> tuple[Path, bytes, bool]:
    """The secret of the school: in the file named, or beside the mapping (or the output); new when it is not there."""
    beside: Path = options.mapping or options.suggest or options.output
    path: Path = options.secret or beside.parent / _SECRET_NAME
    if path.exists():
        return path, _read(path), False
    return path, secrets.token_bytes(48), True


def _create_secret(path: Path, secret: bytes) -> None:
    """For the owner only, and never over a file that appeared meanwhile."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secret)
    except OSError:
        raise Unacceptable([problem("X-161")]) from None


# --- count and schemas -------------------------------------------------------------------------------------------


def _count(options: argparse.Namespace) -> int:
    from baken.schoolside import anonymise
    from baken.schoolside.check.plausible import implausible

    form = _form(options.output, ("json", "csv", "xlsx"))
    _refuse_overwriting(options)
    try:
        quarter = Quarter.parse(options.quarter)
        delivery.code_list_of(quarter)
    except ValueError:
        raise Unacceptable([problem("T-103")]) from None
    records, problems = record.read(_read(options.records), _form(options.records, ("csv", "xlsx", "json")))
    problems.raise_if_fatal()
    counters = anonymise.fold(records, quarter, options.version, nil=options.nil)
    problems.extend(implausible(records, quarter))
    problems.extend(delivery.check(counters))
    problems.raise_if_fatal()
    _write([(options.output, delivery.write(counters, form))])
    _tell(problems, options.lang)
    _say(options, "counted", quarter=quarter, total=counters.total)
    _say(options, "written", path=options.output)
    return DONE


def _schemas(options: argparse.Namespace) -> int:
    try:
        paths = schemas.write(options.output)
    except OSError:
        raise Unacceptable([problem("X-161")]) from None
    for path in paths:
        _say(options, "written", path=path)
    return DONE


# --- files and messages ------------------------------------------------------------------------------------------


def _form(path: Path, allowed: tuple[str, ...]) -> str:
    form = path.suffix.lower().removeprefix(".")
    if form not in allowed:
        raise Unacceptable([problem("X-162", allowed=", ".join(f".{a}" for a in allowed))])
    return form


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LIMIT_BYTES:
            raise Unacceptable([problem("X-105", limit=_LIMIT_BYTES // 1_000_000, unit="MB")])
        return path.read_bytes()
    except OSError:
        raise Unacceptable([problem("X-160")]) from None


def _write(outputs: Iterable[tuple[Path, bytes]], *, mode: int = 0o600) -> None:
    """All files or none: each is written beside its place first and moved there when all of them are complete.

    What stays at the school is for its owner only: records are not anonymous.
    """
    waiting: list[tuple[str, Path]] = []
    try:
        for path, data in outputs:
            handle, name = tempfile.mkstemp(prefix=".baken-", dir=path.parent)
            waiting.append((name, path))
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(mode)
        for name, path in waiting:
            Path(name).replace(path)
    except OSError:
        raise Unacceptable([problem("X-161")]) from None
    finally:
        for name, _ in waiting:
            Path(name).unlink(missing_ok=True)


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _tell(problems: Iterable[Problem], language: str) -> None:
    for found in problems:
        print(found.describe(language), file=sys.stderr)


def _say(options: argparse.Namespace, name: str, **facts: object) -> None:
    print(_TEXTS[name].in_language(options.lang).format(**facts))


if __name__ == "__main__":
    sys.exit(main())
