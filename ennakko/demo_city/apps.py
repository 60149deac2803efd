# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class DemoCityConfig(AppConfig):
    name = "ennakko.demo_city"
    label = "demo_city"
