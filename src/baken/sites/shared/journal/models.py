"""The journal's lines: append-only, each with the hash of the one before it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from baken.contract.privacy import Privacy


class Frozen(models.QuerySet["Entry"]):
    """No line is ever changed or removed."""

    def update(self, **_: Any) -> NoReturn:
        raise TypeError("the journal is append-only")

    def delete(self) -> NoReturn:
        raise TypeError("the journal is append-only")

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("the journal is append-only")


class Entry(models.Model):
    """One line (BIO2 8.15.01): action, object, result, origin, actor, time."""

    privacy = {
        "id": Privacy.STRUCTURE,
        "action": Privacy.STRUCTURE,
        "about": Privacy.STRUCTURE,
        "result": Privacy.STRUCTURE,
        "origin": Privacy.STRUCTURE,
        "actor": Privacy.STRUCTURE,
        "role": Privacy.STRUCTURE,
        "time": Privacy.STRUCTURE,
        "previous": Privacy.STRUCTURE,
        "digest": Privacy.STRUCTURE,
    }

    action = models.CharField(max_length=60, db_index=True)
    about = models.CharField(max_length=120)
    result = models.CharField(max_length=80)
    origin = models.CharField(max_length=20)
    actor = models.PositiveBigIntegerField()
    role = models.CharField(max_length=120)
    time = models.DateTimeField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = Frozen.as_manager()

    class Meta:
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.action}: {self.result}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("the journal is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("the journal is append-only")
