# SPDX-License-Identifier: EUPL-1.2
"""What a sending answers: applications that stand, or what to correct; what an estimate of a draft answers."""

from dataclasses import dataclass, field

from ennakko.services.hiring_benefit.form_values import ToCorrect
from ennakko.services.hiring_benefit.judging import Judged
from ennakko.services.hiring_benefit.models import Application
from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True)
class Lacking:
    """Papers that an employee's application needs and does not have: the employee from 0, the kinds."""

    row: int
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a sending: its applications, one for each employee; or what must be put right before.

    `again`: the same was sent before. `reason`: why nothing could be done at all.
    """

    applications: tuple[Application, ...] = ()
    refusals: tuple[ToCorrect, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    reason: Text | None = None
    again: bool = False
    judged: tuple[Judged, ...] = field(default=())

    @property
    def taken(self) -> bool:
        """Whether it stands."""
        return bool(self.applications)
