# SPDX-License-Identifier: EUPL-1.2
"""What a youth sees of their own: the offer with its reasons, the voucher, and why there is none this year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from ennakko import facts as known_facts
from ennakko.facts import sources
from ennakko.kernel import offers, payments
from ennakko.kernel.access import Actor, require
from ennakko.kernel.offers import queries as offer_queries
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.offers.states import ANSWERABLE, OfferState
from ennakko.kernel.payments.states import LineState
from ennakko.kernel.purposes.queries import objects
from ennakko.kernel.registers import NoSnapshot, facts_for, snapshots
from ennakko.rules.change import next_change
from ennakko.rules.decision import Decision
from ennakko.services.summer_voucher import conditions
from ennakko.services.summer_voucher.law import number_2026 as number
from ennakko.services.summer_voucher.law.rules import SummerVoucherEntitled
from ennakko.services.summer_voucher.models import CallRequest, ClaimRow, Voucher
from ennakko.services.summer_voucher.queries.vouchers import of_offer
from ennakko.services.summer_voucher.states import VoucherState
from ennakko.services.summer_voucher.wording import NO, YES, Shown
from ennakko.values.dates import format_date
from ennakko.values.texts import LANGUAGES, Text, text


@dataclass(frozen=True, slots=True)
class FactShown:
    """A fact that was read for the offer: its label, value in words, source and the snapshot's day."""

    label: Text
    value: Text
    source: Text
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Use:
    """By which employer a voucher has been used, the day of its claim, and when the sum was paid: nothing else."""

    employer: str
    on: date
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class OfferPage:
    """Everything on the offer's page; `voucher` and `number` are None and "" for a guardian and before the release.

    `answerable`: keep, decline and call-me can be given now; `undoable`: a decline can be taken back now. The number
    is shown only while the voucher is valid. Money in cents; `most_value_cents` where the sum rises with the hours.
    `use`: who has claimed the sum of it, for its holder alone.
    """

    offer: Offer
    year: int
    value_cents: int
    most_value_cents: int | None
    answer_by: date
    state: Text
    answerable: bool
    undoable: bool
    voucher: Voucher | None
    number: str
    reasons: tuple[Shown, ...]
    facts: tuple[FactShown, ...]
    min_hours: int
    min_pay_cents: int
    work_start: date
    work_end: date
    claim_deadline: date | None
    call_asked: bool
    use: Use | None = None

    @property
    def worth(self) -> Text:
        """The value in words: one sum, or from the least to the most."""
        return conditions.sums(self.value_cents, self.most_value_cents)


def offer_of(actor: Actor, *, on: date) -> Offer | None:
    """The signed-in youth's offer of the year that may be shown to them, answered or not."""
    if actor.kind != "resident" or actor.person is None or not actor.strong:
        return None
    return offer_queries.of_person(actor.person).filter(service=conditions.SERVICE, round=str(on.year)).first()


def voucher_of(actor: Actor, *, on: date) -> Voucher | None:
    """The signed-in youth's valid or declined voucher of the year, also one that came by application."""
    if actor.kind != "resident" or not actor.strong:
        return None
    own = Voucher.objects.filter(year=on.year, case__opened_by=actor.subject)
    if actor.person is not None:
        own = own | Voucher.objects.filter(year=on.year, person=actor.person)
    shown_now = [one for one in own.select_related("offer", "case").order_by("-sequence") if _may_be_shown(one)]
    return next(iter(shown_now), None)


def _may_be_shown(voucher: Voucher) -> bool:
    # Before the official has released the run, nobody is told of a voucher that may still be taken back.
    return voucher.offer is None or voucher.offer.state != OfferState.MADE


def number_of(actor: Actor, voucher: Voucher) -> str:
    """The number as it is shown to its holder; empty when the voucher is not valid. Raises Refused."""
    require(actor, "summer-voucher.see-own", voucher)
    return number.encode(voucher.number) if voucher.state == VoucherState.ISSUED else ""


