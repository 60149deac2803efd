# SPDX-License-Identifier: EUPL-1.2
"""Applying, confirming the address, explaining and withdrawing: for those whose turn the registers do not know.

The open form answers everybody alike: what is stored, checked and mailed follows later, from jobs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.conf import settings
from django.db import transaction

from ennakko.kernel import cases, people
from ennakko.kernel.access import SYSTEM, Actor, Refused, require, tries
from ennakko.kernel.access.reasons import STRONG
from ennakko.kernel.access.tries import Limit
from ennakko.kernel.cases.letters import answer_information
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.queries import open_requests
from ennakko.kernel.registers import contact_of
from ennakko.services.summer_voucher import conditions, telling
from ennakko.services.summer_voucher.actions import checking
from ennakko.services.summer_voucher.actions.storing import new_application
from ennakko.services.summer_voucher.law import acceptance_2026 as acceptance
from ennakko.services.summer_voucher.law import fields, texts_2026
from ennakko.services.summer_voucher.law.refusals import Refusal
from ennakko.services.summer_voucher.law.surname_2026 import split_full_name
from ennakko.services.summer_voucher.links import address as link_to
from ennakko.services.summer_voucher.links import application_of
from ennakko.services.summer_voucher.models import Application
from ennakko.services.summer_voucher.states import ApplicationState, CaseState, Verb
from ennakko.values.texts import Text, text

ADDRESS = Limit("summer-voucher.address", 30, timedelta(hours=1))
CODE = Limit("summer-voucher.identity-code", 5, timedelta(days=1))
MAILBOX = Limit("summer-voucher.mailbox", 5, timedelta(days=1))
"""How often the open form may be sent; a school's whole network is one address."""
Form = Literal["open", "signed-in", "counter", "counter-without-code"]
FORM_VERSION = "2026-1"
KIND = "application"
COMMON = ("school", "is_unlisted_school", "phone_number", "postcode", "language", "target_group")
EXPLANATION = ("additional_info_user_reasons", "additional_info_description")
FIELDS: Mapping[Form, tuple[str, ...]] = {
    "open": ("first_name", "last_name", "social_security_number", "email", *COMMON, *EXPLANATION),
    "signed-in": ("email", *COMMON, *EXPLANATION),
    "counter": ("first_name", "last_name", "social_security_number", "email", *COMMON, *EXPLANATION),
    "counter-without-code": (
        "first_name", "last_name", "non_vtj_birthdate", "non_vtj_home_municipality", "email", "school", "phone_number",
        "postcode", "language", "target_group", "additional_info_description",
    ),
}  # fmt: skip
"""Which fields each form has, by the names of the City's interface (law/fields.py tells what each may hold).

The open form always asks for the explanation: then nobody can tell from a later question whom the registers know.
"""
OPTIONAL: Mapping[Form, tuple[str, ...]] = {
    "open": ("is_unlisted_school",),
    "signed-in": ("is_unlisted_school", *EXPLANATION),
    "counter": ("is_unlisted_school", *EXPLANATION),
    "counter-without-code": ("non_vtj_home_municipality",),
}
"""Fields that may be left out; signed in, the explanation is asked for later if the registers do not settle it."""

