from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    name = "baken.sites.shared.journal"
    label = "journal"
    verbose_name = "Logboek van handelingen"

    def ready(self) -> None:
        from baken.sites.shared.identity.actor import actor_of
        from baken.sites.shared.identity.policies import VIEW_JOURNAL, may
        from baken.sites.shared.look import menu

        menu.register(_("Handelingen"), "journal:journal", may=lambda r: may(actor_of(r), VIEW_JOURNAL), order=92)
