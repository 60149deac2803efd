# SPDX-License-Identifier: EUPL-1.2
"""How an application for a voucher is taken in and decided, for those whose turn the registers do not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from ennakko.services.summer_voucher.law import fields, texts_2026
from ennakko.services.summer_voucher.law.refusals import Refusal
from ennakko.services.summer_voucher.law.surname_2026 import same_text
from ennakko.values.dates import add_years


class Status(StrEnum):
    """Where an application stands."""

    SUBMITTED = "submitted"
    AWAITING_MANUAL_PROCESSING = "awaiting_manual_processing"
    ADDITIONAL_INFORMATION_REQUESTED = "additional_information_requested"
    ADDITIONAL_INFORMATION_PROVIDED = "additional_information_provided"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Standing:
    """What may happen to an application in a status."""

    waits_for_youth: bool
    may_accept: bool
    may_reject: bool
    final: bool


STANDINGS: Final[dict[Status, Standing]] = {
    Status.SUBMITTED: Standing(True, False, False, False),
    Status.AWAITING_MANUAL_PROCESSING: Standing(False, True, True, False),
    Status.ADDITIONAL_INFORMATION_REQUESTED: Standing(True, False, True, False),
    Status.ADDITIONAL_INFORMATION_PROVIDED: Standing(False, True, True, False),
    Status.ACCEPTED: Standing(False, False, False, True),
    Status.REJECTED: Standing(False, False, False, True),
}
"""The table of act 8 §: who is waited for in each status, and what a handler may decide."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier application, compared with the new one."""

    same_email: bool
    same_identity_code: bool
    confirmed: bool
    link_expired: bool
    this_year: bool
    status: Status


@dataclass(frozen=True, slots=True)
class Registered:
    """What the population register answered of the applicant; `None` is "the register did not say".

    `in_use` false: the register is not connected, nothing could be asked.
    """

    in_use: bool = True
    code_valid: bool | None = None
    alive: bool | None = None
    surname_same: bool | None = None
    municipality: str | None = None
    non_disclosure: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """What the applicant told, and the year's conditions that it is held against."""

    age_by_year: int | None
    declared_group: str
    open_groups: frozenset[str]
    has_identity_code: bool = True


def age_by_year(birth: date, year: int) -> int:
    """The age that somebody reaches during a year: the day of the birthday does not matter (act 2 §)."""
    return year - birth.year


def group_of_age(age: int) -> str | None:
    """The group that the catalogue has for an age, or None."""
    return next((group for group, its_age in fields.TARGET_GROUPS.items() if its_age == age), None)


def needs_guardian_copy(*, birth: date, on: date, independent_age: int) -> bool:
    """Whether the guardians get a copy: the youth has not reached the age of acting alone (act 4 §)."""
    return on < add_years(birth, independent_age)


def link_expired(*, age_seconds: int, limit_seconds: int) -> bool:
    """Whether a confirmation link has expired: it lives less than its limit (act 6 §)."""
    return age_seconds >= limit_seconds


def holds_its_place(*, confirmed: bool, expired: bool) -> bool:
    """Whether an application counts against others: it was confirmed, or still may be (act 6 §)."""
    return confirmed or not expired


def duplicate(earlier: Earlier) -> Refusal | None:
    """Why a second application this year is refused beside an earlier one, or None (act 7 §)."""
    if earlier.status is Status.REJECTED or not earlier.this_year:
        return None
    if earlier.confirmed and (earlier.same_email or earlier.same_identity_code):
        return Refusal("already_assigned", texts_2026.ALREADY_ASSIGNED, cite="act 7 §")
    if earlier.same_email and holds_its_place(confirmed=earlier.confirmed, expired=earlier.link_expired):
        return Refusal("email_in_use", texts_2026.EMAIL_IN_USE, cite="act 7 §")
    return None


