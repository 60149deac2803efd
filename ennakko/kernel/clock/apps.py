# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "ennakko.kernel.clock"
    label = "clock"
