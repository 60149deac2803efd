# SPDX-License-Identifier: EUPL-1.2
"""What the employer is told while an application is handled and when it is decided; the words are behind the sign-in.

No employee is named in a message: the number of the case is.
"""

from collections.abc import Mapping
from datetime import date, datetime

from ennakko.kernel import messages, tokens
from ennakko.kernel.cases.appeals import appeal_in_words
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.messages import Addressee
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.models import Application

FIELDS: Mapping[str, tuple[str, ...]] = {
    "asked": ("case", "due", "link"),
    "letter": ("case", "link"),
    "granted": ("case", "value", "appeal", "link"),
    "refused": ("case", "appeal", "link"),
    "cancelled_by_city": ("case", "link"),
}
"""Message template → the fields of its data."""
PATH = "organisation/hiring-benefit"


def link(case: Case) -> str:
    """Where the employer's own page of an application is."""
    return f"{tokens.site()}/{PATH}/{case.number}/"


def decision_link(case: Case) -> str:
    """Where the decision letter is, for the party and for staff alike."""
    return f"{tokens.site()}/cases/{case.number}/decision/"


def _plan(case: Case, template: str, data: Mapping[str, object], *, occasion: str, at: datetime) -> str:
    application = Application.objects.get(case=case)
    key = f"{SERVICE}:case:{case.pk}:{template}:{occasion}"
    messages.plan(
        Addressee(email=application.contact_email, organisation=application.organisation),
        template=f"{SERVICE}.{template}", data={"case": case.number, "link": link(case), **data}, at=at,
        language=application.language, key=key, about=f"case:{case.pk}",
    )  # fmt: skip
    return key


def asked(case: Case, request: int, due: date, *, at: datetime) -> None:
    """More is asked for by a day; the question itself stands behind the sign-in."""
    _plan(case, "asked", {"due": due.isoformat()}, occasion=str(request), at=at)


def written(case: Case, letter: int, *, at: datetime) -> None:
    """The handler has written: what, stands behind the sign-in."""
    _plan(case, "letter", {}, occasion=str(letter), at=at)


def cancelled(case: Case, *, at: datetime) -> None:
    """The city has cancelled the application."""
    _plan(case, "cancelled_by_city", {}, occasion="", at=at)


def decided(case: Case, decision: Decision, *, at: datetime) -> str:
    """The decision, with how to appeal; the key of the message, which carries the notice."""
    data: dict[str, object] = {
        "appeal": appeal_in_words(decision.appeal, case.language), "link": decision_link(case)
    }  # fmt: skip
    granted = decision.outcome == "accepted"
    if granted:
        data["value"] = decision.amount_cents or 0
    return _plan(case, "granted" if granted else "refused", data, occasion=str(decision.pk), at=at)
