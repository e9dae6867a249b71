"""Laws of the files: what is written is read back the same, and no bytes cause another error than a refusal."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from baken.contract import delivery, publication, record
from baken.contract.delivery import Counters
from baken.contract.periods import Quarter
from baken.contract.problems import Unacceptable
from baken.contract.publication import Publication
from baken.contract.record import Record
from building.contract_strategies import counters, publications, record_lists

RECORD_FORMS = ("csv", "xlsx", "json")
A_RECORD = Record("k" * 22, "2026-09", "drugs", afhandeling=("gesprek", "halt"))
A_DELIVERY = delivery.nil_return(Quarter.parse("2026-2027/1"))


def refused_or_read(read: Callable[[], object]) -> None:
    """Any other exception than a refusal fails the test."""
    try:
        read()
    except Unacceptable as refused:
        assert refused.problems
        assert refused.describe()


# --- round trips -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", RECORD_FORMS)
@settings(max_examples=30)
@given(written=record_lists)
def test_records_are_read_back_as_they_were_written(form: str, written: list[Record]) -> None:
    read, problems = record.read(record.write(written, form), form)

    assert read == tuple(written)
    assert not problems.found


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
@settings(max_examples=15)
@given(written=counters())
def test_counters_are_read_back_as_they_were_written(form: str, written: Counters) -> None:
    read, problems = delivery.read(delivery.write(written, form), form)

    assert read == written
    assert not problems.found


@settings(max_examples=60)
@given(counters())
def test_every_message_has_the_same_size(written: Counters) -> None:
    assert len(delivery.write_json(written)) == delivery.MESSAGE_BYTES


@settings(max_examples=60)
@given(publications())
def test_a_publication_opens_as_it_was_sealed(written: Publication) -> None:
    data = publication.seal(written, sign=lambda message: b"s" * 64, key_id="k")

    assert publication.open_sealed(data, verify=lambda *_: True) == written


@settings(max_examples=60)
@given(publications(), st.data())
def test_a_publication_with_one_other_byte_is_refused(written: Publication, data: st.DataObject) -> None:
    sealed = publication.seal(written, sign=lambda message: b"s" * 64, key_id="k")
    at = data.draw(st.integers(0, len(sealed) - 1))
    byte = data.draw(st.integers(0, 255))
    signature_from = sealed.rindex(b'"handtekening":"')
    assume(sealed[at] != byte)
    assume(at < signature_from)  # what signs is for `verify` to judge; here it accepts everything

    with pytest.raises(Unacceptable):
        publication.open_sealed(sealed[:at] + bytes([byte]) + sealed[at + 1 :], verify=lambda *_: True)


# --- hostile files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", RECORD_FORMS)
@settings(max_examples=60)
@given(data=st.binary(max_size=300))
@example(data=b"PK\x03\x04")
@example(data=b"sleutel;maand;categorie\r\n;;\r\n")
@example(data=b"\xef\xbb\xbf")
def test_any_bytes_are_records_or_refused(form: str, data: bytes) -> None:
    refused_or_read(lambda: record.read(data, form))


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
@settings(max_examples=60)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_counters_or_refused(form: str, data: bytes) -> None:
    refused_or_read(lambda: delivery.read(data, form))


@pytest.mark.parametrize("form", RECORD_FORMS)
@settings(max_examples=60)
@given(data=st.data())
def test_a_damaged_file_of_records_is_read_or_refused(form: str, data: st.DataObject) -> None:
    whole = bytearray(record.write([A_RECORD], form))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))

    refused_or_read(lambda: record.read(bytes(whole), form))
    refused_or_read(lambda: record.read(bytes(whole[:cut]), form))


@settings(max_examples=80)
@given(data=st.data())
def test_a_workbook_with_damaged_xml_in_a_sound_zip_is_read_or_refused(data: st.DataObject) -> None:
    written = record.write([A_RECORD], "xlsx")
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as old, zipfile.ZipFile(buffer, "w") as new:
        names = old.namelist()
        chosen = data.draw(st.sampled_from(names))
        for name in names:
            part = bytearray(old.read(name))
            if name == chosen:
                for _ in range(data.draw(st.integers(1, 6))):
                    part[data.draw(st.integers(0, len(part) - 1))] = data.draw(st.integers(0, 255))
            new.writestr(name, bytes(part))

    refused_or_read(lambda: record.read(buffer.getvalue(), "xlsx"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=80)
@given(value=JSON)
def test_any_json_is_records_or_refused(value: object) -> None:
    refused_or_read(lambda: record.read(record.tabular.write_json(value), "json"))


@settings(max_examples=80)
@given(name=st.sampled_from(sorted(delivery.to_table(A_DELIVERY))), value=JSON)
def test_a_message_with_any_value_in_a_field_is_read_or_refused(name: str, value: object) -> None:
    message = delivery.to_table(A_DELIVERY) | {name: value}

    refused_or_read(lambda: delivery.read(record.tabular.write_json(message), "json"))


@settings(max_examples=60)
@given(value=JSON)
def test_any_signed_json_is_a_publication_or_refused(value: object) -> None:
    data = record.tabular.write_json(
        {"publicatie": value, "zegel": {"handtekening": "00", "sleutel": "k", "sha256": ""}}
    )

    refused_or_read(lambda: publication.open_sealed(data, verify=lambda *_: True))


@settings(max_examples=60)
@given(cells=st.lists(st.text(max_size=12), min_size=19, max_size=19))
def test_no_cell_of_a_file_is_ever_repeated_in_a_message(cells: list[str]) -> None:
    marked = [f"§{cell}§" for cell in cells]
    header = [column.name for column in record.columns()]

    _, problems = record.check([dict(zip(header, marked, strict=True))], header)
    assert problems.fatal
    assert not any("§" in problem.describe(language) for problem in problems for language in ("nl", "en"))
