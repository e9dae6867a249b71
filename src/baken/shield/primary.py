"""Which cells of a table are sensitive by themselves, and how wide an interval each must keep."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from baken.shield.tables import Integers, Table


@dataclass(frozen=True, slots=True)
class Rules:
    """Primary rules of the field.

    `minimum`: fewer contributors than this make a non-empty cell sensitive. `p_percent`: so does a remainder (without
    the two largest) below this percentage of the largest (p% rule). `width_percent`: how far the true value may be
    approached, as a percentage of the value, at least 1 (counts).
    """

    minimum: int = 3
    p_percent: int = 10
    width_percent: int = 10

    def __post_init__(self) -> None:
        if self.minimum < 1 or not 0 <= self.p_percent <= 100 or not 1 <= self.width_percent <= 100:
            raise ValueError("minimum is at least 1; percentages lie between 0 (or 1) and 100")

    def sensitive(self, table: Table) -> NDArray[np.bool_]:
        """Mask over the cells of the table."""
        rest = table.n - table.largest - table.second
        few = table.contributors < self.minimum
        return (table.n > 0) & (few | (100 * rest < self.p_percent * table.largest))

    def width_up(self, n: Integers) -> Integers:
        """How far above the true value the feasibility interval must reach (counts)."""
        return np.maximum(1, -(-self.width_percent * n // 100))

    def width_down(self, n: Integers) -> Integers:
        """How far below; at most to zero."""
        return np.minimum(n, self.width_up(n))
