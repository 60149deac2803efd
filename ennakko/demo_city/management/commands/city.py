# SPDX-License-Identifier: EUPL-1.2
"""`ennakko city build`: draw the synthetic city into the deployment's register folder. Demo and tests only."""

import sys
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ennakko.demo_city.build import FIRST_DAY, LARGEST, SMALLEST, build
from ennakko.demo_city.home import home
from ennakko.demo_city.sealing import KeySealer


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ArgumentTypeError(f"{value!r} is not a day. Write it as 2026-04-15.") from None


def _residents(value: str) -> int:
    try:
        count = int(value.replace("_", "").replace(" ", ""))
    except ValueError:
        raise ArgumentTypeError(f"{value!r} is not a number of residents. Write it as 20000.") from None
    if not SMALLEST <= count <= LARGEST:
        raise ArgumentTypeError(f"A city has {SMALLEST:,}–{LARGEST:,} residents, not {count:,}.")
    return count


def _seed(value: str) -> int:
    if not value.isdigit():
        raise ArgumentTypeError(f"{value!r} is not a seed. Give a whole number, 0 or more.")
    return int(value)


class Command(BaseCommand):
    """The demo city's command; the snapshot's folder is printed, progress goes to standard error."""

    help = "Build the synthetic city's registers (demo and tests only)."

    def add_arguments(self, parser: CommandParser) -> None:
        """One action, `build`, with the city's size, seed and day."""
        actions = parser.add_subparsers(dest="action", required=True, parser_class=CommandParser)
        building = actions.add_parser("build", help="Draw the city and write its registers as a snapshot.")
        building.add_argument("--residents", type=_residents, default=home().residents, metavar="N")
        building.add_argument("--seed", type=_seed, default=1, metavar="S")
        building.add_argument("--on", type=_day, default=FIRST_DAY, metavar="DATE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses outside the demo; else builds under VAR/registers."""
        if not settings.DEMO:
            raise CommandError(
                "The synthetic city is built only in the demo (ENNAKKO_PROFILE=demo). Real registers come as snapshots "
                "from their controllers."
            )
        folder = build(
            residents=options["residents"],
            seed=options["seed"],
            on=options["on"],
            into=Path(settings.VAR) / "registers",
            sealer=KeySealer.of_deployment(),
            progress=self._progress if options["verbosity"] else lambda step, part: None,
        )
        self.stdout.write(str(folder))

    def _progress(self, step: str, part: float) -> None:
        if sys.stderr.isatty():
            filled = round(part * 24)
            self.stderr.write(f"\r{'█' * filled}{'░' * (24 - filled)} {step:<40}", ending="\n" if part >= 1 else "")
            self.stderr.flush()
        else:
            self.stderr.write(f"{part:4.0%} {step}")
