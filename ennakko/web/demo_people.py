# SPDX-License-Identifier: EUPL-1.2
"""The demo city's personas as the identity provider knows them, and its staff with their roles."""

from collections.abc import Sequence
from datetime import date, datetime

from ennakko.demo_city.personas import PERSONAS
from ennakko.kernel import purposes
from ennakko.kernel.access import SYSTEM, add_staff, grant_role, roles_of
from ennakko.kernel.purposes.registry import purposes as declared
from ennakko.web.personas_idp.roster import Identity
from ennakko.web.signin.people import IDENTITY_CLAIM

SUBSTANTIAL = "http://ftn.ficora.fi/2017/loa2"
OBJECTING = ("veikko",)
"""Personas whose story says that they have told the city not to look ahead for them."""


def identities() -> Sequence[Identity]:
    """Every persona, with the claims that Suomi.fi or the city's own sign-in would tell of them."""
    found = []
    for persona in PERSONAS:
        given, _, surname = persona.names.rpartition(" ")
        if persona.role == "staff":
            found.append(
                Identity(
                    slug=persona.slug,
                    group="staff",
                    given_names=given,
                    surname=surname,
                    story=persona.story,
                    claims={"email": f"{persona.slug}@example.invalid"},
                )
            )
            continue
        claims = {
            IDENTITY_CLAIM: persona.identity_code,
            "birthdate": persona.birth_date.isoformat(),
            "acr": SUBSTANTIAL,
            "locale": persona.language,
        }
        found.append(
            Identity(
                slug=persona.slug,
                group="residents",
                given_names=given,
                surname=surname,
                story=persona.story,
                claims=claims,
            )
        )
    return found


def plant_staff(*, at: datetime, start: date) -> int:
    """The personas who work for the city, each with their roles from a day on; may be run again. How many there are."""
    by = SYSTEM("demo")
    count = 0
    for persona in PERSONAS:
        if persona.role != "staff":
            continue
        member = add_staff(
            subject=persona.slug, name=persona.names, email=f"{persona.slug}@example.invalid", by=by, at=at
        )
        held = roles_of(member, on=start)
        for role in persona.staff_roles:
            if role not in held:
                grant_role(member, role=role, by=by, at=at, start=start)
        count += 1
    return count


def plant_objections(*, at: datetime) -> int:
    """The objections that personas made before the demo's first day, in force when the registers are screened."""
    by = SYSTEM("demo")
    made = 0
    for persona in PERSONAS:
        if persona.slug in OBJECTING and persona.person is not None:
            for purpose in declared():
                made += purpose.anticipates and purposes.object_to(persona.person, purpose.id, by, at)
    return made
