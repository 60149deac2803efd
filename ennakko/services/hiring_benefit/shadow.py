# SPDX-License-Identifier: EUPL-1.2
"""Deciding past cases of another system beside its officials: where the two differ, and why.

Nothing is stored and no register is read: what a case does not tell is not judged. A case is
`{"id", "input": what the amount is calculated of, "decided": {"status", "total", …}, "facts": {…}}`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ennakko.rules.decision import Decision
from ennakko.rules.errors import EvaluationError
from ennakko.rules.parameters import ParameterBook, default_book
from ennakko.services.hiring_benefit import shadow_texts as words
from ennakko.services.hiring_benefit.law.amounts import Worked, rule_set_of, work_out
from ennakko.services.hiring_benefit.law.instalments_2026 import Split, sums
from ennakko.services.hiring_benefit.law.names import ENDS, STARTS
from ennakko.services.hiring_benefit.law.refusals import Refused
from ennakko.services.hiring_benefit.law.rules import HiringBenefitEligible
from ennakko.services.hiring_benefit.law.terms_2021 import RULE_SET
from ennakko.services.hiring_benefit.law.values import Case, cents, day, first_of, known_day, whole
from ennakko.services.hiring_benefit.shadow_columns import BadExport, Columns, read_export
from ennakko.values.money import in_euros
from ennakko.values.texts import Text

__all__ = ["BadExport", "Columns", "Difference", "Report", "compare", "read_export", "report"]

ACCEPTED, REJECTED = "accepted", "rejected"
SHARES = (50, 70, 100)
CONDITIONS = (
    "employer", "managed", "resident", "no_other_support", "hours_enough", "long_enough", "short_enough", "in_time",
    "within_ceiling",
)  # fmt: skip
"""The conditions that an export can tell of; the target group and earlier benefits it does not tell."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a case differs: about what, theirs and ours, a reason by code and in words."""

    case: str
    about: str
    theirs: Any
    ours: Any
    code: str
    reason: Text


@dataclass(slots=True)
class Report:
    """What a shadow run found; money in cents.

    `skipped` cases have no decision. `theirs` and `ours` are the granted sums of the cases that both calculated.
    """

    cases: int = 0
    skipped: int = 0
    same: int = 0
    theirs: int = 0
    ours: int = 0
    differences: list[Difference] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    assumed: Counter[str] = field(default_factory=Counter)


def report(cases: Iterable[Mapping[str, Any]], book: ParameterBook | None = None) -> Report:
    """Compare every case."""
    used = book or default_book()
    found = Report()
    for case in cases:
        decided = _mapping(case, "decided") or _expected(case)
        if decided.get("status") not in (None, ACCEPTED, REJECTED) or not decided:
            found.skipped += 1
            continue
        found.cases += 1
        found.assumed.update(case.get("assumed", ()))
        differences = list(compare(case, decided, used, found))
        found.same += not differences
        found.differences += differences
        found.reasons.update(one.code for one in differences)
    return found


def compare(
    case: Mapping[str, Any], decided: Mapping[str, Any], book: ParameterBook, into: Report
) -> Iterator[Difference]:
    """Every difference of one case: outcome by the conditions, amount, instalments."""
    name = str(case.get("id", "?"))
    given = dict(_mapping(case, "input") or case)
    if "rule_set" in case:
        given["rule_set"] = case["rule_set"]
    conditions = _conditions(given, _mapping(case, "facts"), decided, book)
    broken = [step for step in CONDITIONS if conditions is not None and conditions.values.get(step) is False]
    if decided.get("status") == REJECTED:
        if not broken:
            why = str(decided.get("reason") or "")
            yield Difference(name, "outcome", REJECTED, ACCEPTED, "refused_by_them", words.refused(why))
        return
    for step in broken:
        yield Difference(name, "outcome", ACCEPTED, REJECTED, step, _sentence(conditions, step))
    yield from _amounts(name, given, case, decided, book, into)


