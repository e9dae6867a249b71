from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "baken.sites.shared.health"
    label = "health"

    def ready(self) -> None:
        from baken.sites.shared.health import roles  # noqa: F401  (registers its questions)
