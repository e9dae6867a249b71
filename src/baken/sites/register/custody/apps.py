from django.apps import AppConfig


class CustodyConfig(AppConfig):
    name = "baken.sites.register.custody"
    label = "custody"
    verbose_name = "Sleutelbewaring"