TOO_MANY = text(
    fi="Lomake on lähetetty tästä verkosta liian monta kertaa. Yritä tunnin kuluttua uudelleen.",
    sv="Blanketten har skickats för många gånger från det här nätet. Försök igen om en timme.",
    en="The form has been sent too many times from this network. Try again in an hour.",
)


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a form that was sent.

    `refusals`: what must be corrected (by field, with texts); `reason`: why nothing is taken in now (closed this year,
    too many sent from here); else `reference` is what the applicant can quote, and `application` what was stored: None
    too where the form was quietly passed over (show nothing of the difference).
    """

    reference: str = ""
    refusals: tuple[Refusal, ...] = ()
    reason: Text | None = None
    application: Application | None = None

    @property
    def taken(self) -> bool:
        """Whether the form was taken in, as far as the sender is told."""
        return bool(self.reference)


def refused_fields(values: Mapping[str, Any], *, form: Form, only: tuple[str, ...] = ()) -> tuple[Refusal, ...]:
    """What must be corrected in a form, field by field; `only` for one page of a form asked a question a page."""
    refusals = []
    for field in only or FIELDS[form]:
        value = values.get(field)
        if value in (None, "", []) and field in OPTIONAL[form]:
            continue
        if field not in values:
            refusals.append(fields.missing(field))
            continue
        found = fields.check(field, value, temporary=bool(settings.DEMO))
        if found is not None:
            refusals.append(found)
    return tuple(refusals)


def apply(values: Mapping[str, Any], *, actor: Actor, at: datetime, on: date, wall: datetime, address: str) -> Received:
    """Take in the open form; the answer is the same whoever the applicant is said to be.

    `address` is where the form came from (an IP address), kept only as a keyed hash for a day. A confirmation link is
    mailed; nothing is looked up in any register here.
    """
    require(actor, "summer-voucher.apply")
    if tries.too_many(ADDRESS, address, wall=wall):
        return Received(reason=TOO_MANY)
    stopped = _closed_or_wrong(values, form="open", on=on)
    if stopped is not None:
        return stopped
    code = str(values["social_security_number"]).strip()
    mailbox = str(values["email"]).strip().casefold()
    by_code = tries.too_many(CODE, code, wall=wall)
    by_mailbox = tries.too_many(MAILBOX, mailbox, wall=wall)
    row = new_application(values, identity_code=code, proven=False, source="online", at=at, on=on, wall=wall)
    if by_code or by_mailbox:
        return Received(reference=row.reference)
    with transaction.atomic():
        row.save()
        telling.confirm(row, hours=conditions.value("link_seconds", on) // 3600, at=at)
    return Received(reference=row.reference, application=row)


def apply_signed_in(
    values: Mapping[str, Any], *, identity_code: str, actor: Actor, at: datetime, on: date, wall: datetime
) -> Received:
    """Take in the form of somebody signed in strongly: names come from the sign-in, no e-mail is to be confirmed.

    `actor.name` is the full name; `application.case` is open when this returns. Raises Refused without strong sign-in.
    """
    require(actor, "summer-voucher.apply")
    if actor.kind != "resident" or not actor.strong:
        raise Refused(STRONG, "summer-voucher.apply")
    stopped = _closed_or_wrong(values, form="signed-in", on=on)
    if stopped is not None:
        return stopped
    first, last = split_full_name(actor.name)
    named = {**values, "first_name": first, "last_name": last}
    row = new_application(named, identity_code=identity_code, proven=True, source="online", at=at, on=on, wall=wall)
    return _opened_at_once(row, actor=actor, at=at, on=on)


def apply_at_counter(
    values: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    on: date,
    wall: datetime,
    source: Literal["counter", "phone", "paper"] = "counter",
) -> Received:
    """Staff fill the form in for a youth beside them; without `social_security_number` it goes to a handler (KH-5)."""
    require(actor, "summer-voucher.counter")
    code = str(values.get("social_security_number") or "").strip()
    form: Form = "counter" if code else "counter-without-code"
    stopped = _closed_or_wrong(values, form=form, on=on)
    if stopped is not None:
        return stopped
    told = values if code else {**values, "additional_info_user_reasons": ["other"], "is_unlisted_school": True}
    # On the phone and on paper nobody has shown who they are.
    proven = source == "counter"
    row = new_application(told, identity_code=code, proven=proven, source=source, at=at, on=on, wall=wall)
    return _opened_at_once(row, actor=actor, at=at, on=on)


def _closed_or_wrong(values: Mapping[str, Any], *, form: Form, on: date) -> Received | None:
    if conditions.undecided(on) is not None:
        return Received(reason=texts_2026.NOT_OPEN_THIS_YEAR)
    refusals = refused_fields(values, form=form)
    return Received(refusals=refusals) if refusals else None


def _opened_at_once(row: Application, *, actor: Actor, at: datetime, on: date) -> Received:
    with transaction.atomic():
        row.state, row.confirmed_at = ApplicationState.CONFIRMED, at
        row.save()
        _open(row, actor=actor, at=at, on=on)
    machine = SYSTEM("summer-voucher")
    if row.case is not None and checking.check_case(row.case, at=at, on=on, actor=machine):
        row.refresh_from_db()
    if row.case is not None and row.case.closed_at is None and row.proven and row.case.due is not None:
        telling.received(row, row.case.due, at=at)
    return Received(reference=row.reference, application=row)


def _open(row: Application, *, actor: Actor, at: datetime, on: date) -> None:
    if actor.kind == "resident" and actor.person is not None:
        row.person = actor.person
        ensure_person(actor.person, at=at)
    row.case = cases.open_case(
        conditions.SERVICE, KIND, actor=actor, at=at, on=on, subject=row.person, form_version=FORM_VERSION,
        language=row.language, source=row.source, data={"reference": row.reference, "school": row.school},
        on_behalf_of=row.person if actor.kind == "staff" else None,
    )  # fmt: skip
    row.save(update_fields=["case", "person"])


def ensure_person(key: int, *, at: datetime) -> None:
    """A row for somebody who now has a case with us, as the register tells of them."""
    contact = contact_of(key)
    if contact is None:
        raise LookupError(f"The register knows no person {key}.")
    known = people.Known(
        key=key, identity_code=contact.identity_code, given_names=contact.given_names, surname=contact.surname,
        language=contact.language, email=contact.email or "", phone=contact.phone or "",
        suomifi_messages=contact.suomifi_messages, non_disclosure=contact.non_disclosure,
    )  # fmt: skip
    people.ensure([known], at=at)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the page after confirming says: `outcome` and the reference. The same for all who hold a good link."""

    outcome: Literal["confirmed", "already", "expired"]
    reference: str = ""
    status_link: str = ""


