"""A window with publication files of its own in a temporary folder, and readers of several kinds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from baken.sites.shared.identity.models import Assignment, User
from baken.sites.shared.identity.roles import Role
from building.publications import chain, write_files, write_key


@pytest.fixture
def empty_window(publication_folders: Path, settings: object) -> Iterator[Path]:
    """No publication yet, on 12 April 2027, with a public key."""
    settings.DEMO, settings.BAKEN_TODAY = True, "2027-04-12"  # type: ignore[attr-defined]
    (publication_folders / "publications").mkdir()
    write_key(publication_folders / "publication-keys")
    yield publication_folders


@pytest.fixture
def window(empty_window: Path) -> Path:
    """The folder with the seven publications of the test city."""
    write_files(empty_window / "publications", chain())
    return empty_window / "publications"


@pytest.fixture
def public(settings: object, window: Path) -> Path:
    settings.WINDOW_PUBLIC = True  # type: ignore[attr-defined]
    return window


def reader(client: Client, role: Role | None) -> Client:
    """Sign a new person in, with a role or with none."""
    user = User.objects.create_user(f"{role or 'nobody'}@voorbeeld.invalid", "Lezer")
    if role is not None:
        Assignment.objects.create(user=user, role=role, organisation="99AA00" if role.of_school else "")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": ""})
    client.force_login(user)
    return client
