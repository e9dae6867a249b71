"""The key of a record: HMAC-SHA-256 under the school's secret, so that only the school can recompute it.

With a column that numbers the incidents, the key is that of the number. Without one it is that of the facts which the
mapping reads (day, kind, place, …) and of a running number among rows with the same facts: such rows are
interchangeable, so it does not matter which of them gets which number. Names and pupil numbers are never part of it.
"""

from __future__ import annotations

import base64
import hmac
from collections import defaultdict
from collections.abc import Iterable

from baken.contract.problems import Unacceptable, problem

SECRET_BYTES = 32
_KEY_BYTES = 16


class Keys:
    """Makes the keys of one run."""

    def __init__(self, secret: bytes) -> None:
        """Raises `Unacceptable` for a secret shorter than `SECRET_BYTES`."""
        if len(secret) < SECRET_BYTES:
            raise Unacceptable([problem("X-141", length=SECRET_BYTES)])
        self._secret = secret
        self._seen: defaultdict[bytes, int] = defaultdict(int)

    def of_id(self, text: str) -> str:
        """22 characters for the number of an incident in the school's own system."""
        return self._key(b"kenmerk\0" + text.casefold().encode())

    def of_facts(self, facts: Iterable[str]) -> str:
        """22 characters for a row without a number; equal facts get different keys, in order of appearance."""
        digest = hmac.digest(self._secret, b"feiten\0" + "\x1f".join(facts).encode(), "sha256")[:_KEY_BYTES]
        self._seen[digest] += 1
        return self._key(b"rij\0" + digest + str(self._seen[digest]).encode())

    def _key(self, message: bytes) -> str:
        digest = hmac.digest(self._secret, message, "sha256")[:_KEY_BYTES]
        return base64.urlsafe_b64encode(digest).decode("ascii")[:22]