def page_of(actor: Actor, offer: Offer, *, on: date) -> OfferPage:
    """The page of an offer for its subject, or for a guardian who was sent a copy; raises Refused."""
    own = actor.kind == "resident" and actor.person is not None and offer.subject_id == actor.person
    voucher = of_offer(offer.pk) if own else None
    if own:
        if voucher is not None:
            require(actor, "summer-voucher.see-own", voucher)
    else:
        require(actor, "summer-voucher.see-as-guardian", offer)
    answerable = offer.state in ANSWERABLE and on <= offer.answer_by
    told: dict[str, Any] = offer.content
    issued = voucher is not None and voucher.state == VoucherState.ISSUED
    return OfferPage(
        offer=offer,
        year=told["year"],
        value_cents=told["value_cents"],
        most_value_cents=conditions.most_value(conditions.last_of_year(told["year"])),
        answer_by=offer.answer_by,
        state=offers.state_name(offer),
        answerable=answerable and own,
        undoable=own and offer.state == OfferState.DECLINED and on <= offer.answer_by,
        voucher=voucher,
        number=number.encode(voucher.number) if voucher is not None and issued else "",
        reasons=_reasons(offers.replay(offer).decision),
        facts=tuple(_facts(offer)),
        min_hours=told["min_hours"],
        min_pay_cents=told["min_pay_cents"],
        work_start=date.fromisoformat(told["work_start"]),
        work_end=date.fromisoformat(told["work_end"]),
        claim_deadline=conditions.decided("claim_deadline", conditions.last_of_year(told["year"])),
        call_asked=CallRequest.objects.filter(offer=offer, done_at=None).exists(),
        use=use_of(actor, voucher) if voucher is not None else None,
    )


def use_of(actor: Actor, voucher: Voucher) -> Use | None:
    """Who has used the voucher, as its holder may know it; None while nobody has. Raises Refused."""
    require(actor, "summer-voucher.see-own", voucher)
    if voucher.state != VoucherState.USED:
        return None
    row = ClaimRow.objects.filter(voucher=voucher, holds=True).select_related("claim").first()
    if row is None:
        return None
    paid = [line.paid_on for line in payments.lines_of(f"case:{row.case_id}") if line.state == LineState.PAID]
    return Use(
        row.claim.employer_name, timezone.localtime(row.claim.sent_at).date(), max(filter(None, paid), default=None)
    )


def _reasons(decision: Decision) -> tuple[Shown, ...]:
    """The yes-or-no reasons, those that decided it; the sum is shown beside them."""
    return tuple(
        Shown(one.step, one.text, one.holds, "; ".join(one.cite))
        for one in decision.reasons
        if one.decisive and one.step != decision.bound.definition.outcome
    )


def _facts(offer: Offer) -> Iterable[FactShown]:
    snapshot = _snapshot_day(offer.run.snapshot)
    for name, value in offer.facts.items():
        fact = known_facts.get(name)
        if isinstance(value, list):
            continue
        words = _of_municipality(value, offer.run.on) if name == "municipality" else _in_words(value)
        yield FactShown(fact.label, words, sources.get(fact.source).title, snapshot)


def _of_municipality(code: object, on: date) -> Text:
    home = conditions.value("home_municipality", on)
    name = conditions.value("home_municipality_name", on) if code == home else str(code)
    return text(fi=name, sv=name, en=name)


def _snapshot_day(snapshot: str) -> date | None:
    try:
        current = snapshots.current()
    except NoSnapshot:
        return None
    return current.on if current.id == snapshot else None


def _in_words(value: object) -> Text:
    if isinstance(value, bool):
        return YES if value else NO
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return text(fi=str(value), sv=str(value), en=str(value))
    return text(**{language: format_date(day, language) for language in LANGUAGES})


def children_offers(actor: Actor, *, on: date) -> list[Offer]:
    """Offers of which a guardian has a copy."""
    if actor.kind != "resident" or actor.person is None or not actor.strong:
        return []
    told = offer_queries.told_to(actor.person).filter(service=conditions.SERVICE, round=str(on.year))
    return list(told.exclude(subject=actor.person))


def why(actor: Actor, *, on: date, at: datetime) -> Decision | None:
    """The year's rule decided for the signed-in resident (`reasons`, `ask`), logged; None for one not in the registers.

    Decided as if no voucher had been given: the page tells of a voucher that stands.
    """
    found = _facts_of(actor, on=on, at=at)
    return None if found is None else SummerVoucherEntitled.decide(on, {**found, "voucher_given": False})


def _facts_of(actor: Actor, *, on: date, at: datetime) -> dict[str, Any] | None:
    if actor.kind != "resident" or actor.person is None or not actor.strong:
        return None
    try:
        return facts_for(
            SummerVoucherEntitled, actor.person, purpose=conditions.SERVICE, on=on, actor=actor, at=at,
            reason="the resident's own page",
        )  # fmt: skip
    except NoSnapshot:
        return None


def next_look(actor: Actor, *, on: date, at: datetime) -> date | None:
    """The first day on which the city's answer may be another for this resident; None where it looks no more.

    The parameters' day counts too: the conditions of a year that is not decided yet are decided before it.
    """
    if actor.person is None or objects(actor.person, conditions.SERVICE):
        return None
    found = _facts_of(actor, on=on, at=at)
    if found is None:
        return None
    return next_change(SummerVoucherEntitled, {**found, "voucher_given": False}, on, years=30)
