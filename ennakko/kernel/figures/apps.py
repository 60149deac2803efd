from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "ennakko.kernel.figures"
    label = "figures"
