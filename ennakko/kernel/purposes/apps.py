from django.apps import AppConfig


class PurposesConfig(AppConfig):
    name = "ennakko.kernel.purposes"
    label = "purposes"
