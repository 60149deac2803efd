# SPDX-License-Identifier: EUPL-1.2
"""Who has signed in, and for whom they act, kept in the session: as little as is needed, the identity code sealed."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from ennakko.kernel import access, keys
from ennakko.kernel.access import ANONYMOUS, Actor
from ennakko.kernel.organisations.ports import MandatedOrganisation

KEY = "actor"
IDENTITY = "identity"
ACTING = "acting"
MANDATED = "mandated"


def remember(session: SessionBase, actor: Actor, *, identity_code: str = "", id_token: str = "") -> None:
    """Sign the actor in: a fresh session (an id set before signing in is worth nothing), no roles stored."""
    session.flush()
    session.cycle_key()
    session[KEY] = {
        "kind": actor.kind,
        "reference": actor.reference,
        "person": actor.person,
        "staff": actor.staff,
        "name": actor.name,
        "strong": actor.strong,
    }
    if identity_code:
        session[IDENTITY] = b64encode(keys.seal(identity_code, context=_context(actor.reference))).decode()
    if id_token:
        session["id_token"] = id_token


def actor_of(session: SessionBase, *, today: Callable[[], date]) -> Actor:
    """The actor of a session; a member of staff has the roles of today, whatever they were at sign-in."""
    kept: Mapping[str, Any] | None = session.get(KEY)
    if not kept:
        return ANONYMOUS
    if kept["kind"] == "staff":
        return access.staff_actor(kept["reference"], on=today()) or ANONYMOUS
    themselves = Actor(
        kind="resident",
        reference=kept["reference"],
        person=kept["person"],
        name=kept["name"],
        strong=bool(kept["strong"]),
    )
    acting = session.get(ACTING)
    return acting_for(themselves, acting["organisation"], acting["mandates"]) if acting else themselves


def acting_for(resident: Actor, organisation: str, mandates: Iterable[str]) -> Actor:
    """The same human being as the one who acts for an organisation."""
    return Actor(
        kind="organisation",
        reference=resident.reference,
        person=resident.person,
        name=resident.name,
        strong=resident.strong,
        organisation=organisation,
        mandates=frozenset(mandates),
    )


def begin_acting(session: SessionBase, organisation: str, *, name: str, mandates: Iterable[str], use: int) -> None:
    """From now on the session's resident acts for an organisation; the session gets a new id, as when signing in."""
    session.cycle_key()
    session[ACTING] = {"organisation": organisation, "name": name, "mandates": sorted(mandates), "use": use}


def end_acting(session: SessionBase) -> int | None:
    """From now on the resident acts for themselves; the number of the use of the mandate that ended, if any."""
    acting = session.pop(ACTING, None)
    if acting is None:
        return None
    session.cycle_key()
    return int(acting["use"])


def acts_in_name(session: SessionBase) -> str:
    """The name of the organisation acted for; "" for nobody's."""
    acting = session.get(ACTING)
    return str(acting["name"]) if acting else ""


def remember_mandates(session: SessionBase, found: Iterable[MandatedOrganisation]) -> None:
    """Keep for this session the organisations for which its resident may act, beside those found before."""
    kept = {one["business_id"]: one for one in session.get(MANDATED, ())}
    kept |= {
        one.business_id: {"business_id": one.business_id, "name": one.name, "mandates": sorted(one.roles)}
        for one in found
    }
    session[MANDATED] = list(kept.values())


def mandated(session: SessionBase) -> tuple[MandatedOrganisation, ...] | None:
    """The organisations for which the resident may act; None while nobody has asked."""
    kept = session.get(MANDATED)
    if kept is None:
        return None
    return tuple(MandatedOrganisation(one["business_id"], one["name"], frozenset(one["mandates"])) for one in kept)


def identity_code_of(session: SessionBase) -> str | None:
    """The identity code of the signed-in resident, for a form of somebody whom the registers do not know."""
    kept = session.get(KEY)
    sealed = session.get(IDENTITY)
    if not kept or not sealed:
        return None
    return keys.unseal(b64decode(sealed), context=_context(kept["reference"]))


def _context(reference: str) -> str:
    return f"session identity {reference}"
