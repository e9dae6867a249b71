"""What the delivery pages show: plain values, ready for the templates.

Counters are asked for in `counters_shown` and `preview` only, both for the coordinator of that school.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from baken.contract import codebook
from baken.contract.delivery import Counters, layout
from baken.contract.periods import Quarter
from baken.sites.register.deliveries import plausibility, policies, queries, wording
from baken.sites.register.deliveries.drafts import Draft
from baken.sites.register.deliveries.models import Delivery, Reason
from baken.sites.register.deliveries.standing import Standing, standing, standings
from baken.sites.register.deliveries.states import LIVE, State
from baken.sites.register.organisations import queries as organisations
from baken.sites.register.organisations.models import School
from baken.sites.shared.identity.actor import Actor
from baken.sites.shared.identity.policies import may

MAILBOX_ORDER = (State.RECEIVED, "", State.RETURNED, State.ACCEPTED)
"""What waits for the steward comes first, then who has not delivered."""
STEPS = (gettext_lazy("Bestand kiezen"), gettext_lazy("Bekijken"), gettext_lazy("Geleverd"))


def home(actor: Actor, today: date) -> dict[str, Any]:
    """Everything that somebody's schools have to do and did."""
    codes = policies.own_schools(actor)
    schools = School.objects.filter(pk__in=codes).prefetch_related("participations").order_by("name")
    return {"schools": [_of_school(actor, school, today) for school in schools]}


def _of_school(actor: Actor, school: School, today: date) -> dict[str, Any]:
    found = standings(school, today)
    now = queries.quarter_to_do(today)
    return {
        "school": school,
        "current": next((s for s in found if s.quarter == now), None),
        "others": [s for s in found if s.quarter != now],
        "may_deliver": may(actor, policies.DELIVER, school.pk),
    }


def period(actor: Actor, school: School, quarter: Quarter, today: date) -> dict[str, Any]:
    """One quarter of one school."""
    here = standing(school, quarter, today)
    current = here.delivery
    return {
        "standing": here,
        "school": school,
        "delivery": current,
        "reason": Reason(current.reason).label if current and current.reason else "",
        "may_deliver": may(actor, policies.DELIVER, school.pk) and here.is_open,
        "may_withdraw": bool(current and _may_withdraw(actor, current, published=here.published)),
        "history": [_history(d) for d in queries.versions(school, quarter)],
    } | counters_shown(actor, school, quarter)


def upload(school: School, quarter: Quarter) -> dict[str, Any]:
    """The page on which a file is chosen, and the one for a quarter without incidents."""
    return {
        "school": school,
        "quarter": quarter,
        "name": wording.quarter(quarter),
        "months": wording.months(quarter),
        "categories": [wording.category(c.code) for c in codebook.categories(quarter.first_day)],
        "steps": [str(step) for step in STEPS],
    }


def _may_withdraw(actor: Actor, delivery: Delivery, *, published: bool) -> bool:
    held = published and delivery.state == State.ACCEPTED
    return policies.may_step(actor, "withdraw", delivery) and not held


def _history(delivery: Delivery) -> dict[str, Any]:
    current = State(delivery.state)
    return {"delivery": delivery, "state": wording.state(current), "tone": wording.TONES[current]}


def counters_shown(actor: Actor, school: School, quarter: Quarter) -> dict[str, Any]:
    """The counters that now stand, for the coordinator of that school; nothing for anybody else."""
    if not may(actor, policies.SEE_COUNTERS, school.pk):
        return {"counters": None}
    found = queries.present_counters(school, quarter)
    return {"counters": found} | (_figures(found) if found else {})


def _figures(counters: Counters) -> dict[str, Any]:
    return {
        "categories": wording.per_category(counters),
        "vectors": list(wording.other_vectors(counters)),
        "zeros": sum(1 for value in counters.values if not value),
        "numbers": len(counters.values),
    }


def preview(school: School, draft: Draft, today: date) -> dict[str, Any]:
    """All that will leave the building, beside what is there now."""
    counters = draft.counters
    before = queries.present_counters(school, counters.quarter)
    return {
        "school": school,
        "draft": draft,
        "counters": counters,
        "standing": standing(school, counters.quarter, today),
        "steps": [str(step) for step in STEPS],
        "before": before,
        "changes": _changes(before, counters) if before else [],
        "same": before == counters,
    } | _figures(counters)


def questions(school: School, counters: Counters) -> tuple[Any, ...]:
    """What to ask about the figures; nothing about a message that is already there."""
    return plausibility.questions(counters, queries.earlier_counters(school, counters.quarter))


def _changes(before: Counters, after: Counters) -> list[tuple[str, int, int]]:
    """The counters that differ, in words: (name, then, now)."""
    if before.code_list != after.code_list:
        return []
    names = {c.name: wording.counter(c) for c in layout(after.code_list)}
    pairs = zip(before.named.items(), after.named.values(), strict=True)
    return [(names[name], old, new) for (name, old), new in pairs if old != new]


