"""The folder with signed publication files, read: which of them hold, and what is wrong with the others.

A file counts when its signature, its bytes and its place in the chain are right. The first break ends the chain: what
came before stays readable, nothing after it is shown. Nothing is stored; a file that did not change is not read again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from baken import cities
from baken.contract import publication as contract
from baken.contract.periods import parse_period
from baken.contract.problems import Place, Problem, Unacceptable, problem
from baken.contract.publication import Publication
from baken.contract.structure import City
from baken.render import leakscan
from baken.render.figures import Figures, base_of
from baken.render.offer import File
from baken.sites.shared.clock import today

Stamp = tuple[tuple[str, int, int], ...]
Verify = Callable[[bytes, bytes, str], bool]


@dataclass(frozen=True, slots=True)
class Release:
    """One publication that holds, with its file byte for byte. `digest` is the hash of the signed content."""

    publication: Publication
    data: bytes
    digest: str
    key_id: str
    file_name: str

    @property
    def number(self) -> int:
        return self.publication.number

    @property
    def published_on(self) -> date:
        return date.fromisoformat(self.publication.published_on)


@dataclass(frozen=True)
class Library:
    """What may be shown on a day. `problems`: each file that is not shown, with the reason, for the administrator."""

    releases: tuple[Release, ...]
    problems: tuple[Problem, ...]
    city: City
    files: dict[tuple[str, ...], File | None] = field(default_factory=dict, repr=False, compare=False)
    """Documents made from these releases, kept as long as the folder does not change."""

    @cached_property
    def publications(self) -> tuple[Publication, ...]:
        return tuple(release.publication for release in self.releases)

    @cached_property
    def figures(self) -> Figures:
        return Figures(self.publications, self.city.districts)

    @property
    def latest(self) -> Release | None:
        return self.releases[-1] if self.releases else None

    @property
    def synthetic(self) -> bool:
        return any(publication.synthetic for publication in self.publications)

    def up_to(self, number: int) -> tuple[Release, ...]:
        """The releases 1 to `number`; empty when there is no such release."""
        return self.releases[:number] if 1 <= number <= len(self.releases) else ()


_last: tuple[object, Library] | None = None
_lock = Lock()


def library() -> Library:
    """The library as it is today. Reads only what is new since the last time."""
    global _last  # noqa: PLW0603  (one per process: a cache, never a source)
    folder, key_folder, day = Path(settings.BAKEN_PUBLICATIONS), Path(settings.BAKEN_PUBLICATION_KEYS), today()
    state = (folder, _stamp(folder, ".json"), key_folder, _stamp(key_folder, ".pub"), day, settings.BAKEN_CITY)
    with _lock:
        if _last is None or _last[0] != state:
            _last = (state, _read_all(folder, key_folder, day))
        return _last[1]


def _stamp(folder: Path, suffix: str) -> Stamp:
    """Name, moment of change and size of every file; files that are being written begin with a dot."""
    if not folder.is_dir():
        return ()
    found = []
    for path in sorted(folder.glob(f"[!.]*{suffix}")):
        if path.is_file():
            state = path.stat()
            found.append((path.name, state.st_mtime_ns, state.st_size))
    return tuple(found)


def keys(folder: Path) -> dict[str, Ed25519PublicKey]:
    """Public keys by their id, from `<id>.pub` with 32 bytes or 64 hexadecimal digits; unreadable ones are left out."""
    found = {}
    for name, _, size in _stamp(folder, ".pub"):
        data = (folder / name).read_bytes() if size <= 100 else b""
        try:
            raw = data if len(data) == 32 else bytes.fromhex(data.decode("ascii").strip())
            found[name.removesuffix(".pub")] = Ed25519PublicKey.from_public_bytes(raw)
        except ValueError:
            continue
    return found


def _verifier(known: dict[str, Ed25519PublicKey]) -> Verify:
    def verify(message: bytes, signature: bytes, key_id: str) -> bool:
        if key_id not in known:
            return False
        try:
            known[key_id].verify(signature, message)
        except InvalidSignature:
            return False
        return True

    return verify


def _read_all(folder: Path, key_folder: Path, day: date) -> Library:
    city = cities.load(settings.BAKEN_CITY)
    keys_state = (key_folder, _stamp(key_folder, ".pub"))
    read: list[Release] = []
    problems: list[Problem] = []
    for stamp in _stamp(folder, ".json"):
        release, found = _read(folder, stamp, keys_state)
        problems += found
        if release is not None:
            read.append(release)
    releases, broken = _chain(read, city)
    shown = tuple(release for release in releases if release.published_on <= day)
    return Library(shown, (*problems, *broken), city)


@lru_cache(maxsize=512)
def _read(
    folder: Path, stamp: tuple[str, int, int], keys_state: tuple[Path, Stamp]
) -> tuple[Release | None, tuple[Problem, ...]]:
    """One file, or why it does not count. Depends on its name, moment and size, and on those of the keys."""
    name, _, size = stamp
    place = Place(file=name)
    if size > contract.LIMIT_BYTES:
        return None, (problem("P-101", place),)
    data = (folder / name).read_bytes()
    signer = ""

    def verify(message: bytes, signature: bytes, key_id: str) -> bool:
        nonlocal signer
        signer = key_id
        return _verifier(keys(keys_state[0]))(message, signature, key_id)

    try:
        publication = contract.open_sealed(data, verify=verify)
        date.fromisoformat(publication.published_on)
        leakscan.check_sealed(data, publication)
        _check_sound(publication)
    except Unacceptable as refused:
        return None, tuple(problem(p.code, place, **dict(p.facts)) for p in refused.problems)
    except leakscan.Leak:
        return None, (problem("P-102", place),)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None, (problem("P-101", place),)
    digest = contract.content_hash(contract.to_bytes(publication))
    return Release(publication, data, digest, signer, name), ()


def _check_sound(publication: Publication) -> None:
    """Raise ValueError for content that no page could show, though it is signed: the site must stay up."""
    base_of(publication)
    for cell in publication.cells:
        parse_period(cell.period)
        numbers = (cell.value, cell.low, cell.high)
        if not (all(n is None for n in numbers) or all(type(n) is int and n >= 0 for n in numbers)):
            raise ValueError("a cell is either a number with its bounds or held back")


def _chain(read: list[Release], city: City) -> tuple[list[Release], list[Problem]]:
    """The unbroken chain from number 1, and one problem per file after the break."""
    ordered = sorted(read, key=lambda r: (r.number, r.file_name))
    chain: list[Release] = []
    for release in ordered:
        alone = sum(other.number == release.number for other in ordered) == 1
        if not alone or not _follows(release, chain, city):
            break
        chain.append(release)
    rest = ordered[len(chain) :]
    return chain, [problem("P-104", Place(file=release.file_name), number=release.number) for release in rest]


def _follows(release: Release, chain: list[Release], city: City) -> bool:
    """Next in number, pointing at the one before, of this city, not older, and changing no published figure."""
    publication = release.publication
    previous = chain[-1].digest if chain else ""
    in_order = not chain or chain[-1].published_on <= release.published_on
    known = {(c.table, c.area, c.category, c.period): c for r in chain for c in r.publication.cells}
    unchanged = all(known.get((c.table, c.area, c.category, c.period), c) == c for c in publication.cells)
    return (
        publication.number == len(chain) + 1
        and publication.previous == previous
        and publication.city == city.code
        and in_order
        and unchanged
    )
