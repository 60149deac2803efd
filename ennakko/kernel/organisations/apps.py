# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "ennakko.kernel.organisations"
    label = "organisations"

    def ready(self) -> None:
        from ennakko.kernel.organisations import access  # noqa: F401 — puts its actions in the table
