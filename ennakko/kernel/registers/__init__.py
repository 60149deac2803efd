# SPDX-License-Identifier: EUPL-1.2
"""What the city knows: verified snapshots of the base registers, read for a purpose, within a permit, and logged."""

from typing import TYPE_CHECKING

from ennakko.kernel.exported import exported_from

if TYPE_CHECKING:
    from ennakko.kernel.registers import snapshots as snapshots
    from ennakko.kernel.registers.facts_of import facts_again as facts_again
    from ennakko.kernel.registers.facts_of import facts_for as facts_for
    from ennakko.kernel.registers.facts_of import person_facts as person_facts
    from ennakko.kernel.registers.permits import Permit as Permit
    from ennakko.kernel.registers.permits import PermitMissing as PermitMissing
    from ennakko.kernel.registers.permits import PermitTable as PermitTable
    from ennakko.kernel.registers.permits import permits_for as permits_for
    from ennakko.kernel.registers.permits import permitted as permitted
    from ennakko.kernel.registers.permits import set_permits as set_permits
    from ennakko.kernel.registers.residents import Contact as Contact
    from ennakko.kernel.registers.residents import children_of as children_of
    from ennakko.kernel.registers.residents import contact_of as contact_of
    from ennakko.kernel.registers.residents import contacts as contacts
    from ennakko.kernel.registers.residents import find_contact as find_contact
    from ennakko.kernel.registers.residents import find_person as find_person
    from ennakko.kernel.registers.residents import guardians as guardians
    from ennakko.kernel.registers.residents import guardians_of as guardians_of
    from ennakko.kernel.registers.residents import household_of as household_of
    from ennakko.kernel.registers.residents import living_among as living_among
    from ennakko.kernel.registers.screening import Screening as Screening
    from ennakko.kernel.registers.screening import near_misses as near_misses
    from ennakko.kernel.registers.screening import screen as screen
    from ennakko.kernel.registers.snapshots import BrokenSnapshot as BrokenSnapshot
    from ennakko.kernel.registers.snapshots import NoSnapshot as NoSnapshot
    from ennakko.kernel.registers.snapshots import Snapshot as Snapshot
    from ennakko.kernel.registers.snapshots import WrongCity as WrongCity
    from ennakko.kernel.registers.tables import register_own_facts as register_own_facts
else:
    __getattr__ = exported_from(
        __name__,
        snapshots=("snapshots", "BrokenSnapshot", "NoSnapshot", "Snapshot", "WrongCity"),
        facts_of=("facts_again", "facts_for", "person_facts"),
        permits=("Permit", "PermitMissing", "PermitTable", "permits_for", "permitted", "set_permits"),
        residents=(
            "Contact", "children_of", "contact_of", "contacts", "find_contact", "find_person", "guardians",
            "guardians_of", "household_of", "living_among",
        ),
        screening=("Screening", "near_misses", "screen"),
        tables=("register_own_facts",),
    )  # fmt: skip
