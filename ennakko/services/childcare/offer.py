# SPDX-License-Identifier: EUPL-1.2
"""How a place is offered: to the guardians of each child whose turn it is, ready-made, in their language and channel.

Purpose: `childcare`. Whom the turn concerns is decided by the rules of `law/turns`; which place by a round. What the
answers lead to is in `actions/answers`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

import polars as pl
from django.db import transaction

from ennakko.kernel import offers
from ennakko.kernel.access import Actor, require
from ennakko.kernel.offers.making import Made
from ennakko.kernel.offers.models import Offer, Run
from ennakko.kernel.offers.rechecking import withdraw
from ennakko.kernel.offers.releasing import Released
from ennakko.kernel.offers.states import OPEN, Verb
from ennakko.kernel.registers import Screening
from ennakko.services.childcare import offer_words as words
from ennakko.services.childcare.access_places import RELEASE_PLACE
from ennakko.services.childcare.actions import answers, calls
from ennakko.services.childcare.states_cases import ANSWER
from ennakko.values.texts import Text, text

SERVICE: Final = "childcare"
RELEASE: Final = RELEASE_PLACE
DAYS: Final = 21
REMINDERS: Final = (10, 4)
"""Days left when the two reminders go; after the second the family stands on the call list."""
KEPT_DAYS: Final = 365
REPLACED: Final = "replaced"

TAKE = offers.Choice(offers.ACCEPT.id, Verb.ACCEPT, words.TAKE)
ANOTHER = offers.Choice("another", Verb.CHANGE, words.ANOTHER, by_link=False)
NO_NEED = offers.Choice(offers.DECLINE.id, Verb.DECLINE, words.NO_NEED)
CALL = offers.Choice(offers.CALL_ME.id, Verb.ASK_TO_CALL, words.CALL)
ASSUMED: Final = ("language", "address", "sibling", "shift_care")
"""What the city supposed when it chose the place, and the guardian may put right on the spot."""


def offer_places(
    screening: Screening, places: pl.DataFrame, *, round: str, actor: Actor, at: datetime, on: date
) -> Made:
    """Offers of the places of a round to the children's guardians, in bulk; repeated, nobody gets two.

    `places`: columns person, form, placement, unit, unit_name_fi, unit_name_sv, unit_name_en, unit_address, starts,
    metres, minutes, language; one row for each child whom the screening found. A child who still has an open offer of
    an earlier round gets the better one in its place: the earlier is taken back without a word of withdrawal.
    """
    children: list[int] = places["person"].to_list()
    wanted = screening.facts.filter(pl.col("person").is_in(places["person"].implode()))
    earlier = Offer.objects.filter(service=SERVICE, subject__in=children, state__in=OPEN).exclude(round=round)
    with transaction.atomic():
        for one in earlier:
            withdraw(one, reason=REPLACED, actor=actor, at=at)
    # The rule decided for the day on which the places begin: that day is the run's, so that it can be decided again.
    return offers.make_offers(
        SERVICE, screening=replace(screening, facts=wanted), round=round, values=places, actor=actor, at=at,
        on=screening.on,
    )  # fmt: skip


def release(run: Run, *, actor: Actor, at: datetime, on: date) -> Released:
    """A named official sends a round's offers out; a family that nobody can be told of is left to a person."""
    require(actor, RELEASE, None)
    released = offers.release(run, actor=actor, at=at, on=on)
    calls.note_untold(run, at=at)
    return released


def harmless(content: Mapping[str, Any]) -> Sequence[offers.Line]:
    """What a link may show: the unit and the first day, of nobody in particular."""
    return (
        offers.Line(words.UNIT, unit_name(content)),
        offers.Line(words.STARTS, date.fromisoformat(content["starts"])),
    )


def unit_name(content: Mapping[str, Any]) -> Text:
    """The name of the offered unit; in other languages the Finnish one, which stands on the door."""
    fi = content["unit_name_fi"]
    return text(fi=fi, sv=content.get("unit_name_sv") or fi, en=content.get("unit_name_en") or fi)


def message_data(told: offers.Told) -> Mapping[str, object]:
    """The fields of the messages: nothing of the child, and nothing that the link does not show."""
    data: dict[str, object] = {
        "unit": unit_name(told.content).in_(told.language),
        "starts": told.content["starts"],
        "answer_by": told.answer_by.isoformat(),
        "link": told.link,
    }
    if told.use in ("offer", "guardian"):
        data |= {
            "what": words.FORMS[told.content["form"]].in_(told.language),
            "address": told.content["unit_address"],
        }
    elif told.use == "withdrawn":
        data = {name: data[name] for name in ("unit", "starts")}
    return data


def offer_kind() -> offers.OfferKind:
    """How places are offered."""
    return offers.OfferKind(
        service=SERVICE,
        title=words.TITLE,
        answer_action=ANSWER,
        answers=(TAKE, ANOTHER, NO_NEED, CALL),
        release_action=RELEASE,
        later_runs_follow=False,
        default_on_expiry=None,
        days=DAYS,
        reminders=REMINDERS,
        told_to="guardians",
        languages=words.LANGUAGES,
        harmless=harmless,
        assumed=ASSUMED,
        kept_days=KEPT_DAYS,
        templates={"offer": "offer", "guardian": "offer", "reminder": "reminder", "withdrawn": "withdrawn"},
        message_data=message_data,
        on_answer=answers.follow,
        on_silence=answers.silence,
        on_withdrawn=answers.withdrawn,
    )
