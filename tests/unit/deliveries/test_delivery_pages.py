"""The pages: what a coordinator can do in a few clicks, and what nobody else gets to see."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from baken.contract import delivery as contract
from baken.contract.delivery import Counters
from baken.sites.register.counts.models import CounterSet
from baken.sites.register.deliveries import actions
from baken.sites.register.deliveries.models import Delivery
from baken.sites.register.deliveries.states import State
from baken.sites.register.organisations.models import School
from baken.sites.shared import clock
from baken.sites.shared.identity.roles import Role
from building.register import (
    IN_TIME,
    Q1,
    TOO_LATE,
    coordinator,
    deliver,
    make_counters,
    make_school,
    make_user,
    sign_in,
    steward,
)

pytestmark = pytest.mark.django_db

CANARY = 91_237
WITH_CANARY = make_counters({"categorie.drugs": CANARY, "plaats.drugs.gebouw": CANARY - 1})


@pytest.fixture(autouse=True)
def _a_day_on_which_the_quarter_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.fixture
def school() -> School:
    return make_school(name="Helmgras College")


@pytest.fixture
def browser(client: Client, school: School) -> Client:
    """The coordinator of the school."""
    return sign_in(client, make_user(Role.COORDINATOR, school.pk))


def of_school(name: str, school: School, *more: object) -> str:
    return reverse(f"deliveries:{name}", args=[school.pk, Q1, *more])


def upload(browser: Client, school: School, data: bytes, name: str = "tellingen.json") -> Any:
    return browser.post(of_school("upload", school), {"counters": SimpleUploadedFile(name, data)})


def preview_of(browser: Client, school: School, counters: Counters) -> str:
    """The address of the preview of an upload."""
    return str(upload(browser, school, contract.write(counters, "json")).headers["Location"])


def text(response: Any) -> str:
    return str(response.content.decode())


def test_the_page_of_a_coordinator_begins_with_the_quarter_that_is_due(browser: Client, school: School) -> None:
    page = text(browser.get(reverse("deliveries:home")))

    assert "Lever uw tellingen uiterlijk op 30 november 2026." in page
    assert page.index("Kwartaal 1 van 2026-2027") < page.index("Kwartaal 2 van 2026-2027")
    assert of_school("upload", school) in page


def test_from_file_to_receipt_in_three_steps(browser: Client, school: School) -> None:
    preview = preview_of(browser, school, WITH_CANARY)
    shown = text(browser.get(preview))

    answer = browser.post(preview, follow=True)

    assert "Dit verlaat het gebouw" in shown
    assert str(CANARY) in shown
    made = Delivery.objects.get()
    assert made.receipt in text(answer)
    assert str(CANARY) not in text(answer)


def test_looking_at_a_preview_delivers_nothing(browser: Client, school: School) -> None:
    browser.get(preview_of(browser, school, WITH_CANARY))

    assert not Delivery.objects.exists()
    assert not CounterSet.objects.exists()


def test_a_double_click_gives_one_delivery_and_the_same_receipt(browser: Client, school: School) -> None:
    preview = preview_of(browser, school, WITH_CANARY)

    first, second = browser.post(preview), browser.post(preview)

    assert first.headers["Location"] == second.headers["Location"]
    assert Delivery.objects.count() == 1


def test_a_second_tab_shows_its_own_file(browser: Client, school: School) -> None:
    one, other = make_counters({"categorie.wapen": 11}), make_counters({"categorie.wapen": 12})
    first, second = preview_of(browser, school, one), preview_of(browser, school, other)

    browser.post(first)
    answer = browser.post(second, follow=True)

    assert Delivery.objects.get().state == State.RECEIVED
    assert "Er is intussen een andere levering met dit volgnummer binnengekomen" in text(answer)
    assert [s.counters for s in CounterSet.objects.all()] == [one]


def test_a_correction_gets_the_next_version_and_shows_the_difference(browser: Client, school: School) -> None:
    deliver(school, make_counters({"categorie.drugs": 4}))

    preview = preview_of(browser, school, make_counters({"categorie.drugs": 6}))
    shown = text(browser.get(preview))
    browser.post(preview)

    assert "Dit vervangt wat er nu staat" in shown
    assert re.search(r'gebruik van drugs</th><td class="number">4</td><td class="number">6</td>', shown)
    assert {d.version: d.state for d in Delivery.objects.all()} == {1: State.REPLACED, 2: State.RECEIVED}


def test_the_same_file_again_says_that_it_is_there(browser: Client, school: School) -> None:
    counters = make_counters({"categorie.drugs": 4})
    made = deliver(school, counters)

    preview = preview_of(browser, school, counters)
    shown = text(browser.get(preview))
    answer = browser.post(preview)

    assert "Deze levering is er al" in shown
    assert answer.headers["Location"] == reverse("deliveries:receipt", args=[made.pk])
    assert Delivery.objects.count() == 1


def test_a_returned_delivery_can_be_confirmed_by_delivering_the_same_again(browser: Client, school: School) -> None:
    counters = make_counters({"categorie.drugs": 4})
    actions.send_back(
        by=steward(), delivery=deliver(school, counters), reason="unlikely", text="Graag nog eens kijken", now=IN_TIME
    )

    page = text(browser.get(of_school("period", school)))
    browser.post(preview_of(browser, school, counters))

    assert "Graag nog eens kijken" in page
    assert {d.version: d.state for d in Delivery.objects.all()} == {1: State.REPLACED, 2: State.RECEIVED}


def test_a_nil_return_needs_a_tick(browser: Client, school: School) -> None:
    preview = str(browser.post(of_school("nil", school)).headers["Location"])

    without = browser.post(preview)
    assert not Delivery.objects.exists()
    browser.post(preview, {"nil": "on"})

    assert "Zet een vinkje om de nulmelding te bevestigen." in text(without)
    assert CounterSet.objects.get().nil


def test_an_unlikely_nil_return_is_a_question_that_must_be_answered(browser: Client, school: School) -> None:
    deliver(school, make_counters({"categorie.diefstal": 14}, quarter=Q1.previous))
    preview = str(browser.post(of_school("nil", school)).headers["Location"])

    shown = text(browser.get(preview))
    browser.post(preview, {"nil": "on"})
    unanswered = Delivery.objects.filter(quarter=str(Q1)).count()
    browser.post(preview, {"nil": "on", "question-1": "on"})

    assert "In 2025-2026/4 telde uw school 14 incidenten, nu 0. Klopt dat?" in shown
    assert unanswered == 0
    assert Delivery.objects.get(quarter=str(Q1)).questions


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Datum;Leerling;Klas\r\n1-9-2026;Kanarie;3B\r\n", "Dit lijkt een export uit het leerlingvolgsysteem"),
        (b"\x89PNG\r\n\x1a\n0000", "Dit is geen bestand met tellingen maar een ander soort bestand"),
        (b"{}", "Dit is geen bestand met tellingen van Baken."),
        (contract.write(make_counters({"categorie.drugs": 1}, quarter=Q1.previous), "json"), "maar u koos 2026-2027/1"),
        (b" " * 3_000_000, "Een bestand met tellingen is altijd klein."),
    ],
    ids=["export", "picture", "no counters", "another quarter", "far too large"],
)
def test_a_wrong_file_is_answered_in_words_and_leaves_no_trace(
    browser: Client, school: School, data: bytes, words: str
) -> None:
    answer = upload(browser, school, data, "Kanarie 3B.csv")

    assert answer.status_code == 200
    assert words in text(answer)
    assert "Kanarie" not in text(answer)
    assert not browser.session.get("deliveries.drafts")


def test_a_form_without_a_file_asks_for_one(browser: Client, school: School) -> None:
    answer = browser.post(of_school("upload", school))

    assert "Controleer uw antwoorden" in text(answer)


def test_a_quarter_that_is_not_over_says_when_it_will_be(browser: Client, school: School) -> None:
    page = text(browser.get(reverse("deliveries:upload", args=[school.pk, Q1.next])))

    assert "Dit kwartaal is nog niet voorbij. Leveren kan vanaf 1-2-2027." in page


def test_a_late_delivery_is_welcome_and_called_late(
    browser: Client, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: TOO_LATE)

    preview = preview_of(browser, school, WITH_CANARY)
    shown = text(browser.get(preview))
    browser.post(preview)

    assert "Deze levering is te laat" in shown
    assert not Delivery.objects.get().on_time


def test_an_old_preview_leads_back_without_delivering(browser: Client, school: School) -> None:
    answer = browser.post(of_school("preview", school, "verzonnen"), follow=True)

    assert "Dit voorbeeld is verlopen." in text(answer)
    assert not Delivery.objects.exists()


def test_withdrawing_asks_first_and_then_removes(browser: Client, school: School) -> None:
    made = deliver(school, WITH_CANARY)
    address = reverse("deliveries:withdraw", args=[made.pk])

    asked = browser.get(address)
    still_there = CounterSet.objects.count()
    answer = browser.post(address, follow=True)

    assert "Levering intrekken?" in text(asked)
    assert still_there == 1
    assert "Uw tellingen zijn verwijderd." in text(answer)
    assert not CounterSet.objects.exists()


def test_the_coordinator_sees_the_own_counters_and_the_school_leader_does_not(browser: Client, school: School) -> None:
    deliver(school, WITH_CANARY)
    leader = sign_in(Client(), make_user(Role.SCHOOL_LEADER, school.pk))

    own, other = browser.get(of_school("period", school)), leader.get(of_school("period", school))

    assert str(CANARY) in text(own)
    assert str(CANARY) not in text(other)
    assert "Ontvangen" in text(other)


def test_the_school_leader_gets_no_button_to_deliver(school: School) -> None:
    leader = sign_in(Client(), make_user(Role.SCHOOL_LEADER, school.pk))

    page = text(leader.get(of_school("period", school)))

    assert of_school("upload", school) not in page
    assert leader.get(of_school("upload", school)).status_code == 403


def test_the_steward_sees_who_delivered_and_when_and_not_what(school: School) -> None:
    made = deliver(school, WITH_CANARY)
    silent = make_school("99AB00", name="Zeewind Lyceum")
    desk = sign_in(Client(), make_user(Role.STEWARD))

    mailbox = text(desk.get(reverse("deliveries:mailbox")))
    letter = text(desk.get(reverse("deliveries:letter", args=[made.pk])))

    assert "Helmgras College" in mailbox and silent.name in mailbox
    assert made.receipt in letter
    assert str(CANARY) not in mailbox + letter
    assert desk.get(of_school("period", school)).status_code == 403


def test_a_nil_return_and_other_counters_look_the_same_to_the_steward(school: School) -> None:
    other = make_school("99AB00", name="Helmgras College")
    nil, busy = deliver(school, contract.nil_return(Q1)), deliver(other, WITH_CANARY)
    desk = sign_in(Client(), make_user(Role.STEWARD))

    pages = [text(desk.get(reverse("deliveries:letter", args=[d.pk]))) for d in (nil, busy)]

    different = {str(nil.pk): "", str(busy.pk): "", nil.receipt: "", busy.receipt: "", "99AA00": "", "99AB00": ""}
    for number, page in enumerate(pages):
        for word in different:
            page = page.replace(word, "…")
        pages[number] = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    assert pages[0] == pages[1]


def test_the_steward_accepts_one_or_all(school: School) -> None:
    made = deliver(school, WITH_CANARY)
    deliver(make_school("99AB00"), contract.nil_return(Q1))
    desk = sign_in(Client(), make_user(Role.STEWARD))

    desk.post(reverse("deliveries:accept", args=[made.pk]))
    one = Delivery.objects.filter(state=State.ACCEPTED).count()
    desk.post(reverse("deliveries:accept-all", args=[Q1]))

    assert one == 1
    assert Delivery.objects.filter(state=State.ACCEPTED).count() == 2


def test_a_return_without_words_is_refused_when_the_reason_is_another(school: School) -> None:
    made = deliver(school, WITH_CANARY)
    desk = sign_in(Client(), make_user(Role.STEWARD))
    address = reverse("deliveries:return", args=[made.pk])

    refused = desk.post(address, {"reason": "other", "text": ""})
    desk.post(address, {"reason": "other", "text": "Bel ons even"})

    assert "Schrijf op wat de school moet doen." in text(refused)
    made.refresh_from_db()
    assert (made.state, made.reason_text) == (State.RETURNED, "Bel ons even")


def test_only_a_steward_decides(browser: Client, school: School) -> None:
    made = deliver(school, WITH_CANARY)

    answers = [
        browser.post(reverse("deliveries:accept", args=[made.pk])),
        browser.post(reverse("deliveries:accept-all", args=[Q1])),
        browser.post(reverse("deliveries:return", args=[made.pk]), {"reason": "period"}),
        browser.get(reverse("deliveries:mailbox")),
    ]

    assert {a.status_code for a in answers} == {403}
    made.refresh_from_db()
    assert made.state == State.RECEIVED


def test_every_page_exists_in_english(browser: Client, school: School) -> None:
    deliver(school, WITH_CANARY)
    browser.cookies["baken_register_language"] = "en"

    page = text(browser.get(of_school("period", school)))

    assert "What your school delivered" in page
    assert "Wat uw school leverde" not in page


def test_after_publication_the_page_says_that_figures_do_not_change(browser: Client, school: School) -> None:
    from baken.sites.register.releases.models import Release

    made = actions.accept(by=steward(), delivery=deliver(school, WITH_CANARY), now=IN_TIME)
    Release.objects.create(
        kind="kwartaal",
        period=str(Q1),
        state="published",
        composed_by_id=steward().user_id,
        composed_at=IN_TIME,
        reviewed_by=make_user(Role.REVIEWER),
        reviewed_at=IN_TIME,
        published_on=IN_TIME.date(),
        number=1,
    )

    page = text(browser.get(of_school("period", school)))

    assert "Gepubliceerde cijfers veranderen niet meer." in page
    assert reverse("deliveries:withdraw", args=[made.pk]) not in page


def test_a_person_of_two_schools_sees_both(client: Client, school: School) -> None:
    other = make_school("99AB00", name="Zeewind Lyceum")
    user = make_user(Role.COORDINATOR, school.pk)
    user.assignments.create(role=Role.COORDINATOR, organisation=other.pk)

    page = text(sign_in(client, user).get(reverse("deliveries:home")))

    assert "Helmgras College" in page and "Zeewind Lyceum" in page


def test_somebody_who_is_not_signed_in_gets_nothing(client: Client, school: School) -> None:
    deliver(school, WITH_CANARY)
    addresses = [reverse("deliveries:home"), of_school("period", school), reverse("deliveries:mailbox")]

    answers = [client.get(address) for address in addresses]

    assert all(a.status_code in (302, 403) for a in answers)
    assert coordinator(school).schools == (school.pk,)
