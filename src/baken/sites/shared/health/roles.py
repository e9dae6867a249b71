"""Is there somebody for every role that the work needs, and does the journal hold?"""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from baken.sites.shared.health import Answer, question
from baken.sites.shared.identity.models import Assignment
from baken.sites.shared.identity.roles import Role
from baken.sites.shared.journal.store import first_broken


def _people(role: Role) -> int:
    found = Assignment.objects.filter(role=role, user__is_active=True)
    return found.values("user").distinct().count()


@question
def administrator() -> Answer:
    return Answer(
        _people(Role.ADMINISTRATOR) > 0, _("Er is een beheerder"), _("Maak een gebruiker met de rol beheerder.")
    )


@question
def steward_and_second_person() -> Answer:
    if settings.SITE != "register":
        return Answer(True, _("Deze site heeft geen tweede beoordelaar nodig"))
    people = Assignment.objects.filter(role__in=[Role.STEWARD, Role.REVIEWER], user__is_active=True)
    enough = _people(Role.STEWARD) > 0 and people.values("user").distinct().count() > 1
    return Answer(
        enough,
        _("Er zijn een databeheerder en een tweede beoordelaar"),
        _(
            "Geef twee verschillende mensen de rol databeheerder en tweede beoordelaar. "
            "Anders kan niets worden gepubliceerd."
        ),
    )


@question
def journal_is_whole() -> Answer:
    return Answer(
        first_broken() is None,
        _("Het logboek van handelingen is heel"),
        _("Een regel in het logboek is veranderd of verwijderd. Behandel dit als een beveiligingsincident."),
    )
