from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "ennakko.kernel.audit"
    label = "audit"
