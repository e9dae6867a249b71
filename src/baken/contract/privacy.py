"""How far a value may travel. Every field of every format and every stored model carries exactly one class."""

from enum import StrEnum


class Privacy(StrEnum):
    """Privacy class of a field, from harmless to forbidden.

    Exporters accept only the classes that they name; a field without a class does not exist (a test fails).
    """

    PUBLIC = "public"
    """Anybody may read it: labels, published cells, calendar dates."""
    STRUCTURE = "structure"
    """Who takes part, without counts: schools, boards, districts, waves, states of a delivery."""
    COUNT = "count"
    """Counters of a school, or anything computed from them before protection."""
    SECRET = "secret"  # noqa: S105  (the name of a class, not a secret)
    """Keys, tokens, the link between a pseudonym and a school, contact details."""
    NEVER = "never"
    """Records of incidents and anything about a person in them: stays at the school, is never stored by a site."""
