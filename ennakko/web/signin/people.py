# SPDX-License-Identifier: EUPL-1.2
"""From an identity provider's claims to an actor, or to the reason why not."""

import logging
from collections.abc import Mapping
from datetime import date
from hashlib import blake2b
from typing import Any

from django.conf import settings

from ennakko.kernel import access, registers
from ennakko.kernel.access import Actor
from ennakko.kernel.registers.snapshots import NoSnapshot
from ennakko.values import identity_code
from ennakko.values.texts import Text, text

log = logging.getLogger("ennakko.signin")

# The claim of Suomi.fi e-Identification that holds the Finnish personal identity code.
IDENTITY_CLAIM = "urn:oid:1.2.246.21"
# Substantial and high levels of assurance (Finnish Trust Network; eIDAS).
STRONG = frozenset(
    {
        "http://ftn.ficora.fi/2017/loa2",
        "http://ftn.ficora.fi/2017/loa3",
        "http://eidas.europa.eu/LoA/substantial",
        "http://eidas.europa.eu/LoA/high",
        "substantial",
        "high",
    }
)

NO_IDENTITY_CODE = text(
    fi="Tunnistus ei kertonut henkilötunnusta. Kirjaudu pankkitunnuksilla, mobiilivarmenteella tai henkilökortilla.",
    sv="Identifieringen gav ingen personbeteckning. Logga in med bankkoder, mobilcertifikat eller identitetskort.",
    en="Your identification gave no personal identity code. Use your bank, a mobile certificate or your identity card.",
)
NOT_STRONG = text(
    fi="Tunnistus ei ollut vahva. Kirjaudu pankkitunnuksilla, mobiilivarmenteella tai henkilökortilla.",
    sv="Identifieringen var inte stark. Logga in med bankkoder, mobilcertifikat eller identitetskort.",
    en="Your identification was not strong. Use your bank, a mobile certificate or your identity card.",
)
NOT_ON_THE_LIST = text(
    fi="Sinulle ei ole vielä annettu käyttöoikeutta. Pyydä se pääkäyttäjältä.",
    sv="Du har ännu inte fått användarrättigheter. Be administratören om dem.",
    en="You have not been given access yet. Ask an administrator for it.",
)


class NotAdmitted(Exception):
    """Signed in elsewhere but not admitted here: the reason is shown to the reader."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def resident(claims: Mapping[str, Any]) -> tuple[Actor, str]:
    """The resident and their identity code; `person` is None for somebody whom the registers do not know.

    Raises NotAdmitted without a strong sign-in or a valid identity code (a test code is valid only in the demo).
    """
    if str(claims.get("acr") or claims.get("loa") or "") not in STRONG:
        raise NotAdmitted(NOT_STRONG)
    try:
        code = str(claims.get(IDENTITY_CLAIM) or "").strip().upper()
        identity_code.parse(code)
    except identity_code.InvalidIdentityCode:
        raise NotAdmitted(NO_IDENTITY_CODE) from None
    if identity_code.is_test(code) and not settings.DEMO:
        raise NotAdmitted(NO_IDENTITY_CODE)
    name = " ".join(str(claims.get(part) or "") for part in ("given_name", "family_name")).strip()
    actor = Actor(
        kind="resident",
        reference=_reference(claims),
        person=_person(code),
        name=name or str(claims.get("name") or ""),
        strong=True,
    )
    return actor, code


def member_of_staff(claims: Mapping[str, Any], *, on: date) -> Actor:
    """The member of staff whom the city has listed; raises NotAdmitted for others."""
    actor = access.staff_actor(str(claims["sub"]), on=on)
    if actor is None:
        raise NotAdmitted(NOT_ON_THE_LIST)
    return actor


def _reference(claims: Mapping[str, Any]) -> str:
    """Stable and unique per issuer and subject, without telling either."""
    return blake2b(f"{claims['iss']} {claims['sub']}".encode(), digest_size=16).hexdigest()


def _person(code: str) -> int | None:
    """The register's person key; while no registers are in use everybody is unknown, and may still apply."""
    try:
        return registers.find_person(code)
    except NoSnapshot:
        log.warning("no registers are in use: the resident is signed in as unknown to them")
        return None
