"""Who takes part, from when until when; and the steward's pages for it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from baken.contract.periods import Quarter
from baken.sites.register.organisations import actions, queries
from baken.sites.register.organisations.models import Board, Participation, School, Wave
from baken.sites.shared import clock
from baken.sites.shared.identity.actor import SYSTEM
from baken.sites.shared.identity.policies import NotAllowed
from baken.sites.shared.identity.roles import Role
from baken.sites.shared.journal import Refused
from building.register import IN_TIME, Q1, Q2, coordinator, make_school, make_user, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.fixture
def desk(client: Client) -> Client:
    return sign_in(client, make_user(Role.STEWARD))


def page(response: Any) -> str:
    return str(response.content.decode())


def save(**changed: Any) -> School:
    board = Board.objects.get_or_create(number="99001", defaults={"name": "Stichting Kust"})[0]
    facts = {"code": "99AA00", "name": "Helmgras", "board": board, "district": "laak", "sector": "vo", "pupils": None}
    return actions.save_school(by=SYSTEM, **(facts | changed))


def test_a_school_takes_part_from_its_first_to_its_last_quarter() -> None:
    school = make_school(first="")
    joined = actions.join(by=SYSTEM, school=school, wave=None, first_quarter=Q1)
    actions.leave(by=SYSTEM, participation=joined, last_quarter=Q2)

    found = [queries.participates(school, quarter) for quarter in (Q1.previous, Q1, Q2, Q2.next)]

    assert found == [False, True, True, False]


def test_a_school_that_returns_has_two_stretches_and_a_gap() -> None:
    school = make_school(first="")
    first = actions.join(by=SYSTEM, school=school, wave=None, first_quarter=Q1.previous)
    actions.leave(by=SYSTEM, participation=first, last_quarter=Q1.previous)
    actions.join(by=SYSTEM, school=school, wave=None, first_quarter=Q2)

    assert [queries.participates(school, q) for q in (Q1.previous, Q1, Q2)] == [True, False, True]
    assert Participation.objects.count() == 2


def test_a_school_cannot_join_twice_at_a_time() -> None:
    school = make_school()

    with pytest.raises(Refused) as refusal:
        actions.join(by=SYSTEM, school=school, wave=None, first_quarter=Q2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.create(school=school, first_quarter=str(Q2))

    assert refusal.value.code == "takes-part"


def test_a_participation_that_ended_cannot_be_ended_again() -> None:
    stretch = make_school().participations.get()
    actions.leave(by=SYSTEM, participation=stretch, last_quarter=Q1)

    with pytest.raises(Refused) as refusal:
        actions.leave(by=SYSTEM, participation=stretch, last_quarter=Q2)

    assert refusal.value.code == "ended"


def test_a_school_cannot_stop_before_it_began() -> None:
    stretch = make_school(first=str(Q2)).participations.get()

    with pytest.raises(Refused) as refusal:
        actions.leave(by=SYSTEM, participation=stretch, last_quarter=Q1)

    assert refusal.value.code == "before-start"


@pytest.mark.parametrize("code", ["99aa00", "9AA00", "99AA0", "KANARI", "99AA00\n"])
def test_a_location_code_has_the_form_of_duo(code: str) -> None:
    with pytest.raises(Refused) as refusal:
        save(code=code)

    assert refusal.value.code == "invalid"


@pytest.mark.parametrize("number", ["1234", "123456", "12a45", ""])
def test_a_board_number_has_five_digits(number: str) -> None:
    with pytest.raises(Refused):
        actions.save_board(by=SYSTEM, number=number, name="Stichting")


def test_a_district_is_one_of_the_city() -> None:
    with pytest.raises(Refused) as refusal:
        save(district="atlantis")

    assert refusal.value.code == "district"


def test_an_unknown_number_of_pupils_is_not_zero() -> None:
    assert save().pupils is None


def test_a_wave_with_schools_keeps_its_first_quarter() -> None:
    make_school()
    wave = Wave.objects.get()

    with pytest.raises(Refused) as refusal:
        actions.save_wave(by=SYSTEM, number=wave.pk, label_nl="Golf", label_en="Wave", first_quarter=Q2)

    assert refusal.value.code == "wave-has-schools"


def test_only_a_steward_changes_who_takes_part() -> None:
    with pytest.raises(NotAllowed):
        actions.save_board(by=coordinator(make_school()), number="99002", name="Stichting")


def test_the_first_quarter_ever_is_that_of_the_first_school() -> None:
    assert queries.first_quarter_ever() is None

    make_school()

    assert queries.first_quarter_ever() == Quarter.parse("2024-2025/1")


def test_the_list_is_narrowed_by_name_district_and_wave(desk: Client) -> None:
    make_school("99AA00", name="Helmgras College", district="laak")
    make_school("99AB00", name="Zeewind Lyceum", district="escamp", first="")
    address = reverse("organisations:schools")

    everything = page(desk.get(address))
    by_name = page(desk.get(address, {"zoek": "helm"}))
    by_code = page(desk.get(address, {"zoek": "99AB"}))
    by_district = page(desk.get(address, {"stadsdeel": "escamp"}))
    by_wave = page(desk.get(address, {"golf": "1"}))

    assert "Helmgras" in everything and "Zeewind" in everything
    assert "Zeewind" not in by_name and "Helmgras" not in by_code
    assert "Helmgras" not in by_district and "Zeewind" not in by_wave


def test_from_nothing_to_a_school_that_takes_part(desk: Client) -> None:
    desk.post(reverse("organisations:add-board"), {"number": "99001", "name": "Stichting Kust"})
    wave = {"number": 1, "label_nl": "Startgroep", "label_en": "Pilot group", "first_quarter": str(Q1)}
    desk.post(reverse("organisations:add-wave"), wave)
    facts = {"code": "99AA00", "name": "Helmgras", "board": "99001", "district": "laak", "sector": "vo", "pupils": ""}
    desk.post(reverse("organisations:add-school"), facts)
    desk.post(reverse("organisations:join", args=["99AA00"]), {"wave": "1"})

    shown = page(desk.get(reverse("organisations:school", args=["99AA00"])))

    assert "Startgroep" in shown and "Niet bekend" in shown
    assert queries.participates(School.objects.get(), Q1)


def test_a_school_is_changed_without_changing_its_code(desk: Client) -> None:
    make_school(name="Oud")
    facts = {"code": "99ZZ00", "name": "Nieuw", "board": "99001", "district": "escamp", "sector": "vo", "pupils": "70"}

    desk.post(reverse("organisations:edit-school", args=["99AA00"]), facts)

    school = School.objects.get()
    assert (school.pk, school.name, school.district, school.pupils) == ("99AA00", "Nieuw", "escamp", 70)


def test_a_wrong_form_says_what_to_mend(desk: Client) -> None:
    answer = page(desk.post(reverse("organisations:add-school"), {"code": "x"}))

    assert "Een vestigingscode heeft twee cijfers" in answer
    assert not School.objects.exists()


def test_joining_asks_for_a_wave_or_a_quarter(desk: Client) -> None:
    make_school(first="")

    answer = page(desk.post(reverse("organisations:join", args=["99AA00"]), {}))

    assert "Kies een golf of een kwartaal." in answer


def test_a_school_stops_from_the_page(desk: Client) -> None:
    stretch = make_school().participations.get()

    desk.post(reverse("organisations:leave", args=[stretch.pk]), {"last_quarter": str(Q1)})

    stretch.refresh_from_db()
    assert stretch.last_quarter == str(Q1)


def test_the_administrator_reads_and_does_not_change(client: Client) -> None:
    make_school()
    browser = sign_in(client, make_user(Role.ADMINISTRATOR))
    readable = ("schools", "boards", "waves")
    closed = ("add-school", "add-board", "add-wave")

    assert {browser.get(reverse(f"organisations:{name}")).status_code for name in readable} == {200}
    assert {browser.get(reverse(f"organisations:{name}")).status_code for name in closed} == {403}


def test_a_coordinator_does_not_get_the_list_of_schools(client: Client) -> None:
    school = make_school()
    browser = sign_in(client, make_user(Role.COORDINATOR, school.pk))

    assert browser.get(reverse("organisations:schools")).status_code == 403


def test_a_register_without_schools_shows_what_to_do_first(desk: Client) -> None:
    pages = [page(desk.get(reverse(f"organisations:{name}"))) for name in ("schools", "boards", "waves")]

    for shown, words in zip(pages, ("Geen school gevonden", "Nog geen besturen", "Nog geen golven"), strict=True):
        assert words in shown
