from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "ennakko.kernel.cases"
    label = "cases"
