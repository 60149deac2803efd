# SPDX-License-Identifier: EUPL-1.2
"""An applicant's own side of the applications: those they opened, what became of them, the vouchers they gave."""

from dataclasses import dataclass

from ennakko.kernel.access import Actor
from ennakko.kernel.cases.models import Case
from ennakko.services.summer_voucher.models import Application, Voucher
from ennakko.services.summer_voucher.queries import own
from ennakko.services.summer_voucher.queries.applications import own_cases
from ennakko.services.summer_voucher.queries.desk import Line, timeline


@dataclass(frozen=True, slots=True)
class Held:
    """A valid or used voucher in its holder's eyes; money in cents."""

    number: str
    value_cents: int
    use: own.Use | None = None


def of_resident(actor: Actor) -> list[Application]:
    """The applications of somebody signed in strongly, newest first."""
    return [case.summer_voucher_application for case in own_cases(actor)]


def held(actor: Actor, vouchers: list[Voucher]) -> list[Held]:
    """Those of the vouchers that are valid, with their numbers, or used; raises Refused for somebody else's."""
    shown = [Held(own.number_of(actor, one), one.value_cents, own.use_of(actor, one)) for one in vouchers]
    return [one for one in shown if one.number or one.use]


def events_for_applicant(case: Case) -> list[Line]:
    """What the applicant sees of the case's history, newest first: neither notes nor who handled it."""
    return [line for line in timeline(case) if line.kind in ("event", "letter")]
