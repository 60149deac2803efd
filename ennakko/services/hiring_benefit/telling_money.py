# SPDX-License-Identifier: EUPL-1.2
"""What the employer is told of instalments, payslips and recoveries; no employee is named in a message."""

from collections.abc import Mapping
from datetime import date, datetime

from ennakko.kernel import messages, tokens
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.cases.appeals import appeal_in_words
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.messages import Addressee
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.models import Alteration, Application, Instalment
from ennakko.services.hiring_benefit.telling_handler import decision_link

BANK = SYSTEM("payments")
"""Who writes in a case's history what the bank said."""
MONEY_FIELDS: Mapping[str, tuple[str, ...]] = {
    "payslip_asked": ("case", "due", "link"),
    "payment_failed": ("case", "value", "link"),
    "change_received": ("case", "change", "link"),
    "recovery_decided": ("case", "value", "deducted", "invoiced", "appeal", "link"),
    "recovery_left": ("case", "appeal", "link"),
}
"""Message template → the fields of its data."""
PATH = "organisation/hiring-benefit/payments"


def link(case: Case) -> str:
    """Where the employer's page of an application's payments is."""
    return f"{tokens.site()}/{PATH}/{case.number}/"


def _plan(
    application: Application, case: Case, template: str, data: Mapping[str, object], *, occasion: str, at: datetime
) -> str:
    key = f"{SERVICE}:case:{case.pk}:{template}:{occasion}"
    messages.plan(
        Addressee(email=application.contact_email, organisation=application.organisation),
        template=f"{SERVICE}.{template}", data={"link": link(application.case), **data}, at=at,
        language=application.language, key=key, about=f"case:{case.pk}",
    )  # fmt: skip
    return key


def payslip_asked(row: Instalment, case: Case, due: date, *, at: datetime) -> None:
    """The second instalment comes near: a payslip is asked for."""
    data = {"case": case.number, "due": due.isoformat()}
    _plan(row.application, case, "payslip_asked", data, occasion=str(row.number), at=at)


def failed(row: Instalment, case: Case, line: int, *, at: datetime) -> None:
    """A payment came back: the employer may give another account."""
    data = {"case": case.number, "value": row.payable_cents}
    _plan(row.application, case, "payment_failed", data, occasion=str(line), at=at)


def change_received(alteration: Alteration, case: Case, *, at: datetime) -> None:
    """The notice of a change has arrived."""
    data = {"case": alteration.application.case.number, "change": case.number}
    _plan(alteration.application, case, "change_received", data, occasion="", at=at)


def recovery(alteration: Alteration, case: Case, decision: Decision, *, at: datetime) -> str:
    """The decision on recovery, with how to appeal; the key of the message, which carries the notice."""
    application = alteration.application
    data: dict[str, object] = {
        "case": application.case.number, "link": decision_link(case),
        "appeal": appeal_in_words(decision.appeal, application.language),
    }  # fmt: skip
    if decision.outcome == "recovered":
        data |= {
            "value": decision.amount_cents or 0, "deducted": alteration.deducted_cents,
            "invoiced": alteration.invoiced_cents,
        }  # fmt: skip
    template = "recovery_decided" if decision.outcome == "recovered" else "recovery_left"
    return _plan(application, case, template, data, occasion=str(decision.pk), at=at)
