"""Every change of a delivery. Who delivered stays here; what was delivered goes on to `counts`, under a pseudonym."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _

from baken.contract.delivery import Counters
from baken.contract.periods import Quarter
from baken.contract.problems import Problem
from baken.sites.register.counts import actions as counts
from baken.sites.register.counts import queries as counted
from baken.sites.register.custody import actions as custodian
from baken.sites.register.custody import queries as custody
from baken.sites.register.deliveries import acceptance, plausibility, policies, queries
from baken.sites.register.deliveries.models import Delivery, Reason, new_receipt
from baken.sites.register.deliveries.states import LIVE, STEPS, State
from baken.sites.register.organisations import queries as organisations
from baken.sites.register.organisations.models import School
from baken.sites.shared.identity.actor import Actor
from baken.sites.shared.identity.policies import check
from baken.sites.shared.journal import Refused, action


class Unfit(Refused):
    """Counters that cannot be received now, with everything that is wrong with them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems[0].code, self.problems[0].message())

    @property
    def message(self) -> str:
        language = get_language() or "nl"
        return " ".join(f"{p.message(language)} {p.remedy(language)}" for p in self.problems)


def _about(*, delivery: Delivery, **_: object) -> str:
    return f"delivery {delivery}"


@action("deliveries.deliver", about=lambda *, school, counters, **_: f"delivery {school.pk} {counters.quarter}")
def deliver(*, by: Actor, school: School, counters: Counters, confirmed: bool, now: datetime) -> Delivery:
    """Receive the counters of a school and quarter.

    Idempotent by version: the same version with the same counters gives the delivery that is already there.
    A higher version replaces the one before. `confirmed`: the person said yes to every question about the figures.
    """
    check(by, policies.DELIVER, school.pk)
    school = School.objects.select_for_update(of=("self",)).get(pk=school.pk)
    counted.hold()
    present = queries.latest(school, counters.quarter)
    if present and present.version == counters.version and queries.own_counters(present) == counters:
        return present
    if problems := acceptance.problems(school, counters, now.date()):
        raise Unfit(problems)
    asked = plausibility.questions(counters, queries.earlier_counters(school, counters.quarter))
    if asked and not confirmed:
        raise Refused("unanswered", _("Beantwoord eerst de vragen over uw tellingen."))
    _enrol(by, counters.quarter)
    if present and present.state in LIVE:
        _move(present, "replace")
    counts.store(
        by=by,
        pseudonym=_pseudonym(school.pk, counters.quarter),
        counters=counters,
        keep_previous=queries.is_published(counters.quarter),
    )
    return Delivery.objects.create(
        school=school,
        quarter=str(counters.quarter),
        version=counters.version,
        receipt=new_receipt(),
        uploaded_by_id=by.user_id,
        received_at=now,
        on_time=now.date() <= queries.calendar().closes_on(counters.quarter),
        questions=bool(asked),
    )


@action("deliveries.accept", about=_about)
def accept(*, by: Actor, delivery: Delivery, now: datetime) -> Delivery:
    """Let a release use the delivery. Accepting twice changes nothing."""
    policies.check_step(by, "accept", delivery)
    delivery = _locked(delivery)
    if delivery.state == State.ACCEPTED:
        return delivery
    _move(delivery, "accept", decided_by_id=by.user_id, decided_at=now)
    _enrol(by, delivery.period)
    pseudonym = _pseudonym(delivery.school_id, delivery.period)
    counts.accept(by=by, pseudonym=pseudonym, quarter=delivery.period, version=delivery.version)
    return delivery


@action("deliveries.accept-all", about=lambda *, quarter, **_: f"deliveries {quarter}")
def accept_all(*, by: Actor, quarter: Quarter, now: datetime) -> int:
    """Accept everything that was received of a quarter; what is being withdrawn at that moment is left out.

    Returns how many were accepted.
    """
    check(by, policies.DECIDE)
    accepted = 0
    for delivery in Delivery.objects.filter(quarter=str(quarter), state=State.RECEIVED).order_by("pk"):
        try:
            accept(by=by, delivery=delivery, now=now)
            accepted += 1
        except Refused:
            continue
    return accepted


@action("deliveries.return", about=_about)
def send_back(*, by: Actor, delivery: Delivery, reason: str, text: str, now: datetime) -> Delivery:
    """Give a delivery back to the school, with a reason; the school delivers again with a higher version."""
    policies.check_step(by, "return", delivery)
    if reason not in Reason.values or (reason == Reason.OTHER and not text.strip()):
        raise Refused("no-reason", _("Geef een reden, zodat de school weet wat er moet gebeuren."))
    delivery = _locked(delivery)
    facts = {"reason": reason, "reason_text": text.strip(), "decided_by_id": by.user_id, "decided_at": now}
    return _move(delivery, "return", **facts)


@action("deliveries.withdraw", about=_about)
def withdraw(*, by: Actor, delivery: Delivery) -> Delivery:
    """The school takes its delivery back; its counters are removed. Not once figures were published from them."""
    policies.check_step(by, "withdraw", delivery)
    delivery = _locked(delivery)
    counted.hold()
    if delivery.state == State.ACCEPTED and queries.is_published(delivery.period):
        raise Refused(
            "published",
            _("De cijfers van dit kwartaal zijn gepubliceerd. Intrekken kan niet meer; een verbetering leveren wel."),
        )
    _move(delivery, "withdraw")
    if pseudonym := custody.pseudonym_of(delivery.school_id, delivery.period.year):
        counts.withdraw(by=by, pseudonym=pseudonym, quarter=delivery.period, version=delivery.version)
    return delivery


def _locked(delivery: Delivery) -> Delivery:
    """The row as it is now, held until the end of the transaction: of two people at once, one comes second."""
    return Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)


def _move(delivery: Delivery, step: str, **facts: object) -> Delivery:
    if State(delivery.state) not in STEPS[step].before:
        raise Refused("moved-on", _("Deze levering is intussen veranderd. Bekijk haar opnieuw."))
    delivery.state = STEPS[step].after
    for name, value in facts.items():
        setattr(delivery, name, value)
    delivery.save(update_fields=["state", *(name.removesuffix("_id") for name in facts)])
    return delivery


def _pseudonym(code: str, quarter: Quarter) -> str:
    found = custody.pseudonym_of(code, quarter.year)
    if found is None:
        raise LookupError("a school that takes part has no pseudonym")
    return found


def _enrol(by: Actor, quarter: Quarter) -> None:
    """Make everybody who takes part known to the computing side, all together, where something is new or was mended."""
    schools = list(organisations.participating(quarter))
    year = quarter.year
    known = counted.contributors(year)
    if known and not custody.pseudonyms_of_schools(year):
        raise Refused("destroyed", _("Dit schooljaar is afgesloten; leveren kan niet meer."))
    if any(s.pk not in custody.pseudonyms_of_schools(year) for s in schools):
        custodian.enrol(by=by, year=year, schools=[s.pk for s in schools], boards=[s.board_id for s in schools])
    codes, boards = custody.pseudonyms_of_schools(year), custody.pseudonyms_of_boards(year)
    wanted = {counted.Enrolled(codes[s.pk], boards[s.board_id], s.district) for s in schools}
    if wanted - set(known):
        counts.enrol(by=by, year=year, contributors=wanted, fixed=queries.is_year_fixed(quarter))
