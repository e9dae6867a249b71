"""No change of state without a journal line: the signature of an action demands it."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

P = ParamSpec("P")
T = TypeVar("T")


class Refused(Exception):  # noqa: N818  (the word of the domain)
    """An action that cannot be done now. `code` goes into the journal, `message` (Dutch msgid) onto the screen."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.msgid = message
        super().__init__(code)

    @property
    def message(self) -> str:
        from django.utils.translation import gettext

        return gettext(self.msgid)


def action(name: str, *, about: Callable[..., str]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Make a function an action: one transaction, and a journal line in it.

    The function must take a keyword-only `by: Actor`. `about(**arguments)` names the object ("delivery 12"): no name,
    no figure, no text that somebody typed. A refusal is rolled back and then written down with its code.
    Raises TypeError when the function has no keyword-only `by`.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        by = inspect.signature(function).parameters.get("by")
        if by is None or by.kind is not inspect.Parameter.KEYWORD_ONLY:
            raise TypeError(f"{function.__qualname__} must take a keyword-only argument by: Actor")

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> T:
            from baken.sites.shared.identity.actor import Actor
            from baken.sites.shared.journal.store import write

            actor = kwargs.get("by")
            if not isinstance(actor, Actor):
                raise TypeError("by must be an Actor")
            thing = about(**kwargs)
            try:
                with transaction.atomic():
                    result = function(*args, **kwargs)
                    write(by=actor, action=name, about=thing, result="done")
                    return result
            except Refused as refusal:
                write(by=actor, action=name, about=thing, result=f"refused: {refusal.code}")
                raise
            except PermissionDenied:
                write(by=actor, action=name, about=thing, result="not allowed")
                raise

        run.is_action = True  # type: ignore[attr-defined]
        return run

    return decorate
