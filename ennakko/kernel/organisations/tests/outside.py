# SPDX-License-Identifier: EUPL-1.2
"""Registers that answer what a test tells them to, or are silent; and actors for one organisation and another."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from ennakko.kernel.access import Actor
from ennakko.kernel.access.mandates import EMPLOYMENT, GRANTS, SIGNATORY
from ennakko.kernel.organisations import ports
from ennakko.kernel.organisations.ports import RegisteredOrganisation, Unavailable
from ennakko.values.business_id import compose

AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
ON = date(2026, 6, 1)
CAFE = compose(9_000_001)
CLUB = compose(9_000_003)
FINNISH, OTHER_FINNISH, ESTONIAN = "FI2112345600000785", "FI5542345670000081", "EE382200221020145685"


def registered(business_id: str = CAFE, name: str = "Kahvila Öljy Oy", **told: object) -> RegisteredOrganisation:
    """A company as the business register tells it."""
    said = {
        "source": "business-register", "form": "oy", "form_text": "Osakeyhtiö", "industry": "56302",
        "street_address": "Vaasankatu 12", "postal_code": "00500", "post_office": "Helsinki", "language": "fi", **told,
    }  # fmt: skip
    return RegisteredOrganisation(business_id=business_id, name=name, **said)  # type: ignore[arg-type]


@dataclass
class Register:
    """A register of either kind: `knows` by business id; silent while `silent`; `asked` counts the questions."""

    knows: dict[str, RegisteredOrganisation] = field(default_factory=dict)
    silent: bool = False
    asked: list[str] = field(default_factory=list)

    def _answer(self, business_id: str) -> RegisteredOrganisation | None:
        self.asked.append(business_id)
        if self.silent:
            raise Unavailable("the register: no answer")
        return self.knows.get(business_id)

    company = _answer
    association = _answer


@contextmanager
def answering(companies: Register | None = None, associations: Register | None = None) -> Iterator[None]:
    """While this lasts, these registers are asked; those not given are not in use."""
    before = ports._wired
    ports.use(business_register=companies, association_register=associations)
    try:
        yield
    finally:
        ports._wired = before


def acting(organisation: str = CAFE, *mandates: str, person: int | None = 17, strong: bool = True) -> Actor:
    """Somebody who acts for an organisation; with every mandate unless some are named."""
    held = frozenset(mandates or (SIGNATORY, GRANTS, EMPLOYMENT))
    return Actor(
        kind="organisation", reference=f"r{person}", person=person, name="Petri Laakso", strong=strong,
        organisation=organisation, mandates=held,
    )  # fmt: skip
