# SPDX-License-Identifier: EUPL-1.2
"""What applicants are told, and by which way: a message for every outcome, planned with the change it tells of.

Whoever the registers know is told through their own channel, never at the address of an unproven form: anybody could
have typed another's identity code. That address is told only that the application has been handled.
"""

from collections.abc import Mapping
from datetime import date, datetime

from ennakko.kernel import messages
from ennakko.kernel.cases.appeals import appeal_in_words
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.people.models import Person
from ennakko.services.summer_voucher import conditions
from ennakko.services.summer_voucher.law import number_2026 as number
from ennakko.services.summer_voucher.links import address
from ennakko.services.summer_voucher.models import Application, Voucher

SERVICE = conditions.SERVICE
LINKED = ("year", "answer_by", "link")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "offer": LINKED,
    "guardian": LINKED,
    "reminder": LINKED,
    "withdrawn": LINKED,
    "reissued": ("year", "link"),
    "number": ("year", "number", "value", "hours", "pay", "start", "end", "case"),
    "voided": ("year", "reason", "appeal"),
    "confirm": ("link", "hours", "reference", "status_link"),
    "received": ("reference", "due", "link"),
    "tell_more": ("reference", "due", "link"),
    "accepted": ("year", "link", "case"),
    "decided": ("link", "case"),
    "rejected": ("case", "justification", "appeal"),
    "handled": ("reference", "link"),
    "joined": ("year", "link"),
    "taken_back": ("reference",),
    "nudge": ("year", "value", "link"),
}
"""Message template → the fields of its data."""


def _plan(
    application: Application, template: str, data: Mapping[str, object], *, at: datetime, occasion: str = ""
) -> bool:
    """One message about an application to the applicant's surest way; False when it is planned already."""
    to: int | messages.Addressee = messages.Addressee(email=application.email)
    if application.person is not None:
        to = application.person
    return _to(application, to, template, data, at=at, occasion=occasion)


def _to(
    application: Application,
    to: int | messages.Addressee,
    template: str,
    data: Mapping[str, object],
    *,
    at: datetime,
    occasion: str = "",
) -> bool:
    return messages.plan(
        to, template=f"{SERVICE}.{template}", data=data, at=at, language=application.language,
        key=_key(application, f"{template}{occasion}"),
        about=f"case:{application.case_id}" if application.case_id else f"summer-voucher:application:{application.pk}",
        channel="email" if isinstance(to, messages.Addressee) else None,
    )  # fmt: skip


def _key(application: Application, template: str) -> str:
    return f"summer-voucher:application:{application.pk}:{template}"


def notice_of(application: Application, outcome: str) -> str:
    """The key of the message that gives notice of a decision: from its leaving the time to appeal is counted."""
    known = application.person is not None
    if outcome == "accepted":
        return _key(application, "accepted" if known else "number")
    return _key(application, "decided" if known else "rejected")


def confirm(application: Application, *, hours: int, at: datetime) -> None:
    """The link that confirms the address; the same words whoever applies, and no name in them."""
    data = {
        "link": address("confirm", application), "status_link": address("status", application), "hours": hours,
        "reference": application.reference,
    }  # fmt: skip
    _to(application, messages.Addressee(email=application.email), "confirm", data, at=at)


def received(application: Application, due: date, *, at: datetime) -> None:
    """The application came in, to whoever has proven who they are."""
    data = {
        "reference": application.reference,
        "due": due.isoformat(),
        "link": address("own") if application.person is not None else address("status", application),
    }
    _plan(application, "received", data, at=at)


def tell_more(application: Application, request: int, due: date, *, at: datetime) -> None:
    """More information is asked for by a day: to the applicant's own channel or, of the unproven, at their address.

    The question itself stands behind the link. Who asked by an unproven form answers by the secret link.
    """
    to: int | messages.Addressee = messages.Addressee(email=application.email)
    if application.person is not None and (application.proven or protected(application.person)):
        to = application.person
    data = {
        "reference": application.reference,
        "due": due.isoformat(),
        "link": address("status", application),
    }
    _to(application, to, "tell_more", data, at=at, occasion=f":{request}")


