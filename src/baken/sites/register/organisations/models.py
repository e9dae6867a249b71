"""Boards, school locations, waves, and which school takes part from which quarter until which quarter."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baken.contract.periods import Quarter
from baken.contract.privacy import Privacy
from baken.contract.structure import BOARD_NUMBER, LOCATION_CODE
from baken.contract.texts import Text


class Sector(models.TextChoices):
    SECONDARY = "vo", _("Voortgezet onderwijs")
    PRIMARY = "po", _("Primair onderwijs")


class Board(models.Model):
    """A school board (bevoegd gezag), by its number at DUO."""

    privacy = {"number": Privacy.STRUCTURE, "name": Privacy.STRUCTURE}

    number = models.CharField(
        _("Nummer van het bestuur"),
        max_length=5,
        primary_key=True,
        validators=[RegexValidator(f"^{BOARD_NUMBER.pattern}$", _("Een bestuursnummer heeft vijf cijfers."))],
    )
    name = models.CharField(_("Naam"), max_length=120)

    class Meta:
        ordering = ["name", "number"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """A school location (vestiging): the unit that delivers. `district` is a code of the city's own list."""

    privacy = {
        "code": Privacy.STRUCTURE,
        "name": Privacy.STRUCTURE,
        "board": Privacy.STRUCTURE,
        "district": Privacy.STRUCTURE,
        "sector": Privacy.STRUCTURE,
        "pupils": Privacy.STRUCTURE,
    }

    code = models.CharField(
        _("Vestigingscode"),
        max_length=6,
        primary_key=True,
        validators=[
            RegexValidator(
                f"^{LOCATION_CODE.pattern}$",
                _("Een vestigingscode heeft twee cijfers, twee hoofdletters en twee cijfers, zoals 99AB00."),
            )
        ],
    )
    name = models.CharField(_("Naam"), max_length=120)
    board = models.ForeignKey(Board, models.PROTECT, related_name="schools", verbose_name=_("Bestuur"))
    district = models.CharField(_("Stadsdeel"), max_length=40)
    sector = models.CharField(_("Sector"), max_length=2, choices=Sector.choices, default=Sector.SECONDARY)
    pupils = models.PositiveIntegerField(_("Aantal leerlingen"), null=True, blank=True)
    """Of the location, as DUO publishes it; unknown is not zero."""

    class Meta:
        ordering = ["name", "code"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class Wave(models.Model):
    """Schools that start together, on the first day of a quarter."""

    privacy = {
        "number": Privacy.STRUCTURE,
        "label_nl": Privacy.STRUCTURE,
        "label_en": Privacy.STRUCTURE,
        "first_quarter": Privacy.STRUCTURE,
    }

    number = models.PositiveSmallIntegerField(_("Nummer van de golf"), primary_key=True)
    label_nl = models.CharField(_("Naam in het Nederlands"), max_length=60)
    label_en = models.CharField(_("Naam in het Engels"), max_length=60)
    first_quarter = models.CharField(_("Eerste kwartaal"), max_length=11)

    class Meta:
        ordering = ["number"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.label_nl

    @property
    def label(self) -> Text:
        return Text(self.label_nl, self.label_en)


class Participation(models.Model):
    """One stretch of time in which a school takes part. A school that leaves and returns has two: nothing is erased.

    `last_quarter` is the last quarter that the school still delivers; empty while it takes part.
    """

    privacy = {
        "id": Privacy.STRUCTURE,
        "school": Privacy.STRUCTURE,
        "wave": Privacy.STRUCTURE,
        "first_quarter": Privacy.STRUCTURE,
        "last_quarter": Privacy.STRUCTURE,
    }

    school = models.ForeignKey(School, models.PROTECT, related_name="participations")
    wave = models.ForeignKey(Wave, models.PROTECT, null=True, blank=True, related_name="participations")
    first_quarter = models.CharField(max_length=11)
    last_quarter = models.CharField(max_length=11, null=True, blank=True)

    class Meta:
        ordering = ["school", "first_quarter"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=Q(last_quarter__isnull=True), name="takes_part_once_at_a_time"
            ),
            models.UniqueConstraint(fields=["school", "first_quarter"], name="starts_once_in_a_quarter"),
            models.CheckConstraint(
                condition=Q(last_quarter__isnull=True) | Q(last_quarter__gte=models.F("first_quarter")),
                name="ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.first_quarter}–{self.last_quarter or ''}"

    def covers(self, quarter: Quarter) -> bool:
        """Quarters are written so that their order as text is their order in time."""
        text = str(quarter)
        return self.first_quarter <= text and (self.last_quarter is None or text <= self.last_quarter)
