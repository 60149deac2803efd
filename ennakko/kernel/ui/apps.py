from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "ennakko.kernel.ui"
    label = "ui"
