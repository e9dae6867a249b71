"""Invented cities for the tests of the shield: schools of boards in districts, and a year of counts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from baken.shield.gate import Publication, Refusal, protect
from baken.shield.ledger import Ledger
from baken.shield.policy import Policy
from baken.shield.publication import Release
from baken.shield.structure import Contributor, Geography, Structure

YEAR = "2026-2027"
QUARTERS = tuple(f"{YEAR}/{n}" for n in (1, 2, 3, 4))
CATEGORIES = tuple("abcdefghi")
POLICY = Policy(version="test")
KEY = b"a key that is only used in tests"
DISTRICTS = ("beach", "canal", "dunes", "east", "forest", "garden", "harbour", "island")
TOUCHING = ("beach canal", "beach dunes", "canal dunes", "canal east", "dunes forest", "east forest", "east garden",
            "forest garden", "garden harbour", "harbour island")  # fmt: skip
GEOGRAPHY = Geography(DISTRICTS, frozenset(frozenset(pair.split()) for pair in TOUCHING))
SPREAD = (4, 5, 7, 8, 8, 7, 14, 7)
BOARDS = (16, 12, 8, 6, 5, 4, 3, 2, 1, 1, 1, 1)


@dataclass(frozen=True)
class Town:
    """A structure, and counts: (unit, quarter) -> one number per category."""

    structure: Structure
    counts: dict[tuple[str, str], tuple[int, ...]]

    def delivering(self, quarter: str, *, without: tuple[str, ...] = (), also: tuple[str, ...] = ()) -> Town:
        """The same town with schools missing from, or added to, a quarter."""
        delivered = dict(self.structure.delivered)
        delivered[quarter] = (delivered.get(quarter, frozenset()) - set(without)) | set(also)
        return replace(self, structure=replace(self.structure, delivered=delivered))


def town(schools: int, seed: int, skew: str = "brief", categories: tuple[str, ...] = CATEGORIES) -> Town:
    """`skew`: "brief" has 20 to 120 incidents per school and year, "heavy" a few schools with very many."""
    random = np.random.default_rng([schools, seed])
    wanted = np.array(SPREAD) * schools / sum(SPREAD)
    districts = [name for name, n in zip(DISTRICTS, np.diff(np.rint(np.cumsum([0, *wanted]))), strict=True)
                 for _ in range(int(n))]  # fmt: skip
    boards = [f"board-{b}" for b, size in enumerate(BOARDS) for _ in range(size)]
    order = random.permutation(len(boards))
    cohort = tuple(
        Contributor(f"unit-{i:02}", boards[order[i % len(boards)]], district) for i, district in enumerate(districts)
    )
    if skew == "brief":
        size = np.clip(random.lognormal(np.log(45), 0.55, schools), 20, 120)
    else:
        size = np.clip(random.lognormal(np.log(15), 1.1, schools), 1, 400)
    mix = random.dirichlet(40 * np.linspace(1.6, 0.4, len(categories)) / len(categories), schools)
    season = np.array([0.3, 0.26, 0.27, 0.17])
    values = random.poisson(size[:, None, None] * season[None, :, None] * mix[:, None, :])
    counts = {
        (c.unit, quarter): tuple(int(n) for n in values[i, k])
        for i, c in enumerate(cohort)
        for k, quarter in enumerate(QUARTERS)
    }
    delivered = {quarter: frozenset(c.unit for c in cohort) for quarter in QUARTERS}
    return Town(Structure(YEAR, cohort, delivered, GEOGRAPHY), counts)


def sign(message: bytes) -> bytes:
    return b"signed:" + message


def verify(message: bytes, signature: bytes) -> bool:
    return signature == sign(message)


def release(town: Town, release: Release, ledger: Ledger, policy: Policy = POLICY, key: bytes = KEY,
            categories: tuple[str, ...] = CATEGORIES) -> Publication | Refusal:  # fmt: skip
    return protect(counts=town.counts, categories=categories, structure=town.structure, release=release,
                   ledger=ledger, policy=policy, key=key)  # fmt: skip


def published(town: Town, wanted: Release, ledger: Ledger, policy: Policy = POLICY,
              categories: tuple[str, ...] = CATEGORIES) -> tuple[Publication, Ledger]:  # fmt: skip
    """The publication and the ledger with it; fails the test when it is refused."""
    found = release(town, wanted, ledger, policy, categories=categories)
    assert isinstance(found, Publication), found
    return found, ledger.append(found, sign=sign)


RELEASES = (*(Release.quarter(quarter) for quarter in QUARTERS), Release.school_year(YEAR))


def whole_year(town: Town, policy: Policy = POLICY,
               categories: tuple[str, ...] = CATEGORIES) -> tuple[list[Publication], Ledger]:  # fmt: skip
    """Four quarters and the year."""
    publications, ledger = [], Ledger()
    for wanted in RELEASES:
        publication, ledger = published(town, wanted, ledger, policy, categories)
        publications.append(publication)
    return publications, ledger


def exchanged(town: Town, one: tuple[str, ...], other: tuple[str, ...]) -> Town:
    """The same town after two holdings exchanged all they delivered: sums per quarter, put with their first school."""
    counts = dict(town.counts)
    for quarter in QUARTERS:
        delivered = town.structure.delivered[quarter]
        taken = []
        for units in (one, other):
            present = [unit for unit in units if unit in delivered]
            if present:
                total = np.sum([town.counts[unit, quarter] for unit in present], axis=0)
                taken.append((present, tuple(int(n) for n in total)))
        assert len(taken) != 1, "only contributors of the same quarters can be exchanged"
        for (present, _), (_, total) in zip(taken, reversed(taken), strict=True):
            for unit in present:
                counts[unit, quarter] = tuple(0 for _ in total)
            counts[present[0], quarter] = total
    return replace(town, counts=counts)


def holdings(town: Town, districts: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The schools of each board in these districts."""
    boards: dict[str, list[str]] = {}
    for contributor in town.structure.cohort:
        if contributor.district in districts:
            boards.setdefault(contributor.board, []).append(contributor.unit)
    return [tuple(units) for _, units in sorted(boards.items())]
