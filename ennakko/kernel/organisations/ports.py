# SPDX-License-Identifier: EUPL-1.2
"""What the kernel asks of outside systems about organisations; connectors implement it, `web` wires the chosen ones.

Every call ends within the time-out of its settings: with an answer, or with Unavailable. Nobody waits for a register:
what is known is used, and a job asks again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from ennakko.values.periods import Period
from ennakko.values.texts import Text


class Unavailable(Exception):
    """An outside system gave no answer that can be used; `retry_after` in seconds where it is known.

    `what` names the system and what happened, for the log: never a person, an identity code or a secret.
    """

    def __init__(self, what: str, retry_after: int | None = None) -> None:
        super().__init__(what)
        self.what, self.retry_after = what, retry_after


class MandateNotGiven(Exception):
    """The person came back from the choice of organisation without a mandate: turned back, took too long, or tampered.

    `reason` says it to them and what to do next.
    """

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredOrganisation:
    """An organisation as its register tells it today; what the register does not hold is "".

    `kind` is a code of `ennakko.facts.organisation_kinds`; `form` the register's own code and `form_text` its words;
    `industry` a TOL 2008 code; `language` fi, sv or ""; `source` business-register or association-register; `missing`
    names what the register should hold of everybody and lacks here (“industry”).
    """

    business_id: str
    name: str
    source: str
    name_sv: str = ""
    kind: str = "company"
    form: str = ""
    form_text: str = ""
    industry: str = ""
    industry_text: str = ""
    street_address: str = ""
    postal_code: str = ""
    post_office: str = ""
    language: str = ""
    founded: date | None = None
    ended: date | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MandateStart:
    """Where to send the person's browser, and what to keep in their session until they come back.

    `state` is JSON (text by text), holds no identity code, and is given back to `finish` once.
    """

    url: str
    state: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MandatedOrganisation:
    """An organisation for which the person may act; `roles` are the kernel's: signatory, grants, employment."""

    business_id: str
    name: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class TaxStanding:
    """How an organisation stands with its taxes: a debt, a plan of payment for it, and the day this was asked."""

    debt: bool
    payment_plan: bool
    checked_on: date


@dataclass(frozen=True, slots=True)
class WagePayment:
    """One payment of wages: the day, gross pay in cents, hours where they were told, the period it was earned in."""

    paid_on: date
    cents: int
    hours: Decimal | None
    period: Period


class BusinessRegister(Protocol):
    """The Business Information System (Act 244/2001)."""

    def company(self, business_id: str) -> RegisteredOrganisation | None:
        """The organisation of a business ID; None where the register has none. Raises Unavailable."""


class AssociationRegister(Protocol):
    """The register of associations (Associations Act 503/1989 ch. 11)."""

    def association(self, business_id: str) -> RegisteredOrganisation | None:
        """The association of a business ID; None where the register has none. Raises Unavailable."""


class Mandates(Protocol):
    """Who may act for an organisation: Suomi.fi e-Authorizations (Act 571/2016)."""

    def start(self, identity_code: str, *, callback: str, language: str) -> MandateStart:
        """Begin the choice of an organisation; the browser comes back to `callback` (absolute). Raises Unavailable."""

    def finish(self, state: Mapping[str, str], callback_params: Mapping[str, str]) -> tuple[MandatedOrganisation, ...]:
        """What was chosen, from the kept state and the query with which the browser came back.

        Raises Unavailable, or MandateNotGiven for a choice that was not made or is not this session's.
        """


class TaxDebts(Protocol):
    """Whether an organisation owes taxes: the tax debt register, which is public (Act 1346/1999)."""

    def standing(self, business_id: str) -> TaxStanding:
        """Debt and payment plan today. Raises Unavailable."""


class Wages(Protocol):
    """Wages paid, from the incomes register (Act 53/2018); asked only under a data permit, which the caller checks."""

    def paid(self, identity_code: str, business_id: str, period: Period) -> tuple[WagePayment, ...]:
        """The payments of one employer to one person for work in a period, in order of day. Raises Unavailable."""


class NotWired:
    """Stands for every outside system that this deployment does not have: each question is Unavailable."""

    def __init__(self, name: str) -> None:
        self._what = f"{name}: not in use here"

    def company(self, business_id: str) -> RegisteredOrganisation | None:
        raise Unavailable(self._what)

    def association(self, business_id: str) -> RegisteredOrganisation | None:
        raise Unavailable(self._what)

    def start(self, identity_code: str, *, callback: str, language: str) -> MandateStart:
        raise Unavailable(self._what)

    def finish(self, state: Mapping[str, str], callback_params: Mapping[str, str]) -> tuple[MandatedOrganisation, ...]:
        raise Unavailable(self._what)

    def standing(self, business_id: str) -> TaxStanding:
        raise Unavailable(self._what)

    def paid(self, identity_code: str, business_id: str, period: Period) -> tuple[WagePayment, ...]:
        raise Unavailable(self._what)


@dataclass(slots=True)
class _Wired:
    business_register: BusinessRegister
    association_register: AssociationRegister
    mandates: Mandates
    tax_debts: TaxDebts
    wages: Wages


def _nothing() -> _Wired:
    return _Wired(
        NotWired("business register"),
        NotWired("association register"),
        NotWired("mandates"),
        NotWired("tax debts"),
        NotWired("incomes register"),
    )


_wired = _nothing()


def use(
    *,
    business_register: BusinessRegister | None = None,
    association_register: AssociationRegister | None = None,
    mandates: Mandates | None = None,
    tax_debts: TaxDebts | None = None,
    wages: Wages | None = None,
) -> None:
    """Use these outside systems from now on; those not given are not in use."""
    global _wired
    nothing = _nothing()
    _wired = _Wired(
        business_register or nothing.business_register,
        association_register or nothing.association_register,
        mandates or nothing.mandates,
        tax_debts or nothing.tax_debts,
        wages or nothing.wages,
    )


def business_register() -> BusinessRegister:
    """The business register in use."""
    return _wired.business_register


def association_register() -> AssociationRegister:
    """The association register in use."""
    return _wired.association_register


def mandates() -> Mandates:
    """The e-authorisations in use."""
    return _wired.mandates


def tax_debts() -> TaxDebts:
    """The tax-debt register in use."""
    return _wired.tax_debts


def wages() -> Wages:
    """The incomes register in use."""
    return _wired.wages
