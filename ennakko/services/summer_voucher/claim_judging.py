# SPDX-License-Identifier: EUPL-1.2
"""A claim's rows judged by the law, and what is stored of that: facts, checks, the machine's draft, what comes next."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.cache import cache

from ennakko.kernel.access import Actor
from ennakko.kernel.cases import Drafted
from ennakko.kernel.registers.versions import store_version
from ennakko.services.summer_voucher import claim_gathering as gathering
from ennakko.services.summer_voucher.claim_gathering import Employer, Gathered, Known
from ennakko.services.summer_voucher.claim_shapes import RowJudged
from ennakko.services.summer_voucher.claim_states import ClaimVerb
from ennakko.services.summer_voucher.claim_values import ClaimValues, RowValues, ToCorrect
from ennakko.services.summer_voucher.law import number_2026 as number
from ennakko.services.summer_voucher.law.claim import Check, Judged, Outcome, judge
from ennakko.services.summer_voucher.law.claim_rules import ClaimConditions
from ennakko.services.summer_voucher.models import ClaimRow, Voucher
from ennakko.values.texts import LANGUAGES, Text

RISK: Final[Mapping[str, int]] = {
    "r14_apart": 9, "r10_taxes": 8, "r2_unused": 7, "r8_lawful": 6, "r2_season": 5, "r3_employer": 5, "r9_deadline": 5,
    "r12_room": 4,
}  # fmt: skip
"""How soon a handler should look at a claim with this condition open; 3 for the others, 0 when nothing is open."""
FIELD_OF: Final[Mapping[str, str]] = {"voucher_number": "number"}
"""The law's name of a field → the raw claim's, where they differ."""
PROOF = "r11_proof"
VERSION_KNOWN_SECONDS = 3600
OF_THE_CLAIM: Final = frozenset({"iban"})
"""Fields that stand once in a claim, whatever row they were judged with."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One row gathered and judged; `position` counts from 0."""

    position: int
    values: RowValues
    voucher: Voucher | None
    gathered: Gathered
    judged: Judged
    youth: str

    def shown(self) -> RowJudged:
        """As the employer sees it."""
        silent = tuple(gathering.title_of(one) for one in self.gathered.silent)
        return RowJudged(self.position, self.youth, self.judged, silent)


def prepare(
    claim: ClaimValues, known: Known, of: Employer, *, abouts: tuple[str, ...], actor: Actor, at: datetime, on: date
) -> list[Prepared]:
    """Every row of a claim judged; `abouts`: where each row's documents are looked for in `known.given`."""
    prepared: list[Prepared] = []
    for position, row in enumerate(claim.rows):
        read = number.decode(row.number)
        voucher = known.vouchers.get(read) if read is not None else None
        beside = sum(1 for one in prepared if voucher is not None and one.voucher and one.voucher.year == voucher.year)
        gathered = gathering.gather(
            row, claim, voucher, known, of, about=abouts[position], beside=beside, actor=actor, at=at, on=on,
            claimed_on=on,
        )  # fmt: skip
        found = bool(gathered.facts["surname_fits"])
        youth = gathering.youth_of(voucher, row.surname) if voucher is not None and found else row.surname
        judged = judge(gathered.facts, on)
        prepared.append(Prepared(position, row, voucher if found else None, gathered, judged, youth))
    return prepared


def keep_version(judged: Judged, at: datetime) -> None:
    """Store the rule's version as it judged, so that the decision can be made again from there; once is enough."""
    key = f"summer-voucher:rule:{judged.rule_version}"
    if cache.get(key) is None:
        store_version(ClaimConditions, at)
        cache.set(key, True, VERSION_KNOWN_SECONDS)


def lacks_papers(judged: Judged) -> bool:
    """Whether contract or payslip is needed and is not there."""
    return any(check.rule == PROOF and check.holds is not True for check in judged.checks)


def corrections(rows: Iterable[Prepared | RowJudged]) -> tuple[ToCorrect, ...]:
    """What the employer must correct before anything is stored, each beside its field."""
    found: dict[tuple[str, int | None, str], ToCorrect] = {}
    for one in rows:
        if one.judged is None or one.judged.outcome is not Outcome.CORRECT:
            continue
        for check in one.judged.failing(Outcome.CORRECT):
            field = FIELD_OF.get(check.field, check.field)
            row = None if field in OF_THE_CLAIM else one.position
            found.setdefault((field, row, check.rule), ToCorrect(field, check.text, row, check.rule))
    return tuple(found.values())


def next_verb(judged: Judged, silent: tuple[str, ...], *, waited: bool) -> ClaimVerb | None:
    """What the machine does with a claim; None: it waits for a register that was silent. It rejects nothing itself."""
    if judged.outcome is Outcome.READY:
        return ClaimVerb.CLEAR
    if judged.outcome in (Outcome.REJECT, Outcome.CORRECT):
        return ClaimVerb.REFER
    if silent and not waited:
        return None
    return ClaimVerb.REQUEST if judged.outcome is Outcome.ASK else ClaimVerb.REFER


