# SPDX-License-Identifier: EUPL-1.2
"""The director's figures of offered places: answers, days to the decision, the walk, wishes, participation.

Every table of children passes the disclosure gate; a mean of fewer than five is not shown; nobody under non-disclosure
is counted. Everything is counted from the offers of the year before a day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

import polars as pl
from django.db.models import OuterRef, QuerySet, Subquery

from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases.models import Decision
from ennakko.kernel.figures import Counted, Figure, Gated, gate
from ennakko.kernel.figures.disclosure import HIDE_BELOW
from ennakko.kernel.offers.models import Offer, Recipient
from ennakko.kernel.offers.queries import counted
from ennakko.kernel.offers.states import ANSWERABLE, OfferState
from ennakko.rules.parameters import NotDecided, default_book
from ennakko.services.childcare.models import Placement, WaitWish
from ennakko.services.childcare.states import HOLDING, WishState
from ennakko.services.childcare.states_cases import CaseState
from ennakko.values.texts import Text, text

SERVICE, FIGURES = "childcare", "childcare.figures"
NEAR_METRES = 1280
"""Sixteen minutes on foot, as the City counts near."""
YEAR = timedelta(days=365)
SOURCE = text(
    fi="Kaupungin omat tarjoukset ja päätökset", sv="Stadens egna erbjudanden och beslut",
    en="The city's own offers and decisions",
)  # fmt: skip
ANSWERS: dict[str, Text] = {
    "took": text(fi="Otti tarjotun paikan", sv="Tog den erbjudna platsen", en="Took the offered place"),
    "another": text(fi="Valitsi toisen yksikön", sv="Valde en annan enhet", en="Chose another unit"),
    "no": text(fi="Ei tarvitse paikkaa", sv="Behöver ingen plats", en="Needs no place"),
    "unanswered": text(fi="Ei ole vastannut", sv="Har inte svarat", en="Has not answered"),
}
ANSWER_OF = {
    OfferState.ACCEPTED: "took", OfferState.CHANGED: "another", OfferState.DECLINED: "no",
    **dict.fromkeys((*ANSWERABLE, OfferState.EXPIRED), "unanswered"),
}  # fmt: skip
GROUPS = ("fi", "sv", "other")
BY = {
    "district": text(fi="Alue", sv="Område", en="Area"),
    "language": text(fi="Perheen kieli", sv="Familjens språk", en="The family's language"),
    "answer": text(fi="Vastaus", sv="Svar", en="Answer"),
}
MINUTES = "childcare.minutes_by_hand"


def _offers(on: date) -> "list[tuple[int, str, str, str]]":
    """Offer, state, district of the child's place, language of the first guardian told; nobody protected."""
    first = Recipient.objects.filter(offer=OuterRef("pk"), role="guardian").order_by("id").values("language")[:1]
    place = Placement.objects.filter(offer=OuterRef("pk")).order_by("-state_at").values("district")[:1]
    rows = counted().filter(service=SERVICE, run__on__gte=on - YEAR, state__in=list(ANSWER_OF))
    rows = rows.exclude(recipients__person__non_disclosure=True)
    return list(
        rows.order_by("pk").annotate(spoken=Subquery(first), area=Subquery(place))
        .values_list("pk", "state", "area", "spoken")
    )  # fmt: skip


def table(on: date) -> pl.DataFrame:
    """Children by district, language group and answer: columns district, language, answer, persons."""
    rows = [
        (area or "?", spoken if spoken in GROUPS[:2] else "other", ANSWER_OF[OfferState(state)])
        for _, state, area, spoken in _offers(on)
    ]
    schema = {"district": pl.String, "language": pl.String, "answer": pl.String}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.group_by(list(schema)).agg(pl.len().cast(pl.Int64).alias("persons"))


def participation(on: date) -> Counted:
    """Answers by area and language, for the published figure."""
    return Counted(table(on), on)


FIGURE = Figure(
    id="childcare.participation",
    title=text(
        fi="Tarjottuihin paikkoihin vastaaminen alueittain ja kielittäin",
        sv="Svar på erbjudna platser efter område och språk",
        en="Answers to offered places by area and language",
    ),
    source=SOURCE,
    by=BY,
    count=participation,
)


@dataclass(frozen=True, slots=True)
class Situation:
    """The situation at a glance. Numbers of children 1–4 are None; shares in whole per cents; metres and days medians.

    `minutes_saved` is None while nobody has measured how long a place takes by hand; then `ask` says whom to ask.
    """

    offered: int | None
    answered_percent: int | None
    took_percent: int | None
    days_to_decision: float | None
    mean_metres: int | None
    near_percent: int | None
    wishes: int | None
    wishes_met_percent: int | None
    minutes_saved: int | None
    ask: Text | None
    answers: Gated
    as_of: date


