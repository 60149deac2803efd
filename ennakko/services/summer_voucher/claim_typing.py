# SPDX-License-Identifier: EUPL-1.2
"""How much an employer had to write for a claim: what was not known beforehand, field by field, key by key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ennakko.kernel.organisations.models import Organisation
from ennakko.services.summer_voucher import claim_gathering as gathering
from ennakko.services.summer_voucher.claim_gathering import Paid, Ways
from ennakko.services.summer_voucher.claim_judging import Prepared
from ennakko.services.summer_voucher.claim_values import ClaimValues, raw_rows

FIELDS_OF_THE_CITY: Final = 18
"""What an employer fills in or attaches for one voucher in the City's earlier form: street address, account number,
contact person's name, e-mail and phone, separate invoicer, language, voucher number, the youth's name and phone,
postcode of the work, first and last day, hours, pay, whether hired without, contract and payslip."""
INVOICER: Final = ("invoicer_name", "invoicer_email", "invoicer_phone")
ADDRESS: Final = ("street_address", "postal_code", "post_office")


@dataclass(frozen=True, slots=True)
class Typed:
    """Fields that had to be written, and about how many keys were pressed for them."""

    fields: int
    keystrokes: int


def count(
    raw: Mapping[str, Any], claim: ClaimValues, ways: Ways, organisation: Organisation, prepared: Iterable[Prepared]
) -> Typed:
    """What had to be written: whatever differs from what was known beforehand. Choices and attachments do not count.

    The page's own count of keystrokes is believed where there is one.
    """
    written = [*_of_claim(raw, claim, ways, organisation)]
    rows = raw_rows(raw)
    for one in prepared:
        row = rows[one.position] if one.position < len(rows) else {}
        written += _of_row(row, one)
    keys = claim.keystrokes if claim.keystrokes is not None else sum(len(words) for words in written)
    return Typed(len(written), keys)


def _of_claim(raw: Mapping[str, Any], claim: ClaimValues, ways: Ways, organisation: Organisation) -> list[str]:
    names: list[str] = [*INVOICER, *(name for name in ADDRESS if not getattr(organisation, name))]
    for name in gathering.ACCOUNT:
        if ways.account is None or getattr(claim, name) != getattr(ways.account, name):
            names.append(name)
    for name, own in gathering.CONTACT.items():
        if ways.contact is None or getattr(claim, name) != getattr(ways.contact, own):
            names.append(name)
    return [words for name in names if (words := str(raw.get(name) or "").strip())]


def _of_row(raw: Mapping[str, Any], one: Prepared) -> list[str]:
    names = ["number", "surname", *_not_told_by(one.gathered.wages, one)]
    if raw.get("description"):
        names.append("description")
    return [words for name in names if (words := str(raw.get(name) or "").strip())]


def _not_told_by(wages: Paid | None, one: Prepared) -> list[str]:
    """The fields of the work that the incomes register did not tell just so."""
    told = one.values
    if wages is None:
        return ["work_start", "work_end", "hours", "pay"]
    known = {
        "work_start": wages.start == told.work_start,
        "work_end": wages.end == told.work_end,
        "hours": wages.hours == told.hours,
        "pay": wages.cents == told.pay_cents,
    }
    return [name for name, same in known.items() if not same]
