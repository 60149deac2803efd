# SPDX-License-Identifier: EUPL-1.2
"""Who has signed in, kept in the session: as little as is needed, the identity code sealed."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from ennakko.kernel import access, keys
from ennakko.kernel.access import ANONYMOUS, Actor

KEY = "actor"
IDENTITY = "identity"


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


def actor_of(session: SessionBase, *, on: date) -> Actor:
    """The actor of a session; a member of staff has the roles of this day, whatever they were at sign-in."""
    kept: Mapping[str, Any] | None = session.get(KEY)
    if not kept:
        return ANONYMOUS
    if kept["kind"] == "staff":
        return access.staff_actor(kept["reference"], on=on) or ANONYMOUS
    return Actor(
        kind="resident",
        reference=kept["reference"],
        person=kept["person"],
        name=kept["name"],
        strong=bool(kept["strong"]),
    )


def identity_code_of(session: SessionBase) -> str | None:
    """The identity code of the signed-in resident, for a form of somebody whom the registers do not know."""
    kept = session.get(KEY)
    sealed = session.get(IDENTITY)
    if not kept or not sealed:
        return None
    return keys.unseal(b64decode(sealed), context=_context(kept["reference"]))


def _context(reference: str) -> str:
    return f"session identity {reference}"
