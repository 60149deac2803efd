# SPDX-License-Identifier: EUPL-1.2
"""Whom the register knows by an identity code: from then on the employee has a row with us, and her own page."""

from datetime import datetime

from ennakko.kernel import people
from ennakko.kernel.registers import NoSnapshot, contact_of, find_person


def known_person(code: str, *, at: datetime) -> int | None:
    """The key of the person with an identity code, whose row is made or brought up to date; None for one unknown."""
    try:
        key = find_person(code) if code else None
    except NoSnapshot:
        return None
    contact = contact_of(key) if key is not None else None
    if key is None or contact is None:
        return None
    people.ensure(
        [
            people.Known(
                key=key, identity_code=contact.identity_code, given_names=contact.given_names,
                surname=contact.surname, language=contact.language, email=contact.email or "",
                phone=contact.phone or "", suomifi_messages=contact.suomifi_messages,
                non_disclosure=contact.non_disclosure,
            )
        ],
        at=at,
    )  # fmt: skip
    return key
