# SPDX-License-Identifier: EUPL-1.2
"""The director's figures: who got the voucher, what they answered, what it costs, and what another rule would cost.

Every table of persons passes the disclosure gate, and nobody under non-disclosure is counted in one.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

import polars as pl
from django.db.models import QuerySet
from django.utils import timezone

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, require
from ennakko.kernel.figures import Counted, Figure, Gated, gate
from ennakko.kernel.figures.disclosure import HIDE_BELOW
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.offers.queries import subjects_by_state
from ennakko.kernel.offers.states import ANSWERABLE, OfferState
from ennakko.kernel.purposes import objectors
from ennakko.kernel.registers import Snapshot, snapshots, tables
from ennakko.kernel.registers.permits import require_permit
from ennakko.rules import population
from ennakko.rules.engines.polars import screen_polars
from ennakko.rules.parameters import default_book
from ennakko.rules.tables import Tables
from ennakko.services.summer_voucher import conditions
from ennakko.services.summer_voucher.law.rules import SummerVoucherEntitled
from ennakko.services.summer_voucher.models import Voucher
from ennakko.services.summer_voucher.states import LIVE
from ennakko.values.texts import Text, text

SERVICE = conditions.SERVICE
COUNTED = ("birth_date", "municipality", "alive", "voucher_given", "non_disclosure", "district", "service_language")
BY = {"district": "district", "language": "service_language"}
SOURCE = text(
    fi="Väestötietojärjestelmä ja kaupungin oma seteliluettelo",
    sv="Befolkningsdatasystemet och stadens egen sedelförteckning",
    en="The population register and the city's own list of vouchers",
)
POSSIBLE_AGES = range(14, 29)
"""The ages that the rule concerns at all: of the others it says nothing."""
MOST_CENTS = 200_000
ANSWER = {
    OfferState.ACCEPTED: "kept", OfferState.CHANGED: "kept", OfferState.DECLINED: "declined",
    **dict.fromkeys((OfferState.MADE, *ANSWERABLE), "unanswered"),
}  # fmt: skip
"""State of an offer → the answer it is counted as; ended and withdrawn ones are no answers."""


@dataclass(frozen=True, slots=True)
class Tiles:
    """The year at a glance, in persons; `gap` is entitled less received. Each hidden number is None (1–4)."""

    year: int
    entitled: int | None
    received: int | None
    gap: int | None
    unanswered: int | None
    declined: int | None
    kept: int | None
    as_of: date
    source: Text


@dataclass(frozen=True, slots=True)
class Forecast:
    """Cost at the lowest and highest uptake known, in cents, and the cost if every voucher were used.

    `value`: what one is worth; where that rises with the hours, the low cost is of the least and the high of the most.

    Made of the tiles as they are shown, so that it tells nothing that they hide; None where they are too small.
    """

    vouchers: int | None
    value: Text
    low_percent: int
    high_percent: int
    low_cents: int | None
    high_cents: int | None
    most_cents: int | None
    source: Text


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The present rule beside a changed one, on the whole city; `by_district` passed the gate (district, persons).

    Persons who would get the voucher now and then; cents at the highest uptake known; `seconds` the computing took.
    What is too small to be shown (1–4) is None, and what would tell it.
    """

    now: int | None
    then: int | None
    now_cents: int | None
    then_cents: int | None
    gaining: int | None
    losing: int | None
    by_district: Gated
    ages: tuple[int, ...]
    value_cents: int
    seconds: float