def risk_of(judged: Judged) -> int:
    """How soon a handler should look at it, 0–9."""
    return max((RISK.get(one.rule, 3) for one in judged.failing()), default=0)


def stored_checks(judged: Judged) -> list[dict[str, Any]]:
    """The conditions as they are stored with the case and its decision."""
    return [stored_check(one) for one in judged.checks]


def stored_check(check: Check) -> dict[str, Any]:
    """One condition with its sentence in every language."""
    return {
        "step": check.rule, "holds": check.holds, "outcome": str(check.outcome),
        "decisive": check.outcome is not Outcome.READY, "text": in_all(check.text), "cite": list(check.cite),
    }  # fmt: skip


def in_all(words: Text) -> dict[str, str]:
    """A text as it is stored."""
    return {language: words.in_(language) for language in words.languages}


def stored_facts(gathered: Gathered, judged: Judged, of: Employer | None) -> dict[str, Any]:
    """What is stored with the case: the facts, what was silent, what the registers said and when."""
    facts = {key: value.isoformat() if isinstance(value, date) else value for key, value in gathered.facts.items()}
    taxes = of.taxes if of is not None else None
    wages = gathered.wages
    return {
        "facts": facts,
        "outcome": str(judged.outcome),
        "silent": list(gathered.silent),
        "open": [one.rule for one in judged.failing()],
        "taxes_on": taxes.checked_on.isoformat() if taxes is not None else None,
        "shared_with": sorted(of.shared) if of is not None else [],
        "wages": None if wages is None else {
            "cents": wages.cents, "hours": wages.hours, "start": wages.start.isoformat(),
            "end": wages.end.isoformat(),
        },
    }  # fmt: skip


def data_of(values: RowValues, youth: str) -> dict[str, Any]:
    """What the employer told of one row, as it is stored with its case; hours in hundredths, pay in cents."""
    told = {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(values).items()}
    return {**told, "youth": youth}


def draft_of(judged: Judged, facts: Mapping[str, Any], year: int) -> Drafted | None:
    """The machine's draft: to accept what is ready, or to reject what a person must look at first; else none."""
    if judged.outcome is Outcome.READY:
        return _drafted("accepted", judged.value_cents, judged, facts, year, {})
    if judged.outcome is Outcome.REJECT:
        failing = judged.failing(Outcome.REJECT)
        words = {language: " ".join(one.text.in_(language) for one in failing) for language in LANGUAGES}
        return _drafted("rejected", None, judged, facts, year, words)
    return None


def justification_of(draft: Mapping[str, Any] | None, language: str) -> str:
    """The reasons in words of a draft as it stands with its case: a person's own, or the machine's in the language."""
    content = (draft or {}).get("content", {})
    return str(content.get("justification_in", {}).get(language) or content.get("justification", ""))


def with_checks(
    judged: Judged, facts: Mapping[str, Any], year: int, *, at: datetime, on: date
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The case's facts and draft as they are stored; the conditions stand once, in the draft where there is one."""
    drafted = draft_of(judged, facts, year)
    if drafted is not None:
        return dict(facts), as_stored(drafted, at=at, on=on)
    return {**facts, "checks": stored_checks(judged), "rule_version": judged.rule_version}, None


def _drafted(
    outcome: str, cents: int | None, judged: Judged, facts: Mapping[str, Any], year: int, words: Mapping[str, str]
) -> Drafted:
    return Drafted(
        outcome=outcome,
        amount_cents=cents,
        content={"year": year, "justification": words.get("fi", "")}
        | ({"justification_in": dict(words)} if words else {}),
        reasons=tuple(stored_checks(judged)),
        rule_version=judged.rule_version,
        facts=facts,
    )


def as_stored(drafted: Drafted, *, at: datetime, on: date) -> dict[str, Any]:
    """A draft as it stands with its case."""
    return {
        "outcome": drafted.outcome, "amount_cents": drafted.amount_cents, "content": dict(drafted.content),
        "reasons": list(drafted.reasons), "rule_version": drafted.rule_version, "facts": dict(drafted.facts),
        "snapshot": drafted.snapshot, "at": at.isoformat(), "on": on.isoformat(),
    }  # fmt: skip


def row_of(values: RowValues, *, default_postal_code: str) -> dict[str, Any]:
    """The columns of a ClaimRow that the employer told."""
    return {
        "surname_typed": values.surname, "work_start": values.work_start, "work_end": values.work_end,
        "hours": values.hours, "pay_cents": values.pay_cents, "job_type": values.job_type,
        "work_postal_code": values.work_postal_code or default_postal_code[:5], "description": values.description,
        "hired_without": values.hired_without,
    }  # fmt: skip


def values_of(row: ClaimRow, typed_number: str) -> RowValues:
    """The values of a stored row, to be judged again."""
    return RowValues(
        number=typed_number, surname=row.surname_typed, work_start=row.work_start, work_end=row.work_end,
        hours=row.hours, pay_cents=row.pay_cents, work_postal_code=row.work_postal_code, job_type=row.job_type,
        description=row.description, hired_without=row.hired_without,
    )  # fmt: skip
