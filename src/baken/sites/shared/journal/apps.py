from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "baken.sites.shared.journal"
    label = "journal"
    verbose_name = "Logboek van handelingen"
