"""The parameters of protection: few, public, and never laxer than the field's minimum.

Every parameter is known to the reader and to the attacker; only the rounding key is secret. Never here: a count, a key,
a choice that depends on figures.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

BASES = (3, 5, 10)
FEWEST_SCHOOLS = 3
FEWEST_BOARDS = 3


class PolicyError(ValueError):
    """A policy below the minimum, or one that cannot be read."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What a publication has to satisfy.

    `base`: figures are rounded to multiples of it, with an error smaller than it (3, 5 or 10; counts).
    `min_schools`, `min_boards`: size of every area and of every atom of the published sets. Never below 3 and 3; with 4
    and 4, two boards that pool their figures cannot show that a third school had any.
    `slack`: after the largest contributor subtracts itself, so much at least must remain possible for the others.
    `p_percent`: no contributor may bound another one from above within so many percent (p% rule).
    `dominance_percent`, `dominance_from`: a cell of at least `dominance_from` counts of which one contributor has more
    than `dominance_percent` is held back ((n,k) rule with n = 1).

    Raises `PolicyError` on construction for values outside these bounds.
    """

    version: str
    base: int = 5
    min_schools: int = 3
    min_boards: int = 3
    slack: int = 3
    p_percent: int = 10
    dominance_percent: int = 75
    dominance_from: int = 10

    def __post_init__(self) -> None:
        numbers = [getattr(self, field.name) for field in fields(self) if field.name != "version"]
        if any(type(number) is not int for number in numbers) or not isinstance(self.version, str) or not self.version:
            raise PolicyError("a policy has a version and whole numbers")
        if self.base not in BASES:
            raise PolicyError(f"base must be one of {BASES}")
        if self.min_schools < FEWEST_SCHOOLS or self.min_boards < FEWEST_BOARDS:
            raise PolicyError("never fewer than 3 schools of 3 boards")
        if self.slack < 1 or not 1 <= self.p_percent <= 100:
            raise PolicyError("slack is at least 1 and p between 1 and 100 percent")
        if not 50 <= self.dominance_percent < 100 or self.dominance_from < 1:
            raise PolicyError("dominance lies between 50 and 99 percent, from a positive count")

    def to_json(self) -> dict[str, Any]:
        """The policy as a JSON object; its keys are the names of the fields."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any] | str) -> Policy:
        """Read a policy from a JSON object or its text. Raises `PolicyError`, also for unknown keys."""
        try:
            table = json.loads(value) if isinstance(value, str) else value
            return cls(**table)
        except (TypeError, json.JSONDecodeError) as error:
            raise PolicyError("this is not a policy") from error


DEFAULT = Policy(version="1")
"""Areas of 3 schools of 3 boards, joint controlled rounding to base 5."""
