"""The links: random numbers of 128 bits, new in every school year, so that a hash of a school code leads nowhere."""

from __future__ import annotations

import secrets
import uuid

from django.db import models

from baken.contract.privacy import Privacy


def new_pseudonym() -> str:
    return secrets.token_hex(16)


class PseudonymLink(models.Model):
    """Which school a pseudonym is. Whoever reads this table and the counters knows what a school delivered."""

    privacy = {
        "id": Privacy.SECRET,
        "year": Privacy.SECRET,
        "school_code": Privacy.SECRET,
        "pseudonym": Privacy.SECRET,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.CharField(max_length=9)
    school_code = models.CharField(max_length=6)
    pseudonym = models.CharField(max_length=32, unique=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["year", "school_code"], name="one_pseudonym_a_year")]

    def __str__(self) -> str:
        return self.year


class BoardPseudonym(models.Model):
    """Which board a board pseudonym is: the computing side must know which schools have one board, not which board."""

    privacy = {
        "id": Privacy.SECRET,
        "year": Privacy.SECRET,
        "board_number": Privacy.SECRET,
        "pseudonym": Privacy.SECRET,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.CharField(max_length=9)
    board_number = models.CharField(max_length=5)
    pseudonym = models.CharField(max_length=32, unique=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["year", "board_number"], name="one_board_pseudonym_a_year")]

    def __str__(self) -> str:
        return self.year
