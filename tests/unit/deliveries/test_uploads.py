"""Nothing that is uploaded to the register touches a disk, however large it is."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from baken.sites.register.deliveries import uploads


def received(content: bytes, name: str = "Kanarie.csv") -> InMemoryUploadedFile:
    request: HttpRequest = RequestFactory().post("/", {"counters": SimpleUploadedFile(name, content)})
    found = request.FILES["counters"]
    assert isinstance(found, InMemoryUploadedFile)
    return found


@pytest.fixture
def temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("size", [0, 10, 3_000_000])
def test_a_file_arrives_whole_in_memory(temporary_folder: Path, size: int) -> None:
    upload = received(b"x" * size)

    assert isinstance(upload.file, io.BytesIO)
    assert (upload.size, len(upload.read())) == (size, size)
    assert list(temporary_folder.iterdir()) == []


def test_of_a_file_that_is_far_too_large_only_the_size_is_known(temporary_folder: Path) -> None:
    upload = received(b"x" * (uploads.LIMIT + 1))

    assert (upload.size, upload.read()) == (uploads.LIMIT + 1, b"")
    assert list(temporary_folder.iterdir()) == []


def test_no_other_handler_is_in_use() -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["baken.sites.register.deliveries.uploads.InMemoryOnly"]
