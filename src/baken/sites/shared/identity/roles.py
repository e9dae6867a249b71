"""The roles of the program, each with a sentence for humans."""

from __future__ import annotations

from enum import StrEnum

from baken.contract.texts import Text


class Role(StrEnum):
    COORDINATOR = "coordinator"
    SCHOOL_LEADER = "school-leader"
    STEWARD = "steward"
    REVIEWER = "reviewer"
    COUNCIL_READER = "council-reader"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> Text:
        return LABELS[self]

    @property
    def sentence(self) -> Text:
        return SENTENCES[self]

    @property
    def of_school(self) -> bool:
        """Does this role belong to one school at a time?"""
        return self in (Role.COORDINATOR, Role.SCHOOL_LEADER)


LABELS = {
    Role.COORDINATOR: Text("Veiligheidscoördinator", "Safety coordinator"),
    Role.SCHOOL_LEADER: Text("Schoolleider", "School leader"),
    Role.STEWARD: Text("Databeheerder NVS", "Data steward at NVS"),
    Role.REVIEWER: Text("Tweede beoordelaar", "Second reviewer"),
    Role.COUNCIL_READER: Text("Lezer bij de gemeente", "Reader at the city"),
    Role.INSPECTOR: Text("Inspecteur", "Inspector"),
    Role.ADMINISTRATOR: Text("Beheerder", "Administrator"),
}

SENTENCES = {
    Role.COORDINATOR: Text("Levert de tellingen van de eigen school.", "Delivers the counters of their own school."),
    Role.SCHOOL_LEADER: Text("Ziet of de eigen school heeft geleverd.", "Sees whether their own school has delivered."),
    Role.STEWARD: Text(
        "Volgt de leveringen van alle scholen en maakt publicaties. Ziet geen tellingen van een school.",
        "Follows the deliveries of all schools and makes publications. Sees no counters of a school.",
    ),
    Role.REVIEWER: Text(
        "Keurt publicaties van een ander goed voordat ze naar buiten gaan.",
        "Approves publications of somebody else before they go out.",
    ),
    Role.COUNCIL_READER: Text(
        "Leest de gepubliceerde cijfers per stadsdeel.", "Reads the published figures per district."
    ),
    Role.INSPECTOR: Text(
        "Leest de gepubliceerde cijfers. Meldingen van scholen komen later.",
        "Reads the published figures. Reports of schools come later.",
    ),
    Role.ADMINISTRATOR: Text("Beheert gebruikers en instellingen.", "Manages users and settings."),
}
