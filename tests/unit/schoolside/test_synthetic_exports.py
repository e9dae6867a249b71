"""The four shapes of invented exports come through the importer with every incident in its month and category."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from baken.contract.periods import SchoolYear
from baken.contract.structure import School
from baken.schoolside.anonymise import records
from baken.schoolside.mapping import dump, load, suggest
from baken.schoolside.read import open_table
from baken.synthetic import events, exports
from data.samples.build import SECRET

SCHOOL = School(code="00AA01", name="Voorbeeld", board="12345", district="centrum", sector="vo", pupils=800)
EVENTS = events.events(SCHOOL, 90, SchoolYear(2026), seed=7)


@pytest.mark.parametrize("shape", exports.SHAPES)
def test_every_incident_of_an_invented_export_is_found(shape: str) -> None:
    opened = open_table(exports.write(shape, EVENTS))
    suggested = suggest(opened)
    confirmed = replace(load(dump(suggested)), suggested=False)

    found = [records(opened, mapping, SECRET)[0] for mapping in (suggested, confirmed)]

    # IRIS+ has no number for systematic intimidation: such an export cannot hold it.
    told = [e for e in EVENTS if shape != "iris.csv" or e.category != "stelselmatige-intimidatie"]
    truth = Counter((e.day.strftime("%Y-%m"), e.category) for e in told)
    assert [Counter((r.maand, r.categorie) for r in made) for made in found] == [truth, truth]


@pytest.mark.parametrize("shape", exports.SHAPES)
def test_no_pupil_of_an_invented_export_is_in_the_records(shape: str) -> None:
    opened = open_table(exports.write(shape, EVENTS))

    made, _ = records(opened, suggest(opened), SECRET)

    values = {value for r in made for value in r.to_row().values()}
    people = {name for e in EVENTS for name in (e.pupil_first, e.pupil_last, str(e.pupil_number), e.form)}
    assert not values & people
