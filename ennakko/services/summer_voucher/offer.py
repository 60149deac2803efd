# SPDX-License-Identifier: EUPL-1.2
"""Whom we anticipate: every resident of the year's ages gets a voucher without asking, and may say no.

Purpose: `summer-voucher`. Sources: the population register and our own vouchers; no school fact is read.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ennakko.kernel import offers
from ennakko.kernel.access import Actor, require
from ennakko.kernel.offers.making import Progress
from ennakko.kernel.offers.models import Offer, Run
from ennakko.kernel.offers.releasing import Released
from ennakko.kernel.registers import screen
from ennakko.rules.parameters import default_book
from ennakko.services.summer_voucher.actions import vouchers
from ennakko.services.summer_voucher.law.rules import SummerVoucherEntitled
from ennakko.services.summer_voucher.models import Voucher
from ennakko.services.summer_voucher.queries.vouchers import of_offer
from ennakko.services.summer_voucher.states import LIVE
from ennakko.values.texts import text

SERVICE = "summer-voucher"
INDEPENDENT_AGE = 15
"""Below this age the guardians get a copy: at 15 a youth may make an employment contract alone (998/1993 3 §)."""


@dataclass(frozen=True, slots=True)
class AnticipateReport:
    """What one look ahead came to; `entitled` counts all who meet the year's conditions, with or without a voucher."""

    residents: int
    entitled: int
    offers_made: int
    already_had: int
    objecting: int
    unknown: int
    seconds: float
    run: int


def anticipate(*, on: date, at: datetime, actor: Actor, progress: Progress | None = None) -> AnticipateReport:
    """Screen everyone, make this year's offers and vouchers; repeated or interrupted, nobody gets two.

    Nothing is sent: a named official releases the run. Raises Refused, PermitMissing and NotDecided errors before
    anything is written.
    """
    require(actor, "summer-voucher.anticipate")
    started = time.perf_counter()
    screening = screen(
        SummerVoucherEntitled, purpose=SERVICE, on=on, actor=actor, at=at, reason="summer vouchers of the year"
    )
    had = Voucher.objects.filter(year=on.year, state__in=LIVE, person__isnull=False).count()
    made = offers.make_offers(
        SERVICE, screening=screening, round=str(on.year), values=_content(on), actor=actor, at=at, on=on,
        progress=progress,
    )  # fmt: skip
    vouchers.issue_to_offers(made.run, actor=actor, at=at)
    return AnticipateReport(
        residents=screening.counts["residents"],
        entitled=screening.counts["entitled"] + had,
        offers_made=made.made,
        already_had=had + made.already_had,
        objecting=screening.counts["objecting"],
        unknown=screening.counts["unknown"],
        seconds=round(time.perf_counter() - started, 3),
        run=made.run.pk,
    )


def _content(on: date) -> Mapping[str, object]:
    """What is offered: the year and its conditions, as figures of the day."""
    book = default_book()
    return {
        "year": on.year,
        "value_cents": book.value("summer-voucher.voucher_value", on),
        "min_hours": book.value("summer-voucher.min_hours", on),
        "min_pay_cents": book.value("summer-voucher.min_pay", on),
        "work_start": str(book.value("summer-voucher.work_start", on)),
        "work_end": str(book.value("summer-voucher.work_end", on)),
    }


def release(run: Run, *, actor: Actor, at: datetime, on: date) -> Released:
    """A named official sends a run out; vouchers that an interruption left unmade are made first."""
    require(actor, "summer-voucher.release", run)
    vouchers.issue_to_offers(run, actor=actor, at=at)
    return offers.release(run, actor=actor, at=at, on=on)


def on_answer(answered: offers.Answered) -> None:
    """The voucher follows the answer: a no puts it aside, taking the no back brings it again."""
    voucher = of_offer(answered.offer.pk)
    declined = answered.choice.id == offers.DECLINE.id
    vouchers.follow_answer(voucher, declined=declined, undone=answered.undone, at=answered.at)


def on_withdrawn(offer: Offer, at: datetime) -> None:
    """An offer taken back takes its voucher with it."""
    vouchers.void_with_offer(offer, at)


def message_data(told: offers.Told) -> Mapping[str, object]:
    """The fields of the messages: nothing that would harm if the message is seen by others, and never the number."""
    return {"year": told.content["year"], "answer_by": told.answer_by.isoformat(), "link": told.link}


KEEP = offers.Choice(
    offers.ACCEPT.id, offers.ACCEPT.verb, text(fi="Pidä seteli", sv="Behåll sedeln", en="Keep the voucher")
)
KIND = offers.OfferKind(
    service=SERVICE,
    title=text(fi="Kesäseteli", sv="Sommarsedeln", en="Summer job voucher"),
    answer_action="summer-voucher.answer",
    answers=(KEEP, offers.DECLINE, offers.CALL_ME),
    release_action="summer-voucher.release",
    default_on_expiry="accepted",
    days=46,
    reminders=(30, 7),
    guardians_copied_below=INDEPENDENT_AGE,
    kept_days=365,
    templates={"offer": "offer", "guardian": "guardian", "reminder": "reminder", "withdrawn": "withdrawn"},
    message_data=message_data,
    on_answer=on_answer,
    on_withdrawn=on_withdrawn,
)
