# SPDX-License-Identifier: EUPL-1.2
"""A claimed voucher's way from sending to money, as the employer follows it: what is done, what is now, what comes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from ennakko.kernel.cases.models import Decision
from ennakko.kernel.ui.filters import day, iban, moment, money, say
from ennakko.services.summer_voucher.claim_states import ClaimState
from ennakko.services.summer_voucher.queries.claims import OwnRow

DONE, NOW, COMING = "done", "now", "coming"
KIND: dict[str, str] = {
    ClaimState.ACCEPTED: "success", ClaimState.REJECTED: "error", ClaimState.WITHDRAWN: "neutral",
    ClaimState.INFORMATION_REQUESTED: "alert",
}  # fmt: skip
"""State → the colour of its label; the others are underway."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its title, when, whether it is done, now or coming, and a sentence about it."""

    title: str
    when: str
    state: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row with its way."""

    row: OwnRow
    kind: str
    steps: tuple[Step, ...]


def shown(rows: Iterable[OwnRow]) -> list[RowShown]:
    """The rows of a claim as they are followed."""
    return [RowShown(one, KIND.get(one.case.state, "info"), tuple(_steps(one))) for one in rows]


def _steps(row: OwnRow) -> list[Step]:
    state, case = row.case.state, row.case
    steps = [Step(_("Sent"), moment(row.row.claim.sent_at), DONE)]
    if state == ClaimState.WITHDRAWN:
        return [*steps, Step(_("Taken back"), _at(case.closed_at), DONE, _("The voucher can be claimed again."))]
    steps.append(_checked(row))
    steps.append(_decided(row))
    if state != ClaimState.REJECTED:
        steps.append(_paid(row))
    return steps


def _checked(row: OwnRow) -> Step:
    state = row.case.state
    if state == ClaimState.SUBMITTED:
        waits = _("A register has not answered yet. We ask it again by ourselves.")
        return Step(_("The machine checks the conditions"), "", NOW, waits)
    if state == ClaimState.INFORMATION_REQUESTED:
        until = _("Answer by %(day)s.") % {"day": day(row.answer_due)} if row.answer_due else ""
        return Step(_("We ask you for something"), "", NOW, until)
    if not row.checks:
        return Step(_("Every condition is met"), "", DONE)
    return Step(_("Conditions checked"), "", DONE)


def _decided(row: OwnRow) -> Step:
    state, decision = row.case.state, row.decision
    if decision is not None:
        accepted = state == ClaimState.ACCEPTED
        title = _("Decision: the sum is paid") if accepted else _("Decision: the claim is rejected")
        return Step(title, moment(decision.decided_at), DONE, _by(decision))
    until = _("at the latest %(day)s") % {"day": day(row.case.due)} if row.case.due else ""
    waits = state in (ClaimState.SUBMITTED, ClaimState.INFORMATION_REQUESTED)
    return Step(_("Decision"), until, COMING if waits else NOW, "" if waits else say(row.state))


def _by(decision: Decision) -> str:
    if not decision.automatic:
        return decision.decided_by_name
    who = (decision.gate or {}).get("responsible_official", "")
    return _("Made automatically; %(name)s answers for it.") % {"name": who} if who else _("Made automatically.")


def _paid(row: OwnRow) -> Step:
    sum_ = money(row.value_cents)
    if row.needs_account:
        return Step(_("The payment came back"), "", NOW, _("The bank could not pay to the account. Give another one."))
    if row.pay_on is None:
        # Where a person looks first, nothing is promised: the sum comes with the decision.
        return Step(_("Payment, %(sum)s") % {"sum": sum_} if row.value_cents else _("Payment"), "", COMING)
    account = iban(row.row.claim.iban)
    if row.paid:
        return Step(_("Paid, %(sum)s") % {"sum": sum_}, day(row.pay_on), DONE, account)
    return Step(_("Payment, %(sum)s") % {"sum": sum_}, _due(row.pay_on), NOW, f"{say(row.payment or '')} · {account}")


def _due(on: date) -> str:
    return _("leaves %(day)s or with the next payments") % {"day": day(on)}


def _at(at: datetime | None) -> str:
    return moment(at) if at is not None else ""
