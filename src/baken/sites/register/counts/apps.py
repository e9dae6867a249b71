from django.apps import AppConfig


class CountsConfig(AppConfig):
    name = "baken.sites.register.counts"
    label = "counts"
    verbose_name = "Tellingen"
