# SPDX-License-Identifier: EUPL-1.2
"""Counter mode: which guardian a worker serves now, and how; kept in the worker's session until the service ends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from django.http import HttpRequest

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, Refused, require
from ennakko.kernel.access.roles import PROTECTED_CLERK
from ennakko.kernel.registers import contact_of, find_person, snapshots
from ennakko.services.childcare.access_places import PROTECTED

KEY = "childcare-serving"
COUNTER = "childcare.counter"
How = Literal["counter", "phone", "paper"]
HOWS = ("counter", "phone", "paper")
READ = ("non_disclosure",)


@dataclass(frozen=True, slots=True)
class Serving:
    """Whom a worker serves: the guardian's key in the register, their name, and how."""

    person: int
    name: str
    how: How


class UnknownPerson(LookupError):
    """The register knows nobody of this key or code."""


def serving(request: HttpRequest) -> Serving | None:
    """Whom the signed-in worker serves now, None for nobody."""
    kept = request.session.get(KEY)
    return Serving(kept["person"], kept["name"], cast(How, kept["how"])) if kept else None


def begin(request: HttpRequest, served: Serving) -> None:
    """From now on the worker's pages show whom they serve."""
    request.session[KEY] = {"person": served.person, "name": served.name, "how": served.how}


def end(request: HttpRequest) -> None:
    """Nobody is served any more."""
    request.session.pop(KEY, None)


def found_by_code(identity_code: str, *, how: How, actor: Actor, at: datetime) -> Serving:
    """Whom an identity code belongs to; the look is logged. Raises UnknownPerson, and Refused for the protected."""
    require(actor, COUNTER)
    person = find_person(identity_code)
    if person is None:
        raise UnknownPerson("The register does not know the code.")
    return found_by_key(person, how=how, actor=actor, at=at)


def found_by_key(person: int, *, how: How, actor: Actor, at: datetime) -> Serving:
    """The guardian of a key; the look is logged. Raises UnknownPerson, and Refused for the protected."""
    require(actor, COUNTER)
    contact = contact_of(person) if person < 2**63 else None
    if contact is None:
        raise UnknownPerson(f"The register knows no person {person}.")
    if contact.non_disclosure and PROTECTED_CLERK not in actor.roles:
        raise Refused(PROTECTED, COUNTER)
    audit.read(actor, "childcare", person, READ, snapshots.current().id, at, f"served: {how}")
    return Serving(person, f"{contact.given_names.split()[0]} {contact.surname}", how)
