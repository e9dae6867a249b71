from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReleasesConfig(AppConfig):
    name = "baken.sites.register.releases"
    label = "releases"
    verbose_name = "Publicaties"

    def ready(self) -> None:
        from baken.sites.register.releases import checks  # noqa: F401  (registers its questions)
        from baken.sites.register.releases.policies import VIEW
        from baken.sites.shared.identity.actor import actor_of
        from baken.sites.shared.identity.policies import may
        from baken.sites.shared.look import menu

        menu.register(_("Publicaties"), "releases:overview", may=lambda r: may(actor_of(r), VIEW), order=40)
