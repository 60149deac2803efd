# SPDX-License-Identifier: EUPL-1.2
"""Granted benefits with their instalments, a bank that confirms them, and what employers send, for the tests."""

from datetime import date, datetime, timedelta
from typing import Any

from ennakko.kernel import cases
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.documents.tests.make import pdf
from ennakko.kernel.payments import make_batch
from ennakko.kernel.payments.models import Line
from ennakko.kernel.payments.tests import paying
from ennakko.services.hiring_benefit.actions import changes, payslips, recovering
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.models import Alteration, Application, Calculation, Instalment
from ennakko.services.hiring_benefit.states import BenefitState
from ennakko.services.hiring_benefit.tests import town as t

MACHINE = SYSTEM(SERVICE)
START, END = date(2026, 2, 1), date(2027, 1, 31)
TOTAL = 1_800_000
"""Twelve months of 1,500 euros: above the split."""
ON = t.ON


def at_of(on: date) -> datetime:
    """Nine o'clock of a day."""
    return datetime(on.year, on.month, on.day, 9, tzinfo=t.AT.tzinfo)


def granted(
    total: int = TOTAL, *, start: date = START, end: date = END, on: date = ON,
    parts: list[dict[str, Any]] | None = None,
    de_minimis: bool = False, industry: str = "56302", **told: Any,
) -> Application:  # fmt: skip
    """A benefit that the official has granted, with a calculation of one part unless `parts` says otherwise."""
    sent = t.an_application(
        state=BenefitState.ACCEPTED, at=at_of(on), on=on, start=start, end=end, benefit_cents=total, **told
    )
    whole = [{"start": start.isoformat(), "end": end.isoformat(), "subtotal": f"{total // 100}.00"}]
    calculation = Calculation.objects.create(
        application=sent.application, number=1, start=start, end=end, rule_set="2026", inputs={}, parts=parts or whole,
        trace=[], total_cents=total, procedure="test", made_by="staff:ritva", made_at=at_of(on),
    )  # fmt: skip
    content = {
        "calculation": calculation.pk, "start": start.isoformat(), "end": end.isoformat(), "de_minimis": de_minimis,
        "industry": industry,
    }  # fmt: skip
    cases.decide(
        sent.case, "accepted", actor=t.official(), at=at_of(on), on=on, amount_cents=total, content=content,
        justification="Ehdot täyttyvät.", title="Tiimipäällikkö",
    )  # fmt: skip
    return Application.objects.get(pk=sent.application.pk)


def instalment(application: Application, number: int) -> Instalment:
    return Instalment.objects.get(application=application, number=number)


def states(application: Application) -> list[str]:
    return [row.state for row in Instalment.objects.filter(application=application).order_by("number")]


def lines(application: Application) -> list[tuple[int, int, str]]:
    """Instalment, cents and state of each payment line of a case, in the order of planning."""
    rows = Line.objects.filter(about=f"case:{application.case_id}").order_by("pk")
    return [(row.instalment, row.amount_cents, row.state) for row in rows]


def batch(on: date = ON) -> Any:
    """What is due is put into a batch, which goes to the bank."""
    with paying.let_go():
        made = make_batch(SERVICE, on=on, at=at_of(on), actor=paying.MACHINE)
        if made is None:
            return None
        paying.release(made, actor=paying.finance(), at=at_of(on))
        with paying.other_side():
            return paying.send(made, actor=paying.MACHINE, at=at_of(on), wall=at_of(on))


def bank(on: date = ON, state: str = "paid") -> Any:
    """What is due is batched, sent and confirmed as paid or returned."""
    made = batch(on)
    if made is not None:
        numbers = made.lines.order_by("number").values_list("number", flat=True)
        confirmations = [paying.says(made, number, state, reason="Tili suljettu", paid_on=on) for number in numbers]
        paying.confirm(confirmations, actor=paying.MACHINE, at=at_of(on))
    return made


def asked(application: Application) -> Instalment:
    """The second instalment, its payslip asked for."""
    on = START + timedelta(days=150)
    assert payslips.ask_due(actor=MACHINE, at=at_of(on), on=on) == 1
    return instalment(application, 2)


def slip(row: Instalment, on: date) -> None:
    payslips.add_payslip(row, pdf(), name="palkka.pdf", actor=t.employer(), at=at_of(on))


def answered(application: Application) -> Instalment:
    """The second instalment, its payslip given and the work assured to go on."""
    row, on = asked(application), START + timedelta(days=155)
    slip(row, on)
    return payslips.answer(row, assured=True, actor=t.employer(), at=at_of(on))


def told(application: Application, *, on: date = ON, **more: Any) -> Alteration:
    """A notice of the employer's that the work ended on the last of July, unless told otherwise."""
    given = {"kind": "termination", "last_day": date(2026, 7, 31), "contact": "Petri Laakso"} | more
    return changes.tell(application, changes.Told(**given), actor=t.employer(), at=at_of(on), on=on)


def proposed(row: Alteration, *, on: date = ON, **more: Any) -> Alteration:
    """A notice that a handler has opened and for which recovery by the rule is proposed."""
    changes.open_change(row, actor=t.handler(), at=at_of(on))
    start, end = recovering.default_days(row)
    given = {"recoverable": True, "start": start, "end": end} | more
    return recovering.propose(row, actor=t.handler(), at=at_of(on), on=on, **given)


def recovered(row: Alteration, *, on: date = ON, **more: Any) -> Alteration:
    """A notice whose recovery the official has decided."""
    recovering.decide(proposed(row, on=on, **more), actor=t.official(), at=at_of(on), on=on, title="Tiimipäällikkö")
    return Alteration.objects.get(pk=row.pk)