def tiles(actor: Actor, *, on: date) -> Tiles:
    """The tiles of the director's page, all through one gate: none can be computed from the others. Raises Refused."""
    require(actor, "summer-voucher.figures")
    snapshot = snapshots.current()
    due = set(_countable(_entitled(snapshot, on))["person"].to_list())
    holders = set(_holders(on).values_list("person", flat=True))
    answers = dict(_answers(on).group_by("answer").agg(pl.len()).iter_rows())
    rows = {
        **{answer: answers.get(answer, 0) for answer in ("kept", "declined", "unanswered")},
        "applied": max(len(holders) - sum(answers.values()), 0),
        "missing": len(due - holders),
    }
    table = pl.DataFrame({"answer": list(rows), "persons": list(rows.values())})
    received = dict.fromkeys(("kept", "declined", "unanswered", "applied"), "received")
    gated = gate(table, "persons", by=("answer",), parents={"answer": received})
    cells = dict(gated.frame.select("answer", "persons").iter_rows())
    return Tiles(
        year=on.year, entitled=cells.get(None), received=cells.get("received"), gap=cells.get("missing"),
        unanswered=cells.get("unanswered"), declined=cells.get("declined"), kept=cells.get("kept"), as_of=snapshot.on,
        source=SOURCE,
    )  # fmt: skip


def _holders(on: date) -> "QuerySet[Voucher]":
    """The year's vouchers that are counted: nobody under non-disclosure, nor those whom the registers do not know."""
    held = Voucher.objects.filter(year=on.year, state__in=LIVE, person__isnull=False)
    return held.exclude(person__non_disclosure=True)


def _answers(on: date) -> pl.DataFrame:
    """Person, state and answer of the year's offers that are counted; nobody under non-disclosure."""
    found = subjects_by_state(SERVICE, str(on.year))
    words = pl.col("state").replace_strict(dict(ANSWER), default=None, return_dtype=pl.String)
    return found.with_columns(answer=words).drop_nulls("answer")


def answers_by(actor: Actor, dimension: str, *, on: date) -> Gated:
    """Answers by "district" or "language": columns of the dimension and `answer` (kept, declined, unanswered), persons.

    Raises Refused, and ValueError for another dimension.
    """
    require(actor, "summer-voucher.figures")
    if dimension not in BY:
        raise ValueError(f"Answers are counted by {' or '.join(BY)}, not by {dimension!r}.")
    return gate(_counted_by(dimension, on), "persons", by=(dimension, "answer"))


def _counted_by(dimension: str, on: date) -> pl.DataFrame:
    column = BY[dimension]
    require_permit(SERVICE, [column, "non_disclosure"], on)
    snapshot = snapshots.current()
    where = tables.persons([column, "non_disclosure"], snapshot, on).filter(~pl.col("non_disclosure"))
    found = _answers(on).lazy().join(where, on="person", how="inner")
    counts = found.group_by(pl.col(column).alias(dimension), "answer").agg(pl.len().cast(pl.Int64).alias("persons"))
    return counts.collect().sort(dimension, "answer", nulls_last=True)


def forecast(actor: Actor, *, on: date, seen: Tiles | None = None) -> Forecast:
    """What the year's vouchers will cost, by the uptake of earlier years; `seen` are the tiles, where at hand.

    Vouchers declined are not counted, unless their number is hidden: then the cost is that of a few too many.
    """
    require(actor, "summer-voucher.figures")
    shown = seen or tiles(actor, on=on)
    issued = None if shown.received is None else shown.received - (shown.declined or 0)
    value = conditions.decided("voucher_value", on) or 0
    dearest = conditions.most_value(on) or value
    low, high = conditions.value("uptake_low", on), conditions.value("uptake_high", on)
    least, most = (None, None) if issued is None else (issued * value, issued * dearest)
    return Forecast(
        vouchers=issued, value=conditions.sums(value, dearest if dearest > value else None), low_percent=low,
        high_percent=high, low_cents=_share(least, low), high_cents=_share(most, high), most_cents=most,
        source=_both(default_book().row(f"{SERVICE}.uptake_low", on).source,
                     default_book().row(f"{SERVICE}.uptake_high", on).source),
    )  # fmt: skip


def _share(cents: int | None, percent: int) -> int | None:
    """A part of an amount in whole euros: an estimate is no more exact than that."""
    return None if cents is None else cents * percent // 10_000 * 100


