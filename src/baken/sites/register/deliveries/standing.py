"""Where a school stands with a quarter: what is expected, until when, and what the next step is. No figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from baken.contract.periods import Quarter
from baken.sites.register.deliveries import queries, wording
from baken.sites.register.deliveries.models import Delivery
from baken.sites.register.deliveries.states import LIVE, State
from baken.sites.register.organisations.models import School


@dataclass(frozen=True, slots=True)
class Standing:
    """A school and a quarter today. `delivery` is the one with the highest version, if there is one."""

    school: School
    quarter: Quarter
    delivery: Delivery | None
    today: date
    published: bool

    @property
    def closes_on(self) -> date:
        return queries.calendar().closes_on(self.quarter)

    @property
    def publishes_on(self) -> date:
        return queries.calendar().publishes_on(self.quarter)

    @property
    def opens_on(self) -> date:
        return queries.calendar().opens_on(self.quarter)

    @property
    def is_open(self) -> bool:
        """Is the quarter over, so that it can be delivered?"""
        return self.today >= self.opens_on

    @property
    def is_late(self) -> bool:
        return self.today > self.closes_on

    @property
    def has_delivered(self) -> bool:
        return self.delivery is not None and self.delivery.state in LIVE

    @property
    def is_to_do(self) -> bool:
        """Is it the school's turn?"""
        returned = self.delivery is not None and self.delivery.state == State.RETURNED
        return self.is_open and (returned or not self.has_delivered)

    @property
    def name(self) -> str:
        return wording.quarter(self.quarter)

    @property
    def months(self) -> str:
        return wording.months(self.quarter)

    @property
    def words(self) -> str:
        """The state in one or two words."""
        if self.delivery is not None and self.has_delivered:
            return wording.state(State(self.delivery.state))
        if not self.is_open:
            return _("Loopt nog")
        return _("Te laat") if self.is_late else _("Nog te leveren")

    @property
    def tone(self) -> str:
        if self.delivery is not None and self.has_delivered:
            return wording.TONES[State(self.delivery.state)]
        if not self.is_open:
            return "neutral"
        return "error" if self.is_late else "warning"

    @property
    def sentence(self) -> str:
        """What this means for the school, in one or two sentences."""
        facts = {"opens": wording.day(self.opens_on), "closes": wording.day(self.closes_on)}
        facts |= {"publishes": wording.day(self.publishes_on)}
        if self.delivery is not None and self.has_delivered:
            if self.published and self.delivery.state != State.RETURNED:
                return _("De cijfers van dit kwartaal zijn gepubliceerd. U hoeft niets te doen.")
            return _SENTENCES[State(self.delivery.state)]() % facts
        if not self.is_open:
            return _("Dit kwartaal is nog niet voorbij. Leveren kan vanaf %(opens)s.") % facts
        if self.published:
            return _("De cijfers van dit kwartaal zijn al gepubliceerd, zonder uw school. Leveren kan nog wel.")
        if self.is_late:
            return (
                _("De levering werd verwacht tot en met %(closes)s. U kunt nog leveren; doe dat zo snel mogelijk.")
                % facts
            )
        return _("Lever uw tellingen uiterlijk op %(closes)s.") % facts


_SENTENCES = {
    State.RECEIVED: lambda: _("Het Netwerk Veilige School bekijkt de levering. U hoeft nu niets te doen."),
    State.ACCEPTED: lambda: _("Uw levering telt mee. De cijfers van de stad komen op %(publishes)s naar buiten."),
    State.RETURNED: lambda: _("Uw levering is teruggestuurd. Lees waarom, en lever opnieuw."),
}


def standing(school: School, quarter: Quarter, today: date) -> Standing:
    return Standing(school, quarter, queries.latest(school, quarter), today, queries.is_published(quarter))


def standings(school: School, today: date) -> list[Standing]:
    """The quarters of a school: first what it has to do now, then the rest, newest first."""
    found = [standing(school, quarter, today) for quarter in queries.quarters_to_deliver(school, today)]
    now = queries.quarter_to_do(today)
    return sorted(found, key=lambda s: s.quarter != now)