def _amounts(
    name: str, given: Case, case: Mapping[str, Any], decided: Mapping[str, Any], book: ParameterBook, into: Report
) -> Iterator[Difference]:
    if decided.get("total") is None:
        return
    try:
        theirs = cents(decided["total"], "total")
    except EvaluationError as error:
        yield Difference(name, "amount", decided["total"], None, "unreadable", words.unreadable(str(error)))
        return
    try:
        worked = work_out(given, book)
    except Refused as refused:
        first = refused.reasons[0]
        code, reason = _otherwise(given, theirs, book) or (first.code, first.text)
        yield Difference(name, "amount", in_euros(theirs), None, code, reason)
        return
    except EvaluationError as error:
        yield Difference(name, "amount", in_euros(theirs), None, "unreadable", words.unreadable(str(error)))
        return
    if worked.amount is None:
        lacking = words.lacking(worked.lacking)
        yield Difference(name, "amount", in_euros(theirs), None, "lacking", lacking)
        return
    ours = worked.amount.total * 100
    into.theirs += theirs
    into.ours += ours
    if ours != theirs:
        code, reason = explain(given, theirs, worked, bool(case.get("assumed")), book)
        yield Difference(name, "amount", in_euros(theirs), in_euros(ours), code, reason)
    yield from _instalments(name, theirs, decided, worked, book)


def _instalments(
    name: str, total: int, decided: Mapping[str, Any], worked: Worked, book: ParameterBook
) -> Iterator[Difference]:
    """Their own total split by the rules: so that a difference of the amount is not told twice."""
    if decided.get("first_instalment") is None or worked.terms is None:
        return
    theirs = tuple(
        cents(decided[key], key) for key in ("first_instalment", "second_instalment") if decided.get(key) is not None
    )
    names = [f"hiring-benefit.{one}" for one in ("split_above", "first_instalment", "second_after_months")]
    rows = [next((row for row in book.get(one).rows if row.covers(worked.terms.day)), None) for one in names]
    values = [row.value for row in rows if row is not None and isinstance(row.value, int)]
    ours = sums(total, Split(*values) if len(values) == len(names) else None)
    if ours != theirs:
        shown = tuple(in_euros(one) for one in theirs), tuple(in_euros(one) for one in ours)
        yield Difference(name, "instalments", *shown, "instalments", words.INSTALMENTS)


# --- why an amount differs


def explain(given: Case, theirs: int, worked: Worked, assumed: bool, book: ParameterBook) -> tuple[str, Text]:
    """What would have to be otherwise for our amount to be theirs, or what the case does not tell."""
    found = _otherwise(given, theirs, book)
    if found is not None:
        return found
    amount = worked.amount
    if amount is not None and abs(amount.total * 100 - theirs) <= 100 * max(len(amount.parts), 1):
        return "rounding", words.ROUNDING
    if assumed:
        return "subsidy_days_not_told", words.SUBSIDY_DAYS_NOT_TOLD
    if given.get("apprenticeship_program") and not given.get("training_compensations"):
        return "training_not_told", words.TRAINING_NOT_TOLD
    return "unexplained", words.UNEXPLAINED


def _otherwise(given: Case, theirs: int, book: ParameterBook) -> tuple[str, Text] | None:
    """The first single thing that would make our amount theirs, else another rule set with a thing more."""
    single = list(_variations(given, book))
    pairs = (
        (f"{one}+{code}", both, words.both(first, second))
        for one, changed, first in single
        if one == "other_rule_set"
        for code, both, second in _variations(changed, book)
        if code != one
    )
    for code, changed, reason in (*single, *pairs):
        if _total(changed, book) == theirs:
            return code, reason
    return None


