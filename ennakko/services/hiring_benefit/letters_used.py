# SPDX-License-Identifier: EUPL-1.2
"""The personal letter's code in an application: whose it is comes from the letter, never shown to the employer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ennakko.kernel.access import Actor
from ennakko.services.hiring_benefit.actions import letters
from ennakko.services.hiring_benefit.form_values import ToCorrect, raw_employees
from ennakko.values.texts import text

NOT_VALID = text(
    fi="Kirjeen koodi ei ole voimassa. Tarkista koodi työntekijältä tai kirjoita hänen tietonsa.",
    sv="Brevets kod gäller inte. Kontrollera koden med den anställda eller skriv in uppgifterna.",
    en="The letter's code is not valid. Check it with the employee, or write the details yourself.",
)


def filled(
    raw: Mapping[str, Any], *, actor: Actor, at: datetime, wall: datetime
) -> tuple[dict[str, Any], tuple[ToCorrect, ...]]:
    """The application with the details of those whose letter's code it holds; codes that are not valid are refused.

    In place of the code comes the letter's own key: what is stored of it opens nothing.
    """
    rows, wrong = [], []
    for number, row in enumerate(raw_employees(raw)):
        code = str(row.get("letter_code") or "").strip()
        found = letters.redeem(code, actor=actor, at=at, wall=wall) if code else None
        if code and found is None:
            wrong.append(ToCorrect("letter_code", NOT_VALID, number, "not_valid"))
        if found is not None:
            row = {
                **row, "first_name": found.given_names, "last_name": found.surname,
                "identity_code": found.identity_code, "letter_code": str(found.letter.pk),
            }  # fmt: skip
        rows.append(dict(row))
    return ({**raw, "employees": rows} if rows else dict(raw)), tuple(wrong)
