# SPDX-License-Identifier: EUPL-1.2
"""The director's figures of claims: uptake and money, time to decision, deadweight, what nobody had to write, effects.

Every table of persons passes the disclosure gate; nobody under non-disclosure is counted in one. Sums of what has been
destroyed by retention come from the statistics that were kept of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Final

import polars as pl
from django.db.models import Avg, Count, Max, Q, QuerySet, Sum
from django.utils import timezone

from ennakko.kernel.access import Actor, require
from ennakko.kernel.figures import Counted, Figure, Gated, gate
from ennakko.kernel.figures.disclosure import HIDE_BELOW
from ennakko.kernel.registers import snapshots, tables
from ennakko.kernel.registers.permits import require_permit
from ennakko.services.summer_voucher import conditions, experiments
from ennakko.services.summer_voucher.actions import nudges
from ennakko.services.summer_voucher.claim_states import OPEN_CLAIMS, ClaimState
from ennakko.services.summer_voucher.claim_typing import FIELDS_OF_THE_CITY
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.models import ClaimRow, ClaimStatistic, Experiment, ExperimentMember, Voucher
from ennakko.services.summer_voucher.states import VoucherState
from ennakko.values.texts import Text, text

FIGURES_ACTION = "summer-voucher.figures"
OF_PERSONS: Final = {"district": "district", "language": "service_language", "school": "school"}
"""Dimension of a youth → the register's fact."""
OF_CLAIMS: Final = ("industry", "employer_kind", "job_type", "hired_without", "claim_language")
GIVEN_STATES = (VoucherState.ISSUED, VoucherState.USED)
SOURCE = text(
    fi="Kaupungin oma hakemusluettelo ja väestötietojärjestelmä",
    sv="Stadens egen förteckning över ansökningar och befolkningsdatasystemet",
    en="The city's own list of claims and the population register",
)
SPEEDS: Final = (("at_once", 0.02), ("same_day", 1.0), ("week", 7.0), ("month", 30.0), ("longer", float("inf")))
"""How long from sending to decision, in days, at most: at once is within half an hour."""


@dataclass(frozen=True, slots=True)
class Overview:
    """A year of claims at a glance; counts of 1–4 are None, and money that would tell them. Cents, whole per cent.

    `median_hours`: from sending to decision. `budget_cents` None where payment is tied to no budget; `budget_ask` tells
    whom to ask where nobody has decided. `fields_saved` and `keystrokes_left`: fields of the City's earlier form that
    nobody had to fill in, and keys pressed for a claim, on average; None while there are fewer than five claims.
    `minutes_saved` rests on the seconds a field takes. Those under non-disclosure are in none of these, nor in money.
    """

    year: int
    given: int | None
    used: int | None
    uptake_percent: int | None
    employers: int | None
    repeat_percent: int | None
    sent: int | None
    accepted: int | None
    rejected: int | None
    waiting: int | None
    accepted_cents: int | None
    committed_cents: int | None
    budget_cents: int | None
    budget_left_cents: int | None
    budget_ask: Text | None
    automatic_percent: int | None
    median_hours: float | None
    deadweight_percent: int | None
    fields_of_the_city: int
    fields_typed: float | None
    fields_saved: int | None
    keystrokes_left: float | None
    minutes_saved: int | None
    source: Text


