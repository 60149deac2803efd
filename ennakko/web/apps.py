# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ennakko.web"
    label = "web"

    def ready(self) -> None:
        """Tell the rooms of each other: this is the only one that knows everybody."""
        from ennakko.web import checks, wiring

        checks.register_all()
        wiring.wire()
