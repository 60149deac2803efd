# SPDX-License-Identifier: EUPL-1.2
"""Whom we anticipate: every resident of the year's ages gets a voucher without asking, and may say no.

Purpose: `summer-voucher`. Sources: the population register and our own vouchers; no school fact is read.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ennakko.kernel import offers
from ennakko.kernel.access import Actor, require
from ennakko.kernel.offers.making import Progress
from ennakko.kernel.offers.models import Offer, Run
from ennakko.kernel.offers.releasing import Released
from ennakko.kernel.registers import screen, snapshots
from ennakko.rules.parameters import ParameterBook
from ennakko.services.summer_voucher import conditions
from ennakko.services.summer_voucher.actions import calls, vouchers
from ennakko.services.summer_voucher.law.rules import SummerVoucherEntitled
from ennakko.services.summer_voucher.models import Voucher
from ennakko.services.summer_voucher.queries.vouchers import of_offer
from ennakko.services.summer_voucher.states import LIVE
from ennakko.values.texts import Text, text

SERVICE = conditions.SERVICE
SHORTEST = 14
"""Days to say no for whoever becomes entitled when the season is nearly over."""


@dataclass(frozen=True, slots=True)
class AnticipateReport:
    """What one look ahead came to; `entitled` counts all who meet the year's conditions, with or without a voucher.

    `ask` tells whom to ask when the city has not decided the year's conditions: then nobody was looked at. `run` is
    None in that case.
    """

    residents: int
    entitled: int
    offers_made: int
    already_had: int
    objecting: int
    unknown: int
    seconds: float
    run: int | None
    ask: Text | None = None


def anticipate(*, on: date, at: datetime, actor: Actor, progress: Progress | None = None) -> AnticipateReport:
    """Screen everyone, make this year's offers and vouchers; repeated or interrupted, nobody gets two.

    Nothing is sent: a named official releases the run. Raises Refused and PermitMissing before anything is written.
    """
    require(actor, "summer-voucher.anticipate")
    started = time.perf_counter()
    open_question = conditions.undecided(on)
    if open_question is not None:
        seconds = round(time.perf_counter() - started, 3)
        return AnticipateReport(snapshots.current().residents, 0, 0, 0, 0, 0, seconds, None, open_question)
    screening = screen(
        SummerVoucherEntitled, purpose=SERVICE, on=on, actor=actor, at=at, reason="summer vouchers of the year"
    )
    had = Voucher.objects.filter(year=on.year, state__in=LIVE, person__isnull=False).count()
    made = offers.make_offers(
        SERVICE, screening=screening, round=str(on.year), values=conditions.offered(on), actor=actor, at=at, on=on,
        progress=progress,
    )  # fmt: skip
    offers.complete_interrupted(SERVICE, str(on.year), actor=actor, at=at)
    vouchers.issue_to_offers(on.year, actor=actor, at=at)
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


def release(run: Run, *, actor: Actor, at: datetime, on: date) -> Released:
    """A named official sends a run out; vouchers that an interruption left unmade are made first."""
    if actor.kind != "system":
        require(actor, "summer-voucher.release", run)
    if run.audience == "people":
        vouchers.issue_to_offers(int(run.round), actor=actor, at=at)
    return offers.release(run, actor=actor, at=at, on=on)


def on_answer(answered: offers.Answered) -> None:
    """The voucher follows the answer: a no puts it aside, taking the no back brings it again; a call is remembered."""
    if answered.choice.id == offers.CALL_ME.id:
        calls.ask(answered.offer, at=answered.at)
        return
    declined = answered.choice.id == offers.DECLINE.id
    vouchers.follow_answer(of_offer(answered.offer.pk), declined=declined, undone=answered.undone, at=answered.at)


def on_silence(silence: offers.Silence) -> None:
    """Silence keeps the vouchers: they were given with the offers, and nothing of them changes."""


def on_withdrawn(offer: Offer, at: datetime) -> None:
    """An offer taken back takes its voucher with it."""
    vouchers.void_with_offer(offer, at)


def message_data(told: offers.Told) -> Mapping[str, object]:
    """The fields of the messages: nothing that would harm if the message is seen by others, and never the number."""
    return {"year": told.content["year"], "answer_by": told.answer_by.isoformat(), "link": told.link}


KEEP = offers.Choice(
    offers.ACCEPT.id, offers.ACCEPT.verb, text(fi="Pidä seteli", sv="Behåll sedeln", en="Keep the voucher")
)
KEPT_DAYS = 365


def last_day(released: date) -> date:
    """The last day to say no: the last day of work of the year, and never so soon that nobody could."""
    season = conditions.decided("work_end", released)
    soonest = released + timedelta(days=SHORTEST)
    return soonest if season is None else max(season, soonest)


def offer_kind(book: ParameterBook) -> offers.OfferKind:
    """How the voucher is offered, by the figures that are in the book when the service is registered."""
    return offers.OfferKind(
        service=SERVICE,
        title=text(fi="Kesäseteli", sv="Sommarsedeln", en="Summer job voucher"),
        answer_action="summer-voucher.answer",
        answers=(KEEP, offers.DECLINE, offers.CALL_ME),
        release_action="summer-voucher.release",
        later_runs_follow=True,
        default_on_expiry="accepted",
        last_day=last_day,
        reminders=_days_before(book),
        reminded_after=7,
        guardians_copied_below=book.get(f"{SERVICE}.independent_age").rows[-1].value,  # type: ignore[arg-type]
        kept_days=KEPT_DAYS,
        templates={"offer": "offer", "guardian": "guardian", "reminder": "reminder", "withdrawn": "withdrawn"},
        message_data=message_data,
        on_answer=on_answer,
        on_silence=on_silence,
        on_withdrawn=on_withdrawn,
    )


def _days_before(book: ParameterBook) -> tuple[int, ...]:
    """The days of the reminders, counted back from the last day to answer, in the last year that is decided."""
    for row in reversed(book.get(f"{SERVICE}.reminders").rows):
        last = book.value(f"{SERVICE}.work_end", row.start)
        if isinstance(row.value, tuple) and isinstance(last, date):
            return tuple((last - day).days for day in row.value if isinstance(day, date))
    return ()
