"""Invented incidents: heavy-tailed over schools, seasonal over months, none in holidays, more in breaks.

Every parameter is an assumption, modelled on what is known of registers before: a few schools register most. A school's
effect is log-normal and multiplied by its zeal to register; a month's number is negative binomial around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from baken.contract import codebook
from baken.contract.periods import Quarter, SchoolYear, is_school_day
from baken.contract.structure import School

SHARES = {
    "fysiek-geweld-letsel": 12,
    "seksueel": 5,
    "stelselmatige-intimidatie": 6,
    "bedreiging": 14,
    "grove-pesterijen": 13,
    "ernstige-vernieling": 11,
    "diefstal": 19,
    "drugs": 13,
    "wapen": 7,
}
"""Percent of incidents in a mature register (assumption)."""
MOST = 180.0
"""Expected incidents a year of the school that registers most (assumption)."""
_MONTHS = {8: 0.3, 9: 1.4, 10: 1.2, 11: 1.35, 12: 0.9, 1: 1.0, 2: 1.1, 3: 1.3, 4: 1.0, 5: 0.8, 6: 0.8, 7: 0.3}
_DAY_PARTS = (
    ("voor-schooltijd", 8),
    ("lesuur-ochtend", 22),
    ("ochtendpauze", 14),
    ("lunchpauze", 24),
    ("middagpauze", 6),
    ("lesuur-middag", 12),
    ("na-schooltijd", 14),
)
_PLACES = (
    ("klas", 20),
    ("gang", 20),
    ("kantine", 10),
    ("toilet", 5),
    ("kleedkamer-gym", 7),
    ("plein", 16),
    ("stalling", 5),
    ("omgeving-school", 7),
    ("onderweg", 4),
    ("online", 6),
)


@dataclass(frozen=True, slots=True)
class Event:
    """One invented incident as a school knows it, before anything is anonymised. `pupil` is an invented name."""

    number: int
    day: date
    category: str
    sub_code: str
    day_part: str
    place: str
    pupil_first: str
    pupil_last: str
    pupil_number: int
    form: str
    injury: str
    police: str
    suspended: bool


_FIRST = (
    "Noor",
    "Sem",
    "Yara",
    "Milan",
    "Zoë",
    "Ravi",
    "Fenna",
    "Jayden",
    "Aya",
    "Björn",
    "Sofia",
    "Mehmet",
    "Lotte",
    "Kwame",
)
_LAST = (
    "de Vries",
    "Yılmaz",
    "Bakker",
    "van den Berg",
    "Özdemir",
    "Jansen",
    "El Amrani",
    "Visser",
    "Kuijpers",
    "Çelik",
)


def school_rates(schools: tuple[School, ...], *, seed: int) -> dict[str, float]:
    """Expected incidents per school year, per school code; mean about 42, median about 32, at most `MOST`."""
    rng = np.random.default_rng([seed, 1])
    effect = rng.lognormal(0.0, 0.7, len(schools)) * rng.uniform(0.6, 1.4, len(schools))
    size = np.array([(s.pupils or 500) / 520 for s in schools]) ** 0.5
    return {s.code: float(min(MOST, max(2.0, 32 * e * z))) for s, e, z in zip(schools, effect, size, strict=True)}


def events(school: School, rate: float, year: SchoolYear, *, seed: int) -> tuple[Event, ...]:
    """The incidents of one school in one school year, oldest first.

    The stream depends on seed, school and year only, so that adding a school changes no other.
    """
    rng = np.random.default_rng([seed, 2, year.start, int.from_bytes(school.code.encode(), "big") % 2**31])
    days = _school_days(year)
    weight = np.array([_MONTHS[d.month] for d in days])
    growth = 1 + 0.06 * (year.start - 2024)
    expected = rate * growth * rng.gamma(8, 1 / 8)
    number = int(rng.poisson(expected))
    chosen = sorted(rng.choice(len(days), number, p=weight / weight.sum()).tolist())
    mix = rng.dirichlet(np.array([float(v) for v in SHARES.values()]) * 0.6)
    return tuple(_event(n, days[i], mix, rng) for n, i in enumerate(chosen, start=1))


def _school_days(year: SchoolYear) -> list[date]:
    span = (year.last_day - year.first_day).days + 1
    days = [year.first_day + timedelta(days=i) for i in range(span)]
    term = [d for d in days if is_school_day(d) and not (d.month == 8 and d.day < 24)]
    return [d for d in term if not (d.month == 7 and d.day > 14)]


def _pick(rng: np.random.Generator, weighted: tuple[tuple[str, int], ...]) -> str:
    weight = np.array([float(w) for _, w in weighted])
    return weighted[int(rng.choice(len(weighted), p=weight / weight.sum()))][0]


def _event(number: int, day: date, mix: np.ndarray, rng: np.random.Generator) -> Event:
    category = list(SHARES)[int(rng.choice(len(SHARES), p=mix))]
    subs = [s.code for s in codebook.category(category).sub_codes]
    injured = category == "fysiek-geweld-letsel"
    return Event(
        number=number,
        day=day,
        category=category,
        sub_code=str(rng.choice(subs)) if subs else "",
        day_part=_pick(rng, _DAY_PARTS),
        place=_pick(rng, _PLACES),
        pupil_first=str(rng.choice(_FIRST)),
        pupil_last=str(rng.choice(_LAST)),
        pupil_number=int(rng.integers(100_000, 199_999)),
        form=f"{rng.integers(1, 7)}{rng.choice(['h', 'v', 'm', 'k'])}{rng.integers(1, 6)}",
        injury=("licht" if rng.random() < 0.85 else "zwaar") if injured else "geen",
        police=str(rng.choice(["geen", "geen", "geen", "melding", "aangifte-school", "onbekend"])),
        suspended=bool(rng.random() < 0.3),
    )


def by_quarter(found: tuple[Event, ...]) -> Iterator[tuple[str, tuple[Event, ...]]]:
    """Events grouped by quarter ("2026-2027/1"), all four quarters of each year present."""
    if not found:
        return
    for quarter in SchoolYear.of(found[0].day).quarters:
        yield str(quarter), tuple(e for e in found if Quarter.of(e.day) == quarter)
