# SPDX-License-Identifier: EUPL-1.2
"""`ennakko rotate_keys`: seals everything again under the newest key of ENNAKKO_DATA_KEY."""

from functools import partial
from typing import Any

from django.core.management.base import BaseCommand

from ennakko.kernel import clock, keys
from ennakko.kernel.access.actors import SYSTEM
from ennakko.kernel.resealing import sealed_kinds


class Command(BaseCommand):
    help = "Seal everything again under the newest key of ENNAKKO_DATA_KEY; safe to stop and start again."

    def handle(self, *args: Any, **options: Any) -> None:
        by, at = SYSTEM("rotate_keys"), clock.now()
        for kind in sealed_kinds():
            name = kind.title.en
            changed = kind.again(by=by, at=at, progress=partial(self._tell, name))
            self.stdout.write(f"{name}: {changed} now use key {keys.current_id()}.")

    def _tell(self, name: str, done: int) -> None:
        self.stdout.write(f"{name}: {done} sealed again")