def overview(actor: Actor, *, year: int) -> Overview:
    """The year's claims in figures. Raises Refused."""
    require(actor, FIGURES_ACTION)
    rows = _counted(year)
    states = dict(rows.values_list("case__state").annotate(n=Count("pk")))
    accepted, rejected = states.get(ClaimState.ACCEPTED, 0), states.get(ClaimState.REJECTED, 0)
    decided = accepted + rejected
    given = Voucher.objects.filter(year=year, state__in=GIVEN_STATES).exclude(person__non_disclosure=True).count()
    used = rows.filter(holds=True).count()
    waiting = sum(count for state, count in states.items() if state in OPEN_CLAIMS)
    ended = {"accepted": accepted, "rejected": rejected, "waiting": waiting,
             "withdrawn": states.get(ClaimState.WITHDRAWN, 0)}  # fmt: skip
    claims, vouchers = _together(ended), _together({"used": used, "unused": given - used})
    employers, again = _employers(year)
    money = rows.aggregate(
        accepted=Sum("value_cents", filter=Q(case__state=ClaimState.ACCEPTED)),
        committed=Sum("value_cents", filter=Q(holds=True)),
        automatic=Count("pk", filter=Q(automatic=True)),
    )
    typed = rows.filter(position=1).aggregate(fields=Avg("claim__typed_fields"), keys=Avg("claim__keystrokes"))
    # What was typed for a handful of claims would tell of each of them.
    told = rows.count() >= HIDE_BELOW
    saved = _fields_saved(rows) if told else None
    budget, ask = _budget(year)
    # With one sum for all, money tells how many: it is hidden with the counts.
    spent = None if claims["accepted"] is None else money["accepted"] or 0
    committed = None if vouchers["used"] is None else money["committed"] or 0
    left = None if budget is None or committed is None else budget - committed
    return Overview(
        year=year, given=vouchers[None], used=vouchers["used"], uptake_percent=_percent(used, given),
        employers=_large(employers), repeat_percent=_percent(again, employers), sent=claims[None],
        accepted=claims["accepted"], rejected=claims["rejected"], waiting=claims["waiting"],
        accepted_cents=spent, committed_cents=committed, budget_cents=budget,
        budget_left_cents=left, budget_ask=ask, automatic_percent=_percent(money["automatic"], decided),
        median_hours=_median_hours(rows), deadweight_percent=_deadweight(rows), fields_of_the_city=FIELDS_OF_THE_CITY,
        fields_typed=_rounded(typed["fields"]) if told else None, fields_saved=saved,
        keystrokes_left=_rounded(typed["keys"]) if told else None,
        minutes_saved=None if saved is None else saved * _seconds_per_field(year) // 60, source=SOURCE,
    )  # fmt: skip


def _counted(year: int) -> "QuerySet[ClaimRow]":
    """The year's claims that figures may tell of: none of a youth under non-disclosure, so that no two figures differ
    by them."""
    return ClaimRow.objects.filter(year=year).exclude(voucher__person__non_disclosure=True)


def _large(count: int) -> int | None:
    return None if 0 < count < HIDE_BELOW else count


def _together(counts: Mapping[str, int]) -> dict[str | None, int | None]:
    """Counts that make a whole (None), through the gate: what is small cannot be told from the others either."""
    table = pl.DataFrame({"part": list(counts), "persons": list(counts.values())})
    return dict(gate(table, "persons", by=("part",)).frame.select("part", "persons").iter_rows())


def _percent(part: int | None, of: int) -> int | None:
    """A share in whole per cent, None where the part is not known, or it or what is left is too small to be told."""
    if part is None:
        return None
    small = of < HIDE_BELOW or 0 < part < HIDE_BELOW or 0 < of - part < HIDE_BELOW
    return None if small else round(100 * part / of)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _employers(year: int) -> tuple[int, int | None]:
    """Employers with a claim of the year, and how many of them had one the year before; None: that year had none."""
    now = set(_counted(year).values_list("claim__organisation", flat=True))
    before = set(_counted(year - 1).values_list("claim__organisation", flat=True))
    return len(now), len(now & before) if before else None


def _budget(year: int) -> tuple[int | None, Text | None]:
    found = conditions.value("budget", conditions.last_of_year(year))
    if isinstance(found, int):
        return found or None, None
    return None, found.ask


def _fields_saved(rows: "QuerySet[ClaimRow]") -> int:
    """Fields of the City's form, over all the claims, that nobody had to fill in: a form for each voucher there."""
    claims = rows.values_list("claim", "claim__typed_fields").annotate(n=Count("pk"))
    return sum(max(FIELDS_OF_THE_CITY * count - typed, 0) for _, typed, count in claims if typed is not None)


def _seconds_per_field(year: int) -> int:
    return int(conditions.decided("seconds_per_field", conditions.last_of_year(year)) or 0)


def _median_hours(rows: "QuerySet[ClaimRow]") -> float | None:
    spans = _spans(rows)
    return round(median(spans) * 24, 2) if len(spans) >= HIDE_BELOW else None


def _spans(rows: "QuerySet[ClaimRow]") -> list[float]:
    """Days from sending to decision, of each decided row."""
    decided = rows.filter(decided_at__isnull=False).values_list("claim__sent_at", "decided_at")
    return [(to - start).total_seconds() / 86_400 for start, to in decided if to is not None]


def _deadweight(rows: "QuerySet[ClaimRow]") -> int | None:
    """The share of accepted claims whose youth would have been hired without the voucher, of those who answered."""
    answers = dict(
        rows.filter(case__state=ClaimState.ACCEPTED)
        .exclude(hired_without="")
        .values_list("hired_without")
        .annotate(n=Count("pk"))
    )
    return _percent(answers.get("yes", 0), sum(answers.values()))


