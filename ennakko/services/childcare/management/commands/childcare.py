# SPDX-License-Identifier: EUPL-1.2
"""`ennakko childcare …`: who gets which place, with the proof that nobody can do better; rounds, compared and made."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ennakko.kernel import clock
from ennakko.kernel.registers import BrokenSnapshot, NoSnapshot, PermitMissing
from ennakko.services.childcare import command_line
from ennakko.services.childcare.allocation.instance import BadInstance
from ennakko.services.childcare.distances.network import BadNetwork
from ennakko.services.childcare.placing.policy import BadPolicy


class Command(BaseCommand):
    help = command_line.HELP
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        command_line.add_arguments(parser)

    def handle(self, *, what: str, **given: Any) -> None:
        try:
            self.stdout.write(self._told(what, given))
        except (BadInstance, BadPolicy, BadNetwork, BrokenSnapshot, NoSnapshot, PermitMissing) as error:
            raise CommandError(str(error)) from None

    def _told(self, what: str, given: dict[str, Any]) -> str:
        if what == "allocate":
            return command_line.told(given["instance"], reasons=given["reasons"])
        from ennakko.services.childcare import round_commands
        from ennakko.services.childcare.actions.rounds import NotNow

        at, on = clock.now(), clock.today()
        try:
            if what == "round":
                answer = round_commands.make(given, at=at, on=on)
            elif what == "compare":
                answer = round_commands.side_by_side(given, at=at, on=on)
            else:
                answer = round_commands.take_streets(given, at=at)
        except NotNow as refused:
            raise CommandError(refused.reason.en) from None
        return json.dumps(answer, ensure_ascii=False)
