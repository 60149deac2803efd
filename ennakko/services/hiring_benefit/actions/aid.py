# SPDX-License-Identifier: EUPL-1.2
"""The ledger and the register of de minimis aid: written with the decision, told to the register once, withdrawn.

Regulation (EU) 2023/2831, article 6: aid is recorded in a central register within 20 working days of its granting.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from ennakko.kernel import audit, organisations
from ennakko.kernel.access import SYSTEM, Actor, require
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.cases.moving import RETENTION
from ennakko.kernel.organisations.aid import record_aid
from ennakko.kernel.ui import profile
from ennakko.services.hiring_benefit import reasons_money
from ennakko.services.hiring_benefit.access_money import AID_REGISTER
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.models import AidReport, Application

State = AidReport.State


def reference_of(case: Case) -> str:
    """What the aid of a case is known by in the ledger."""
    return f"{SERVICE}:{case.pk}"


def record(case: Case, decision: Decision, at: datetime, on: date) -> None:
    """Aid granted as de minimis: a row in our ledger and one for the register, in the decision's transaction.

    Raises NotNow where the employer's industry is not told: the register needs it.
    """
    if decision.outcome != "accepted" or not decision.content.get("de_minimis") or not decision.amount_cents:
        return
    application = Application.objects.get(case=case)
    industry = str(decision.content.get("industry") or application.industry).strip()
    if not industry:
        raise NotNow(reasons_money.NO_INDUSTRY, case)
    company = organisations.ensure(application.organisation, at=at)
    record_aid(
        company, reference=reference_of(case), granter=profile.profile().controller.fi, granted_on=decision.on,
        amount_cents=decision.amount_cents, actor=SYSTEM(SERVICE), at=at, service=SERVICE,
    )  # fmt: skip
    AidReport.objects.get_or_create(
        application=application, defaults={"industry": industry, "granted_on": decision.on, "state_at": at}
    )


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of an answer of the register: the numbers taken, failed, and those it should not have named."""

    taken: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def hear(taken: Iterable[str], failed: Iterable[str], *, reason: str = "", actor: Actor, at: datetime) -> Heard:
    """The register tells which grants it has taken and which it could not take; told again it changes nothing.

    What failed is told again with the next export; what has been taken stays so. Raises Refused.
    """
    require(actor, AID_REGISTER)
    heard = Heard()
    with transaction.atomic():
        for numbers, state, found in ((taken, State.TAKEN, heard.taken), (failed, State.FAILED, heard.failed)):
            wanted = list(dict.fromkeys(numbers))
            rows = {
                row.application.case.number: row
                for row in AidReport.objects.select_for_update(of=("self",))
                .select_related("application__case").filter(application__case__number__in=wanted).order_by("pk")
            }  # fmt: skip
            for number in wanted:
                row = rows.get(number)
                if row is None:
                    heard.unknown.append(number)
                    continue
                found.append(number)
                if row.state in (State.TAKEN, State.WITHDRAWN, state):
                    continue
                row.state, row.state_at = state, at
                row.reason = "" if state == State.TAKEN else " ".join(reason.split())[:500]
                row.save(update_fields=["state", "state_at", "reason"])
                audit.write(actor, AID_REGISTER, f"case:{row.application.case_id}", at, {"state": state}, RETENTION)
    return heard
