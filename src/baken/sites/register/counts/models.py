"""Counters under pseudonyms, and what a release must know of a contributor.

No foreign key to anything, no moment, and random keys: with the mailbox beside it, nothing here says who or when.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from baken.contract.delivery import Counters
from baken.contract.periods import Quarter
from baken.contract.privacy import Privacy


class Contributor(models.Model):
    """A school in one school year, as the release maker may know it."""

    privacy = {
        "id": Privacy.STRUCTURE,
        "year": Privacy.STRUCTURE,
        "pseudonym": Privacy.STRUCTURE,
        "board_pseudonym": Privacy.STRUCTURE,
        "district": Privacy.STRUCTURE,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.CharField(max_length=9)
    pseudonym = models.CharField(max_length=32, unique=True)
    board_pseudonym = models.CharField(max_length=32)
    district = models.CharField(max_length=40)

    class Meta:
        ordering = ["pseudonym"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.pseudonym


class CounterSet(models.Model):
    """The counters of one contributor and quarter, one version of them.

    `accepted`: quality was judged, a release may use it. `current`: not replaced by a later version. An accepted
    version that a publication was made of stays when it is replaced: the next publication needs the same numbers.
    """

    privacy = {
        "id": Privacy.STRUCTURE,
        "year": Privacy.STRUCTURE,
        "pseudonym": Privacy.STRUCTURE,
        "quarter": Privacy.STRUCTURE,
        "version": Privacy.STRUCTURE,
        "nil": Privacy.COUNT,
        "code_list": Privacy.PUBLIC,
        "values": Privacy.COUNT,
        "accepted": Privacy.STRUCTURE,
        "current": Privacy.STRUCTURE,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.CharField(max_length=9)
    pseudonym = models.CharField(max_length=32)
    quarter = models.CharField(max_length=11)
    version = models.PositiveIntegerField()
    nil = models.BooleanField()
    code_list = models.CharField(max_length=10)
    values = models.JSONField()
    accepted = models.BooleanField(default=False)
    current = models.BooleanField(default=True)

    class Meta:
        ordering = ["pseudonym", "quarter", "version"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["pseudonym", "quarter", "version"], name="one_set_per_version"),
            models.UniqueConstraint(
                fields=["pseudonym", "quarter"], condition=Q(current=True), name="one_current_set_per_quarter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarter} {self.version}"

    @property
    def counters(self) -> Counters:
        return Counters(Quarter.parse(self.quarter), self.version, self.nil, self.code_list, tuple(self.values))
