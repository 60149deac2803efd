# SPDX-License-Identifier: EUPL-1.2
"""`ennakko restore FILE`: a backup put back, after checking all of it. Stop the service first."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connections

from ennakko.web.backup import BackupError, restore


class Command(BaseCommand):
    help = "Put a backup back. Stop the service first."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="replace the database and registers that are there")

    def handle(self, *args: Any, **options: Any) -> None:
        connections.close_all()
        try:
            names = restore(
                archive=options["file"],
                database=settings.DATABASES["default"],
                var=settings.VAR,
                replace=options["replace"],
            )
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored {len(names)} files. Run `ennakko migrate`, then start the service.")
