"""Who may make links (whoever delivers or accepts, for all schools at once) and who may destroy those of a year."""

from __future__ import annotations

from baken.sites.shared.identity.policies import Permission
from baken.sites.shared.identity.roles import Role

ENROL = Permission("custody.enrol", roles={Role.COORDINATOR, Role.STEWARD})
DESTROY = Permission("custody.destroy", roles={Role.ADMINISTRATOR})
