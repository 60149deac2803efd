from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "ennakko.kernel.offers"
    label = "offers"