def situation(actor: Actor, *, on: date) -> Situation:
    """The director's page; raises Refused."""
    require(actor, FIGURES)
    children = table(on)
    answers = gate(children.group_by("answer").agg(pl.col("persons").sum()), "persons", by=("answer",))
    offered = int(children["persons"].sum())
    by = {row["answer"]: row["persons"] for row in answers.frame.iter_rows(named=True)}
    walks = [one for one in _walks(on).values_list("metres", flat=True) if one is not None]
    wishes = WaitWish.objects.filter(made_at__date__gte=on - YEAR).exclude(state=WishState.ENDED)
    wanted, met = wishes.count(), wishes.filter(state=WishState.MET).count()
    saved, ask = _saved(on)
    return Situation(
        offered=_shown(offered),
        answered_percent=_share(None if by.get("unanswered") is None else offered - by["unanswered"], offered),
        took_percent=_share(by.get("took"), offered),
        days_to_decision=_days(on),
        mean_metres=round(sum(walks) / len(walks)) if len(walks) >= HIDE_BELOW else None,
        near_percent=_share(sum(one <= NEAR_METRES for one in walks), len(walks)),
        wishes=_shown(wanted),
        wishes_met_percent=_share(met, wanted),
        minutes_saved=saved,
        ask=ask,
        answers=answers,
        as_of=on,
    )


@dataclass(frozen=True, slots=True)
class Area:
    """How far the children of one area walk: the mean in metres, the share within sixteen minutes in per cent.

    None: fewer than five children, or a number from which so few could be worked out.
    """

    district: str
    children: int | None
    mean_metres: int | None
    near_percent: int | None


def areas(actor: Actor, *, on: date) -> list[Area]:
    """Each area's way to the places offered in a year, the longest first; raises Refused."""
    require(actor, FIGURES)
    rows = [(district or "?", metres) for district, metres in _walks(on).values_list("district", "metres")]
    frame = pl.DataFrame(rows, schema={"district": pl.String, "metres": pl.Int64}, orient="row")
    near = pl.col("metres").le(NEAR_METRES).sum().cast(pl.Int64).alias("near")
    by_area = frame.group_by("district").agg(pl.len().cast(pl.Int64).alias("persons"), pl.col("metres").sum(), near)
    told = gate(by_area, "persons", by=("district",), measures=("metres", "near")).frame.drop_nulls("district")
    found = [
        Area(
            row["district"], row["persons"],
            None if not row["persons"] else round(row["metres"] / row["persons"]),
            None if not row["persons"] else _share(row["near"], row["persons"]),
        )
        for row in told.iter_rows(named=True)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.mean_metres is None, -(one.mean_metres or 0), one.district))


def _walks(on: date) -> QuerySet[Placement]:
    """Places that children hold or are offered, with the way counted; nobody protected."""
    return Placement.objects.filter(
        state__in=sorted(HOLDING), protected=False, offer__isnull=False, metres__isnull=False,
        offer__run__on__gte=on - YEAR,
    )  # fmt: skip


def _shown(count: int) -> int | None:
    return None if 0 < count < HIDE_BELOW else count


def _share(part: int | None, of: int) -> int | None:
    """A share in whole per cents; None where either side, or what is left, is too small to be told."""
    if part is None or of < HIDE_BELOW or 0 < part < HIDE_BELOW or 0 < of - part < HIDE_BELOW:
        return None
    return round(100 * part / of)


def _days(on: date) -> float | None:
    """The median of days from the answer to the decision."""
    rows: Sequence[tuple[date, date]] = [
        (opened.date(), decided)
        for opened, decided in Decision.objects.filter(
            case__service=SERVICE, case__kind__in=("place", "preschool-place"), on__gte=on - YEAR,
            case__state=CaseState.ACCEPTED,
        ).values_list("case__opened_at", "on")
    ]  # fmt: skip
    return median((decided - opened).days for opened, decided in rows) if len(rows) >= HIDE_BELOW else None


def _saved(on: date) -> tuple[int | None, Text | None]:
    """Staff minutes that the families' own answers saved, by the city's measured minutes of a place by hand."""
    value = default_book().value(MINUTES, on)
    if isinstance(value, NotDecided):
        return None, value.ask
    own = Offer.objects.filter(
        service=SERVICE, run__on__gte=on - YEAR, state__in=[OfferState.ACCEPTED, OfferState.DECLINED],
        childcare_calls__isnull=True,
    ).count()  # fmt: skip
    return (own * int(value), None) if own >= HIDE_BELOW else (None, None)  # type: ignore[arg-type, call-overload]
