"""Invented schools and boards: about sixty locations of about twenty boards, spread over the districts of a city."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baken.contract.periods import Quarter, SchoolYear
from baken.contract.structure import Board, City, School, Wave
from baken.contract.texts import Text

FIRST_YEAR = SchoolYear(2024)
PILOT_SCHOOLS = 8
SECOND_WAVE = 22

_LANDSCAPE = (
    "Helmgras",
    "Zeewind",
    "Duinpan",
    "Stormvogel",
    "Waterlelie",
    "Wilgenroos",
    "Veerpont",
    "Zandplaat",
    "Ooievaarsnest",
    "Strandlopers",
    "Vlinderbos",
    "Rietkraag",
    "Zilverduin",
    "Kustlicht",
    "Meeuwenvlucht",
    "Getijden",
    "Zonnedauw",
    "Bronwater",
    "Lindenhof",
    "Korenmolen",
    "Sluiswachter",
    "Bakboord",
    "Kompas",
    "Horizon",
    "Bolwerk",
    "Kastanjelaan",
    "Morgenster",
    "Noorderzon",
    "Hazelaar",
    "Windvaan",
)
_KINDS = ("College", "Lyceum", "Mavo", "Scholengemeenschap", "Vakschool", "Praktijkschool")
_BOARDS = (
    "Stichting Kustonderwijs",
    "Vereniging De Brug",
    "Stichting Hofpoort",
    "Stichting Zandmotor",
    "Coöperatie Leerhaven",
    "Stichting Ooievaar",
    "Vereniging Nieuw Begin",
    "Stichting Delta",
    "Stichting Lichtwachter",
    "Stichting Vlietrand",
    "Vereniging Eigen Weg",
    "Stichting Westland Leert",
    "Stichting Haagwinde",
    "Stichting De Pier",
    "Vereniging Samenklank",
    "Stichting Residentie",
    "Stichting Veenweide",
    "Vereniging Duinrand",
    "Stichting Parasol",
    "Stichting Mosaïek",
)
_BOARD_SIZES = (9, 8, 7, 5, 4, 4, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 2)
"""Schools per board: a few large boards and many of one school (assumption)."""
_DISTRICT_SHARE = (5, 14, 7, 7, 12, 4, 8, 3)
"""Schools per district, in the municipal order; only Haagse Hout (8) is sourced, the rest is an assumption."""


@dataclass(frozen=True, slots=True)
class SyntheticCity:
    """Who takes part. `waves` say when each school starts."""

    city: City
    boards: tuple[Board, ...]
    schools: tuple[School, ...]
    waves: tuple[Wave, ...]

    def starting_quarter(self, school: str) -> Quarter:
        wave = next(w for w in self.waves if school in w.schools)
        return Quarter.parse(wave.first_quarter)


def build(city: City, *, seed: int) -> SyntheticCity:
    """Invent the schools of a city with eight districts (or any other number: the shares repeat)."""
    rng = np.random.default_rng(seed)
    boards = tuple(Board(f"{99001 + i}", name) for i, name in enumerate(_BOARDS))
    owners = [boards[i].number for i, size in enumerate(_BOARD_SIZES) for _ in range(size)]
    districts = [d.code for i, d in enumerate(city.districts) for _ in range(_DISTRICT_SHARE[i % 8])]
    rng.shuffle(owners)
    schools = tuple(
        School(
            code=f"99{chr(65 + i // 26)}{chr(65 + i % 26)}00",
            name=f"{_LANDSCAPE[i % len(_LANDSCAPE)]} {_KINDS[(i + i // len(_LANDSCAPE)) % len(_KINDS)]}",
            board=owners[i],
            district=district,
            sector="vo",
            pupils=int(rng.lognormal(6.15, 0.45)),
        )
        for i, district in enumerate(districts)
    )
    return SyntheticCity(city, boards, schools, _waves(schools, rng))


def _waves(schools: tuple[School, ...], rng: np.random.Generator) -> tuple[Wave, ...]:
    """Eight volunteers of eight boards first, then twenty-two, then all others, each at the start of a school year."""
    order = [schools[i] for i in rng.permutation(len(schools))]
    pilot: list[School] = []
    for school in order:
        if len(pilot) < PILOT_SCHOOLS and school.board not in {p.board for p in pilot}:
            pilot.append(school)
    rest = [s for s in order if s not in pilot]
    groups = (pilot, rest[:SECOND_WAVE], rest[SECOND_WAVE:])
    labels = (Text("Startgroep", "Pilot group"), Text("Tweede golf", "Second wave"), Text("Derde golf", "Third wave"))
    year = FIRST_YEAR
    waves = []
    for number, (group, label) in enumerate(zip(groups, labels, strict=True), start=1):
        waves.append(Wave(number, label, f"{year}/1", tuple(sorted(s.code for s in group))))
        year = year.next
    return tuple(waves)
