# SPDX-License-Identifier: EUPL-1.2
"""The bound: the whole law fused by hand into a few compiled loops (numba), with dense ids so that no join is needed.

Nobody would write a service like this; it shows how far any engine can get on these cores. Person keys and household
numbers are used as array positions; nulls come as sentinels prepared beforehand, untimed.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
import polars as pl

from bench import lawbook
from bench.contender import NO, NOT_APPLICABLE, SERVICES, UNKNOWN, YES, Contender, Screened
from bench.population import days
from bench.rivals.arrays import BIG, NONE, ON, Arrays, prepare

numba.set_num_threads(2)

CARE_FROM = days(lawbook.CARE_BORN_FROM)
BY_18, BY_65, BY_80, BY_16 = map(days, (lawbook.BORN_BY_18, lawbook.BORN_BY_65, lawbook.BORN_BY_80, lawbook.BORN_BY_16))
VOUCHER_BY, VOUCHER_AFTER = days(lawbook.VOUCHER_BORN_BY), days(lawbook.VOUCHER_BORN_AFTER)
# "Turns 15 to 17 this year" as two birth days, so that the loop needs no calendar.
TURNS_FROM = days(lawbook.ON.replace(year=lawbook.ON.year - lawbook.VOUCHER_TURNS[1], month=1, day=1))
TURNS_TO = days(lawbook.ON.replace(year=lawbook.ON.year - lawbook.VOUCHER_TURNS[0], month=12, day=31))
HIRED_FROM = days(lawbook.HIRED_FROM)
WINDOW = lawbook.WINDOW_DAYS
LIMITS = np.array([lawbook.fee_limit(size) for size in range(64)], dtype=np.int64)


@numba.njit(cache=True, inline="always")
def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


@numba.njit(cache=True)
def _households(household, birth, income, hours, families):  # type: ignore[no-untyped-def]
    """Members, earnings (NONE if unknown) of households with a child in care; the children chained per household."""
    count = len(household)
    cared = np.zeros(families, np.bool_)
    head = np.full(families, NONE, np.int32)
    kids = np.empty(count // 8 + 64, np.int32)
    following = np.empty(count // 8 + 64, np.int32)
    found = 0
    for i in range(count):
        if birth[i] >= CARE_FROM and hours[i] > 0:
            h = household[i]
            cared[h] = True
            kids[found] = i
            following[found] = head[h]
            head[h] = found
            found += 1
    members = np.zeros(families, np.int8)
    earned = np.zeros(families, np.int64)
    for i in range(count):
        h = household[i]
        if cared[h]:
            members[h] += 1
            if birth[i] <= BY_18:
                if income[i] < 0:
                    earned[h] = -(2**60)
                else:
                    earned[h] += income[i]
    return kids[:found], following, head, members, earned


@numba.njit(cache=True)
def _fee(i, k, caps, out, kids, following, head, members, earned, household, birth, hours):  # type: ignore[no-untyped-def]
    """The fee of one child under each cap; out is NONE where unknown."""
    h = household[i]
    if earned[h] < 0:
        for c in range(len(caps)):
            out[c] = NONE
        return
    younger = 0
    other = head[h]
    while other >= 0:
        j = kids[other]
        if birth[j] > birth[i] or (birth[j] == birth[i] and j < i):
            younger += 1
        other = following[other]
    over = max(earned[h] - LIMITS[members[h]], 0)
    rounded = _half_up(over * lawbook.FEE_PER_MILLE, 100_000) * 100
    sibling = 100 if younger == 0 else 40 if younger == 1 else 20
    time = 60 if hours[i] <= 20 else 80 if hours[i] <= 30 else 100
    for c in range(len(caps)):
        full = _half_up(min(rounded, caps[c]) * sibling * time, 1_000_000) * 100
        out[c] = 0 if full < lawbook.FEE_LOWEST else full


@numba.njit(cache=True)
def _work(count, resident, birth, since, owner, private, start, end, wage):  # type: ignore[no-untyped-def]
    """Days worked in the window and the wage of a new private job, for those whom Helsinki-lisä concerns."""
    slot = np.full(count, NONE, np.int32)
    people = np.empty(count // 4 + 64, np.int32)
    found = 0
    for i in range(count):
        if since[i] != BIG and resident[i] and birth[i] <= BY_16:
            slot[i] = found
            people[found] = i
            found += 1
    worked = np.zeros(found, np.int32)
    best = np.full(found, NONE, np.int64)
    for s in range(len(owner)):
        k = slot[owner[s] - 1]
        if k >= 0:
            days_in = min(ON - start[s], WINDOW) - max(ON - end[s], 0) + 1
            if days_in > 0:
                worked[k] += days_in
            if private[s] and start[s] >= HIRED_FROM and start[s] <= ON and wage[s] > best[k]:
                best[k] = wage[s]
    return people[:found], worked, best


@numba.njit(cache=True, inline="always")
def _lisa(i, k, birth, since, worked, best):  # type: ignore[no-untyped-def]
    """Support in cents; 0 = no."""
    if birth[i] > BY_65 and ON - since[i] >= lawbook.IDLE_DAYS and worked[k] <= lawbook.WORKED_AT_MOST and best[k] >= 0:
        return min(best[k] // lawbook.SUPPORT_SHARE, lawbook.SUPPORT_HIGHEST)
    return 0


@numba.njit(cache=True, inline="always")
def _voucher(i, birth, resident, grade, given):  # type: ignore[no-untyped-def]
    if birth[i] <= VOUCHER_AFTER or birth[i] > VOUCHER_BY:
        return NOT_APPLICABLE
    if not resident[i] or given[i]:
        return NO
    if grade[i] == 9 or (birth[i] >= TURNS_FROM and birth[i] <= TURNS_TO):
        return YES
    return UNKNOWN if grade[i] < 0 else NO


@numba.njit(cache=True, inline="always")
def _invited(i, birth, resident, risk, vaccinated):  # type: ignore[no-untyped-def]
    if not resident[i] or birth[i] > BY_18:
        return NOT_APPLICABLE
    if vaccinated[i]:
        return NO
    if birth[i] <= BY_65 or risk[i] == 1:
        return YES
    return UNKNOWN if risk[i] < 0 else NO


@numba.njit(cache=True, parallel=True)
def _everything(household, birth, resident, grade, given, income, hours, risk, vaccinated, since,
                owner, private, start, end, wage, families):  # type: ignore[no-untyped-def]  # fmt: skip
    count = len(birth)
    outcome = np.empty((4, count), np.int8)
    amount = np.empty((4, count), np.int64)
    for half in numba.prange(2):
        if half == 0:
            outcome[1, :] = NOT_APPLICABLE
            amount[1, :] = NONE
            kids, following, head, members, earned = _households(household, birth, income, hours, families)
            caps = np.array([lawbook.FEE_HIGHEST])
            out = np.zeros(1, np.int64)
            for k in range(len(kids)):
                i = kids[k]
                _fee(i, k, caps, out, kids, following, head, members, earned, household, birth, hours)
                amount[1, i] = out[0]
                outcome[1, i] = UNKNOWN if out[0] < 0 else YES if out[0] > 0 else NO
        else:
            outcome[3, :] = NOT_APPLICABLE
            amount[3, :] = NONE
            people, worked, best = _work(count, resident, birth, since, owner, private, start, end, wage)
            for k in range(len(people)):
                i = people[k]
                amount[3, i] = _lisa(i, k, birth, since, worked, best)
                outcome[3, i] = YES if amount[3, i] > 0 else NO
    for i in numba.prange(count):
        v = _voucher(i, birth, resident, grade, given)
        outcome[0, i] = v
        amount[0, i] = lawbook.VOUCHER_VALUE if v == YES else 0 if v == NO else NONE
        w = _invited(i, birth, resident, risk, vaccinated)
        outcome[2, i] = w
        wave = 1 if birth[i] <= BY_80 else 2 if birth[i] <= BY_65 else 3
        amount[2, i] = wave if w == YES else 0 if w == NO else NONE
    return outcome, amount


@numba.njit(cache=True)
def _screen_households(household, birth, income, hours, families):  # type: ignore[no-untyped-def]
    kids, following, head, members, earned = _households(household, birth, income, hours, families)
    caps = np.array([lawbook.FEE_HIGHEST])
    out = np.zeros(1, np.int64)
    counts = np.zeros(4, np.int64)
    who = np.empty(len(kids), np.int32)
    what = np.empty(len(kids), np.int64)
    found = 0
    for k in range(len(kids)):
        i = kids[k]
        _fee(i, k, caps, out, kids, following, head, members, earned, household, birth, hours)
        result = UNKNOWN if out[0] < 0 else YES if out[0] > 0 else NO
        counts[result] += 1
        if result == YES:
            who[found] = i
            what[found] = out[0]
            found += 1
    return counts, who[:found], what[:found]


@numba.njit(cache=True)
def _screen_work(count, resident, birth, since, owner, private, start, end, wage):  # type: ignore[no-untyped-def]
    people, worked, best = _work(count, resident, birth, since, owner, private, start, end, wage)
    counts = np.zeros(4, np.int64)
    who = np.empty(len(people), np.int32)
    what = np.empty(len(people), np.int64)
    found = 0
    for k in range(len(people)):
        i = people[k]
        amount = _lisa(i, k, birth, since, worked, best)
        counts[YES if amount > 0 else NO] += 1
        if amount > 0:
            who[found] = i
            what[found] = amount
            found += 1
    return counts, who[:found], what[:found]


@numba.njit(cache=True)
def _screen_voucher(birth, resident, grade, given):  # type: ignore[no-untyped-def]
    counts = np.zeros(4, np.int64)
    who = np.empty(len(birth), np.int32)
    found = 0
    for i in range(len(birth)):
        result = _voucher(i, birth, resident, grade, given)
        counts[result] += 1
        if result == YES:
            who[found] = i
            found += 1
    return counts, who[:found], np.full(found, lawbook.VOUCHER_VALUE)


@numba.njit(cache=True)
def _screen_vaccination(birth, resident, risk, vaccinated):  # type: ignore[no-untyped-def]
    counts = np.zeros(4, np.int64)
    who = np.empty(len(birth), np.int32)
    what = np.empty(len(birth), np.int64)
    found = 0
    for i in range(len(birth)):
        result = _invited(i, birth, resident, risk, vaccinated)
        counts[result] += 1
        if result == YES:
            who[found] = i
            what[found] = 1 if birth[i] <= BY_80 else 2 if birth[i] <= BY_65 else 3
            found += 1
    return counts, who[:found], what[:found]


@numba.njit(cache=True, parallel=True)
def _screen(household, birth, resident, grade, given, income, hours, risk, vaccinated, since,
            owner, private, start, end, wage, families):  # type: ignore[no-untyped-def]  # fmt: skip
    counts = np.zeros((4, 4), np.int64)
    who = [np.empty(0, np.int32) for _ in range(4)]
    what = [np.empty(0, np.int64) for _ in range(4)]
    for half in numba.prange(2):
        if half == 0:
            counts[1], who[1], what[1] = _screen_households(household, birth, income, hours, families)
        else:
            counts[0], who[0], what[0] = _screen_voucher(birth, resident, grade, given)
            counts[2], who[2], what[2] = _screen_vaccination(birth, resident, risk, vaccinated)
            counts[3], who[3], what[3] = _screen_work(
                len(birth), resident, birth, since, owner, private, start, end, wage
            )
    return counts, who, what


@numba.njit(cache=True)
def _reform(household, birth, income, hours, families, district, districts, borders, caps):  # type: ignore[no-untyped-def]
    kids, following, head, members, earned = _households(household, birth, income, hours, families)
    cells = np.zeros((districts, 3, 4), np.int64)
    out = np.zeros(2, np.int64)
    for k in range(len(kids)):
        i = kids[k]
        _fee(i, k, caps, out, kids, following, head, members, earned, household, birth, hours)
        band = 0 if birth[i] >= borders[0] else 1 if birth[i] >= borders[1] else 2
        cell = cells[district[i], band]
        if out[0] < 0:
            cell[3] += 1
        else:
            cell[0] += out[1] - out[0]
            cell[1] += out[1] < out[0]
            cell[2] += out[1] > out[0]
    return cells


def _given(a: Arrays) -> tuple[Any, ...]:
    return (
        a.household, a.birth, a.resident, a.grade, a.given, a.income, a.hours, a.risk, a.vaccinated, a.since,
        a.owner, a.private, a.start, a.end, a.wage, a.families,
    )  # fmt: skip


def reform(a: Arrays) -> np.ndarray:
    """Cells of district x age band."""
    borders = np.array([days(day) for day in lawbook.age_band_borders()])
    caps = np.array([lawbook.FEE_HIGHEST, lawbook.FEE_HIGHEST_REFORM])
    return _reform(a.household, a.birth, a.income, a.hours, a.families, a.district, len(a.names), borders, caps)


def _columns(a: Arrays, answer: tuple[np.ndarray, np.ndarray]) -> pl.DataFrame:
    columns = {"person": pl.Series(a.person)}
    for number, (outcome, amount) in enumerate(SERVICES.values()):
        columns[outcome] = pl.Series(answer[0][number])
        values = pl.Series(answer[1][number])
        columns[amount] = pl.select(pl.when(values >= 0).then(values)).to_series()
    return pl.DataFrame(columns)


def _screened(a: Arrays, answer: Any) -> dict[str, Screened]:
    counts, who, what = answer
    return {
        service: Screened(
            {outcome: int(counts[number][outcome]) for outcome in (YES, NO, UNKNOWN, NOT_APPLICABLE)}
            if service in ("summer-voucher", "vaccination")
            else _rest(counts[number], len(a.person)),
            pl.DataFrame({"person": a.person[who[number]], "amount": what[number]}),
        )
        for number, service in enumerate(SERVICES)
    }


def _rest(counts: np.ndarray, residents: int) -> dict[int, int]:
    known = {outcome: int(counts[outcome]) for outcome in (YES, NO, UNKNOWN)}
    return {**known, NOT_APPLICABLE: residents - sum(known.values())}


def _cells(a: Arrays, cells: np.ndarray) -> pl.DataFrame:
    rows = [
        (a.names[d], (0, 3, 5)[band], *(int(value) for value in cells[d, band]))
        for d in range(len(a.names))
        for band in range(3)
    ]
    return pl.DataFrame(rows, schema=["district", "band", "change", "winners", "losers", "unknown"], orient="row")


CONTENDER = Contender(
    name="fused",
    title="bound: numba, fused by hand, no joins",
    prepare=prepare,
    tasks={
        "all": lambda a: _everything(*_given(a)),
        "screen": lambda a: _screen(*_given(a)),
        "reform": reform,
    },
    answers={"all": _columns, "screen": _screened, "reform": _cells},
)
