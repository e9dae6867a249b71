from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "baken.sites.register.demo"
    label = "demo"
