# SPDX-License-Identifier: EUPL-1.2
"""What a claim must tell before it is sent, and what its papers may be (act 21 §, 22 §)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ennakko.services.summer_voucher.law.refusals import Refusal
from ennakko.values import iban
from ennakko.values.texts import text

CLAIM_FIELDS: Final = (
    "street_address",
    "bank_account_number",
    "contact_person_name",
    "contact_person_email",
    "contact_person_phone_number",
    "is_separate_invoicer",
    "summer_vouchers",
)
"""What every claim tells; the names are those of the City's interface."""

INVOICER_FIELDS: Final = ("invoicer_name", "invoicer_email", "invoicer_phone_number")
FOREIGN_ACCOUNT_FIELDS: Final = ("payee_name", "payee_address", "bank_swift_bic_code", "bank_name", "bank_address")

VOUCHER_FIELDS: Final = (
    "summer_voucher_serial_number",
    "employee_phone_number",
    "employment_postcode",
    "employment_start_date",
    "employment_end_date",
    "employment_work_hours",
    "employment_salary_paid",
    "hired_without_voucher_assessment",
)
"""What each voucher of a claim tells; a description of the work is free."""

LONGEST: Final[Mapping[str, int]] = {
    "street_address": 256,
    "payee_name": 256,
    "payee_address": 512,
    "bank_swift_bic_code": 11,
    "bank_name": 256,
    "bank_address": 512,
}

PAPER_KINDS: Final = ("employment_contract", "payslip")
MOST_OF_A_KIND: Final = 5
MOST_BYTES: Final = 10 * 1024 * 1024

MISSING: Final = text(fi="Täytä tämä kohta.", sv="Fyll i den här punkten.", en="Fill in this field.")
WRONG_ACCOUNT: Final = text(
    fi="Tarkista tilinumero. Suomalainen tili on muotoa FI21 1234 5600 0007 85.",
    sv="Kontrollera kontonumret. Ett finländskt konto ser ut så här: FI21 1234 5600 0007 85.",
    en="Check the account number. A Finnish account looks like FI21 1234 5600 0007 85.",
)
NO_PAPER: Final = text(
    fi="Lisää työsopimus ja palkkalaskelma.",
    sv="Bifoga arbetsavtalet och lönespecifikationen.",
    en="Attach the employment contract and the payslip.",
)
TOO_MANY: Final = text(
    fi="Samaa lajia voi olla enintään viisi liitettä. Poista jokin ensin.",
    sv="Det får finnas högst fem bilagor av samma slag. Ta bort någon först.",
    en="There may be at most five attachments of a kind. Remove one first.",
)
TOO_BIG: Final = text(
    fi="Tiedosto on liian suuri. Enimmäiskoko on 10 megatavua.",
    sv="Filen är för stor. Största storleken är 10 megabyte.",
    en="The file is too big. It may be at most 10 megabytes.",
)
EMPTY_FILE: Final = text(fi="Tiedosto on tyhjä.", sv="Filen är tom.", en="The file is empty.")
NOT_A_PAPER: Final = text(
    fi="Tiedosto ei ole sitä, mitä sen nimi lupaa. Lähetä PDF-, PNG- tai JPEG-tiedosto.",
    sv="Filen är inte vad dess namn säger. Skicka en PDF-, PNG- eller JPEG-fil.",
    en="The file is not what its name says. Send a PDF, PNG or JPEG file.",
)

SIGNATURES: Final[Mapping[bytes, str]] = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
"""How a file of each kind begins, and what it is then."""

TOO_LONG: Final = text(
    fi="Lyhennä: tähän mahtuu enintään {most} merkkiä.",
    sv="Förkorta: här ryms högst {most} tecken.",
    en="Shorten this: it may have at most {most} characters.",
)


def _empty(value: object) -> bool:
    return value is None or value == "" or value == [] or (isinstance(value, str) and not value.strip())


def needed_of_claim(claim: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that this claim needs: an invoicer's and a foreign account's only where there is one."""
    fields: tuple[str, ...] = CLAIM_FIELDS
    if claim.get("is_separate_invoicer") is True:
        fields += INVOICER_FIELDS
    account = claim.get("bank_account_number")
    if isinstance(account, str) and account.strip() and iban.country(account) != "FI":
        fields += FOREIGN_ACCOUNT_FIELDS
    return fields


def lacking(claim: Mapping[str, Any]) -> tuple[Refusal, ...]:
    """What a claim lacks before it can be sent, field by field; empty when it is whole.

    `summer_vouchers` holds the rows; `attachments` how many papers there are of each kind.
    """
    refusals = [_missing(name) for name in needed_of_claim(claim) if _empty(claim.get(name))]
    account = claim.get("bank_account_number")
    if isinstance(account, str) and account.strip() and not iban.is_valid(account):
        refusals.append(Refusal("invalid", WRONG_ACCOUNT, "bank_account_number", "act 19 §"))
    refusals += [_too_long(name, most) for name, most in LONGEST.items() if len(str(claim.get(name) or "")) > most]
    rows = claim.get("summer_vouchers")
    for row in rows if isinstance(rows, list | tuple) else ():
        refusals += [_missing(name) for name in VOUCHER_FIELDS if _empty(row.get(name))]
    papers = claim.get("attachments", {})
    refusals += [Refusal("required", NO_PAPER, kind, "act 19 §") for kind in PAPER_KINDS if not papers.get(kind)]
    return tuple(refusals)


def _missing(field: str) -> Refusal:
    return Refusal("required", MISSING, field, "act 21 §")


def _too_long(field: str, most: int) -> Refusal:
    return Refusal("too_long", TOO_LONG.format(most=most), field, "act 21 §")


def content_type(first_bytes: bytes) -> str | None:
    """What a file is by how it begins, None when it is nothing that is taken in."""
    return next((kind for start, kind in SIGNATURES.items() if first_bytes.startswith(start)), None)


def paper(*, first_bytes: bytes, size: int, promised: str | None = None, of_kind_before: int = 0) -> Refusal | str:
    """The content type of a file that is taken in, or why it is not (act 22 §).

    `promised`: what the name or the sender says that it is; `of_kind_before`: how many of its kind there are already.
    """
    if of_kind_before >= MOST_OF_A_KIND:
        return Refusal("too_many", TOO_MANY, "attachment_file", "act 22 §")
    if size <= 0:
        return Refusal("empty", EMPTY_FILE, "attachment_file", "act 22 §")
    if size > MOST_BYTES:
        return Refusal("too_big", TOO_BIG, "attachment_file", "act 22 §")
    found = content_type(first_bytes)
    if found is None or (promised is not None and promised != found):
        return Refusal("invalid", NOT_A_PAPER, "attachment_file", "act 22 §")
    return found
