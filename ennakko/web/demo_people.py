# SPDX-License-Identifier: EUPL-1.2
"""The demo city's personas as the identity provider knows them, its staff with their roles, and its employers."""

from collections.abc import Sequence
from datetime import date, datetime

from ennakko.demo_city import organisations as planted
from ennakko.demo_city.personas import PERSONAS
from ennakko.kernel import organisations, purposes
from ennakko.kernel.access import SYSTEM, Actor, add_staff, grant_role, roles_of
from ennakko.kernel.access.roles import is_role
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
            if role not in held and is_role(role):  # a town has the roles of the services that it has
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


ACCOUNTS: dict[str, dict[str, str]] = {
    planted.CAFE: {"iban": "FI2112345600000785"},
    planted.YOUTH_ASSOCIATION: {"iban": "FI4966010001234567"},
    planted.GARDEN: {"iban": "FI0380001710101010"},
    planted.HOUSING_COMPANY: {"iban": "FI1350001520000081"},
    planted.PARISH: {"iban": "FI0615963000001234"},
    planted.EVENTS_ABROAD: {
        "iban": "EE382200221020145685",
        "bic": "HABAEE2X",
        "payee_name": "Merituul Events Oy",
        "payee_address": "Narva maantee 5, 10117 Tallinn",
        "bank_name": "Swedbank AS",
        "bank_address": "Liivalaia 8, 15040 Tallinn",
    },
}
"""Where the personas' organisations were paid last year."""


def plant_organisations(*, at: datetime, since: date) -> int:
    """The organisations of the personas as the city knows them from last year; may be run again. How many there are."""
    for business_id, account in ACCOUNTS.items():
        row = organisations.ensure(business_id, at=at)
        # Whoever got the latest mandate looks after the matters.
        persona = [one for one in PERSONAS if any(held == business_id for held, _ in one.mandates)][-1]
        by = Actor(
            kind="organisation", reference=persona.slug, person=persona.person, name=persona.names, strong=True,
            organisation=business_id, mandates=frozenset({"grants"}),
        )  # fmt: skip
        contact = {"name": persona.names, "email": f"{persona.slug}@example.invalid", "phone": "040 0000000"}
        if organisations.contact_of(row) is None:
            organisations.use_contact(row, **contact, language=persona.language, actor=by, at=at, on=since)
        if organisations.account_of(row, at.date()) is None:
            organisations.use_account(row, **account, actor=by, at=at, on=since)
    return len(ACCOUNTS)
