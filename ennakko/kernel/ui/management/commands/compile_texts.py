# SPDX-License-Identifier: EUPL-1.2
"""`ennakko compile_texts`: the translations as Django reads them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from ennakko.kernel.ui.catalogues import compile_all


class Command(BaseCommand):
    help = "Compile the translations (.po → .mo) with Babel."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those that are up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        written = compile_all(Path(settings.ROOT) / "ennakko", only_stale=not options["all"])
        if options["verbosity"]:
            self.stdout.write(f"Compiled {len(written)} catalogues.")
