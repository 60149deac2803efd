from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "ennakko.kernel.clock"
    label = "clock"
