from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "baken.sites.register.organisations"
    label = "organisations"
    verbose_name = "Scholen"

    def ready(self) -> None:
        from baken.sites.register.organisations.policies import VIEW
        from baken.sites.shared.identity.actor import actor_of
        from baken.sites.shared.identity.policies import may
        from baken.sites.shared.look import menu

        menu.register(_("Scholen"), "organisations:schools", may=lambda r: may(actor_of(r), VIEW), order=40)
