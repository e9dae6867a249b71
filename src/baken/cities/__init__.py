"""Everything local is data: one folder per city."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from baken.contract.structure import City, District


@cache
def load(name: str) -> City:
    """Read `cities/<name>/city.toml`. Raises ModuleNotFoundError or FileNotFoundError for a city that is not there."""
    table = tomllib.loads(files(f"{__name__}.{name}").joinpath("city.toml").read_text("utf-8"))
    districts = tuple(District(d["code"], d["name"], d["column"], d["row"]) for d in table["district"])
    return City(
        code=table["code"],
        name=table["name"],
        municipality_number=table["municipality_number"],
        districts=districts,
        neighbours=frozenset(frozenset(pair) for pair in table["neighbours"]),
        postcode_districts=tuple((pc, d["code"]) for d in table["district"] for pc in d["postcodes"]),
    )
