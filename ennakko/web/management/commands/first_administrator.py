# SPDX-License-Identifier: EUPL-1.2
"""`ennakko first_administrator SUBJECT NAME`: who gives the first roles, in a service where nobody has any."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from ennakko.kernel import clock
from ennakko.kernel.access import SYSTEM, add_staff, grant_role
from ennakko.kernel.access.queries import staff_in
from ennakko.kernel.access.roles import ADMINISTRATOR


class Command(BaseCommand):
    help = "Name the first administrator; refused once there is one (roles are then given on the page)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("subject", help="the `sub` that the staff's identity provider tells")
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        at, today, by = clock.now(), clock.today(), SYSTEM("first-administrator")
        there = staff_in(ADMINISTRATOR, on=today).first()
        if there is not None:
            raise CommandError(
                f"{there.name} is an administrator already and can give roles on the page Staff and roles."
            )
        member = add_staff(subject=options["subject"], name=options["name"], by=by, at=at)
        grant_role(member, role=ADMINISTRATOR, by=by, at=at, start=today)
        self.stdout.write(f"{member.name} is an administrator from {today} on.")
