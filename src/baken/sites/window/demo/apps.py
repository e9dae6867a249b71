from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "baken.sites.window.demo"
    label = "demo"
