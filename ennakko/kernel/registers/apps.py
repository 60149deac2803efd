from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "ennakko.kernel.registers"
    label = "registers"
