from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "baken.sites.window.pages"
    label = "pages"

    def ready(self) -> None:
        from baken.sites.shared.look import menu
        from baken.sites.window.pages import selfcheck  # noqa: F401  (registers its questions)
        from baken.sites.window.pages.policies import may_read

        menu.register(_("Overzicht"), "home", order=10)
        menu.register(_("Cijfers"), "figures", may=may_read, order=12)
        menu.register(_("Verloop"), "trend", may=may_read, order=14)
        menu.register(_("Publicaties"), "releases", may=may_read, order=16)
        menu.register(_("Hoe beschermen we scholen?"), "protection", order=18)
