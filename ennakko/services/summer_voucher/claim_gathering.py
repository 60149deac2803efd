# SPDX-License-Identifier: EUPL-1.2
"""What is known of a claim before it is judged: the voucher, the employer, taxes, wages, documents.

Outside registers are asked here, before any transaction. One that is silent leaves its fact unknown and is named in
`silent`: the claim is taken in all the same, and checked again.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.core.cache import cache
from django.db.models import QuerySet, Sum

from ennakko.facts import sources
from ennakko.kernel import audit, documents, organisations, people
from ennakko.kernel.access import Actor
from ennakko.kernel.organisations import ports
from ennakko.kernel.organisations.models import BankAccount, ContactPerson, Organisation
from ennakko.kernel.ready import Given, Ready
from ennakko.kernel.registers.permits import permitted
from ennakko.services.summer_voucher import conditions
from ennakko.services.summer_voucher.actions.storing import identity_code_of
from ennakko.services.summer_voucher.claim_values import ClaimValues, RowValues
from ennakko.services.summer_voucher.law import number_2026 as number
from ennakko.services.summer_voucher.law import surname_2026
from ennakko.services.summer_voucher.models import ClaimRow, Voucher
from ennakko.services.summer_voucher.states import VoucherState
from ennakko.values import iban
from ennakko.values.identity_code import parse
from ennakko.values.periods import Period
from ennakko.values.texts import Text

CONTRACT, PAYSLIP = "employment_contract", "payslip"
KINDS: Final = (CONTRACT, PAYSLIP)
WAGE_FACT: Final = "income_month"
"""The fact whose data permit lets the incomes register be asked about wages paid."""
TAX, WAGES = sources.TAX_DEBTS.id, sources.INCOMES.id
TAX_KEPT_SECONDS = 3600
ACCOUNT: Final = ("iban", "bic", "payee_name", "payee_address", "bank_name", "bank_address")
"""Fields of a claim that are the organisation's account, by the same names."""
CONTACT: Final[Mapping[str, str]] = {
    "contact_name": "name", "contact_email": "email", "contact_phone": "phone",
}  # fmt: skip
"""Field of a claim → field of the organisation's contact person."""


@dataclass(frozen=True, slots=True)
class Employer:
    """The employer as it stands now: its record, taxes (None: the register was silent), whose account, who may sign.

    `shared`: other organisations that have given this very account. `signing`: person keys.
    """

    organisation: Organisation
    taxes: ports.TaxStanding | None
    shared: frozenset[str] = frozenset()
    signing: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Ways:
    """The account and the contact person that the city knows of an organisation."""

    account: BankAccount | None
    contact: ContactPerson | None


