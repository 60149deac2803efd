from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "ennakko.kernel.api"
    label = "api"