def uptake_by(actor: Actor, dimension: str, *, year: int, on: date) -> Gated:
    """Vouchers given and used by "district", "language" or "school": columns of the dimension and `answer`, persons.

    `answer` is used or unused; `cents` is what was decided to be paid. Raises Refused, ValueError for another
    dimension, and PermitMissing for schools until the city has the permit.
    """
    require(actor, FIGURES_ACTION)
    if dimension not in OF_PERSONS:
        raise ValueError(f"Uptake is counted by {', '.join(OF_PERSONS)}, not by {dimension!r}.")
    table = _uptake_table(dimension, year, on)
    return gate(table, "persons", by=(dimension, "answer"), measures=("cents",))


def _uptake_table(dimension: str, year: int, on: date) -> pl.DataFrame:
    fact = OF_PERSONS[dimension]
    require_permit(SERVICE, [fact, "non_disclosure"], on)
    held = Voucher.objects.filter(year=year, state__in=GIVEN_STATES, person__isnull=False).exclude(
        person__non_disclosure=True
    )
    paid = dict(
        ClaimRow.objects.filter(year=year, case__state=ClaimState.ACCEPTED, voucher__person__isnull=False).values_list(
            "voucher__person", "value_cents"
        )
    )
    rows = [
        (person, "used" if state == VoucherState.USED else "unused", paid.get(person, 0))
        for person, state in held.values_list("person", "state")
    ]
    people = pl.DataFrame(
        rows, schema={"person": pl.Int64, "answer": pl.String, "cents": pl.Int64}, orient="row"
    )  # fmt: skip
    snapshot = snapshots.current()
    where = tables.persons([fact, "non_disclosure"], snapshot, on).filter(~pl.col("non_disclosure"))
    found = people.lazy().join(where, on="person", how="inner")
    counts = found.group_by(pl.col(fact).cast(pl.String).alias(dimension), "answer").agg(
        pl.len().cast(pl.Int64).alias("persons"), pl.col("cents").sum()
    )
    return counts.collect().sort(dimension, "answer", nulls_last=True)


def claims_by(actor: Actor, dimension: str, *, year: int) -> Gated:
    """Accepted claims by "industry" (two digits), "employer_kind", "job_type", "hired_without" or "claim_language".

    Columns of the dimension, `persons` (youths hired) and `cents`. What retention has destroyed is counted from what
    was kept of it. Raises Refused and ValueError.
    """
    require(actor, FIGURES_ACTION)
    if dimension not in OF_CLAIMS:
        raise ValueError(f"Claims are counted by {', '.join(OF_CLAIMS)}, not by {dimension!r}.")
    path = {"industry": "claim__industry", "employer_kind": "claim__employer_kind",
            "claim_language": "claim__language"}.get(dimension, dimension)  # fmt: skip
    counted: dict[str, list[int]] = {}
    rows = _counted(year).filter(case__state=ClaimState.ACCEPTED)
    for value, count, cents in rows.values_list(path).annotate(n=Count("pk"), cents=Sum("value_cents")):
        _add(counted, value[:2] if dimension == "industry" else value, count, cents)
    stored = ClaimStatistic.objects.filter(
        year=year, dimension={"claim_language": "language"}.get(dimension, dimension), outcome=ClaimState.ACCEPTED
    )
    for value, count, cents in stored.values_list("value", "rows", "cents"):
        _add(counted, value, count, cents)
    table = pl.DataFrame(
        [(value or "?", count, cents) for value, (count, cents) in sorted(counted.items())],
        schema={dimension: pl.String, "persons": pl.Int64, "cents": pl.Int64}, orient="row",
    )  # fmt: skip
    return gate(table, "persons", by=(dimension,), measures=("cents",))


def _add(counted: dict[str, list[int]], value: str, count: int, cents: int) -> None:
    found = counted.setdefault(value, [0, 0])
    found[0], found[1] = found[0] + count, found[1] + (cents or 0)


def speed(actor: Actor, *, year: int) -> Gated:
    """Decided claims by how long the decision took: column `time` (of SPEEDS), persons. Raises Refused."""
    require(actor, FIGURES_ACTION)
    counted = dict.fromkeys((name for name, _ in SPEEDS), 0)
    for days in _spans(_counted(year)):
        counted[next(name for name, most in SPEEDS if days <= most)] += 1
    table = pl.DataFrame({"time": list(counted), "persons": list(counted.values())})
    return gate(table, "persons", by=("time",))


