"""The keys of a release: outside the database, outside the repository, in a folder that only the service may read.

`rounding`: one per school year, keys the preferences of the rounding. `signing`: Ed25519, signs ledger and files; its
public half lies where the window looks for it. Keys are made by `manage.py make_keys`, in demo mode by themselves.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from baken.contract.periods import SchoolYear


class KeyMissing(Exception):  # noqa: N818  (says what is the matter, as the domain's refusals do)
    """A key that is needed is not there; `which` is its name."""

    def __init__(self, which: str) -> None:
        self.which = which
        super().__init__(f"key {which} is missing: run manage.py make_keys")


def folder() -> Path:
    return Path(settings.BAKEN_KEYS)


def _rounding_file(year: SchoolYear) -> Path:
    return folder() / f"rounding-{year}.key"


def _signing_file() -> Path:
    return folder() / "signing.ed25519"


def _write_once(path: Path, data: bytes) -> None:
    """Create with mode 0600; an existing key is never overwritten, also not when two processes make it at once."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def make(year: SchoolYear) -> None:
    """Make what is missing for a school year: its rounding key, the signing key, the public key for the window."""
    _write_once(_rounding_file(year), secrets.token_bytes(32))
    _write_once(_signing_file(), Ed25519PrivateKey.generate().private_bytes_raw())
    signer = signing()
    public = Path(settings.BAKEN_PUBLICATION_KEYS) / f"{signer.key_id}.pub"
    public.parent.mkdir(parents=True, exist_ok=True)
    if not public.exists():
        public.write_text(signer.public.public_bytes(Encoding.Raw, PublicFormat.Raw).hex() + "\n")


def rounding(year: SchoolYear) -> bytes:
    """The 32 bytes that key the rounding of a school year. Raises KeyMissing."""
    if settings.DEMO and not _rounding_file(year).exists():
        make(year)
    return _read(_rounding_file(year), 32)


def _read(path: Path, size: int) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise KeyMissing(path.name) from None
    if len(data) != size:
        raise KeyMissing(path.name)
    return data


@dataclass(frozen=True, slots=True)
class Signer:
    private: Ed25519PrivateKey

    @property
    def public(self) -> Ed25519PublicKey:
        return self.private.public_key()

    @property
    def key_id(self) -> str:
        """The first 16 hex digits of the SHA-256 of the public key."""
        return hashlib.sha256(self.public.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)

    def verify(self, message: bytes, signature: bytes) -> bool:
        try:
            self.public.verify(signature, message)
        except InvalidSignature:
            return False
        return True


def signing() -> Signer:
    """Raises KeyMissing."""
    return Signer(Ed25519PrivateKey.from_private_bytes(_read(_signing_file(), 32)))
