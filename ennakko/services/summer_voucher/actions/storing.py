# SPDX-License-Identifier: EUPL-1.2
"""An application as it is stored: the identity code sealed, what must be found again hashed, texts tidied."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ennakko.kernel import keys
from ennakko.kernel.people.names import folded
from ennakko.services.summer_voucher.models import Application
from ennakko.services.summer_voucher.states import ApplicationState
from ennakko.values import identity_code as codes

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Nothing in a reference looks like something else when it is read aloud or written down."""


def new_reference() -> str:
    """A reference that an applicant can quote: `K7Q2-M9XD-4T`; tells nothing and follows from nothing."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(10))
    return f"{drawn[:4]}-{drawn[4:8]}-{drawn[8:]}"


def new_application(
    values: Mapping[str, Any],
    *,
    identity_code: str,
    proven: bool,
    source: str,
    at: datetime,
    on: date,
    wall: datetime,
) -> Application:
    """An application made of a checked form's fields, not saved yet."""
    reference = new_reference()

    def said(field: str) -> str:
        return str(values.get(field) or "").strip()

    email, first, last = said("email"), said("first_name"), said("last_name")
    return Application(
        reference=reference, year=on.year, state=ApplicationState.SUBMITTED, source=source, proven=proven,
        identity_code_sealed=keys.seal(identity_code, context=reference) if identity_code else None,
        identity_code_index=keys.index_of(identity_code) if identity_code else "",
        first_name=first, last_name=last, search=folded(last, first)[:300], birth_date=_birth(identity_code, values),
        home_municipality=said("non_vtj_home_municipality"), email=email,
        email_index=keys.index_of(f"email {email.casefold()}"), phone=said("phone_number"), postcode=said("postcode"),
        school=said("school"), is_unlisted_school=bool(values.get("is_unlisted_school")), language=said("language"),
        target_group=said("target_group"), reasons=list(values.get("additional_info_user_reasons") or ()),
        description=said("additional_info_description"), sent_at=at, sent_wall=wall,
    )  # fmt: skip


def _birth(identity_code: str, values: Mapping[str, Any]) -> date | None:
    if identity_code:
        return codes.parse(identity_code).birth_date
    told = str(values.get("non_vtj_birthdate") or "")
    return date.fromisoformat(told) if told else None


def identity_code_of(application: Application) -> str:
    """The identity code in clear, empty where none was given; never show it whole on a page."""
    if application.identity_code_sealed is None:
        return ""
    return keys.unseal(bytes(application.identity_code_sealed), context=application.reference)
