# SPDX-License-Identifier: EUPL-1.2
"""Residents switch the city's foresight off and on, and give and withdraw consents and waivers; effect at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from ennakko.kernel import audit
from ennakko.kernel.access.actors import Actor
from ennakko.kernel.access.grants import guardian, owner, role, system
from ennakko.kernel.access.roles import ADVISER
from ennakko.kernel.access.tables import Action, Refused, register_actions, require
from ennakko.kernel.purposes.models import Consent, Objection, SecrecyWaiver
from ennakko.kernel.purposes.registry import purpose as purpose_of
from ennakko.values.texts import text

SAY = "purposes.say"
"""The action: say how one's data may be used. An adviser does it for a resident who is beside them or on the phone."""
RETENTION = "purposes"

register_actions(
    Action(
        SAY,
        text(fi="Päätä tietojen käytöstä", sv="Bestäm om användningen av uppgifter", en="Decide on the use of data"),
        who=(owner, guardian, role(ADVISER), system),
    )
)

NOTHING_TO_OBJECT_TO = text(
    fi="Kaupunki ei ennakoi asioita tällä tietojen käytöllä, joten sitä ei voi kieltää tästä.",
    sv="Staden förutser inte ärenden med den här användningen av uppgifter, så den kan inte förbjudas här.",
    en="The city does not look ahead with this use of data, so it cannot be switched off here.",
)
NO_CONSENT_ASKED = text(
    fi="Tähän tietojen käyttöön ei pyydetä suostumusta.",
    sv="För den här användningen av uppgifter begärs inget samtycke.",
    en="No consent is asked for this use of data.",
)
NO_WAIVER_ASKED = text(
    fi="Tässä ei tarvita lupaa salassa pidettävien tietojen antamiseen.",
    sv="Här behövs inget tillstånd att lämna ut sekretessbelagda uppgifter.",
    en="No permission to disclose secret data is needed here.",
)


@dataclass(frozen=True, slots=True)
class _Person:
    """Whom a statement is about, as the access table looks at objects."""

    person: int


def object_to(person: int, purpose: str, actor: Actor, at: datetime) -> bool:
    """Switch looking ahead off for a person and a purpose; False if it was off already. Raises Refused."""
    about = purpose_of(purpose)
    if not about.anticipates:
        raise Refused(NOTHING_TO_OBJECT_TO, SAY)
    row = Objection(person=person, purpose=about.id, made_at=at)
    return _say(row, "purposes.object", actor, at)


def withdraw_objection(person: int, purpose: str, actor: Actor, at: datetime) -> bool:
    """Switch looking ahead on again; False if there was no objection."""
    return _withdraw(Objection, "purposes.withdraw-objection", person, actor, at, purpose=purpose_of(purpose).id)


def give_consent(person: int, purpose: str, actor: Actor, at: datetime, *, wording: str) -> bool:
    """Consent to a purpose in a wording; False if a consent is in force. Raises Refused."""
    about = purpose_of(purpose)
    if not about.consented:
        raise Refused(NO_CONSENT_ASKED, SAY)
    return _say(Consent(person=person, purpose=about.id, wording=wording, given_at=at), "purposes.consent", actor, at)


def withdraw_consent(person: int, purpose: str, actor: Actor, at: datetime) -> bool:
    """Withdraw a consent, as easily as it was given; False if there was none."""
    return _withdraw(Consent, "purposes.withdraw-consent", person, actor, at, purpose=purpose_of(purpose).id)


def waive_secrecy(person: int, purpose: str, actor: Actor, at: datetime, *, receiver: str, wording: str) -> bool:
    """Permit disclosure of secret data to a receiver; False if that is in force. Raises Refused."""
    about = purpose_of(purpose)
    if not about.waived:
        raise Refused(NO_WAIVER_ASKED, SAY)
    row = SecrecyWaiver(person=person, purpose=about.id, receiver=receiver, wording=wording, given_at=at)
    return _say(row, "purposes.waive", actor, at)


def withdraw_waiver(person: int, purpose: str, actor: Actor, at: datetime, *, receiver: str) -> bool:
    """Withdraw a permission to disclose; False if there was none."""
    about = purpose_of(purpose).id
    return _withdraw(SecrecyWaiver, "purposes.withdraw-waiver", person, actor, at, purpose=about, receiver=receiver)


def _say(row: "Objection | Consent | SecrecyWaiver", action: str, actor: Actor, at: datetime) -> bool:
    require(actor, SAY, _Person(row.person))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            _audit(actor, action, row.person, row.purpose, at)
    except IntegrityError:
        return False
    return True


def _withdraw(
    model: "type[Objection] | type[Consent] | type[SecrecyWaiver]",
    action: str,
    person: int,
    actor: Actor,
    at: datetime,
    **which: Any,
) -> bool:
    require(actor, SAY, _Person(person))
    with transaction.atomic():
        in_force = model._default_manager.filter(person=person, withdrawn_at__isnull=True, **which)
        changed = in_force.update(withdrawn_at=at)
        if changed:
            _audit(actor, action, person, which["purpose"], at)
    return bool(changed)


def _audit(actor: Actor, action: str, person: int, about: str, at: datetime) -> None:
    audit.write(actor, action, f"person:{person}", at, {"purpose": about}, RETENTION)
