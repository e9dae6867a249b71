"""Who may cause counters to be stored, accepted, removed. Whose they are, the mailbox checks."""

from __future__ import annotations

from baken.sites.shared.identity.policies import Permission
from baken.sites.shared.identity.roles import Role

STORE = Permission("counts.store", roles={Role.COORDINATOR})
ACCEPT = Permission("counts.accept", roles={Role.STEWARD})
ENROL = Permission("counts.enrol", roles={Role.COORDINATOR, Role.STEWARD})
DELETE = Permission("counts.delete", roles={Role.ADMINISTRATOR})
