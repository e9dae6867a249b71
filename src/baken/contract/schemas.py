"""The formats as machine-readable schemas, made from the definitions that validate.

`python -m baken.contract.schemas DIR` writes them as files.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from baken.contract import codebook, delivery, record, tabular


def schemas() -> Mapping[str, Mapping[str, Any]]:
    """Every schema by the name of its file: the record, and the counters of each list of categories that ever held."""
    made: dict[str, Mapping[str, Any]] = {
        "record.table-schema.json": tabular.table_schema(record.columns(), primary_key="sleutel"),
        "record.schema.json": _list_of(tabular.json_schema(record.columns(), title="Registratie van een incident")),
        "tellingen.table-schema.json": tabular.table_schema(delivery.columns()),
    }
    for code_list in codebook.code_lists():
        made[f"tellingen-{code_list}.schema.json"] = delivery.json_schema(code_list)
        made[f"tellers-{code_list}.json"] = {
            "codelijst": code_list,
            "tellers": [counter.name for counter in delivery.layout(code_list)],
        }
    return made


def _list_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """A JSON file of records is a list of rows."""
    rest = {name: value for name, value in row.items() if name != "$schema"}
    return {"$schema": row["$schema"], "title": "Registraties", "type": "array", "items": rest}


def to_bytes(schema: Mapping[str, Any]) -> bytes:
    """A schema as a readable file: UTF-8, indented, in the order of the definition."""
    return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()


def write(folder: Path) -> tuple[Path, ...]:
    """Write every schema into `folder`, which is made when it is not there. Raises OSError when that cannot be done."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, schema in schemas().items():
        path = folder / name
        path.write_bytes(to_bytes(schema))
        paths.append(path)
    return tuple(paths)


def main(arguments: Sequence[str]) -> int:
    """The command: one argument, the folder."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m baken.contract.schemas DIR\n")
        return 2
    for path in write(Path(arguments[0])):
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
