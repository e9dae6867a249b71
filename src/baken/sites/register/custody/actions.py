"""Making links on first use, and destroying those of a school year. The journal says that it happened, never which."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_noop as _

from baken.contract.periods import SchoolYear
from baken.sites.register.custody import policies, queries
from baken.sites.register.custody.models import BoardPseudonym, PseudonymLink, new_pseudonym
from baken.sites.shared.identity.actor import Actor
from baken.sites.shared.identity.policies import check
from baken.sites.shared.journal import Refused, action


@action("custody.enrol", about=lambda *, year, **_: f"school year {year}")
def enrol(*, by: Actor, year: SchoolYear, schools: Iterable[str], boards: Iterable[str]) -> None:
    """Give every school (code) and every board (number) a pseudonym for the school year, where it has none yet.

    Called for all participating schools together, so that who has a pseudonym says nothing about who delivered first.
    Two callers at once make one link: the second insert is left out.
    """
    check(by, policies.ENROL)
    missing = set(schools) - set(queries.pseudonyms_of_schools(year))
    links = [PseudonymLink(year=str(year), school_code=code, pseudonym=new_pseudonym()) for code in sorted(missing)]
    PseudonymLink.objects.bulk_create(links, ignore_conflicts=True)
    missing = set(boards) - set(queries.pseudonyms_of_boards(year))
    board_links = [
        BoardPseudonym(year=str(year), board_number=number, pseudonym=new_pseudonym()) for number in sorted(missing)
    ]
    BoardPseudonym.objects.bulk_create(board_links, ignore_conflicts=True)


@action("custody.destroy", about=lambda *, year, **_: f"school year {year}")
def destroy(*, by: Actor, year: SchoolYear, current: SchoolYear) -> int:
    """Destroy the links of a school year that is over: from then on nobody can say which school a pseudonym was.

    `current` is the school year of today. Returns how many links were destroyed.
    """
    check(by, policies.DESTROY)
    if year >= current:
        raise Refused("running", _("Dit schooljaar loopt nog; de koppelingen zijn nodig voor verbeteringen."))
    destroyed, _rows = PseudonymLink.objects.filter(year=str(year)).delete()
    BoardPseudonym.objects.filter(year=str(year)).delete()
    return destroyed
