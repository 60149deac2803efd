# SPDX-License-Identifier: EUPL-1.2
"""What need not be typed: the employer's record, account and contact person, and the work as wages were paid for it."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from ennakko.facts import sources
from ennakko.kernel.access import Actor
from ennakko.kernel.organisations import ports
from ennakko.kernel.organisations.models import Organisation
from ennakko.services.summer_voucher import claim_gathering as gathering
from ennakko.services.summer_voucher.claim_gathering import Asked, Paid, Ways
from ennakko.services.summer_voucher.claim_reading import read_row
from ennakko.services.summer_voucher.claim_shapes import Prefill, Prefilled
from ennakko.services.summer_voucher.models import Claim, Voucher
from ennakko.values.texts import Text, text

WORK: Final = ("work_start", "work_end", "hours", "pay")
"""Row fields that an employer must tell where no register does."""
EARLIER = text(fi="Edellinen hakemuksenne", sv="Er förra ansökan", en="Your previous claim")
OWN_RECORD = text(
    fi="Organisaationne tiedot kaupungilla", sv="Organisationens uppgifter hos staden", en="Your details with the city"
)
OF_ORGANISATION = {
    "business-register": sources.BUSINESS.title, "association-register": text(
        fi="Yhdistysrekisteri", sv="Föreningsregistret", en="Register of Associations"
    ),
}  # fmt: skip


def prefill(
    organisation: Organisation, ways: Ways, rows: list[Mapping[str, Any]], *, actor: Actor, at: datetime, on: date
) -> Prefill:
    """What is known beforehand; of a row whose voucher and surname do not fit, nothing.

    The youth's registered name comes under `youth`, which is no field of the form.
    """
    values = [read_row(row, position=position)[0] for position, row in enumerate(rows)]
    known = gathering.look_up(values)
    told: list[Mapping[str, Prefilled]] = []
    silent: list[Text] = []
    needed: list[bool] = []
    for row in values:
        voucher = next((known.vouchers[one] for one in gathering.numbers_in([row]) if one in known.vouchers), None)
        if voucher is None or not gathering.fits(voucher, row.surname):
            told.append({})
            needed.append(True)
            continue
        paid, answered = _paid(voucher, organisation, known.asked, actor=actor, at=at, on=on)
        if not answered:
            silent.append(sources.INCOMES.title)
        youth = Prefilled(gathering.youth_of(voucher, row.surname), sources.OWN_SERVICES.id, sources.OWN_SERVICES.title)
        told.append({"youth": youth, **_of_place(organisation), **_of_work(paid)})
        needed.append(paid is None)
    return Prefill(
        fields=_of_claim(organisation, ways),
        rows=tuple(told),
        to_type=tuple(tuple(name for name in WORK if name not in one) for one in told),
        documents_needed=tuple(needed),
        silent=tuple(dict.fromkeys(silent)),
        asked=known.asked,
    )


def _paid(
    voucher: Voucher, organisation: Organisation, asked: Asked, *, actor: Actor, at: datetime, on: date
) -> tuple[Paid | None, bool]:
    """Wages of the voucher's season as far as it has gone, and whether the register answered."""
    if not gathering.wages_may_be_asked(on):
        return None, True
    try:
        reason = "an employer's claim filled in beforehand"
        found = gathering.wages(
            voucher, organisation.business_id, asked, actor=actor, at=at, on=on, reason=reason
        )  # fmt: skip
        return found, True
    except ports.Unavailable:
        return None, False


def _of_work(paid: Paid | None) -> dict[str, Prefilled]:
    if paid is None:
        return {}
    source, title = sources.INCOMES.id, sources.INCOMES.title
    found = {
        "work_start": Prefilled(paid.start.isoformat(), source, title),
        "work_end": Prefilled(paid.end.isoformat(), source, title),
        "pay": Prefilled(_decimal(paid.cents), source, title),
    }
    if paid.hours is not None:
        found["hours"] = Prefilled(_decimal(paid.hours), source, title)
    return found


def _decimal(hundredths: int) -> str:
    """Cents or hundredths of an hour as a person writes them: 61250 → "612,50", 6000 → "60"."""
    exact = Decimal(hundredths).scaleb(-2)
    return f"{exact:.0f}" if hundredths % 100 == 0 else f"{exact:.2f}".replace(".", ",")


def _of_place(organisation: Organisation) -> dict[str, Prefilled]:
    if not organisation.postal_code:
        return {}
    return {"work_postal_code": Prefilled(organisation.postal_code, organisation.source, _title(organisation))}


def _title(organisation: Organisation) -> Text:
    return OF_ORGANISATION.get(organisation.source, OWN_RECORD)


def _of_claim(organisation: Organisation, ways: Ways) -> dict[str, Prefilled]:
    """Account and contact as the city knows them, what else the last claim told, the address of the register."""
    found: dict[str, Prefilled] = {}
    last = Claim.objects.filter(organisation=organisation.business_id, emptied_at=None).order_by("-sent_at").first()
    if last is not None:
        day = timezone.localtime(last.sent_at).date()
        names = (*gathering.CONTACT, *gathering.ACCOUNT, "language", "invoicer_name", "invoicer_email",
                 "invoicer_phone")  # fmt: skip
        found |= {
            name: Prefilled(value, "own-services", EARLIER, day) for name in names if (value := getattr(last, name))
        }
        found["is_separate_invoicer"] = Prefilled(last.is_separate_invoicer, "own-services", EARLIER, day)
    if ways.account is not None:
        day = ways.account.valid_from
        for name in gathering.ACCOUNT:
            found[name] = Prefilled(getattr(ways.account, name), "own-services", OWN_RECORD, day)
    if ways.contact is not None:
        for name, own in gathering.CONTACT.items():
            found[name] = Prefilled(getattr(ways.contact, own), "own-services", OWN_RECORD)
    as_of = organisation.fetched_at.date() if organisation.fetched_at is not None else None
    for name in ("street_address", "postal_code", "post_office"):
        if getattr(organisation, name):
            found[name] = Prefilled(getattr(organisation, name), organisation.source, _title(organisation), as_of)
    found.setdefault("language", Prefilled(organisation.language or "fi", organisation.source, _title(organisation)))
    return {name: one for name, one in found.items() if one.value != ""}
