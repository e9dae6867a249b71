"""Every change of who takes part. What was is kept: a stretch of participation ends, it is never erased."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_noop as _

from baken.contract.periods import Quarter
from baken.sites.register.organisations import policies, queries
from baken.sites.register.organisations.models import Board, Participation, School, Wave
from baken.sites.shared.identity.actor import Actor
from baken.sites.shared.journal import Refused, action

T = TypeVar("T", bound=Model)


@action("organisations.save-board", about=lambda *, number, **_: f"board {number}")
def save_board(*, by: Actor, number: str, name: str) -> Board:
    """Add a board, or change the name of the one with this number."""
    policies.check_change(by)
    return _saved(Board.objects.filter(pk=number).first() or Board(number=number), name=name)


@action("organisations.save-school", about=lambda *, code, **_: f"school {code}")
def save_school(
    *, by: Actor, code: str, name: str, board: Board, district: str, sector: str, pupils: int | None = None
) -> School:
    """Add a school location, or change the one with this code. The district must be one of the city's."""
    policies.check_change(by)
    if district not in {d.code for d in queries.city().districts}:
        raise Refused("district", _("Dit stadsdeel hoort niet bij de stad."))
    school = School.objects.filter(pk=code).first() or School(code=code)
    return _saved(school, name=name, board=board, district=district, sector=sector, pupils=pupils)


@action("organisations.save-wave", about=lambda *, number, **_: f"wave {number}")
def save_wave(*, by: Actor, number: int, label_nl: str, label_en: str, first_quarter: Quarter) -> Wave:
    """Add a wave, or change the one with this number. A wave that has schools keeps its first quarter."""
    policies.check_change(by)
    wave = Wave.objects.filter(pk=number).first() or Wave(number=number)
    if wave.first_quarter not in ("", str(first_quarter)) and wave.participations.exists():
        raise Refused("wave-has-schools", _("In deze golf zitten al scholen; het eerste kwartaal ligt vast."))
    return _saved(wave, label_nl=label_nl, label_en=label_en, first_quarter=str(first_quarter))


@action("organisations.join", about=lambda *, school, **_: f"school {school.pk}")
def join(*, by: Actor, school: School, wave: Wave | None, first_quarter: Quarter) -> Participation:
    """Let a school take part from a quarter on. Refused while it takes part already, or back in time."""
    policies.check_change(by)
    history = list(Participation.objects.select_for_update().filter(school=school))
    if any(p.last_quarter is None or p.last_quarter >= str(first_quarter) for p in history):
        raise Refused("takes-part", _("Deze school doet in dat kwartaal al mee."))
    return Participation.objects.create(school=school, wave=wave, first_quarter=str(first_quarter))


@action("organisations.leave", about=lambda *, participation, **_: f"school {participation.school_id}")
def leave(*, by: Actor, participation: Participation, last_quarter: Quarter) -> Participation:
    """Let a school stop after a quarter. What it delivered before stays as it was."""
    policies.check_change(by)
    participation = Participation.objects.select_for_update().get(pk=participation.pk)
    if participation.last_quarter is not None:
        raise Refused("ended", _("Deze deelname is al beëindigd."))
    if str(last_quarter) < participation.first_quarter:
        raise Refused("before-start", _("Het laatste kwartaal ligt voor het eerste kwartaal."))
    participation.last_quarter = str(last_quarter)
    participation.save(update_fields=["last_quarter"])
    return participation


def _saved(thing: T, **values: object) -> T:
    """Set the values, check them all, save. A value that a form would not let through is refused here too."""
    for name, value in values.items():
        setattr(thing, name, value)
    try:
        thing.full_clean(validate_unique=False)
    except ValidationError:
        raise Refused("invalid", _("Een van de gegevens heeft niet de goede vorm.")) from None
    thing.save()
    return thing
