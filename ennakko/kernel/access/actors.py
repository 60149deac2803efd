# SPDX-License-Identifier: EUPL-1.2
"""Who acts: a resident, a member of staff, the machine, or nobody known."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["anonymous", "resident", "staff", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, as the sign-in or the job runner knows them.

    `reference` is stable and unique within its kind (a subject id, a job's name); `person` is a register's person key;
    `staff` a StaffMember's id; `strong` tells of strong sign-in.
    """

    kind: Kind
    reference: str
    person: int | None = None
    staff: int | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    name: str = ""
    strong: bool = False

    @property
    def subject(self) -> str:
        """The actor as a subject of the audit log: `person:17`, `staff:ab12`, `system:deliver`, `anonymous`."""
        if self.person is not None and self.kind == "resident":
            return f"person:{self.person}"
        return f"{self.kind}:{self.reference}" if self.reference else self.kind


ANONYMOUS = Actor(kind="anonymous", reference="")


def SYSTEM(name: str) -> Actor:
    """The machine, under the name of the job or command that acts."""
    return Actor(kind="system", reference=name, name=name, strong=True)
