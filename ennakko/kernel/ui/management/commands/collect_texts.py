# SPDX-License-Identifier: EUPL-1.2
"""`ennakko collect_texts`: the messages of templates and code into the catalogues; says what lacks a translation."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from ennakko.kernel.ui.catalogues import collect, missing


class Command(BaseCommand):
    help = "Bring the catalogues (.po) up to date with templates and code."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        package = Path(settings.ROOT) / "ennakko"
        for path, count in collect(package).items():
            self.stdout.write(f"{path}: {count} messages")
        for place in missing(package):
            self.stdout.write(self.style.WARNING(f"missing: {place}"))
