# SPDX-License-Identifier: EUPL-1.2
"""A payment that came back from the bank: the employer gives another account, and it is paid again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ennakko.kernel import organisations, payments
from ennakko.kernel.access import Actor, Refused, require
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.moving import append, locked
from ennakko.kernel.organisations import NotTaken
from ennakko.kernel.payments import NotPayable
from ennakko.kernel.payments.models import Line
from ennakko.services.summer_voucher import claim_gathering as gathering
from ennakko.services.summer_voucher import claim_payment, claim_telling
from ennakko.services.summer_voucher.claim_states import CLAIM_OWN
from ennakko.services.summer_voucher.claim_values import ToCorrect
from ennakko.services.summer_voucher.claim_wording import NO_RETURNED_PAYMENT
from ennakko.services.summer_voucher.models import ClaimRow


def give_account(case: Case, raw: Mapping[str, Any], *, actor: Actor, at: datetime, on: date) -> tuple[ToCorrect, ...]:
    """Another account after a payment came back; what to correct, empty when taken. Raises Refused and NotNow.

    The account is the organisation's from now on, so that only a mandate that carries that far will do.
    """
    require(actor, CLAIM_OWN, case)
    told = {name: str(raw.get(name) or "").strip() for name in gathering.ACCOUNT}
    try:
        with transaction.atomic():
            now = locked(case)
            row = ClaimRow.objects.select_for_update(of=("self",)).select_related("claim").get(case=now)
            line = returned_line(now)
            if line is None:
                raise NotNow(NO_RETURNED_PAYMENT, now)
            organisation = organisations.ensure(row.claim.organisation, at=at)
            account = organisations.use_account(
                organisation, told["iban"], actor=actor, at=at, on=on,
                **{name: told[name] for name in gathering.ACCOUNT if name != "iban"},
            )  # fmt: skip
            for name in gathering.ACCOUNT:
                setattr(row.claim, name, getattr(account, name))
            row.claim.save(update_fields=list(gathering.ACCOUNT))
            key = f"{line.key}:{account.pk}"
            payments.pay_again(line, key=key, at=at, due=on, payee=claim_payment.payee(row.claim), actor=actor)
            row.account_asked_at = None
            row.save(update_fields=["account_asked_at"])
            append(now, "account", by=actor, at=at, details={"line": line.pk})
    except NotTaken as wrong:
        return (ToCorrect(wrong.field, wrong.reason),)
    except NotPayable as wrong:
        return (ToCorrect("iban", wrong.reason),)
    except Refused as refused:
        if refused.action != "organisations.change-account":
            raise
        return (ToCorrect("iban", refused.reason),)
    return ()


def returned_line(case: Case) -> Line | None:
    """The payment of a case that came back and has not been paid again; None where there is none."""
    lines = payments.lines_of(f"case:{case.pk}")
    replaced = {line.replaces_id for line in lines}
    return next((line for line in lines if line.state == "returned" and line.pk not in replaced), None)


def on_paid(lines: tuple[Line, ...], at: datetime) -> None:
    """The bank paid: the history of each case says so, in the confirmation's transaction."""
    for case, line in _cases_of(lines):
        append(case, "paid", by=claim_payment.BANK, at=at, details={"line": line.pk, "cents": line.amount_cents})


def on_returned(lines: tuple[Line, ...], at: datetime) -> None:
    """The bank returned a payment: the employer is asked for another account, and staff see it in the queue."""
    for case, line in _cases_of(lines):
        row = ClaimRow.objects.select_for_update(of=("self",)).select_related("claim").get(case=case)
        row.account_asked_at = at
        row.save(update_fields=["account_asked_at"])
        append(case, "returned", by=claim_payment.BANK, at=at, details={"line": line.pk, "reason": line.reason})
        claim_telling.returned(row.claim, case, line.pk, line.amount_cents, at=at)


def _cases_of(lines: tuple[Line, ...]) -> list[tuple[Case, Line]]:
    """The cases that payment lines are about, locked; a case that retention has emptied has nothing to follow."""
    wanted = {int(line.about.removeprefix("case:")): line for line in lines if line.about.startswith("case:")}
    found = Case.objects.select_for_update(of=("self",)).filter(pk__in=list(wanted), kind="claim", emptied_at=None)
    return [(case, wanted[case.pk]) for case in found.order_by("pk")]
