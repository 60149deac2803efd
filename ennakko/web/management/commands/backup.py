# SPDX-License-Identifier: EUPL-1.2
"""`ennakko backup FILE`: database and registers in one archive, while the service runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from ennakko.kernel import clock
from ennakko.web.backup import BackupError, back_up


class Command(BaseCommand):
    help = "Write a backup of the database and the register snapshots (never the keys)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="for example /backups/ennakko-2026-04-15.tar.gz")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            names = back_up(
                database=settings.DATABASES["default"], var=settings.VAR, into=options["file"], at=clock.wall()
            )
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['file']}: {len(names)} files. Keep ENNAKKO_DATA_KEY elsewhere: it is not in it.")
