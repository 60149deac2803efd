# SPDX-License-Identifier: EUPL-1.2
"""What a public service must tell of itself: sources, data protection, accessibility."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ennakko import facts
from ennakko.demo_city.data import FOLDER
from ennakko.kernel import clock, registers
from ennakko.kernel.manifest import services
from ennakko.kernel.purposes.registry import Purpose, purposes
from ennakko.kernel.registers import Permit
from ennakko.kernel.ui.filters import say
from ennakko.rules.errors import RuleError
from ennakko.rules.facts_api import declared_source
from ennakko.values.texts import Text, text

# The kinds of records that manifests give a time to, as a resident calls them.
KEPT = {
    "offers": text(fi="tarjoukset", sv="erbjudanden", en="offers"),
    "cases": text(fi="hakemukset ja päätökset", sv="ansökningar och beslut", en="applications and decisions"),
}
ASSESSED_ON = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class SourceOfPurpose:
    """What one register may tell for one purpose: its name, controller, the act, the facts in words, and the permit."""

    title: str
    controller: Text
    act: Text
    facts: tuple[str, ...]
    absent: bool
    expires: date | None


@dataclass(frozen=True, slots=True)
class UseOfData:
    """One purpose with everything that is read for it."""

    purpose: Purpose
    sources: tuple[SourceOfPurpose, ...]


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (Act on the Provision of Digital Services 306/2019 9 §)."""
    context = {"assessed_on": ASSESSED_ON, "breadcrumb": [(_("Accessibility statement"), "")]}
    return render(request, "web/accessibility.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice, made from the purposes and the data permits in force (GDPR 13–14)."""
    on = clock.today()
    uses = [UseOfData(one, tuple(_sources(one, on))) for one in purposes()]
    kept = [
        {"service": one.names, "what": KEPT.get(row.what, text(fi=row.what, sv=row.what, en=row.what)), "row": row}
        for one in services()
        for row in one.retention
    ]
    context = {"uses": uses, "kept": kept, "on": on, "breadcrumb": [(_("Data protection"), "")]}
    return render(request, "web/privacy.html", context)


def _sources(purpose: Purpose, on: date) -> list[SourceOfPurpose]:
    found = []
    for permit in registers.permits_for([purpose.id]):
        if permit.expires is not None and permit.expires < on:
            continue
        source = declared_source(permit.source)
        found.append(
            SourceOfPurpose(
                title=say(source.title) if source else permit.source,
                controller=permit.controller,
                act=permit.act,
                facts=tuple(sorted(_labels(permit))),
                absent=permit.absent,
                expires=permit.expires,
            )
        )
    return found


def _labels(permit: Permit) -> list[str]:
    labels = []
    for name in permit.facts:
        try:
            labels.append(say(facts.get(name).label))
        except RuleError:
            labels.append(name)
    return labels


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """The open data that the made-up city and the maps stand on, as their licences require."""
    context = {"sources": open_data(), "demo": settings.DEMO, "breadcrumb": [(_("Sources"), "")]}
    return render(request, "web/sources.html", context)


@dataclass(frozen=True, slots=True)
class OpenSource:
    """One published data set: what it is called, who published it, under which licence, and what it serves here."""

    title: Text
    publisher: Text
    licence: str
    period: str
    used_for: Text


@cache
def open_data() -> tuple[OpenSource, ...]:
    """The rows of `demo_city/data/sources.toml`."""
    told = tomllib.loads((FOLDER / "sources.toml").read_text("utf-8"))
    return tuple(
        OpenSource(
            title=_text(row["title"]),
            publisher=_text(row["publisher"]),
            licence=row["licence"],
            period=str(row.get("period", "")),
            used_for=_text(row["used_for"]),
        )
        for row in told["source"]
    )


def _text(words: Any) -> Text:
    return text(fi=words, sv=words, en=words) if isinstance(words, str) else Text(**words)
