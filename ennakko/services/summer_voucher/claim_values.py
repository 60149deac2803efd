# SPDX-License-Identifier: EUPL-1.2
"""What an employer tells in a claim, read from a form, a draft or the interface: typed values, or what to correct.

A raw claim is a mapping of the names in `FIELDS` with `rows`, a list of mappings of the names in `ROW_FIELDS`. Values
may be text as people write it ("60,5", "1.6.2026", "612,00") or JSON values (dates in ISO form).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ennakko.values.texts import Text

FIELDS: Final = (
    "contact_name", "contact_email", "contact_phone", "language", "iban", "bic", "payee_name", "payee_address",
    "bank_name", "bank_address", "is_separate_invoicer", "invoicer_name", "invoicer_email", "invoicer_phone",
    "street_address", "postal_code", "post_office",
)  # fmt: skip
ROW_FIELDS: Final = (
    "number", "surname", "work_start", "work_end", "hours", "pay", "work_postal_code", "job_type", "description",
    "hired_without", "confirmed",
)  # fmt: skip
JOB_TYPES: Final = (
    "sports_and_leisure", "maintenance_and_construction", "restaurant_and_cafe", "retail", "office_and_media",
    "gardening_and_agriculture", "service", "other",
)  # fmt: skip
HIRED_WITHOUT: Final = ("yes", "no", "maybe")
MOST_ROWS: Final = 50


@dataclass(frozen=True, slots=True)
class ToCorrect:
    """One thing to correct: `field` of FIELDS or, with `row` (from 0), of ROW_FIELDS; what is wrong and what to do."""

    field: str
    text: Text
    row: int | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowValues:
    """One voucher of a claim; hours in hundredths, pay in cents; None and "" is not told.

    `confirmed`: the employer was told that something does not fit, and sends it as it is: a person decides then.
    """

    number: str = ""
    surname: str = ""
    work_start: date | None = None
    work_end: date | None = None
    hours: int | None = None
    pay_cents: int | None = None
    work_postal_code: str = ""
    job_type: str = ""
    description: str = ""
    hired_without: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimValues:
    """A whole claim. `typed_fields` and `keystrokes` are what the sender had to write; None where nobody counted."""

    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    language: str = "fi"
    iban: str = ""
    bic: str = ""
    payee_name: str = ""
    payee_address: str = ""
    bank_name: str = ""
    bank_address: str = ""
    is_separate_invoicer: bool = False
    invoicer_name: str = ""
    invoicer_email: str = ""
    invoicer_phone: str = ""
    street_address: str = ""
    postal_code: str = ""
    post_office: str = ""
    rows: tuple[RowValues, ...] = ()
    typed_fields: int | None = None
    keystrokes: int | None = None


DRAFTS = "claim-draft"


def documents_about(organisation: str, key: str, position: int) -> str:
    """Where the documents of a draft's row wait until it is sent (`position` from 1); then they move to its case."""
    return f"{DRAFTS}:{organisation}:{key}:{position}"


def raw_rows(raw: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The rows of a raw claim, whatever was sent in their place."""
    rows = raw.get("rows")
    if not isinstance(rows, list | tuple):
        return ()
    return [row for row in rows if isinstance(row, Mapping)]
