# SPDX-License-Identifier: EUPL-1.2
"""At start-up: the municipality's figures and permits, and every enabled service with its rules, jobs and offers."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings

from ennakko.kernel.cases import Appeal
from ennakko.kernel.cases.appeals import set_appeals
from ennakko.kernel.registers import PermitTable, set_permits
from ennakko.municipalities import profile
from ennakko.rules.parameters import ParameterBook, set_default_book
from ennakko.values.texts import LANGUAGES, Text, text


def wire() -> None:
    """Figures first, then the services that stand on them."""
    municipality = profile.load(settings.MUNICIPALITY)
    folders = [Path(settings.ROOT) / "ennakko" / "services" / name for name in settings.SERVICES]
    national = [path for folder in folders if (path := folder / "law" / "parameters.toml").exists()]
    set_default_book(ParameterBook.load(*national, *municipality.parameter_files))
    # Rules first: permits name the facts that services' own law declares.
    _import("law.rules")
    set_permits(PermitTable.load(municipality.permits_file))
    set_appeals(_appeals(municipality))
    _import("service")
    _import("shared_pages")


def _appeals(municipality: profile.Profile) -> dict[str, list[Appeal]]:
    """The profile's rows as the cases' kernel takes them, by decision type."""
    found: dict[str, list[Appeal]] = {}
    for row in municipality.appeals:
        body = row.body.name if row.body is not None else row.ask
        if body is None:
            raise profile.ProfileError(f"{municipality.id}/appeals.toml: the row from {row.period.start} has no body.")
        served = _together(rule.text for rule in row.service_rules)
        given = Appeal(row.period.start, row.act, body, row.days, served, row.published, row.text)
        for decision in row.decisions:
            found.setdefault(decision, []).append(given)
    return found


def _together(words: Iterable[Text]) -> Text:
    said = list(words)
    return text(**{language: " ".join(one.in_(language) for one in said) for language in LANGUAGES})


def _import(module: str) -> None:
    for name in settings.SERVICES:
        if find_spec(f"ennakko.services.{name}.{module}") is not None:
            import_module(f"ennakko.services.{name}.{module}")
