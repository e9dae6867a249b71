"""The encoding of a text file: byte order mark, then strict UTF-8, then the pattern of UTF-16, then Windows-1252."""

from __future__ import annotations

import codecs

from baken.contract.problems import Unacceptable, problem

_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = bytes(c for c in range(32) if c not in b"\t\n\r\f\x0b\x1a\x1c\x1d\x1e\x1f\x85")


def detect_encoding(data: bytes) -> str:
    """The encoding to read `data` with. Raises `Unacceptable` for what is no text, or damaged text."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "") or _sixteen_bits(data)
    if not encoding:
        _refuse_binary(data)
        encoding = "utf-8" if _decodes(data, "utf-8") else "cp1252"
    elif not _decodes(data, encoding):
        raise Unacceptable([problem("X-106")])
    return encoding


def _sixteen_bits(data: bytes) -> str:
    """UTF-16 without a mark: in Western text every other byte is nil."""
    head = data[:4096]
    pairs = len(head) // 2
    if pairs < 2 or b"\0" not in head:
        return ""
    even, odd = head[0::2].count(0) / pairs, head[1::2].count(0) / pairs
    if odd > 0.6 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.05 else ""


def _refuse_binary(data: bytes) -> None:
    """Nil bytes and other control characters do not belong in a table; many of them mean that it is no text at all."""
    found = len(data) - len(data.translate(None, _CONTROL))
    if found:
        raise Unacceptable([problem("X-102" if found > len(data) / 100 else "X-106")])


def _decodes(data: bytes, encoding: str) -> bool:
    """Strictly and in chunks, so that a large file is never held as text; a character cut off at the end is let by."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        return not any("\0" in decoder.decode(data[at : at + _CHUNK]) for at in range(0, len(data), _CHUNK))
    except UnicodeDecodeError:
        return False
