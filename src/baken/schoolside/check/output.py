"""The last look at records before they may be written: does anything in them not belong there?

By construction every value is a code. This scan does not trust the construction: it goes by the code book, by the
names that stand in the export itself and by the patterns of personal data, and says field and kind, never the value.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import fields

from baken.contract import record
from baken.contract.problems import Place, Problem, problem
from baken.contract.record import Record
from baken.schoolside.check.personal import NameList, Personal, find_personal


def scan(records: Sequence[Record], names: NameList) -> Iterable[Problem]:
    """A problem for every field in which something other than a code, a month or a key is found."""
    allowed = {column.name: frozenset(column.codes) for column in record.columns()}
    for field in fields(Record):
        values = {getattr(r, field.name) for r in records}
        if field.name == "sleutel":
            strange = {v for v in values if not record.KEY.fullmatch(v) or _reads_as_text(v)}
        elif field.name == "maand":
            strange = {v for v in values if not record.MONTH.fullmatch(v)}
        else:
            flat = {code for v in values for code in (v if isinstance(v, tuple) else (v,))}
            strange = flat - allowed[field.name] - {""}
        for kind in sorted({_kind_of(value, names) for value in strange}):
            yield problem("X-140", Place(field=field.name), kind=kind.value)


def _kind_of(value: str, names: NameList) -> Personal:
    return find_personal(value) or (Personal.NAME if names.finds(value) else Personal.FREE_TEXT)


def _reads_as_text(key: str) -> bool:
    """A key that unpacks to readable characters is no hash, but something written in disguise."""
    return all(32 <= byte < 127 for byte in base64.urlsafe_b64decode(key + "=="))
