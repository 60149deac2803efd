from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "ennakko.kernel.jobs"
    label = "jobs"