@dataclass(frozen=True, slots=True)
class Paid:
    """Wages as the incomes register tells them for a season: gross cents, hours where all were told, the period."""

    cents: int
    hours: int | None
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts of one row by the names of the law, and the ids of the registers that did not answer."""

    facts: dict[str, Any]
    silent: tuple[str, ...] = ()
    wages: Paid | None = None


Asked = dict[int, tuple[ports.WagePayment, ...] | None]
"""What the incomes register has said, by voucher; None where it was silent."""


@dataclass(slots=True)
class Known:
    """What one sending or one page has looked up already, so that nobody is asked again."""

    vouchers: Mapping[int, Voucher] = field(default_factory=dict)
    holding: Mapping[int, ClaimRow] = field(default_factory=dict)
    given: Mapping[str, Collection[str]] = field(default_factory=dict)
    asked: Asked = field(default_factory=dict)


def numbers_in(rows: Iterable[RowValues]) -> list[int]:
    """The numbers that can be numbers at all."""
    return [read for row in rows if (read := number.decode(row.number)) is not None]


def look_up(rows: Iterable[RowValues], *, abouts: Iterable[str] = ()) -> Known:
    """Every voucher of some rows by its number, the claims that hold them, and the documents given, in few queries."""
    vouchers = _vouchers(set(numbers_in(rows)))
    used = [one.pk for one in vouchers.values() if one.state == VoucherState.USED]
    holding = ClaimRow.objects.filter(voucher__in=used, holds=True).select_related("claim") if used else ()
    places = list(abouts)
    return Known(
        vouchers=vouchers,
        holding={row.voucher_id: row for row in holding if row.voucher_id is not None},
        given={about: {one.kind for one in given} for about, given in documents.of_many(places).items()}
        if places
        else {},
    )


_by_number: Ready[Voucher] = Ready(
    lambda: Voucher.objects.filter(number=Given("number"), person__isnull=False).select_related("person")
)


def _vouchers(wanted: set[int]) -> dict[int, Voucher]:
    """The vouchers of some numbers; those of applications are read with what the application told."""
    found = {number: one for number in wanted if (one := _by_number.first(number=number)) is not None}
    if missing := wanted - found.keys():
        rows = Voucher.objects.filter(number__in=missing).select_related("person", "case__summer_voucher_application")
        found |= {one.number: one for one in rows}
    return found


def surname_of(voucher: Voucher) -> str:
    """The surname that the voucher was given under."""
    if voucher.person is not None:
        return voucher.person.surname
    row = getattr(voucher.case, "summer_voucher_application", None)
    return row.last_name if row is not None else ""


def protected(voucher: Voucher) -> bool:
    """Whether the voucher's holder is under non-disclosure."""
    return voucher.person is not None and voucher.person.non_disclosure


def youth_of(voucher: Voucher, typed: str = "") -> str:
    """The youth's name as the employer may see it: of the protected, no more than was typed."""
    if protected(voucher):
        return typed
    if voucher.person is not None:
        return surname_2026.full_name(voucher.person.given_names, voucher.person.surname)
    row = getattr(voucher.case, "summer_voucher_application", None)
    return surname_2026.full_name(row.first_name, row.last_name) if row is not None else typed


def code_of(voucher: Voucher) -> str:
    """The holder's identity code in clear, "" where it is not known; never for a page."""
    if voucher.person is not None:
        return people.identity_code_of(voucher.person)
    row = getattr(voucher.case, "summer_voucher_application", None)
    return identity_code_of(row) if row is not None else ""


def birth_date_of(voucher: Voucher) -> date | None:
    """The holder's day of birth, as the identity code or the application tells it."""
    code = code_of(voucher)
    if code:
        return parse(code).birth_date
    row = getattr(voucher.case, "summer_voucher_application", None)
    return row.birth_date if row is not None else None


def fits(voucher: Voucher | None, typed: str) -> bool:
    """Whether a typed surname or full name is the voucher's; the same work is done without a voucher."""
    surname = surname_of(voucher) if voucher is not None else "Virtanen"
    same = surname_2026.fits(last_name=surname, full_name=typed)
    return same and voucher is not None and bool(surname)


def ways_of(organisation: Organisation, on: date) -> Ways:
    """The account and contact person in use."""
    return Ways(organisations.account_of(organisation, on), organisations.contact_of(organisation))


def same_account(claim: ClaimValues, ways: Ways) -> bool:
    """Whether the claim's account is the one that is known."""
    return ways.account is not None and all(getattr(claim, name) == getattr(ways.account, name) for name in ACCOUNT)


def same_contact(claim: ClaimValues, ways: Ways) -> bool:
    """Whether the claim's contact person is the one that is known."""
    contact = ways.contact
    return contact is not None and all(getattr(claim, name) == getattr(contact, own) for name, own in CONTACT.items())


def employer(organisation: Organisation, *, account: str, actor: Actor, fresh: bool = False) -> Employer:
    """What is known of an employer for judging; `fresh` asks the tax-debt register though it has just answered."""
    plain = iban.normalised(account)
    sharing = organisations.accounts_like(plain) if plain else ()
    signing = organisations.signatories(organisation.business_id) or frozenset()
    acting = {actor.person} if actor.person is not None and actor.kind == "organisation" else set()
    return Employer(
        organisation=organisation,
        taxes=_taxes(organisation.business_id, fresh=fresh),
        shared=frozenset(sharing) - {organisation.business_id},
        signing=signing | acting,
    )


