# SPDX-License-Identifier: EUPL-1.2
"""Employers who hired before with the city's support are told of the estimate, once a year; who objects is not told.

Nothing goes by itself: a named official sees who would be told and what, and releases it. Whom the city has paid is
read from the kernel's payment lines: whichever service paid, it shows a hiring. Nothing of another service's cases is
read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from ennakko.kernel import audit, messages, organisations, tokens
from ennakko.kernel.access import Actor, require
from ennakko.kernel.messages.models import Message
from ennakko.kernel.messages.templates import Rendered, template
from ennakko.kernel.organisations.hiring import hiring_services
from ennakko.kernel.organisations.models import Organisation
from ennakko.kernel.organisations.preferences import refused_by, unwilling
from ennakko.kernel.payments.models import Line
from ennakko.services.hiring_benefit.conditions import SERVICE, decided

RELEASE: Final = "hiring-benefit.release-estimates"
TEMPLATE: Final = f"{SERVICE}.hire_estimate"
WITHIN: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class ToTell:
    """One employer who would be told: its name, and the contact person's address and language."""

    business_id: str
    name: str
    email: str
    language: str


def hired_lately(on: date) -> frozenset[str]:
    """The business ids of employers paid by a hiring service within a year."""
    since = on - WITHIN
    return frozenset(
        Line.objects.filter(service__in=hiring_services(), due__gt=since, due__lte=on)
        .exclude(business_id="")
        .values_list("business_id", flat=True)
    )


def to_tell(on: date) -> tuple[ToTell, ...]:
    """Who hired lately, may be granted the benefit, does not object, can be reached and is not told yet; by name."""
    contacts = organisations.contacts_of(sorted(hired_lately(on) - unwilling(SERVICE)))
    keys = {_key(business_id, on): business_id for business_id in contacts}
    told = {keys[key] for key in Message.objects.filter(key__in=list(keys)).values_list("key", flat=True)}
    left = [business_id for business_id in contacts if business_id not in told]
    known = organisations.known_many(left)
    rows = [
        ToTell(one, known[one].name, contacts[one].email, contacts[one].language)
        for one in left
        if one in known and _may_get_it(known[one], on)
    ]
    return tuple(sorted(rows, key=lambda one: (one.name, one.business_id)))


def release(*, actor: Actor, at: datetime, on: date) -> int:
    """The named official's word: plan the year's message to each who is to be told; how many. Raises Refused."""
    require(actor, RELEASE)
    with transaction.atomic():
        told = messages.plan_many([_planned(one, on) for one in to_tell(on)], at=at)
        if told:
            audit.write(actor, RELEASE, f"{SERVICE}:estimates:{on.year}", at, {"told": told}, SERVICE)
    return told


def preview(language: str) -> Rendered:
    """The message as the employers read it."""
    return template(TEMPLATE).render(_data(), language=language, channel="")


def _may_get_it(organisation: Organisation, on: date) -> bool:
    """Whether the employer is of a kind that may be granted the benefit (act 3 §), and goes on."""
    ended = organisation.ended is not None and organisation.ended <= on
    return not ended and organisation.kind in (decided("employer_kinds", on) or ())


def _planned(one: ToTell, on: date) -> messages.Planned:
    return messages.Planned(
        to=messages.Addressee(email=one.email, organisation=one.business_id), template=TEMPLATE,
        key=_key(one.business_id, on), data=_data(), language=one.language, about=f"organisation:{one.business_id}",
    )  # fmt: skip


def _data() -> Mapping[str, object]:
    return {"link": f"{tokens.site()}/hiring-benefit/estimate/"}


def _key(business_id: str, on: date) -> str:
    return f"{SERVICE}:hire:{business_id}:{on.year}"


def is_hinted(actor: Actor, *, on: date) -> bool:
    """Whether the estimate is shown on the organisation's page ahead of its asking."""
    organisation = actor.organisation or ""
    if organisation not in hired_lately(on) or SERVICE in refused_by(organisation):
        return False
    known = organisations.known(organisation)
    return known is not None and _may_get_it(known, on)
