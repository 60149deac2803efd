# SPDX-License-Identifier: EUPL-1.2
"""The same again: before the season, last year's employers are asked whether they hire the young again (act 26 §)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from ennakko.kernel import offers, organisations
from ennakko.kernel.access import Actor, require
from ennakko.kernel.bulk import among
from ennakko.kernel.offers.models import Offer
from ennakko.services.summer_voucher import conditions
from ennakko.services.summer_voucher.claim_states import ClaimState
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.law.same_again import SameAgain
from ennakko.services.summer_voucher.models import ClaimRow
from ennakko.values.texts import Text, text

AUDIENCE = "organisations"
KEPT_DAYS = 365
HIRE_AGAIN = offers.Choice(
    offers.ACCEPT.id, offers.ACCEPT.verb,
    text(fi="Palkkaamme taas: kertokaa nuorille", sv="Vi anställer igen: berätta för de unga",
         en="We will hire again: tell the young"),
    by_link=False,
)  # fmt: skip
CONTACT_US = offers.Choice(
    offers.CALL_ME.id, offers.CALL_ME.verb, text(fi="Ottakaa yhteyttä", sv="Kontakta oss", en="Contact us"),
    by_link=False,
)  # fmt: skip
NOT_NOW = offers.Choice(
    offers.DECLINE.id, offers.DECLINE.verb, text(fi="Ei tänä vuonna", sv="Inte i år", en="Not this year"), by_link=False
)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What one look at last year's employers came to; `ask` where the year's conditions are not decided."""

    employers: int
    offers_made: int
    already_had: int
    run: int | None
    ask: Text | None = None


def propose(*, on: date, at: datetime, actor: Actor) -> Proposed:
    """Offers to last year's employers; repeated, nobody gets two. A named official releases them. Raises Refused."""
    require(actor, "summer-voucher.anticipate")
    open_question = conditions.undecided(on)
    if open_question is not None:
        return Proposed(0, 0, 0, None, open_question)
    hired = hired_in(on.year - 1)
    known = organisations.known_many(hired)
    facts = {
        one: {"claims_last_year": hired[one], "employer_kind": row.kind} for one, row in known.items()
    }  # fmt: skip
    contents = {one: {**conditions.offered(on), "youths": hired[one]} for one in facts}
    chosen = offers.choose(SameAgain, facts, contents=contents, purpose=SERVICE, on=on, at=at)
    made = offers.make_offers_to_organisations(SERVICE, chosen=chosen, round=str(on.year), actor=actor, at=at, on=on)
    return Proposed(len(chosen.facts), made.made, made.already_had, made.run.pk)


def hired_in(year: int) -> dict[str, int]:
    """How many vouchers of a year were decided to be paid to each employer, by business id."""
    rows = ClaimRow.objects.filter(year=year, case__state=ClaimState.ACCEPTED, emptied_at=None)
    counted = rows.values_list("claim__organisation").annotate(n=Count("pk")).order_by("claim__organisation")
    return dict(counted)


def last_day(released: date) -> date:
    """The last day to answer: the last day before the season of work, and never sooner than in two weeks."""
    season = conditions.decided("work_start", released)
    soonest = date.fromordinal(released.toordinal() + 14)
    return soonest if season is None else max(date.fromordinal(season.toordinal() - 1), soonest)


def message_data(told: offers.Told) -> Mapping[str, object]:
    """The fields of the message."""
    content: Mapping[str, Any] = told.content
    return {
        "year": content["year"], "youths": content["youths"], "value": content["value_cents"],
        "answer_by": told.answer_by.isoformat(), "link": told.link,
    }  # fmt: skip


def offer_kind() -> offers.OfferKind:
    """How the same again is proposed."""
    return offers.OfferKind(
        service=SERVICE,
        title=text(fi="Samoin ensi kesänä?", sv="Likadant i sommar?", en="Same again this summer?"),
        answer_action="summer-voucher.answer-same-again",
        audience="organisations",
        answers=(HIRE_AGAIN, CONTACT_US, NOT_NOW),
        release_action="summer-voucher.release",
        last_day=last_day,
        kept_days=KEPT_DAYS,
        templates={"offer": "same_again"},
        message_data=message_data,
    )


@dataclass(frozen=True, slots=True)
class Wish:
    """What an employer answered: hire again, or be contacted; `done` once somebody has."""

    offer: Offer
    business_id: str
    name: str
    answer: str
    answered_at: datetime | None
    youths_last_year: int


def wishes(actor: Actor, *, on: date) -> list[Wish]:
    """Employers who hire again or want to be contacted this year, the latest answer first. Raises Refused."""
    require(actor, "summer-voucher.handle-claims")
    rows = Offer.objects.filter(service=SERVICE, round=str(on.year)).exclude(organisation="")
    asked = set(
        rows.filter(events__verb=CONTACT_US.verb).values_list("pk", flat=True)
    )  # fmt: skip
    answered = rows.filter(answer=HIRE_AGAIN.id) | rows.filter(pk__in=among(asked))
    found = list(answered.distinct().order_by("-answered_at", "pk"))
    known = organisations.known_many(one.organisation for one in found)
    return [
        Wish(
            offer=one,
            business_id=one.organisation,
            answer=one.answer or CONTACT_US.id,
            answered_at=one.answered_at,
            name=known[one.organisation].name if one.organisation in known else one.organisation,
            youths_last_year=int(one.content.get("youths", 0)),
        )
        for one in found
    ]
