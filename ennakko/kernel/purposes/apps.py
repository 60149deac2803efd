# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class PurposesConfig(AppConfig):
    name = "ennakko.kernel.purposes"
    label = "purposes"

    def ready(self) -> None:
        from ennakko.kernel.purposes import actions  # noqa: F401 — puts its actions in the table
