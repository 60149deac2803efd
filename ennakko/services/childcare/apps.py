# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class ChildcareConfig(AppConfig):
    name = "ennakko.services.childcare"
    label = "childcare"
