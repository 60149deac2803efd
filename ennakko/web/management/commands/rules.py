# SPDX-License-Identifier: EUPL-1.2
"""`ennakko rules`: every rule with its inputs, figures and citations."""

import json

from django.core.management.base import BaseCommand, CommandParser

from ennakko.rules.listing import rules_json


class Command(BaseCommand):
    help = "List every rule: id, title, inputs, parameters, citations, version."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="the whole list as JSON")

    def handle(self, *, json: bool = False, **_: object) -> None:
        listed = rules_json()
        if json:
            self.stdout.write(_as_json(listed))
            return
        for rule in listed:
            self.stdout.write(f"{rule['id']}  {rule['title']['en']}  ({rule['kind']}, version {rule['version'][:12]})")
            names = ", ".join(each["name"] for each in rule["inputs"]) or "–"
            self.stdout.write(f"    reads {names}")


def _as_json(listed: list[dict[str, object]]) -> str:
    return json.dumps(listed, ensure_ascii=False, indent=1)
