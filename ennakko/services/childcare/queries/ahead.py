# SPDX-License-Identifier: EUPL-1.2
"""A guardian's children who may still be offered a place, and for which of them the city looks ahead."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from ennakko.kernel import audit, purposes
from ennakko.kernel.access import Actor, Refused
from ennakko.kernel.access.reasons import STRONG
from ennakko.kernel.purposes.actions import SAY
from ennakko.kernel.registers import contacts
from ennakko.kernel.registers.residents import children_of, custodians
from ennakko.kernel.registers.snapshots import current
from ennakko.services.childcare.queries.needs import PURPOSE
from ennakko.values.dates import age_on

SCHOOL_AGE: Final = 7
"""Years: from then on no place of this service is offered."""


@dataclass(frozen=True, slots=True)
class Switch:
    """One child: the register's key, the first name, whether the city looks ahead, and when it was told not to."""

    child: int
    name: str
    ahead: bool
    objected_at: datetime | None


def switches(actor: Actor, *, at: datetime, on: date) -> list[Switch]:
    """The reader's own children below school age, by their birth; raises Refused for anybody but a resident, strong.

    In a family under non-disclosure only the guardian of the child's own household is shown the child, as in offers.
    """
    if actor.kind != "resident" or actor.person is None or not actor.strong:
        raise Refused(STRONG, SAY)
    own = children_of(actor.person)
    if not own:
        return []
    snapshot = current()
    audit.read(actor, PURPOSE, sorted(own), ["names", "birth_date"], snapshot.id, at, "switches of one's own children")
    known = custodians(own, snapshot)
    adults = contacts(known["guardian"].unique().to_list(), snapshot)
    hidden_adults = set(adults.filter("non_disclosure")["person"].to_list())
    together = {child for child, adult, lives, _tongue in known.iter_rows() if adult == actor.person and lives}
    with_hidden = {child for child, adult, _lives, _tongue in known.iter_rows() if adult in hidden_adults}
    found = []
    rows = contacts(own, snapshot).sort("birth_date", "person")
    for row in rows.iter_rows(named=True):
        child = row["person"]
        protected = row["non_disclosure"] or child in with_hidden
        if age_on(row["birth_date"], on) >= SCHOOL_AGE or (protected and child not in together):
            continue
        objected = next((one.objected_at for one in purposes.of_person(child) if one.purpose.id == PURPOSE), None)
        found.append(Switch(child, row["given_names"].split()[0], objected is None, objected))
    return found