def _taxes(business_id: str, *, fresh: bool) -> ports.TaxStanding | None:
    key = f"summer-voucher:taxes:{business_id}"
    known: ports.TaxStanding | None = None if fresh else cache.get(key)
    if known is not None:
        return known
    try:
        found = ports.tax_debts().standing(business_id)
    except ports.Unavailable:
        return None
    cache.set(key, found, TAX_KEPT_SECONDS)
    return found


def wages_may_be_asked(on: date) -> bool:
    """Whether a data permit lets the incomes register be asked."""
    return bool(permitted(conditions.SERVICE, [WAGE_FACT], on))


def wages(
    voucher: Voucher, business_id: str, asked: Asked, *, actor: Actor, at: datetime, on: date, reason: str,
    within: Period | None = None,
) -> Paid | None:  # fmt: skip
    """What this employer paid the voucher's holder for work in the voucher's season; None: nothing. Raises Unavailable.

    `within`: only payments for work that falls into this period. What the register said stands in `asked` afterwards;
    it is not asked again about a voucher that stands there. The look is logged. Ask `wages_may_be_asked` first.
    """
    code, working = code_of(voucher), season(voucher.year)
    if not code or working is None or working.end is None or on < working.start:
        return None
    if voucher.pk not in asked:
        asked[voucher.pk] = None
        asked[voucher.pk] = ports.wages().paid(code, business_id, working)
        if voucher.person_id is not None:
            audit.read(actor, conditions.SERVICE, voucher.person_id, [WAGE_FACT], "", at, reason)
    payments = asked[voucher.pk]
    if payments is None:
        raise ports.Unavailable("The incomes register was silent a moment ago.")
    wanted = within or working
    counted = [one for one in payments if one.period.overlap(wanted) is not None]
    if not counted:
        return None
    told = [one.hours for one in counted]
    hours = sum((one for one in told if one is not None), Decimal(0)) if None not in told else None
    ends = [one.period.end or one.paid_on for one in counted]
    return Paid(
        cents=sum(one.cents for one in counted),
        hours=None if hours is None else int(hours * 100),
        start=max(min(one.period.start for one in counted), working.start),
        end=min(max(ends), working.end),
    )


def season(year: int) -> Period | None:
    """The days on which the work of a year's voucher may be done; None where nobody has decided."""
    on = conditions.last_of_year(year)
    start, end = conditions.decided("work_start", on), conditions.decided("work_end", on)
    return Period(start, end) if start is not None and end is not None else None


def gather(
    row: RowValues,
    claim: ClaimValues,
    voucher: Voucher | None,
    known: Known,
    of: Employer,
    *,
    about: str,
    beside: int,
    actor: Actor,
    at: datetime,
    on: date,
    claimed_on: date,
    own: ClaimRow | None = None,
) -> Gathered:
    """The facts of one row, by the names of law/claim_facts.

    `about`: where its documents are; `beside`: rows of the same claim and year before this one; `own`: the row that is
    judged again, which holds the voucher itself.
    """
    given = known.given.get(about, ())
    found = voucher is not None and fits(voucher, row.surname)
    facts: dict[str, Any] = {
        "voucher_found": voucher is not None,
        "surname_fits": found,
        "employer_kind": of.organisation.kind,
        "work_start": row.work_start,
        "work_end": row.work_end,
        "hours": row.hours,
        "pay_cents": row.pay_cents,
        "claimed_on": claimed_on,
        "tax_debt": None if of.taxes is None else of.taxes.debt,
        "payment_plan": None if of.taxes is None else of.taxes.payment_plan,
        "contract_given": CONTRACT in given,
        "payslip_given": PAYSLIP in given,
        "wages_confirmed": None,
        "iban_valid": iban.is_valid(claim.iban) if claim.iban else None,
        "foreign_account_complete": account_complete(claim) if claim.iban else None,
        "account_shared": bool(of.shared),
        "figures_confirmed": row.confirmed,
    }
    silent = [TAX] if of.taxes is None else []
    if voucher is None or not found:
        # Nothing of a voucher is told to somebody who does not know whose it is.
        facts |= dict.fromkeys(("voucher_year", "voucher_state", "used_by", "birth_date", "self_hire"))
        return Gathered(facts | _room(on.year, of, 0, None), tuple(silent))
    facts |= _of_voucher(voucher, known, of, own)
    facts |= _room(voucher.year, of, beside, own)
    paid, answered = _wages_of(row, voucher, of, known.asked, actor=actor, at=at, on=on)
    if not answered:
        silent.append(WAGES)
    elif paid is not None and row.pay_cents is not None:
        facts["wages_confirmed"] = paid.cents >= row.pay_cents
    return Gathered(facts, tuple(silent), paid)


