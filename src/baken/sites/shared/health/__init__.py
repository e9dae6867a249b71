"""Is the site well? One line for machines, a self-check page for the administrator.

Apps add their own questions: `from baken.sites.shared.health import question`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of the self-check. `todo` says what to do when it is not well."""

    well: bool
    subject: str
    todo: str = ""


QUESTIONS: list[Callable[[], Answer]] = []


def question(ask: Callable[[], Answer]) -> Callable[[], Answer]:
    """Register a question for the self-check page (a decorator)."""
    if ask not in QUESTIONS:
        QUESTIONS.append(ask)
    return ask