def look_at_link(token: str, *, on: date, wall: datetime) -> Confirmation:
    """What the confirmation page shows before the button is pressed (GET): changes nothing; "confirmed" = can be."""
    row = application_of(token, "confirm")
    return Confirmation("expired") if row is None else _as_it_is(row, on=on, wall=wall)


def _as_it_is(row: Application, *, on: date, wall: datetime) -> Confirmation:
    if row.state == ApplicationState.CONFIRMED:
        return Confirmation("already", row.reference, link_to("status", row))
    seconds = int((wall - row.sent_wall).total_seconds())
    limit = conditions.value("link_seconds", on)
    if row.state == ApplicationState.EXPIRED or acceptance.link_expired(age_seconds=seconds, limit_seconds=limit):
        return Confirmation("expired", row.reference)
    return Confirmation("confirmed", row.reference, link_to("status", row))


def confirm(token: str, *, actor: Actor, at: datetime, on: date, wall: datetime) -> Confirmation:
    """Confirm the address (POST); twice changes nothing. The case is opened and waits for the machine's check."""
    require(actor, "summer-voucher.apply")
    found = application_of(token, "confirm")
    if found is None:
        return Confirmation("expired")
    with transaction.atomic():
        row = Application.objects.select_for_update().get(pk=found.pk)
        now = _as_it_is(row, on=on, wall=wall)
        if now.outcome == "confirmed":
            row.state, row.confirmed_at = ApplicationState.CONFIRMED, at
            row.save(update_fields=["state", "confirmed_at"])
            # Whoever presses the button, the case is nobody's own until the check has found whose it may be.
            _open(row, actor=SYSTEM("summer-voucher"), at=at, on=on)
    return now


def explain(
    application: Application, reasons: object, description: object, *, actor: Actor, at: datetime, on: date
) -> tuple[Refusal, ...]:
    """Take the additional information that was asked for (KY-14); empty when it was taken, else what to correct.

    Who comes by the secret link is anonymous and has shown the token (`queries.applications.by_token`).
    """
    case = application.case
    asked = case is not None and case.state == CaseState.INFORMATION_REQUESTED
    refusals = acceptance.additional_information(
        status=acceptance.Status.ADDITIONAL_INFORMATION_REQUESTED if asked else acceptance.Status.SUBMITTED,
        reasons=reasons, description=description,
    )  # fmt: skip
    if refusals or case is None:
        return refusals
    with transaction.atomic():
        row = Application.objects.select_for_update().get(pk=application.pk)
        answer = {"reasons": reasons, "description": str(description).strip()}
        for request in open_requests(case):
            answer_information(request, answer, actor=actor, at=at, on_behalf_of=_for_whom(row, actor))
        row.reasons, row.description = list(reasons), str(description).strip()  # type: ignore[call-overload]
        row.save(update_fields=["reasons", "description"])
        cases.move(case, Verb.PROVIDE, actor=actor, at=at, on_behalf_of=_for_whom(row, actor))
    application.refresh_from_db()
    return ()


def _for_whom(row: Application, actor: Actor) -> int | None:
    return row.person if actor.kind == "staff" else None


def withdraw(case: Case, *, actor: Actor, at: datetime, on: date) -> Case:
    """The applicant takes the application back while it is open; raises Refused and NotNow."""
    with transaction.atomic():
        moved = cases.move(case, Verb.WITHDRAW, actor=actor, at=at)
        telling.taken_back(Application.objects.get(case=moved), at=at)
    return moved
