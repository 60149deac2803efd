# SPDX-License-Identifier: EUPL-1.2
"""`ennakko rotate_keys`: seals identity codes again under the newest key of ENNAKKO_DATA_KEY."""

from typing import Any

from django.core.management.base import BaseCommand

from ennakko.kernel import clock, keys
from ennakko.kernel.access.actors import SYSTEM
from ennakko.kernel.people.actions import rotate_keys


class Command(BaseCommand):
    help = "Seal identity codes again under the newest key of ENNAKKO_DATA_KEY; safe to stop and start again."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = rotate_keys(
            by=SYSTEM("rotate_keys"), at=clock.now(), progress=lambda done: self.stdout.write(f"{done} sealed again")
        )
        self.stdout.write(f"Done: {changed} identity codes now use key {keys.current_id()}.")
