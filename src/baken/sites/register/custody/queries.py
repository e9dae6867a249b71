"""Asking which pseudonym a school has. The other way round nobody asks: there is no function for it."""

from __future__ import annotations

from baken.contract.periods import SchoolYear
from baken.sites.register.custody.models import BoardPseudonym, PseudonymLink


def pseudonym_of(school_code: str, year: SchoolYear) -> str | None:
    """The pseudonym of a school in a school year; None when it has none yet or the links were destroyed."""
    found = PseudonymLink.objects.filter(year=str(year), school_code=school_code)
    return found.values_list("pseudonym", flat=True).first()


def pseudonyms_of_schools(year: SchoolYear) -> dict[str, str]:
    """School code → pseudonym, for everybody who has one in the school year."""
    return dict(PseudonymLink.objects.filter(year=str(year)).values_list("school_code", "pseudonym"))


def pseudonyms_of_boards(year: SchoolYear) -> dict[str, str]:
    """Board number → pseudonym."""
    return dict(BoardPseudonym.objects.filter(year=str(year)).values_list("board_number", "pseudonym"))
