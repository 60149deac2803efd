from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ennakko.web"
    label = "web"