@dataclass(frozen=True, slots=True)
class ExperimentShown:
    """An experiment as it may be shown: hidden counts are None, and with them the effect. `settled`: it is over.

    `ends_on`: by when everybody is to be told; `told_by`: by when everybody was, None while somebody waits for it.
    """

    id: str
    hypothesis: Text
    registered_on: date
    starts_on: date
    ends_on: date
    told_by: date | None
    outcome_by: date
    members: int | None
    arms: tuple[tuple[str, int | None, int | None], ...]
    effect: experiments.Effect | None
    settled: bool
    digest: str


def experiments_of(actor: Actor, *, year: int) -> list[ExperimentShown]:
    """The year's experiments with their effects, each through the gate: (arm, members, outcomes). Raises Refused."""
    require(actor, FIGURES_ACTION)
    return [_experiment(one) for one in Experiment.objects.filter(year=year).order_by("starts_on", "pk")]


def _experiment(one: Experiment) -> ExperimentShown:
    counted = nudges.outcomes(one)
    cells = [
        (arm, kind, found[nudges.OUTCOME] if kind == "used" else found["members"] - found[nudges.OUTCOME])
        for arm, found in counted.items()
        for kind in ("used", "unused")
    ]
    table = pl.DataFrame(cells, schema={"arm": pl.String, "answer": pl.String, "persons": pl.Int64}, orient="row")
    gated = gate(table, "persons", by=("arm", "answer"))
    shown = {(arm, answer): count for arm, answer, count in gated.frame.select("arm", "answer", "persons").iter_rows()}
    arms = tuple((arm, shown.get((arm, None)), shown.get((arm, "used"))) for arm in counted)
    plain = [(used, members) for _, members, used in arms if used is not None and members is not None]
    whole = len(plain) == len(arms) == 2
    return ExperimentShown(
        id=one.pk,
        hypothesis=text(**one.hypothesis),
        registered_on=timezone.localdate(one.registered_at),
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        told_by=_told_by(one),
        outcome_by=one.outcome_by,
        members=shown.get((None, None)),
        arms=arms,
        effect=experiments.effect(plain[0], plain[1]) if whole else None,
        settled=one.result is not None,
        digest=one.digest,
    )


def _told_by(one: Experiment) -> date | None:
    """The day by which everybody who was to be told had been; None where somebody still waits for it."""
    drawn = ExperimentMember.objects.filter(experiment=one)
    if drawn.filter(reached_at=None, left_out="").exists():
        return None
    last: datetime | None = drawn.aggregate(last=Max("reached_at"))["last"]
    return timezone.localdate(last) if last is not None else one.ends_on


def years_with_claims() -> list[int]:
    """The voucher years of which there is a claim or a kept count, newest first."""
    found = set(ClaimRow.objects.order_by().values_list("year", flat=True).distinct())
    found |= set(ClaimStatistic.objects.order_by().values_list("year", flat=True).distinct())
    return sorted(found, reverse=True)


def top_reasons(actor: Actor, *, year: int) -> list[tuple[str, int | None]]:
    """Which conditions kept claims from being decided at once, most first: rule and rows (1–4 is None)."""
    require(actor, FIGURES_ACTION)
    found: dict[str, int] = {}
    facts = _counted(year).exclude(outcome="ready").values_list("case__facts", flat=True)
    for one in facts:
        for rule in (one or {}).get("open", ()):
            found[rule] = found.get(rule, 0) + 1
    return [(rule, _large(count)) for rule, count in sorted(found.items(), key=lambda each: (-each[1], each[0]))]


def _used(on: date) -> Counted:
    return Counted(_uptake_table("district", on.year, on).drop("cents"), snapshots.current().on)


FIGURES = (
    Figure(
        id="summer-voucher.uptake",
        title=text(fi="Käytetyt kesäsetelit peruspiireittäin", sv="Använda sommarsedlar per distrikt",
                   en="Used summer vouchers by district"),
        source=SOURCE,
        by={
            "district": text(fi="Peruspiiri", sv="Distrikt", en="District"),
            "answer": text(fi="Käyttö", sv="Användning", en="Use"),
        },
        count=_used,
        # Beside the open figure of answers it could tell how few applied themselves in a district.
        open_to_all=False,
    ),
)  # fmt: skip