def _both(first: Text, second: Text) -> Text:
    said = {language: f"{first.in_(language)}; {second.in_(language)}" for language in first.languages}
    return text(**said)


def near_misses(actor: Actor, *, on: date) -> Gated:
    """How many residents each single condition alone keeps from the voucher: columns condition (step name), persons."""
    require(actor, "summer-voucher.figures")
    if conditions.undecided(on) is not None:
        return gate(pl.DataFrame(schema={"condition": pl.String, "persons": pl.Int64}), "persons", by=("condition",))
    refused = _near(snapshots.current(), on)
    # Each by itself: no total of them is told anywhere, so that a small one needs to hide no other.
    gated = [
        gate(pl.DataFrame({"condition": [name], "persons": [count]}), "persons", by=("condition",))
        for name, count in refused.items()
        if name in condition_names()
    ]
    frame = pl.concat([one.frame.drop_nulls("condition") for one in gated])
    return Gated(frame, ("condition",), "persons", sum(one.hidden for one in gated))


@lru_cache(maxsize=4)
def _near(snapshot: Snapshot, on: date) -> Mapping[str, int]:
    everybody = _everybody(snapshot, on)
    return population.near_misses(SummerVoucherEntitled, everybody, on)["refused"]


def condition_names() -> Mapping[str, Text]:
    """The words of each condition's step, for the table of near misses."""
    return {
        "resident": text(fi="Asuu muualla", sv="Bor på annan ort", en="Lives elsewhere"),
        "right_age": text(fi="Toisen ikäinen", sv="Har en annan ålder", en="Of another age"),
    }


def what_if(actor: Actor, *, ages: tuple[int, ...], value_cents: int, on: date, at: datetime) -> WhatIf:
    """Other ages and another sum, on everybody in the register; raises Refused, and ValueError for what cannot be."""
    require(actor, "summer-voucher.figures")
    if not ages or any(age not in POSSIBLE_AGES for age in ages):
        raise ValueError(f"Ages are {POSSIBLE_AGES[0]}–{POSSIBLE_AGES[-1]}; at least one.")
    if not 100 <= value_cents <= MOST_CENTS:
        raise ValueError(f"The sum is 1–{MOST_CENTS // 100} euros.")
    started = time.perf_counter()
    snapshot = snapshots.current()
    before = _countable(_entitled(snapshot, on))
    after = _countable(_entitled(snapshot, on, ages=tuple(sorted(set(ages)))))
    high = conditions.value("uptake_high", on)
    changes = before.select("person", now=pl.lit(1)).join(
        after.select("person", then=pl.lit(1)), on="person", how="full", coalesce=True
    )
    districts = after.group_by("district").agg(pl.len().cast(pl.Int64).alias("persons"))
    seconds = time.perf_counter() - started
    reason = "what another rule would cost"
    audit.read(actor, SERVICE, after["person"].to_list(), COUNTED, snapshot.id, at, reason)
    value = conditions.decided("voucher_value", on) or 0
    gaining, losing = _large(changes["now"].null_count()), _large(changes["then"].null_count())
    now, then = _large(before.height), _large(after.height)
    if gaining is None or losing is None:
        # With the present total beside them, any of these would tell the others.
        gaining = losing = then = None
        districts = districts.clear()
    return WhatIf(
        now=now, then=then, now_cents=_share(None if now is None else now * value, high),
        then_cents=_share(None if then is None else then * value_cents, high), gaining=gaining, losing=losing,
        by_district=gate(districts, "persons", by=("district",)),
        ages=tuple(sorted(set(ages))), value_cents=value_cents, seconds=round(seconds, 3),
    )  # fmt: skip


def _large(count: int) -> int | None:
    return None if 0 < count < HIDE_BELOW else count


def _countable(frame: pl.DataFrame) -> pl.DataFrame:
    objecting = pl.Series(sorted(objectors(SERVICE)), dtype=pl.Int64).implode()
    return frame.filter(~pl.col("person").is_in(objecting))


