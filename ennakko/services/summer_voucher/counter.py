# SPDX-License-Identifier: EUPL-1.2
"""Counter mode: whom a worker serves now, and how; kept in the worker's session until the service ends."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from django.http import HttpRequest

from ennakko.kernel import audit, keys
from ennakko.kernel.access import Actor, Refused, require
from ennakko.kernel.access.roles import PROTECTED_CLERK
from ennakko.kernel.registers import contact_of, find_person, snapshots
from ennakko.services.summer_voucher.access import CLERKS
from ennakko.services.summer_voucher.conditions import SERVICE

KEY = "summer-voucher-serving"
COUNTER = "summer-voucher.counter"
How = Literal["counter", "phone", "paper"]
READ = ("non_disclosure",)


@dataclass(frozen=True, slots=True)
class Serving:
    """Whom a worker serves and how: the register's key, or an identity code that it does not know, or neither."""

    person: int | None
    name: str
    how: How
    identity_code: str = ""


def serving(request: HttpRequest) -> Serving | None:
    """Whom the signed-in worker serves now, None for nobody."""
    kept = request.session.get(KEY)
    if not kept:
        return None
    code = keys.unseal(b64decode(kept["code"]), context=KEY) if kept["code"] else ""
    return Serving(kept["person"], kept["name"], cast(How, kept["how"]), code)


def begin(request: HttpRequest, served: Serving) -> None:
    """From now on the worker's pages show the banner; an identity code is kept sealed."""
    code = b64encode(keys.seal(served.identity_code, context=KEY)).decode() if served.identity_code else ""
    request.session[KEY] = {"person": served.person, "name": served.name, "how": served.how, "code": code}


def end(request: HttpRequest) -> None:
    """Nobody is served any more."""
    request.session.pop(KEY, None)


def found_by_code(identity_code: str, *, how: How, actor: Actor, at: datetime) -> Serving:
    """Whom an identity code belongs to; the look is logged with its reason. Raises Refused for the protected.

    A code that the register does not know is served too: then an application is filled in.
    """
    require(actor, COUNTER)
    person = find_person(identity_code)
    if person is None:
        return Serving(None, "", how, identity_code)
    return found_by_key(person, how=how, actor=actor, at=at)


class UnknownPerson(LookupError):
    """The register knows nobody of this key."""


def found_by_key(person: int, *, how: How, actor: Actor, at: datetime) -> Serving:
    """The resident of a key; the look is logged. Raises UnknownPerson, and Refused for the protected."""
    require(actor, COUNTER)
    contact = contact_of(person) if person < 2**63 else None
    if contact is None:
        raise UnknownPerson(f"The register knows no person {person}.")
    if contact.non_disclosure and PROTECTED_CLERK not in actor.roles:
        raise Refused(CLERKS, COUNTER)
    audit.read(actor, SERVICE, person, READ, snapshots.current().id, at, f"served: {how}")
    return Serving(person, f"{contact.given_names.split()[0]} {contact.surname}", how, contact.identity_code)
