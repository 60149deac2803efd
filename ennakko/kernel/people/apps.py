from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "ennakko.kernel.people"
    label = "people"
