"""Everything ever published, append-only: each entry names the one before it by hash and is signed. No counts.

Step 3 of protection: what is in the ledger is never computed again. Never here: a count, a key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from baken.shield.publication import Publication

Sign = Callable[[bytes], bytes]
Verify = Callable[[bytes, bytes], bool]
"""`verify(message, signature)` says whether the signature holds."""


class LedgerBroken(Exception):
    """The ledger is not what was signed. `index` is the first entry that does not hold, counted from 0."""

    def __init__(self, index: int, what: str) -> None:
        super().__init__(f"ledger entry {index}: {what}")
        self.index = index


@dataclass(frozen=True, slots=True)
class Entry:
    """One release in the ledger: the publication as the reader has it, and the record of who was in it."""

    index: int
    previous: str
    publication: dict[str, Any]
    record: dict[str, Any]
    digest: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Ledger:
    """All releases in order."""

    entries: tuple[Entry, ...] = ()

    @property
    def head(self) -> str:
        """Digest of the last entry; the digest of nothing for an empty ledger."""
        raise NotImplementedError

    def append(self, publication: Publication, *, sign: Sign) -> Ledger:
        """A new ledger with the publication added; the same ledger when it is already there."""
        raise NotImplementedError

    def verify(self, *, verify: Verify, head: str | None = None) -> None:
        """Raise `LedgerBroken` unless every entry is whole, chained and signed, and the last one is `head`."""
        raise NotImplementedError

    def to_lines(self) -> str:
        """JSON lines, one entry a line."""
        raise NotImplementedError

    @classmethod
    def from_lines(cls, text: str) -> Ledger:
        """Read JSON lines. Raises `LedgerBroken` for a line that is not an entry."""
        raise NotImplementedError
