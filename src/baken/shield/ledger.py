"""Everything ever published, append-only: each entry names the one before it by hash and is signed. No counts.

Step 3 of protection: what is in the ledger is never computed again. Signing is a function that the caller brings, so
the key never comes here. Never here: a count, a key, a clock.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from baken.shield.publication import Publication, canonical

Sign = Callable[[bytes], bytes]
Verify = Callable[[bytes, bytes], bool]
"""`verify(message, signature)` says whether the signature holds."""

EMPTY = hashlib.sha256(b"").hexdigest()


class LedgerBroken(Exception):  # noqa: N818 - named after what happened, as SecureDrop does
    """The ledger is not what was signed. `index` is the first entry that does not hold, counted from 0."""

    def __init__(self, index: int, what: str) -> None:
        super().__init__(f"ledger entry {index}: {what}")
        self.index = index
        self.what = what


@dataclass(frozen=True, slots=True)
class Entry:
    """One release in the ledger.

    `publication` is the document as the reader has it; `record` says who was in its contributor sets. `digest` is the
    SHA-256 of index, previous digest, publication and record; the signature is over that digest.
    """

    index: int
    previous: str
    publication: dict[str, Any]
    record: dict[str, Any]
    digest: str
    signature: bytes

    @property
    def kind(self) -> str:
        return str(self.publication["release"]["kind"])

    @property
    def period(self) -> str:
        return str(self.publication["release"]["period"])

    def expected_digest(self) -> str:
        content = canonical([self.index, self.previous, self.publication, self.record])
        return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Ledger:
    """All releases in order. Immutable: `append` gives a new one."""

    entries: tuple[Entry, ...] = ()

    @property
    def head(self) -> str:
        """Digest of the last entry; of nothing for an empty ledger. Kept elsewhere too, it shows a rollback."""
        return self.entries[-1].digest if self.entries else EMPTY

    def find(self, kind: str, period: str) -> Entry | None:
        """The entry of a release, if it was published."""
        return next((e for e in self.entries if (e.kind, e.period) == (kind, period)), None)

    def append(self, publication: Publication, *, sign: Sign) -> Ledger:
        """A new ledger with the publication at its end.

        Appending a publication that is already there gives the same ledger. Raises `LedgerBroken` when the release is
        there with other content: history does not change.
        """
        document = json.loads(publication.bytes())
        known = self.find(publication.release.kind.value, publication.release.period)
        if known is not None:
            if known.publication != document:
                raise LedgerBroken(known.index, "the release was published with other content")
            return self
        bare = Entry(len(self.entries), self.head, document, publication.record.to_json(), "", b"")
        digest = bare.expected_digest()
        entry = Entry(bare.index, bare.previous, document, bare.record, digest, sign(bytes.fromhex(digest)))
        return Ledger((*self.entries, entry))

    def check_chain(self) -> None:
        """Raise `LedgerBroken` for the first entry that was altered, moved, left out or published twice."""
        previous, releases = EMPTY, set()
        for index, entry in enumerate(self.entries):
            if entry.index != index or entry.previous != previous:
                raise LedgerBroken(index, "does not follow the entry before it")
            if entry.digest != entry.expected_digest():
                raise LedgerBroken(index, "was altered")
            if (entry.kind, entry.period) in releases:
                raise LedgerBroken(index, "publishes a release for the second time")
            releases.add((entry.kind, entry.period))
            previous = entry.digest

    def verify(self, *, verify: Verify, head: str | None = None) -> None:
        """Raise `LedgerBroken` unless every entry is whole, follows the one before it and is signed.

        `head` is the last digest as remembered outside the ledger; without it, a ledger that lost its last entries
        cannot be told from an older one.
        """
        self.check_chain()
        for entry in self.entries:
            if not verify(bytes.fromhex(entry.digest), entry.signature):
                raise LedgerBroken(entry.index, "the signature does not hold")
        if head is not None and self.head != head:
            raise LedgerBroken(len(self.entries), "this is not the ledger that was last seen")

    def to_lines(self) -> str:
        """JSON lines, one entry a line."""
        return "".join(canonical(_table(entry)).decode() + "\n" for entry in self.entries)

    @classmethod
    def from_lines(cls, text: str) -> Ledger:
        """Read JSON lines and check the chain. Raises `LedgerBroken` for a line that is not exactly an entry."""
        entries: list[Entry] = []
        for index, line in enumerate(text.removesuffix("\n").split("\n") if text else ()):
            try:
                entries.append(_entry(json.loads(line)))
            except (ValueError, TypeError, KeyError, AttributeError):
                raise LedgerBroken(index, "is not an entry") from None
            if canonical(_table(entries[-1])).decode() != line:
                raise LedgerBroken(index, "is written in another way")
        ledger = cls(tuple(entries))
        ledger.check_chain()
        return ledger


_FIELDS = {"index", "previous", "publication", "record", "digest", "signature"}


def _table(entry: Entry) -> dict[str, Any]:
    return {
        "index": entry.index,
        "previous": entry.previous,
        "publication": entry.publication,
        "record": entry.record,
        "digest": entry.digest,
        "signature": entry.signature.hex(),
    }


def _entry(table: dict[str, Any]) -> Entry:
    if set(table) != _FIELDS or type(table["index"]) is not int:
        raise ValueError("not an entry")
    entry = Entry(
        table["index"],
        str(table["previous"]),
        dict(table["publication"]),
        dict(table["record"]),
        str(table["digest"]),
        bytes.fromhex(table["signature"]),
    )
    bytes.fromhex(entry.digest)
    if not isinstance(entry.publication["release"]["period"], str):
        raise ValueError("not an entry")
    return entry