@lru_cache(maxsize=16)
def _entitled(snapshot: Snapshot, on: date, ages: tuple[int, ...] = ()) -> pl.DataFrame:
    """Person, district and language of all who meet the conditions, vouchers given or not; without non-disclosure.

    With `ages` the rule has those instead of the city's own. Nobody in a year that is not decided.
    """
    require_permit(SERVICE, COUNTED, on)
    empty = {"person": pl.Int64, "district": pl.String, "service_language": pl.String}
    if not ages and conditions.undecided(on) is not None:
        return pl.DataFrame(schema=empty)
    changes: dict[str, object] = {f"{SERVICE}.ages": {date(on.year, 1, 1): list(ages)}}
    if conditions.decided("voucher_value", on) is None:
        changes[f"{SERVICE}.voucher_value"] = {date(on.year, 1, 1): 1}
    rule = SummerVoucherEntitled.with_parameters(changes) if ages else SummerVoucherEntitled
    everybody = _everybody(snapshot, on)
    found = screen_polars(
        rule, everybody, on, columns=(), outcomes=(1,), carry=("district", "service_language", "non_disclosure")
    )
    here = found.join(tables.living(snapshot, on).collect(), on="person", how="semi")
    return here.filter(~pl.col("non_disclosure")).select(list(empty))


def _everybody(snapshot: Snapshot, on: date) -> Tables[pl.LazyFrame]:
    """Everyone as the rule reads them, as if no voucher had been given yet."""
    read = [ref.name for ref in SummerVoucherEntitled.inputs() if ref.name != "voucher_given"]
    persons = tables.persons([*read, "district", "service_language", "non_disclosure"], snapshot, on)
    return Tables(persons=persons.with_columns(pl.lit(value=False).alias("voucher_given")))


def by_week(actor: Actor, *, on: date) -> pl.DataFrame:
    """The year's answers week by week: columns week (its Monday), kept, declined; hidden counts are null."""
    require(actor, "summer-voucher.figures")
    rows = (
        Offer.objects.filter(service=SERVICE, round=str(on.year), answered_at__isnull=False, organisation="")
        .exclude(subject__non_disclosure=True)
        .values_list("answered_at", "state")
    )
    counted: dict[tuple[date, str], int] = {}
    for answered_at, state in rows:
        answer = ANSWER.get(OfferState(state))
        if answered_at is None:
            continue
        day = timezone.localtime(answered_at).date()
        if answer in ("kept", "declined"):
            place = (day - timedelta(days=day.weekday()), answer)
            counted[place] = counted.get(place, 0) + 1
    weeks = sorted({week for week, _ in counted})
    table = pl.DataFrame(
        [(week.isoformat(), one, counted.get((week, one), 0)) for week in weeks for one in ("kept", "declined")],
        schema={"week": pl.String, "answer": pl.String, "persons": pl.Int64}, orient="row",
    )  # fmt: skip
    gated = gate(table, "persons", by=("week", "answer"))
    cells = gated.frame.drop_nulls(["week", "answer"])
    wide = {
        answer: [cells.filter(week=week.isoformat(), answer=answer)["persons"][0] for week in weeks]
        for answer in ("kept", "declined")
    }
    return pl.DataFrame(
        {"week": weeks, **wide}, schema={"week": pl.Date, "kept": pl.Int64, "declined": pl.Int64}
    )  # fmt: skip


def _given(on: date) -> Counted:
    """Vouchers given in the year by district, for the open figure."""
    return Counted(_counted_by("district", on), snapshots.current().on)


FIGURES = (
    Figure(
        id="summer-voucher.answers",
        title=text(fi="Kesäsetelit peruspiireittäin", sv="Sommarsedlar per distrikt", en="Summer vouchers by district"),
        source=SOURCE,
        by={
            "district": text(fi="Peruspiiri", sv="Distrikt", en="District"),
            "answer": text(fi="Vastaus", sv="Svar", en="Answer"),
        },
        count=_given,
        open_to_all=True,
    ),
)
