from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveriesConfig(AppConfig):
    name = "baken.sites.register.deliveries"
    label = "deliveries"
    verbose_name = "Leveringen"

    def ready(self) -> None:
        from baken.sites.register.deliveries.policies import SEE_MAILBOX, SEE_OWN
        from baken.sites.shared.identity.actor import actor_of
        from baken.sites.shared.identity.policies import may
        from baken.sites.shared.look import menu

        def may_see_own(request: object) -> bool:
            return bool(actor_of(request).roles & SEE_OWN.roles)  # type: ignore[arg-type]

        menu.register(_("Uw leveringen"), "deliveries:home", may=may_see_own, order=10)
        menu.register(_("Leveringen"), "deliveries:mailbox", may=lambda r: may(actor_of(r), SEE_MAILBOX), order=20)
