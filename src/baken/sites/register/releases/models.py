"""What is stored of a release: its state and signed bytes, and the ledger row by row. No counter of a school."""

from __future__ import annotations

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q

from baken.contract.periods import Quarter, SchoolYear, parse_period
from baken.contract.privacy import Privacy
from baken.sites.register.releases.states import WORDS, State


class Kind(models.TextChoices):
    QUARTER = "kwartaal", "Kwartaal"
    YEAR = "schooljaar", "Schooljaar"


class Release(models.Model):
    """One publication on its way. Once published, nothing in this row changes."""

    privacy = {
        "id": Privacy.STRUCTURE,
        "kind": Privacy.PUBLIC,
        "period": Privacy.PUBLIC,
        "state": Privacy.STRUCTURE,
        "composed_by": Privacy.STRUCTURE,
        "composed_at": Privacy.STRUCTURE,
        "reviewed_by": Privacy.STRUCTURE,
        "reviewed_at": Privacy.STRUCTURE,
        "published_on": Privacy.PUBLIC,
        "follow_up_nl": Privacy.PUBLIC,
        "follow_up_en": Privacy.PUBLIC,
        "outcome": Privacy.STRUCTURE,
        "candidate": Privacy.STRUCTURE,
        "number": Privacy.PUBLIC,
        "sealed": Privacy.PUBLIC,
        "send_back_reason": Privacy.STRUCTURE,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    period = models.CharField(max_length=11)
    state = models.CharField(max_length=12, choices=[(s.value, WORDS[s].nl) for s in State], default=State.DRAFT)
    composed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    composed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    published_on = models.DateField(null=True)
    follow_up_nl = models.TextField(blank=True)
    follow_up_en = models.TextField(blank=True)
    outcome = models.JSONField(null=True)
    """What the dry run said: a summary or the reasons of a refusal; public structure only."""
    candidate = models.TextField(blank=True)
    """The protected publication as the shield wrote it (canonical JSON), safe to publish; "" before a dry run."""
    number = models.PositiveIntegerField(null=True, unique=True)
    sealed = models.TextField(blank=True)
    """The signed publication file, byte for byte."""
    send_back_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "period"], condition=~Q(state=State.WITHDRAWN), name="one_release_per_period"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED)
                | (Q(published_on__isnull=False) & Q(number__isnull=False) & Q(reviewed_by__isnull=False)),
                name="published_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=models.F("composed_by")),
                name="composer_is_not_reviewer",
            ),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"

    @property
    def parsed_period(self) -> Quarter | SchoolYear:
        return parse_period(self.period)

    @property
    def current_state(self) -> State:
        return State(self.state)


class FrozenVersion(models.Model):
    """Which version of a contributor's counters a published quarter was made of; a later release needs it again."""

    privacy = {
        "id": Privacy.STRUCTURE,
        "release": Privacy.STRUCTURE,
        "pseudonym": Privacy.STRUCTURE,
        "quarter": Privacy.STRUCTURE,
        "version": Privacy.STRUCTURE,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+")
    pseudonym = models.CharField(max_length=32)
    quarter = models.CharField(max_length=11)
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pseudonym", "quarter"], name="frozen_once")]
        default_permissions = ()


class LedgerRow(models.Model):
    """One entry of the ledger: append-only, hash-chained and signed by `baken.shield.ledger`."""

    privacy = {
        "index": Privacy.PUBLIC,
        "release": Privacy.STRUCTURE,
        "line": Privacy.PUBLIC,
    }

    index = models.PositiveIntegerField(primary_key=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+")
    line = models.TextField()

    class Meta:
        ordering = ["index"]
        default_permissions = ()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            self._refuse()
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse()

    @staticmethod
    def _refuse() -> NoReturn:
        raise TypeError("the ledger is append-only")
