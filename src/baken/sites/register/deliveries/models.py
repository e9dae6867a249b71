"""The mailbox: who delivered which quarter and when, and what the network decided. Not what was delivered."""

from __future__ import annotations

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baken.contract.periods import Quarter
from baken.contract.privacy import Privacy
from baken.sites.register.deliveries.states import LIVE, WORDS, State
from baken.sites.register.organisations.models import School

RECEIPT_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without the signs that are misread on paper."""


def new_receipt() -> str:
    """A random number, not a checksum: it proves which delivery is meant and says nothing about what is in it."""
    return "-".join("".join(secrets.choice(RECEIPT_ALPHABET) for _ in range(4)) for _ in range(3))


class Reason(models.TextChoices):
    """Why a delivery goes back. None of them needs a figure."""

    WRONG_PERIOD = "period", _("De school meldde dat de periode niet klopt")
    INCOMPLETE = "incomplete", _("De school meldde dat de tellingen niet compleet zijn")
    UNLIKELY = "unlikely", _("De school bevestigde een onwaarschijnlijke telling; graag nog eens nakijken")
    ON_REQUEST = "request", _("De school vroeg erom")
    OTHER = "other", _("Anders")


class Delivery(models.Model):
    """One version of one quarter of one school.

    `questions`: the school was asked about the height of its figures and said that they are right. Which question
    that was is not kept: it would tell what was delivered.
    """

    privacy = {
        "id": Privacy.STRUCTURE,
        "school": Privacy.STRUCTURE,
        "quarter": Privacy.STRUCTURE,
        "version": Privacy.STRUCTURE,
        "state": Privacy.STRUCTURE,
        "receipt": Privacy.STRUCTURE,
        "uploaded_by": Privacy.STRUCTURE,
        "received_at": Privacy.STRUCTURE,
        "on_time": Privacy.STRUCTURE,
        "questions": Privacy.STRUCTURE,
        "decided_by": Privacy.STRUCTURE,
        "decided_at": Privacy.STRUCTURE,
        "reason": Privacy.STRUCTURE,
        "reason_text": Privacy.STRUCTURE,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="deliveries")
    quarter = models.CharField(max_length=11)
    version = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10, choices=[(s.value, WORDS[s].nl) for s in State], default=State.RECEIVED.value
    )
    receipt = models.CharField(max_length=14, unique=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    on_time = models.BooleanField()
    questions = models.BooleanField(default=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    reason_text = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["school", "quarter", "-version"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["school", "quarter", "version"], name="one_delivery_per_version"),
            models.UniqueConstraint(
                fields=["school", "quarter"],
                condition=Q(state__in=[s.value for s in LIVE]),
                name="one_live_delivery_per_quarter",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="who_decided_goes_with_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.ACCEPTED.value, State.RETURNED.value]) | Q(decided_at__isnull=False),
                name="a_decision_has_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RETURNED.value) | ~Q(reason=""), name="a_return_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.quarter} {self.version}"

    @property
    def period(self) -> Quarter:
        return Quarter.parse(self.quarter)

    @property
    def current_state(self) -> State:
        return State(self.state)