def open_questions(*, applied: Applied, registered: Registered, home: str) -> tuple[Refusal, ...]:
    """What keeps an application from being accepted at once, each with its reason; empty when nothing does (act 3 §).

    `home` is the municipality as the register writes it. A non-disclosed person is judged by the same conditions as
    anyone: only a municipality that the register withheld makes a question.
    """
    if not registered.in_use:
        return (Refusal("register_not_in_use", texts_2026.REGISTER_NOT_IN_USE, cite="act 3 §"),)
    if not applied.has_identity_code:
        return (Refusal("no_identity_code", texts_2026.NO_IDENTITY_CODE, cite="act 3 §"),)
    age = fields.AGE_OF_GROUP.get(applied.declared_group)
    questions = {
        "not_found": (registered.code_valid is not True, texts_2026.NOT_FOUND),
        "dead": (registered.alive is not True, texts_2026.NOT_ALIVE),
        "surname_differs": (registered.surname_same is not True, texts_2026.SURNAME_DIFFERS),
        "group_not_open": (applied.declared_group not in applied.open_groups, texts_2026.GROUP_NOT_OPEN),
        "other_age": (age is None or applied.age_by_year != age, texts_2026.OTHER_AGE),
        "not_resident": (
            registered.municipality is None or not same_text(registered.municipality, home),
            texts_2026.NOT_RESIDENT,
        ),
    }
    return tuple(Refusal(code, says, cite="act 3 §") for code, (open_, says) in questions.items() if open_)


def refused_on_sending(*, registered: Registered, questions: Sequence[Refusal], send_anyway: bool) -> Refusal | None:
    """Why an application is not taken in as it was sent, or None (act 5 §).

    `code` tells the handler and the decision log which condition failed; the person is shown the same text for both,
    so that nobody can find out from the form whether an identity code and a surname belong together.
    """
    if send_anyway:
        return None if questions else Refusal("nothing_to_add", texts_2026.NOTHING_TO_ADD, cite="act 5 §")
    if registered.in_use and registered.code_valid is not None:
        if not registered.code_valid or registered.alive is False:
            return Refusal("inadmissible_data", texts_2026.NOT_CONFIRMED, cite="act 5 §")
        if registered.surname_same is False:
            return Refusal("please_recheck_data", texts_2026.NOT_CONFIRMED, cite="act 5 §")
    return None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What follows when the applicant confirms the address: the page shown and the status after it."""

    page: str
    status: Status
    active: bool = True


def confirm(
    *, status: Status, active: bool, expired: bool, another_active: bool, questions: Sequence[Refusal]
) -> Confirmation:
    """Confirming an application: accepted at once, asked for more, or told why nothing changes (act 6 §)."""
    if active:
        asked = status is Status.ADDITIONAL_INFORMATION_REQUESTED
        return Confirmation("additional_info" if asked else "already_activated", status)
    if another_active:
        return Confirmation("already_activated", status, active=False)
    if expired:
        return Confirmation("expired", status, active=False)
    if questions:
        return Confirmation("additional_info", Status.ADDITIONAL_INFORMATION_REQUESTED)
    return Confirmation("accepted", Status.ACCEPTED)


def additional_information(*, status: Status, reasons: object, description: object) -> tuple[Refusal, ...]:
    """Why an explanation is not taken in: it was not asked for, or a field is wrong; empty when it is (act 5 §)."""
    refusals = [
        fields.check("additional_info_user_reasons", reasons),
        fields.check("additional_info_description", description),
    ]
    if status is not Status.ADDITIONAL_INFORMATION_REQUESTED:
        refusals.append(Refusal("not_asked", texts_2026.NOT_ASKED, cite="act 5 §"))
    return tuple(refusal for refusal in refusals if refusal is not None)


def decide(*, status: Status, accept: bool) -> Status | Refusal:
    """The status after a handler's decision, or why it cannot be decided now (act 8 §)."""
    standing = STANDINGS[status]
    if standing.final:
        return Refusal("already_decided", texts_2026.ALREADY_DECIDED, cite="act 8 §")
    if not (standing.may_accept if accept else standing.may_reject):
        return Refusal("not_yet", texts_2026.NOT_YET, cite="act 8 §")
    return Status.ACCEPTED if accept else Status.REJECTED
