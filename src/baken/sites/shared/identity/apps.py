from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "baken.sites.shared.identity"
    label = "identity"
    verbose_name = "Gebruikers"

    def ready(self) -> None:
        from baken.sites.shared.identity import checks  # noqa: F401  (registers system checks)
