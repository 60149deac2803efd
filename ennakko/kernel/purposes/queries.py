# SPDX-License-Identifier: EUPL-1.2
"""Who has objected, and everything one person has said about the use of their data."""

from dataclasses import dataclass
from datetime import datetime

from ennakko.kernel.purposes.models import Consent, Objection, SecrecyWaiver
from ennakko.kernel.purposes.registry import Purpose, purpose, purposes


@dataclass(frozen=True, slots=True)
class Waived:
    """A permission to disclose in force: to whom and since when."""

    receiver: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class PurposeOfPerson:
    """One purpose as it stands for one person; None: the person has not said it."""

    purpose: Purpose
    objected_at: datetime | None
    consented_at: datetime | None
    waivers: tuple[Waived, ...]

    @property
    def looks_ahead(self) -> bool:
        """Whether the city looks ahead for this person here."""
        return self.purpose.anticipates and self.objected_at is None


def objectors(name: str) -> frozenset[int]:
    """The persons who object to a purpose now."""
    about = purpose(name).id
    in_force = Objection.objects.filter(purpose=about, withdrawn_at__isnull=True)
    return frozenset(in_force.values_list("person", flat=True))


def objects(person: int, name: str) -> bool:
    """Whether a person objects to a purpose now."""
    return Objection.objects.filter(person=person, purpose=purpose(name).id, withdrawn_at__isnull=True).exists()


def consents(name: str) -> frozenset[int]:
    """The persons whose consent to a purpose is in force."""
    about = purpose(name).id
    return frozenset(Consent.objects.filter(purpose=about, withdrawn_at__isnull=True).values_list("person", flat=True))


def of_person(person: int) -> tuple[PurposeOfPerson, ...]:
    """Every declared purpose with what the person has said of it, for their own page; three queries."""
    own = {"person": person, "withdrawn_at__isnull": True}
    objections = dict(Objection.objects.filter(**own).values_list("purpose", "made_at"))
    given = dict(Consent.objects.filter(**own).values_list("purpose", "given_at"))
    waivers: dict[str, list[Waived]] = {}
    for row in SecrecyWaiver.objects.filter(**own).order_by("given_at", "pk"):
        waivers.setdefault(row.purpose, []).append(Waived(row.receiver, row.given_at))
    return tuple(
        PurposeOfPerson(one, objections.get(one.id), given.get(one.id), tuple(waivers.get(one.id, ())))
        for one in purposes()
    )
