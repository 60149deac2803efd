# SPDX-License-Identifier: EUPL-1.2
"""`ennakko evaluate RULE`: JSON Lines in, JSON Lines out, one answer a line, in order."""

import argparse
import json
import sys
from datetime import date

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from ennakko.rules.errors import UnknownRule
from ennakko.rules.evaluate import evaluate_stream, strict_day
from ennakko.values.texts import LANGUAGES

WRITTEN = json.JSONEncoder(ensure_ascii=False, default=str)


def a_day(written: str) -> date:
    """A date of the command line; raises ArgumentTypeError with what to write."""
    try:
        return strict_day(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written!r} is not a day: write it as 2026-04-15") from None


class Command(BaseCommand):
    help = "Decide cases: one JSON object a line on standard input, one answer a line on standard output."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rule", metavar="RULE", help="a rule's id, such as summer-voucher.entitled")
        parser.add_argument("--on", type=a_day, metavar="DATE", help="the day whose law and figures apply (today)")
        parser.add_argument("--explain", choices=LANGUAGES, metavar="LANG", help="add the reasons: fi, sv or en")

    def handle(self, *, rule: str, on: date | None, explain: str | None, **_: object) -> None:
        failed = False
        try:
            answers = evaluate_stream(rule, sys.stdin.buffer, on or localdate(), explain)
            for answer in answers:
                failed = failed or "error" in answer
                self.stdout.write(WRITTEN.encode(answer))
        except UnknownRule as error:
            raise CommandError(str(error)) from None
        if failed:
            sys.exit(1)
