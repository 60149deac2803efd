# SPDX-License-Identifier: EUPL-1.2
"""At start-up: the municipality's figures and permits, and every enabled service with its rules, jobs and offers."""

from collections.abc import Iterable, Mapping
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings

from ennakko.kernel.cases import Appeal
from ennakko.kernel.cases.appeals import appeals_of, set_appeals
from ennakko.kernel.cases.kinds import SERVING_DAYS
from ennakko.kernel.cases.letter import Sender, use_sender
from ennakko.kernel.manifest import call_services
from ennakko.kernel.records import sahke
from ennakko.kernel.records import wired as records_wired
from ennakko.kernel.registers import PermitTable, set_permits
from ennakko.municipalities import profile
from ennakko.rules.parameters import ParameterBook, set_default_book
from ennakko.values.texts import LANGUAGES, Text, text
from ennakko.web import gates, shared_cases


def wire() -> None:
    """Figures first, then the services that stand on them."""
    municipality = profile.load(settings.MUNICIPALITY, demo=settings.DEMO)
    folders = [Path(settings.ROOT) / "ennakko" / "services" / name for name in settings.SERVICES]
    national = [path for folder in folders if (path := folder / "law" / "parameters.toml").exists()]
    set_default_book(ParameterBook.load(*national, *municipality.parameter_files))
    # Rules first: permits name the facts that services' own law declares.
    _import("law.rules")
    permits = PermitTable.load(municipality.permits_file)
    if municipality.supposed_permits_file is not None:
        permits = permits.supposing(PermitTable.load(municipality.supposed_permits_file))
    set_permits(permits)
    set_appeals(_appeals(municipality))
    call_services(municipality.service_names)
    _import("service")
    gates.wire(municipality)
    use_sender(_sender(municipality))
    records_wired.use(appeal_on=_appeal_on, sender=_registry(municipality))
    shared_cases.wire()
    _import("shared_pages")


def _sender(municipality: profile.Profile) -> Sender:
    """Whose decision letters these are."""
    asked, registry = municipality.contact, municipality.registry
    return Sender(
        name=municipality.names.city,
        contact=asked.name,
        phone=asked.phone,
        email=asked.email,
        registry=registry.name,
        registry_address=registry.postal_address,
        registry_email=registry.email,
    )


def _registry(municipality: profile.Profile) -> sahke.Sender:
    """Who answers requests for information and hands over to the archive."""
    registry = municipality.registry
    return sahke.Sender(municipality.names.city.fi, registry.name.fi, registry.email, registry.phone)


def _appeal_on(decision: str, on: date) -> Mapping[str, Any]:
    """The appeal row of a decision type in force on a day, frozen; raises LookupError where there is none."""
    fitting = [row for row in appeals_of(decision) if row.start <= on]
    if not fitting:
        raise LookupError(f"There is no appeal row for {decision} on {on}.")
    return fitting[-1].frozen()


def _appeals(municipality: profile.Profile) -> dict[str, list[Appeal]]:
    """The profile's rows as the cases' kernel takes them, by decision type."""
    found: dict[str, list[Appeal]] = {}
    for row in municipality.appeals:
        body = row.body.name if row.body is not None else row.ask
        if body is None:
            raise profile.ProfileError(f"{municipality.id}/appeals.toml: the row from {row.period.start} has no body.")
        served = _together(rule.text for rule in row.service_rules)
        given = Appeal(
            row.period.start, row.act, body, row.days, served, row.published, row.text, _serving(municipality, row)
        )
        for decision in row.decisions:
            found.setdefault(decision, []).append(given)
    return found


def _serving(municipality: profile.Profile, row: profile.Appeal) -> dict[str, int]:
    """Days from sending to notice, by way of sending; what is handed over is received on that day."""
    ways = {"letter": "post", "electronic": "electronic"}
    unknown = [rule.id for rule in row.service_rules if rule.id not in ways]
    if unknown:
        raise profile.ProfileError(
            f"{municipality.id}/appeals.toml: the service rule {unknown[0]} is not known; write letter or electronic."
        )
    return dict(SERVING_DAYS) | {ways[rule.id]: rule.days for rule in row.service_rules}


def _together(words: Iterable[Text]) -> Text:
    said = list(words)
    return text(**{language: " ".join(one.in_(language) for one in said) for language in LANGUAGES})


def _import(module: str) -> None:
    for name in settings.SERVICES:
        if find_spec(f"ennakko.services.{name}.{module}") is not None:
            import_module(f"ennakko.services.{name}.{module}")
