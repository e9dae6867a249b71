from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HealthConfig(AppConfig):
    name = "baken.sites.shared.health"
    label = "health"

    def ready(self) -> None:
        from baken.sites.shared.health import roles  # noqa: F401  (registers its questions)
        from baken.sites.shared.identity.actor import actor_of
        from baken.sites.shared.identity.policies import SEE_SELF_CHECK, may
        from baken.sites.shared.look import menu

        menu.register(_("Zelfcontrole"), "health:self-check", may=lambda r: may(actor_of(r), SEE_SELF_CHECK), order=94)
