# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "ennakko.kernel.access"
    label = "access"

    def ready(self) -> None:
        from ennakko.kernel.access import actions  # noqa: F401 — puts its actions in the table
