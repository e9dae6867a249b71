"""Uploads stay in memory: a file that was sent by mistake never reaches a disk, not even for a moment."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

LIMIT = 8 * 1024 * 1024
"""What any page of the register may receive. Of a larger file only the size is remembered."""


class InMemoryOnly(FileUploadHandler):
    """The only upload handler of the register; Django's own writes larger files to a temporary folder."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._content = io.BytesIO()
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._size += len(raw_data)
        if self._size <= LIMIT:
            self._content.write(raw_data)
        else:
            self._content = io.BytesIO()
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._content.seek(0)
        return InMemoryUploadedFile(
            self._content, self.field_name, self.file_name or "", self.content_type or "", self._size, self.charset
        )
