"""The folder with signed publication files: the only thing that crosses to the city's side."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.conf import settings

from baken.sites.register.releases.models import Release
from baken.sites.register.releases.states import State


def folder() -> Path:
    return Path(settings.BAKEN_PUBLICATIONS)


def file_name(release: Release) -> str:
    """ "0003-kwartaal-2026-2027-1.json": number, kind, period; sorted by name is sorted by number."""
    return f"{release.number:04d}-{release.kind}-{release.period.replace('/', '-')}.json"


def newest_number() -> int:
    """The number of the newest file in the folder; 0 for an empty one."""
    return max((int(path.name[:4]) for path in folder().glob("[0-9][0-9][0-9][0-9]-*.json")), default=0)


def is_written(release: Release) -> bool:
    """Is the file there, byte for byte as it was signed?"""
    target = folder() / file_name(release)
    return target.exists() and target.read_bytes() == release.sealed.encode()


def write(release: Release) -> bool:
    """Write the signed file of a published release in one step; True when it was not there with these bytes."""
    if is_written(release):
        return False
    target, data = folder() / file_name(release), release.sealed.encode()
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).chmod(0o644)
    Path(temporary).replace(target)
    return True


def write_missing() -> int:
    """Write what a killed process or a new machine left out. Safe to run at any time."""
    published = Release.objects.filter(state=State.PUBLISHED).order_by("number")
    return sum(write(release) for release in published)
