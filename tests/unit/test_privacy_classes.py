"""Every field that is stored carries a privacy class; one without does not exist."""

from dataclasses import fields

import pytest
from django.apps import apps

from baken.contract import delivery, publication, record
from baken.contract.privacy import Privacy


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("baken.")]


@pytest.mark.parametrize("model", our_models(), ids=lambda m: m._meta.label)
def test_every_field_of_a_model_has_a_privacy_class(model):
    declared = getattr(model, "privacy", {})
    fields = {field.name for field in model._meta.get_fields() if field.concrete and not field.many_to_many}

    assert set(declared) == fields
    assert all(isinstance(value, Privacy) for value in declared.values())


def test_nothing_of_a_record_is_ever_stored():
    stored = {value for model in our_models() for value in model.privacy.values()}

    assert Privacy.NEVER not in stored


def test_counters_are_stored_in_one_table_only():
    tables = {m._meta.label for m in our_models() if Privacy.COUNT in m.privacy.values()}

    assert tables == {"counts.CounterSet"}


@pytest.mark.parametrize("kind", publication.PRIVACY, ids=lambda kind: kind.__name__)
def test_every_field_of_a_publication_file_was_judged_and_is_public(kind):
    assert set(publication.PRIVACY[kind]) == {field.name for field in fields(kind)}
    assert set(publication.PRIVACY[kind].values()) == {Privacy.PUBLIC}


def test_a_record_never_travels_and_a_delivery_carries_counts_only():
    assert {column.privacy for column in record.columns()} == {Privacy.NEVER}
    assert {place.privacy for place in delivery.layout("2024-08-01")} == {Privacy.COUNT}
    assert {column.privacy for column in delivery.columns()} == {Privacy.PUBLIC, Privacy.COUNT}
