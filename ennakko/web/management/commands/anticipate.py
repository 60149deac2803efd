# SPDX-License-Identifier: EUPL-1.2
"""`ennakko anticipate`: screen everyone for each service that makes the first move, and make the offers."""

import json
import sys
import time
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ennakko.kernel import clock
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.registers import BrokenSnapshot, NoSnapshot, PermitMissing, WrongCity, snapshots
from ennakko.rules.errors import EvaluationError, RuleError, near_names
from ennakko.web import demo
from ennakko.web.management.commands.evaluate import a_day

SHOWN = ("entitled", "offers_made", "already_had", "objecting", "unknown", "seconds")
IN_WORDS = {
    "entitled": "entitled",
    "offers_made": "offers made now",
    "already_had": "had theirs",
    "objecting": "object",
    "unknown": "unknown",
}


class Command(BaseCommand):
    help = "Screen the residents for each service and make the offers; repeated, it makes only what is new."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--service", metavar="S", help="only this service, such as summer-voucher")
        parser.add_argument("--on", type=a_day, metavar="DATE", help="the day whose law and figures apply (today)")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *, service: str | None, on: date | None, json: bool, **_: Any) -> None:
        known = demo.services_with("offer", "anticipate")
        if service is not None and service not in known:
            raise CommandError(f"No service {service!r} makes offers.{near_names(service, tuple(known))}")
        try:
            if settings.DEMO:
                demo.prepare_database()
                demo.prepare_city(tell=self._tell)
            snapshot = snapshots.current()
            started, said = time.perf_counter(), {}
            for name, anticipate in known.items():
                if service in (None, name):
                    report = anticipate(
                        on=on or clock.today(),
                        at=clock.now(),
                        actor=SYSTEM("anticipate"),
                        progress=self._progress(name),
                    )
                    said[name] = {key: getattr(report, key) for key in SHOWN}
                    if report.ask is not None:
                        whom = report.ask.in_("en")
                        self.stderr.write(f"{name}: the year's conditions are not decided. Ask: {whom}.")
        except (BrokenSnapshot, NoSnapshot, WrongCity, PermitMissing, EvaluationError, RuleError) as error:
            raise CommandError(f"{error} No offer was made.") from error
        whole = {
            "residents": snapshot.residents,
            "seconds": round(time.perf_counter() - started, 3),
            "services": said,
        }
        self.stdout.write(_as_json(whole) if json else _as_words(whole))

    def _tell(self, step: str, part: float) -> None:
        self.stderr.write(f"{part:4.0%} {step}")

    def _progress(self, service: str) -> Any:
        if not sys.stderr.isatty():
            return None

        def told(done: int, of: int) -> None:
            filled = round(24 * done / of) if of else 24
            self.stderr.write(f"\r{'█' * filled}{'░' * (24 - filled)} {service} {done:,}/{of:,}", ending="")
            if done >= of:
                self.stderr.write("")
            self.stderr.flush()

        return told


def _as_json(whole: dict[str, Any]) -> str:
    return json.dumps(whole, ensure_ascii=False)


def _as_words(whole: dict[str, Any]) -> str:
    lines = [f"{whole['residents']:,} residents looked at in {whole['seconds']:.1f} s"]
    for service, said in whole["services"].items():
        figures = ", ".join(f"{said[key]:,} {words}" for key, words in IN_WORDS.items())
        lines.append(f"{service}: {figures}")
    return "\n".join(lines)
