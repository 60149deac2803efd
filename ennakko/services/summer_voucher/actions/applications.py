# SPDX-License-Identifier: EUPL-1.2
"""Applying, confirming the address, explaining and withdrawing: for those whose turn the registers do not know.

The open form answers everybody alike: what is stored, checked and mailed follows later, from jobs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from ennakko.kernel.access import Actor
from ennakko.kernel.cases.models import Case
from ennakko.services.summer_voucher.law.refusals import Refusal
from ennakko.services.summer_voucher.models import Application
from ennakko.values.texts import Text

Form = Literal["open", "signed-in", "counter", "counter-without-code"]
FORM_VERSION = "2026-1"
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

The explanation is asked for in every form: the open form then never needs to ask more of some and not of others.
"""


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
    raise NotImplementedError


def apply(
    values: Mapping[str, Any], *, actor: Actor, at: datetime, on: date, wall: datetime, address: str
) -> Received:
    """Take in the open form; the answer is the same whoever the applicant is said to be.

    `address` is where the form came from (an IP address), kept only as a keyed hash for a day. A confirmation link is
    mailed; nothing is looked up in any register here.
    """
    raise NotImplementedError


def apply_signed_in(
    values: Mapping[str, Any], *, identity_code: str, actor: Actor, at: datetime, on: date, wall: datetime
) -> Received:
    """Take in the form of somebody signed in strongly: names come from the sign-in, no e-mail is to be confirmed.

    `actor.name` is the full name; `application.case` is open when this returns. Raises Refused without strong sign-in.
    """
    raise NotImplementedError


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
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the page after confirming says: `outcome` and the reference. The same for all who hold a good link."""

    outcome: Literal["confirmed", "already", "expired"]
    reference: str = ""
    status_link: str = ""


def look_at_link(token: str, *, wall: datetime) -> Confirmation:
    """What the confirmation page shows before the button is pressed (GET): changes nothing; "confirmed" = can be."""
    raise NotImplementedError


def confirm(token: str, *, actor: Actor, at: datetime, on: date, wall: datetime) -> Confirmation:
    """Confirm the address (POST); twice changes nothing. The case is opened and waits for the machine's check."""
    raise NotImplementedError


def explain(
    application: Application, reasons: object, description: object, *, actor: Actor, at: datetime, on: date
) -> tuple[Refusal, ...]:
    """Take the additional information that was asked for (KY-14); empty when it was taken, else what to correct.

    Who comes by the secret link is anonymous and has shown the token (`queries.applications.by_token`).
    """
    raise NotImplementedError


def withdraw(case: Case, *, actor: Actor, at: datetime, on: date) -> Case:
    """The applicant takes the application back while it is open; raises Refused and NotNow."""
    raise NotImplementedError