def receipt(delivery: Delivery) -> dict[str, Any]:
    """The proof of a delivery: which, when, by whom; no figure."""
    current = State(delivery.state)
    return {
        "delivery": delivery,
        "rows": [
            (_("Ontvangstnummer"), delivery.receipt),
            (_("School"), f"{delivery.school.name} ({delivery.school_id})"),
            (_("Kwartaal"), f"{wording.quarter(delivery.period)}: {wording.months(delivery.period)}"),
            (_("Volgnummer"), delivery.version),
            (_("Geleverd op"), wording.moment(delivery.received_at)),
            (_("Geleverd door"), delivery.uploaded_by.name),
            (_("Op tijd"), _("Ja") if delivery.on_time else _("Nee, na de sluitingsdatum")),
            (_("Staat"), wording.state(current)),
        ],
        "publishes_on": queries.calendar().publishes_on(delivery.period),
        "live": delivery.state in LIVE,
        "published": queries.is_published(delivery.period),
    }


def withdrawal(delivery: Delivery) -> dict[str, Any]:
    """For the page that asks whether somebody is sure."""
    period_url = reverse("deliveries:period", args=[delivery.school_id, delivery.period])
    return {
        "title": _("Levering intrekken?"),
        "lead": f"{delivery.school.name}, {wording.quarter(delivery.period)}",
        "consequences": [
            _("Uw tellingen worden verwijderd."),
            _("Uw school staat weer bij 'nog te leveren'. Dat is iets anders dan nul incidenten."),
            _("Het Netwerk Veilige School ziet dat u de levering introk, niet wat erin stond."),
        ],
        "action": _("Levering intrekken"),
        "danger": True,
        "cancel": period_url,
    }


def language() -> str:
    return get_language() or "nl"


# --- the network's side: who and when, never what -----------------------------------------------------------------


def mailbox(quarter: Quarter, today: date) -> dict[str, Any]:
    """All schools of a quarter."""
    rows = [_mailbox_row(expected, quarter, today) for expected in queries.mailbox(quarter)]
    rows.sort(key=lambda row: MAILBOX_ORDER.index(row["delivery"].state if row["delivered"] else ""))
    delivered = [r for r in rows if r["delivered"]]
    return {
        "quarter": quarter,
        "name": wording.quarter(quarter),
        "months": wording.months(quarter),
        "closes_on": queries.calendar().closes_on(quarter),
        "publishes_on": queries.calendar().publishes_on(quarter),
        "is_open": today >= queries.calendar().opens_on(quarter),
        "rows": rows,
        "expected": len(rows),
        "delivered": len(delivered),
        "accepted": sum(1 for r in delivered if r["delivery"].state == State.ACCEPTED),
        "waiting": sum(1 for r in delivered if r["delivery"].state == State.RECEIVED),
        "quarters": quarters_of_mailbox(today),
        "published": queries.is_published(quarter),
    }


def quarters_of_mailbox(today: date) -> list[Quarter]:
    """From the quarter that is running back to the first one ever, at most three school years."""
    first = organisations.first_quarter_ever() or Quarter.of(today)
    quarter = Quarter.of(today)
    found: list[Quarter] = []
    while quarter >= first and len(found) < 12:
        found.append(quarter)
        quarter = quarter.previous
    return found or [Quarter.of(today)]


def _mailbox_row(expected: queries.Expected, quarter: Quarter, today: date) -> dict[str, Any]:
    here = Standing(expected.school, quarter, expected.delivery, today, published=False)
    return {
        "school": expected.school,
        "district": organisations.district_name(expected.school.district),
        "delivery": expected.delivery,
        "delivered": expected.has_delivered,
        "state": here.words,
        "tone": here.tone,
    }


def letter(actor: Actor, delivery: Delivery) -> dict[str, Any]:
    """One delivery for the network: who, when, which checks it passed. No figure, nor whether it was nil."""
    current = State(delivery.state)
    return {
        "delivery": delivery,
        "name": wording.quarter(delivery.period),
        "rows": receipt(delivery)["rows"],
        "checks": _checks(delivery),
        "state": wording.state(current),
        "tone": wording.TONES[current],
        "reason": Reason(delivery.reason).label if delivery.reason else "",
        "history": [_history(d) for d in queries.versions(delivery.school, delivery.period)],
        "may_accept": policies.may_step(actor, "accept", delivery),
        "may_return": policies.may_step(actor, "return", delivery),
    }


def _checks(delivery: Delivery) -> list[tuple[str, str]]:
    asked = _("De school bevestigde een of meer vragen over de hoogte van de tellingen.")
    return [
        (_("Vorm (T-101 tot en met T-105)"), _("Goed: alle tellers, goede codelijst, goed kwartaal.")),
        (_("Optellingen (T-106 tot en met T-108)"), _("Goed: de tellers zijn niet met elkaar in strijd.")),
        (_("Waarschijnlijkheid (D-201 tot en met D-203)"), asked if delivery.questions else _("Geen vragen.")),
    ]
