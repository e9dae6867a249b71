from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdentityConfig(AppConfig):
    name = "baken.sites.shared.identity"
    label = "identity"
    verbose_name = "Gebruikers"

    def ready(self) -> None:
        from baken.sites.shared.identity import checks  # noqa: F401  (registers system checks)
        from baken.sites.shared.identity.actor import actor_of
        from baken.sites.shared.identity.policies import MANAGE_USERS, may
        from baken.sites.shared.look import menu

        menu.register(_("Gebruikers"), "identity:people", may=lambda r: may(actor_of(r), MANAGE_USERS), order=90)