def _variations(given: Case, book: ParameterBook) -> Iterator[tuple[str, dict[str, Any], Text]]:
    now = _rule_set(given, book)
    for row in book.get(RULE_SET).rows:
        if str(row.value) != now:
            yield "other_rule_set", {**given, "rule_set": row.value}, words.other_rule_set(str(row.value))
    if given.get("applied_start") and given.get("applied_end"):
        days = {"granted_start": given["applied_start"], "granted_end": given["applied_end"]}
        yield "applied_days", {**given, **days}, words.APPLIED_DAYS
    if given.get("pay_subsidies"):
        yield "without_subsidy", {**given, "pay_subsidies": []}, words.WITHOUT_SUBSIDY
        alone = {"pay_subsidies": [], "pay_subsidy_granted": "not_granted"}
        yield "without_subsidy", {**given, **alone}, words.WITHOUT_SUBSIDY
    else:
        yield "lower_cap", {**given, "pay_subsidy_granted": "granted"}, words.LOWER_CAP
        yield "higher_cap", {**given, "pay_subsidy_granted": "not_granted"}, words.HIGHER_CAP
    for share in SHARES:
        yield "other_share", {**given, "state_aid_max_percentage": share}, words.other_share(share)
    if given.get("override_monthly_benefit_amount") is not None:
        by_rules = {key: value for key, value in given.items() if not key.startswith("override")}
        yield "without_manual", by_rules, words.WITHOUT_MANUAL
    for unit in ("per_month", "total_for_the_benefit_period"):
        yield "vacation_unit", {**given, "vacation_money_unit": unit}, words.VACATION_UNIT


def _rule_set(given: Case, book: ParameterBook) -> str:
    if rule_set_of(given):
        return rule_set_of(given)
    start = _day(given, STARTS)
    return str(book.value(RULE_SET, start)) if start is not None else ""


def _total(given: Case, book: ParameterBook) -> int | None:
    try:
        amount = work_out(given, book).amount
    except EvaluationError:
        return None
    return None if amount is None else amount.total * 100


# --- the conditions


def _conditions(
    given: Case, facts: Mapping[str, Any], decided: Mapping[str, Any], book: ParameterBook
) -> Decision | None:
    """The conditions on the day of their decision, by what the case tells; None where it tells too little."""
    try:
        start, end = (_day(given, names) for names in (STARTS, ENDS))
        on = known_day(decided, "decided_on") or known_day(facts, "applied_on") or start
        if on is None or start is None or end is None:
            return None
        home = book.value("hiring-benefit.home_municipality", on)
        lives_here = facts.get("lives_here")
        known = {
            "benefit_start": start, "benefit_end": end, "applied_on": known_day(facts, "applied_on"),
            "employer_kind": facts.get("employer_kind"), "business_activity": facts.get("business_activity"),
            "manager_available": facts.get("manager_available"), "apprenticeship": given.get("apprenticeship_program"),
            "municipality": None if lives_here is None else home if lives_here else "-",
            "weekly_hours": _hours(facts), "pay_subsidy": _subsidised(given), "aid": _aid(facts),
            "benefit_cents": None if decided.get("total") is None else cents(decided["total"], "total"),
        }  # fmt: skip
        return HiringBenefitEligible.decide(on, {key: value for key, value in known.items() if value is not None}, book)
    except EvaluationError:
        return None


def _day(given: Case, names: Sequence[str]) -> date | None:
    name, value = first_of(given, names)
    return None if value is None else day(value, name)


def _hours(facts: Mapping[str, Any]) -> int | None:
    """Whole hours, rounded down: the condition asks for a least number."""
    value = facts.get("weekly_hours")
    return None if value is None else whole(str(value).partition(".")[0], "weekly_hours")


def _subsidised(given: Case) -> bool | None:
    answer = given.get("pay_subsidy_granted")
    return True if given.get("pay_subsidies") else None if answer is None else answer in ("granted", "granted_aged")


def _aid(facts: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    rows = facts.get("aid")
    if rows is None:
        return None
    return [
        {"granted_on": date.fromisoformat(str(row["granted_on"])), "aid_cents": cents(row["amount"], "aid")}
        for row in rows
        if row.get("granted_on") and row.get("amount") is not None
    ]


def _sentence(conditions: Decision | None, step: str) -> Text:
    reasons = () if conditions is None else conditions.reasons
    return next((words.not_held(one.text) for one in reasons if one.step == step), words.UNEXPLAINED)


def _mapping(case: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = case.get(key)
    return found if isinstance(found, Mapping) else {}


def _expected(case: Mapping[str, Any]) -> Mapping[str, Any]:
    """A worked case is a decided one: its total is what was granted."""
    expected = _mapping(case, "expected")
    return {"status": ACCEPTED, "total": expected["total"]} if "total" in expected else {}
