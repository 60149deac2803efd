# SPDX-License-Identifier: EUPL-1.2
"""`ennakko shadow SERVICE CASES`: past cases of another system decided again, and every difference with its reason.

CASES is JSON Lines, or a CSV export whose columns the municipality's profile tells (`columns/SERVICE.toml`). The file
is only read: nothing of it is stored, and only the columns that are named are looked at.
"""

import json
import tomllib
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ennakko.municipalities.profile import FOLDER
from ennakko.rules.answers import as_json
from ennakko.rules.errors import EvaluationError, RuleError, near_names
from ennakko.values.money import format_money
from ennakko.values.texts import LANGUAGES
from ennakko.web.case_files import BadCases, read_lines
from ennakko.web.demo import services_with


class Command(BaseCommand):
    help = "Decide past cases of another system again and list every difference from its officials' result."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("service", metavar="SERVICE", help="such as hiring-benefit")
        parser.add_argument("cases", metavar="CASES", help="CASES.jsonl, or the other system's export as .csv")
        parser.add_argument("--language", choices=LANGUAGES, default="en", help="language of the reasons (en)")
        parser.add_argument("--json", action="store_true", help="the summary and every difference as JSON Lines")

    def handle(self, *, service: str, cases: str, language: str, json: bool, **_: Any) -> None:
        module = _module(service)
        try:
            found = module.report(_cases(module, service, cases))
        except (BadCases, module.BadExport, EvaluationError, RuleError) as error:
            raise CommandError(str(error)) from error
        if not found.cases:
            raise CommandError(f"{cases} holds no decided cases. A case has its result: {{'decided': {{'total': …}}}}.")
        for line in _as_lines(found, language) if json else _as_words(found, language):
            self.stdout.write(line)


def _module(service: str) -> ModuleType:
    known = services_with("shadow", "report")
    if service not in known:
        raise CommandError(f"No service {service} has a shadow run.{near_names(service, known)}")
    return import_module(known[service].__module__)


def _cases(module: ModuleType, service: str, name: str) -> Iterable[dict[str, Any]]:
    path = Path(name)
    if path.suffix.lower() != ".csv":
        return read_lines(name)
    table = FOLDER / settings.MUNICIPALITY / "columns" / f"{service}.toml"
    if not table.exists():
        raise CommandError(f"The profile has no columns/{service}.toml to read CSV by. Give the cases as .jsonl.")
    try:
        written = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadCases(f"{name} cannot be read: {error}") from None
    columns = module.Columns.of(tomllib.loads(table.read_text("utf-8")))
    found: Iterable[dict[str, Any]] = module.read_export(written, columns)
    return found


def _summary(found: Any) -> dict[str, Any]:
    return {
        "cases": found.cases, "skipped": found.skipped, "same": found.same, "theirs_cents": found.theirs,
        "ours_cents": found.ours, "reasons": dict(found.reasons.most_common()), "assumed": dict(found.assumed),
    }  # fmt: skip


def _as_lines(found: Any, language: str) -> Iterable[str]:
    yield json.dumps(_summary(found), ensure_ascii=False)
    for one in found.differences:
        told = {
            "case": one.case, "about": one.about, "theirs": as_json(one.theirs), "ours": as_json(one.ours),
            "code": one.code, "reason": one.reason.in_(language),
        }  # fmt: skip
        yield json.dumps(told, ensure_ascii=False)


def _as_words(found: Any, language: str) -> Iterable[str]:
    share = 100 * found.same / found.cases
    yield f"{found.cases:,} decided cases, {found.same:,} the same ({share:.1f} %); {found.skipped:,} not decided"
    yield (
        f"theirs {format_money(found.theirs, 'en')}, ours {format_money(found.ours, 'en')}, "
        f"difference {format_money(found.ours - found.theirs, 'en')}"
    )
    for code, count in found.reasons.most_common():
        yield f"  {count:6,}  {code}"
    for name, count in found.assumed.items():
        yield f"  assumed in {count:,} cases: {name}"
    for one in found.differences:
        results = f"theirs {_shown(one.theirs)}, ours {_shown(one.ours)}"
        yield f"{one.case}: {one.about}: {results}. {one.reason.in_(language)}"


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return " + ".join(map(str, value))
    return "–" if value is None else str(value)
