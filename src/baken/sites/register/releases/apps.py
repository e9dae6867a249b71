from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "baken.sites.register.releases"
    label = "releases"
    verbose_name = "Publicaties"

    def ready(self) -> None:
        from baken.sites.register.releases import checks

        checks.register()