def account_complete(claim: ClaimValues) -> bool:
    """Whether everything is there that a bank needs to pay abroad; an account in Finland needs its number only."""
    if iban.country(claim.iban) == "FI":
        return True
    return all((claim.bic, claim.payee_name, claim.payee_address, claim.bank_name, claim.bank_address))


def _of_voucher(voucher: Voucher, known: Known, of: Employer, own: ClaimRow | None) -> dict[str, Any]:
    holder = known.holding.get(voucher.pk)
    ours = own is not None and (holder is None or holder.pk == own.pk)
    used_by = ""
    if holder is not None and not ours and holder.claim.organisation == of.organisation.business_id:
        used_by = holder.claim.reference
    return {
        "voucher_year": voucher.year,
        "voucher_state": str(VoucherState.ISSUED) if ours and voucher.state == VoucherState.USED else voucher.state,
        "used_by": used_by,
        "birth_date": birth_date_of(voucher),
        "self_hire": voucher.person_id is not None and voucher.person_id in of.signing,
    }


def _room(year: int, of: Employer, beside: int, own: ClaimRow | None) -> dict[str, Any]:
    """How much of the limits is used; what no limit concerns is not counted."""
    on = conditions.last_of_year(year)
    found: dict[str, Any] = {"employer_claims_this_year": 0, "city_claims_this_year": 0, "budget_left_cents": 0}
    if conditions.decided("cap_per_employer", on):
        ours = _held(year, own).filter(claim__organisation=of.organisation.business_id).count()
        found["employer_claims_this_year"] = ours + beside
    if conditions.decided("cap_of_vouchers", on):
        found["city_claims_this_year"] = _held(year, own).count() + beside
    budget = conditions.decided("budget", on)
    if budget:
        used = _held(year, own).aggregate(cents=Sum("value_cents"))["cents"] or 0
        worth = conditions.decided("voucher_value", on) or 0
        found["budget_left_cents"] = budget - used - beside * worth
    return found


def _held(year: int, own: ClaimRow | None) -> "QuerySet[ClaimRow]":
    """The rows that hold a voucher of a year, but for the one that is judged again."""
    held = ClaimRow.objects.filter(year=year, holds=True)
    return held if own is None else held.exclude(pk=own.pk)


def _wages_of(
    row: RowValues, voucher: Voucher, of: Employer, asked: Asked, *, actor: Actor, at: datetime, on: date
) -> tuple[Paid | None, bool]:
    """What the incomes register says of the row's period, and whether it answered (or need not be asked)."""
    if row.work_start is None or row.work_end is None or row.work_end < row.work_start or not wages_may_be_asked(on):
        return None, True
    try:
        found = wages(
            voucher, of.organisation.business_id, asked, actor=actor, at=at, on=on,
            reason="an employer's claim checked", within=Period(row.work_start, row.work_end),
        )  # fmt: skip
    except ports.Unavailable:
        return None, False
    return found, True


def title_of(source: str) -> Text:
    """The title of a register that did not answer."""
    return sources.get(source).title
