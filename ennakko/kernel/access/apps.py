from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "ennakko.kernel.access"
    label = "access"
