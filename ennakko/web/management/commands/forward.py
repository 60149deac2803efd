# SPDX-License-Identifier: EUPL-1.2
"""`ennakko forward DAYS`: move the demonstration's clock; registers, deadlines, reminders and messages follow."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ennakko.kernel import clock
from ennakko.web import demo


class Command(BaseCommand):
    help = "Move the demonstration's clock forward by whole days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("days", type=int, metavar="DAYS", nargs="?", default=1)

    def handle(self, *, days: int, **_: Any) -> None:
        try:
            demo.only_in_the_demo()
            today = clock.demo.advance(days, by="forward")
        except (demo.DemoRefused, clock.demo.ClockRefused) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Today is {today:%-d.%-m.%Y}.")
