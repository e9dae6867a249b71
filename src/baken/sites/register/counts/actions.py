"""The one writer of counters.

Whoever has the mailbox as well knows in which order schools delivered. So that the order of rows tells nothing, all
rows of a quarter are taken up and put down again by pseudonym, under new random keys, after every change. The journal
says that counters of a quarter were stored, never whose.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeVar

from django.utils.translation import gettext_noop as _

from baken.contract.delivery import Counters
from baken.contract.delivery import check as check_counters
from baken.contract.periods import Calendar, Quarter, SchoolYear
from baken.sites.register.counts import policies, queries
from baken.sites.register.counts.models import Contributor, CounterSet
from baken.sites.shared.identity.actor import Actor
from baken.sites.shared.identity.policies import check
from baken.sites.shared.journal import Refused, action

Row = TypeVar("Row", Contributor, CounterSet)
RETENTION = timedelta(weeks=26)
"""How long after the calendar date of a school year's figures the raw counters are kept: for questions about them."""


@action("counts.enrol", about=lambda *, year, **_: f"school year {year}")
def enrol(*, by: Actor, year: SchoolYear, contributors: Iterable[queries.Enrolled], fixed: bool) -> None:
    """Make the contributors of a school year known. `fixed`: figures of the year were published, so who is there stays.

    A board or district that was wrong can be mended as long as nothing was published.
    """
    check(by, policies.ENROL)
    queries.hold()
    rows = {c.pseudonym: c for c in Contributor.objects.filter(year=str(year))}
    for new in contributors:
        row = rows.setdefault(new.pseudonym, Contributor(year=str(year), pseudonym=new.pseudonym))
        if row._state.adding or not fixed:
            row.board_pseudonym, row.district = new.board_pseudonym, new.district
    Contributor.objects.filter(year=str(year)).delete()
    Contributor.objects.bulk_create(_dealt(rows.values()))


@action("counts.store", about=lambda *, counters, **_: f"counters {counters.quarter}")
def store(*, by: Actor, pseudonym: str, counters: Counters, keep_previous: bool) -> None:
    """Store a new version. The one before it is removed, unless a publication was made of it (`keep_previous`).

    The same version with the same counters changes nothing. Refused for a version that is not higher than the
    current one, and for counters that break a rule of the format.
    """
    check(by, policies.STORE)
    queries.hold()
    if check_counters(counters).fatal:
        raise Refused("malformed", _("De tellingen hebben niet de afgesproken vorm."))
    present = queries.current(pseudonym, counters.quarter)
    if present == counters:
        return
    if present and present.version >= counters.version:
        raise Refused("version", _("Er is al een levering met dit volgnummer of een hoger."))
    before = CounterSet.objects.filter(pseudonym=pseudonym, quarter=str(counters.quarter), current=True)
    if keep_previous:
        before.filter(accepted=True).update(current=False)
    before.filter(current=True).delete()
    CounterSet.objects.create(
        year=str(counters.quarter.year),
        pseudonym=pseudonym,
        quarter=str(counters.quarter),
        version=counters.version,
        nil=counters.nil,
        code_list=counters.code_list,
        values=list(counters.values),
    )
    _deal_again(counters.quarter)


@action("counts.accept", about=lambda *, quarter, **_: f"counters {quarter}")
def accept(*, by: Actor, pseudonym: str, quarter: Quarter, version: int) -> None:
    """A release may use this version from now on. Refused when it is not the current one (any more)."""
    check(by, policies.ACCEPT)
    queries.hold()
    found = CounterSet.objects.filter(pseudonym=pseudonym, quarter=str(quarter), version=version, current=True)
    if not found.update(accepted=True):
        raise Refused("gone", _("Deze tellingen zijn er niet meer."))
    _deal_again(quarter)


@action("counts.withdraw", about=lambda *, quarter, **_: f"counters {quarter}")
def withdraw(*, by: Actor, pseudonym: str, quarter: Quarter, version: int) -> None:
    """Remove the current version for good; the school takes its counters back."""
    check(by, policies.STORE)
    queries.hold()
    CounterSet.objects.filter(pseudonym=pseudonym, quarter=str(quarter), version=version, current=True).delete()
    _deal_again(quarter)


@action("counts.delete", about=lambda *, period, **_: f"counters {period}")
def delete_counts(*, by: Actor, period: Quarter | SchoolYear, today: date) -> int:
    """Remove all raw counters of a closed period; the ledger and the publications do not need them.

    Closed: `RETENTION` after the calendar date of the figures of its school year. Returns how many sets were removed.
    """
    check(by, policies.DELETE)
    queries.hold()
    year = period.year if isinstance(period, Quarter) else period
    if today < Calendar().publishes_on(year) + RETENTION:
        raise Refused("open", _("Deze periode is nog niet lang genoeg afgesloten."))
    quarters = [period] if isinstance(period, Quarter) else list(period.quarters)
    removed, _rows = CounterSet.objects.filter(quarter__in=[str(q) for q in quarters]).delete()
    return removed


def _deal_again(quarter: Quarter) -> None:
    rows = list(CounterSet.objects.filter(quarter=str(quarter)))
    CounterSet.objects.filter(quarter=str(quarter)).delete()
    CounterSet.objects.bulk_create(_dealt(rows))


def _dealt(rows: Iterable[Row]) -> list[Row]:
    """The rows under new random keys, in the order of their pseudonyms, which are random themselves."""
    dealt = sorted(rows, key=lambda row: row.pseudonym)
    for row in dealt:
        row.pk = uuid.uuid4()
        row._state.adding = True
    return dealt
