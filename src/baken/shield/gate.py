"""The one door: counts go in, a publication or a refusal comes out.

Nothing else makes a publication. Never here: a way around a rule, a clock, randomness that is not keyed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from baken.shield.ledger import Ledger
from baken.shield.policy import Policy
from baken.shield.publication import Cell, Publication, Reason, Refusal, Release, ReleaseKind
from baken.shield.structure import Structure

__all__ = ["Cell", "Publication", "Reason", "Refusal", "Release", "ReleaseKind", "protect"]


def protect(
    *,
    counts: Mapping[tuple[str, str], Sequence[int]],
    categories: tuple[str, ...],
    structure: Structure,
    release: Release,
    ledger: Ledger,
    policy: Policy,
    key: bytes,
) -> Publication | Refusal:
    """Protect one release. `counts`: (unit, quarter) -> one non-negative number per category."""
    raise NotImplementedError
