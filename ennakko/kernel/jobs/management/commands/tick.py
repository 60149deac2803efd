# SPDX-License-Identifier: EUPL-1.2
"""`ennakko tick`: runs the jobs that are due, once; for cron or a timer, every minute."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from ennakko.kernel import clock
from ennakko.kernel.jobs.actions import tick
from ennakko.kernel.jobs.registry import jobs


class Command(BaseCommand):
    help = "Run the jobs that are due, once. Exit status 1 if one failed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", action="append", metavar="JOB", help="run only this job, if due; may be repeated")
        parser.add_argument("--json", action="store_true", help="print what ran as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        only = options["only"]
        unknown = set(only or ()) - {job.name for job in jobs()}
        if unknown:
            names = ", ".join(job.name for job in jobs())
            self.stderr.write(f"There is no job {', '.join(sorted(unknown))}. The jobs are: {names}.")
            raise SystemExit(2)
        if settings.DEMO and not only:
            clock.demo.follow_if_started(by="tick")
        ran = tick(clock.now(), clock.today(), wall=clock.wall(), only=only)
        if options["json"]:
            said = [{"job": one.name, "done": one.succeeded, **one.report.figures, "error": one.error} for one in ran]
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        else:
            for one in ran:
                figures = ", ".join(f"{name} {value}" for name, value in one.report.figures.items() if value)
                said_of_it = figures or "nothing to do" if one.succeeded else f"FAILED: {one.error}"
                self.stdout.write(f"{one.name}: {said_of_it}")
            if not ran:
                self.stdout.write("Nothing is due.")
        if any(not one.succeeded for one in ran):
            raise SystemExit(1)
