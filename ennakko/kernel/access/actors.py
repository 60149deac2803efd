# SPDX-License-Identifier: EUPL-1.2
"""Who acts: a resident, for themselves or for an organisation, a member of staff, the machine, or nobody known."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["anonymous", "resident", "organisation", "staff", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, as the sign-in or the job runner knows them.

    `reference` is stable and unique within its kind (a subject id, a job's name); `person` is a register's person key;
    `staff` a StaffMember's id; `strong` tells of strong sign-in. The kind "organisation" is a resident who acts for an
    organisation: `organisation` is its business id, `mandates` what lets them (codes of `access.mandates`); the rest
    stays the human being's own.
    """

    kind: Kind
    reference: str
    person: int | None = None
    staff: int | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    name: str = ""
    strong: bool = False
    organisation: str = ""
    mandates: frozenset[str] = field(default_factory=frozenset)

    @property
    def itself(self) -> "Actor":
        """This actor, and not what stands for it: a request's is worked out when first asked, and every look through
        its stand-in costs more than the look."""
        return self

    @property
    def subject(self) -> str:
        """The actor as a subject of the audit log: `person:17`, `staff:ab12`, `system:deliver`, `anonymous`.

        Whoever acts for an organisation is still the same human being: the organisation stands beside in the log.
        """
        if self.person is not None and self.kind in ("resident", "organisation"):
            return f"person:{self.person}"
        if self.kind == "organisation":
            return f"organisation-user:{self.reference}"
        return f"{self.kind}:{self.reference}" if self.reference else self.kind


ANONYMOUS = Actor(kind="anonymous", reference="")


def SYSTEM(name: str) -> Actor:
    """The machine, under the name of the job or command that acts."""
    return Actor(kind="system", reference=name, name=name, strong=True)
