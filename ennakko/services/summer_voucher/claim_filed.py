# SPDX-License-Identifier: EUPL-1.2
"""What an employer sent in for one voucher, line by line, as the register of matters keeps it and redacts it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ennakko.kernel.cases import FiledLine
from ennakko.kernel.cases.models import Case
from ennakko.services.summer_voucher.claim_read import NUMBER, said_of
from ennakko.services.summer_voucher.claim_wording import HIRED_WITHOUT_NAMES, JOB_TYPE_NAMES, LABELS
from ennakko.services.summer_voucher.models import ClaimRow
from ennakko.values.texts import Text, text

OF_CLAIM: Final[Mapping[str, tuple[Text, str]]] = {
    "street_address": (text(fi="Työnantajan osoite", sv="Arbetsgivarens adress", en="Address of the employer"), ""),
    "contact_name": (text(fi="Yhteyshenkilö", sv="Kontaktperson", en="Contact person"), "person-name"),
    "contact_email": (text(fi="Sähköposti", sv="E-post", en="E-mail"), "contact"),
    "contact_phone": (text(fi="Puhelin", sv="Telefon", en="Phone"), "contact"),
    "invoicer_name": (text(fi="Laskuttaja", sv="Fakturerare", en="Invoicer"), "person-name"),
    "invoicer_email": (text(fi="Laskuttajan sähköposti", sv="Fakturerarens e-post", en="Invoicer's e-mail"), "contact"),
    "invoicer_phone": (text(fi="Laskuttajan puhelin", sv="Fakturerarens telefon", en="Invoicer's phone"), "contact"),
    "iban": (LABELS["account"], "account"),
    "bic": (text(fi="BIC", sv="BIC", en="BIC"), "account"),
    "payee_name": (text(fi="Maksunsaaja", sv="Betalningsmottagare", en="Payee"), "person-name"),
    "payee_address": (text(fi="Maksunsaajan osoite", sv="Mottagarens adress", en="Payee's address"), "contact"),
    "bank_name": (text(fi="Pankki", sv="Bank", en="Bank"), ""),
    "bank_address": (text(fi="Pankin osoite", sv="Bankens adress", en="Bank's address"), ""),
    "sent_by_name": (text(fi="Lähettäjä", sv="Avsändare", en="Sent by"), "person-name"),
}
"""Column of a claim → its label and the class of redaction."""
YOUTH: Final = text(fi="Nuori", sv="Den unga", en="The youth")
CLASSES: Final[Mapping[str, str]] = {"pay": "income", "description": "free-text"}


def filed(case: Case) -> tuple[FiledLine, ...]:
    """The lines of the case's claim; nothing of a claim that retention has emptied."""
    row = ClaimRow.objects.select_related("claim").filter(case=case, claim__emptied_at=None).first()
    if row is None:
        return ()
    claim = row.claim
    of_claim = (
        FiledLine(label, _same(getattr(claim, name)), field) for name, (label, field) in OF_CLAIM.items()
        if getattr(claim, name)
    )  # fmt: skip
    return (*_of_youth(case.data), *of_claim)


def _of_youth(told: Mapping[str, Any]) -> Iterator[FiledLine]:
    name, number = told.get("youth") or told.get("surname"), told.get("number")
    if name:
        yield FiledLine(YOUTH, _same(name), "person-name")
    if number:
        yield FiledLine(_capital(NUMBER), _same(number), "free-text")
    for key, label in LABELS.items():
        value = told.get({"pay": "pay_cents"}.get(key, key))
        if value not in (None, ""):
            yield FiledLine(label, _said(key, value), CLASSES.get(key, ""))


def _said(key: str, value: Any) -> Text:
    names = {"job_type": JOB_TYPE_NAMES, "hired_without": HIRED_WITHOUT_NAMES}.get(key, {})
    return names.get(value) or said_of({"pay": "pay_cents"}.get(key, key), value)


def _capital(one: Text) -> Text:
    return text(fi=one.fi.capitalize(), sv=one.sv.capitalize(), en=one.en.capitalize())


def _same(value: object) -> Text:
    return text(fi=str(value), sv=str(value), en=str(value))
