"""Every read of who takes part that is more than one line."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from baken import cities
from baken.contract.periods import Quarter
from baken.contract.structure import City
from baken.sites.register.organisations.models import Board, Participation, School, Wave


def city() -> City:
    return cities.load(settings.BAKEN_CITY)


def district_name(code: str) -> str:
    """The name of a district; the code itself for one that the city no longer has."""
    return next((d.name for d in city().districts if d.code == code), code)


def participating(quarter: Quarter) -> QuerySet[School]:
    """The schools that take part in a quarter: those of whom a delivery is expected."""
    text = str(quarter)
    stretches = Participation.objects.filter(
        Q(last_quarter__isnull=True) | Q(last_quarter__gte=text), first_quarter__lte=text
    )
    return School.objects.filter(pk__in=stretches.values("school")).select_related("board")


def participates(school: School, quarter: Quarter) -> bool:
    return participating(quarter).filter(pk=school.pk).exists()


def first_quarter_ever() -> Quarter | None:
    """The quarter in which the first school started; None while nobody takes part."""
    first = Participation.objects.order_by("first_quarter").values_list("first_quarter", flat=True).first()
    return Quarter.parse(first) if first else None


def schools(*, search: str = "", district: str = "", wave: str = "") -> QuerySet[School]:
    """School locations by name; every argument that is not empty narrows the list."""
    history = Participation.objects.select_related("wave").order_by("first_quarter")
    found = School.objects.select_related("board").prefetch_related(Prefetch("participations", queryset=history))
    if search:
        found = found.filter(Q(name__icontains=search) | Q(code__istartswith=search))
    if district:
        found = found.filter(district=district)
    if wave.isdecimal():
        found = found.filter(participations__wave=int(wave)).distinct()
    return found


def boards() -> QuerySet[Board]:
    return Board.objects.prefetch_related("schools")


def waves() -> QuerySet[Wave]:
    return Wave.objects.prefetch_related("participations__school")
