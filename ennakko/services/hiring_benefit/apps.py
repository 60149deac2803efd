# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class HiringBenefitConfig(AppConfig):
    name = "ennakko.services.hiring_benefit"
    label = "hiring_benefit"
