# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "ennakko.kernel.figures"
    label = "figures"