def accepted(application: Application, case: Case, voucher: Voucher | None, *, at: datetime) -> None:
    """The application was accepted; the number goes by message only to one whom the registers do not know."""
    if application.person is not None:
        data = {"year": application.year, "link": address("own"), "case": case.number}
        _plan(application, "accepted", data, at=at)
        _handled(application, at=at)
    elif voucher is not None:
        _plan(application, "number", number_data(voucher, case), at=at)


def number_data(voucher: Voucher, case: Case) -> Mapping[str, object]:
    """The fields of the message that holds a voucher's number."""
    on = conditions.last_of_year(voucher.year)
    return {
        "year": voucher.year,
        "number": number.encode(voucher.number),
        "value": voucher.value_cents,
        "hours": conditions.value("min_hours", on),
        "pay": conditions.value("min_pay", on),
        "start": str(conditions.value("work_start", on)),
        "end": str(conditions.value("work_end", on)),
        "case": case.number,
    }


def rejected(application: Application, case: Case, decision: Decision, *, at: datetime) -> None:
    """The application was rejected: with its reasons and how to appeal, here or behind a sign-in."""
    if application.person is not None:
        _plan(application, "decided", {"link": address("own"), "case": case.number}, at=at)
        _handled(application, at=at)
        return
    data = {
        "case": case.number,
        "justification": decision.justification,
        "appeal": appeal_in_words(decision.appeal, application.language),
    }
    _plan(application, "rejected", data, at=at)


def joined(application: Application, *, at: datetime) -> None:
    """There is a voucher already: its holder is told, and the address of an unproven form hears nothing."""
    _plan(application, "joined", {"year": application.year, "link": address("own")}, at=at)


def taken_back(application: Application, *, at: datetime) -> None:
    """The application was withdrawn as asked."""
    _plan(application, "taken_back", {"reference": application.reference}, at=at)


def _handled(application: Application, *, at: datetime) -> None:
    """The address of an unproven form is told that somebody has looked, and nothing of what came of it."""
    if application.proven or application.person is None or protected(application.person):
        return
    known = Person.objects.filter(pk=application.person).values_list("email", flat=True).first()
    if (known or "").casefold() != application.email.casefold():
        data = {"reference": application.reference, "link": address("own")}
        _to(application, messages.Addressee(email=application.email), "handled", data, at=at)


def protected(person: int) -> bool:
    """Whether our row of a person says non-disclosure."""
    return Person.objects.filter(pk=person, non_disclosure=True).exists()


def voided(voucher: Voucher, reason: str, appeal: Mapping[str, object], *, at: datetime) -> None:
    """A voucher was made void by a person, with the reason and how to appeal."""
    language = "fi"
    to: int | messages.Addressee | None = voucher.person_id
    if voucher.person is not None:
        language = voucher.person.language
    elif voucher.case is not None:
        application = Application.objects.get(case=voucher.case_id)
        language, to = application.language, messages.Addressee(email=application.email)
    if to is None:
        return
    data = {"year": voucher.year, "reason": reason, "appeal": appeal_in_words(appeal, language)}
    messages.plan(
        to, template=f"{SERVICE}.voided", data=data, at=at, language=language, key=f"voucher:{voucher.pk}:voided",
        about=f"voucher:{voucher.pk}",
    )  # fmt: skip


def reissued(new: Voucher, *, at: datetime) -> None:
    """A voucher got a new number: behind a sign-in, or in the message to one whom the registers do not know."""
    key = f"voucher:{new.pk}:reissued"
    if new.person_id is not None:
        messages.plan(
            new.person_id, template=f"{SERVICE}.reissued", data={"year": new.year, "link": address("own")}, at=at,
            key=key, about=f"voucher:{new.pk}",
        )  # fmt: skip
    elif new.case is not None:
        application = Application.objects.get(case=new.case_id)
        messages.plan(
            messages.Addressee(email=application.email), template=f"{SERVICE}.number",
            data=number_data(new, new.case), at=at, language=application.language, key=key, about=f"voucher:{new.pk}",
        )  # fmt: skip
