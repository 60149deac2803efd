# SPDX-License-Identifier: EUPL-1.2
"""What employers are told of their claims: a message for every turn, to the contact person of the claim.

The organisation's people see the same messages on its page. No youth is named in one: the claim's number is.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from ennakko.kernel import messages, tokens
from ennakko.kernel.cases.appeals import appeal_in_words
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.messages import Addressee
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.models import Claim

CLAIM_FIELDS: Mapping[str, tuple[str, ...]] = {
    "claim_received": ("reference", "cases", "link"),
    "claim_asked": ("case", "due", "link"),
    "claim_letter": ("case", "link"),
    "claim_accepted": ("case", "value", "iban", "appeal", "link"),
    "claim_rejected": ("case", "justification", "appeal", "link"),
    "claim_returned": ("case", "value", "link"),
    "claim_withdrawn": ("case", "link"),
    "claim_deadline": ("deadline", "link"),
    "claim_infected": ("case", "document", "link"),
    "same_again": ("year", "youths", "value", "answer_by", "link"),
}
"""Message template → the fields of its data."""
PATH = "organisation/summer-voucher"


def link(reference: str = "") -> str:
    """Where the employer's own pages are: one claim's, or the first."""
    return f"{tokens.site()}/{PATH}/{f'claims/{reference}/' if reference else ''}"


def addressee(claim: Claim) -> Addressee:
    """The contact person of a claim; the organisation's page shows the message too."""
    return Addressee(email=claim.contact_email, organisation=claim.organisation)


def _plan(claim: Claim, template: str, data: Mapping[str, object], *, key: str, about: str, at: datetime) -> str:
    whole = f"summer-voucher:{key}:{template}"
    messages.plan(
        addressee(claim), template=f"{SERVICE}.{template}", data={**data, "link": link(claim.reference)}, at=at,
        language=claim.language, key=whole, about=about,
    )  # fmt: skip
    return whole


def received(claim: Claim, cases: Sequence[Case], *, at: datetime) -> None:
    """The claim came in, with the numbers of its cases."""
    numbers = ", ".join(case.number for case in cases)
    data = {"reference": claim.reference, "cases": numbers}
    _plan(claim, "claim_received", data, key=f"claim:{claim.pk}", about=f"claim:{claim.pk}", at=at)


def asked(claim: Claim, case: Case, request: int, due: date, *, at: datetime) -> None:
    """More is asked for by a day; the question itself stands behind the sign-in."""
    data = {"case": case.number, "due": due.isoformat()}
    _plan(claim, "claim_asked", data, key=f"case:{case.pk}:{request}", about=f"case:{case.pk}", at=at)


def written(claim: Claim, case: Case, letter: int, *, at: datetime) -> None:
    """The handler has written: what, stands behind the sign-in."""
    _plan(
        claim, "claim_letter", {"case": case.number}, key=f"case:{case.pk}:letter:{letter}", about=f"case:{case.pk}",
        at=at,
    )  # fmt: skip


def decided(claim: Claim, case: Case, decision: Decision, *, at: datetime) -> str:
    """The decision, with how to appeal; the key of the message, which carries the notice."""
    appeal = appeal_in_words(decision.appeal, claim.language)
    if decision.outcome == "accepted":
        data: dict[str, object] = {
            "case": case.number, "value": decision.amount_cents or 0, "iban": shortened(claim.iban), "appeal": appeal,
        }  # fmt: skip
        template = "claim_accepted"
    else:
        data = {"case": case.number, "justification": decision.justification, "appeal": appeal}
        template = "claim_rejected"
    return _plan(claim, template, data, key=f"case:{case.pk}:{decision.pk}", about=f"case:{case.pk}", at=at)


def returned(claim: Claim, case: Case, line: int, cents: int, *, at: datetime) -> None:
    """A payment came back from the bank: another account is asked for."""
    data = {"case": case.number, "value": cents}
    _plan(claim, "claim_returned", data, key=f"case:{case.pk}:line:{line}", about=f"case:{case.pk}", at=at)


def withdrawn(claim: Claim, case: Case, *, at: datetime) -> None:
    """The claim of one voucher was taken back."""
    _plan(claim, "claim_withdrawn", {"case": case.number}, key=f"case:{case.pk}", about=f"case:{case.pk}", at=at)


def infected(claim: Claim, case: Case, document: str, name: str, *, at: datetime) -> None:
    """An attachment held malware and was destroyed: it is asked for again."""
    data = {"case": case.number, "document": name}
    _plan(claim, "claim_infected", data, key=f"case:{case.pk}:document:{document}", about=f"case:{case.pk}", at=at)


def shortened(iban: str) -> str:
    """An account as it may stand in a message: its country and last four characters."""
    return f"{iban[:2]}…{iban[-4:]}" if iban else ""
