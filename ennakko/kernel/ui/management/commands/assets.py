# SPDX-License-Identifier: EUPL-1.2
"""`ennakko assets`: the style sheets, scripts and fonts of the pages, from node_modules into the var folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from ennakko.kernel.ui.assets import AssetsMissing, gather


class Command(BaseCommand):
    help = "Gather the front-end assets and collect them for serving (with digests in their names)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--packages", type=Path, default=Path(settings.ROOT) / "node_modules")
        parser.add_argument("--no-collect", action="store_true", help="only gather; the finders serve them")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = gather(packages=options["packages"], into=settings.ASSETS)
        except AssetsMissing as missing:
            raise CommandError(str(missing)) from missing
        if not options["no_collect"]:
            call_command("collectstatic", interactive=False, verbosity=0)
        if options["verbosity"]:
            self.stdout.write(f"Front-end assets: {len(written)} files in {settings.ASSETS}")
