# SPDX-License-Identifier: EUPL-1.2
"""The machine's part in a claim: what it does with what was judged, and checking again what was left open.

Where everything holds a decision is drafted, and made at once where the gate is open. What is missing is asked for.
Everything else goes to a handler, a refusal with the machine's draft beside it: the machine rejects nothing.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ennakko.kernel import cases
from ennakko.kernel.access import SYSTEM, Actor
from ennakko.kernel.cases.automation import gate_of
from ennakko.kernel.cases.kinds import case_type
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.moving import append, locked
from ennakko.kernel.organisations import ensure
from ennakko.services.summer_voucher import claim_gathering as gathering
from ennakko.services.summer_voucher import claim_judging as judging
from ennakko.services.summer_voucher import claim_telling, conditions
from ennakko.services.summer_voucher.claim_gathering import Gathered
from ennakko.services.summer_voucher.claim_states import CHECKED_AGAIN, CLAIMS, ClaimState, ClaimVerb
from ennakko.services.summer_voucher.claim_values import ClaimValues
from ennakko.services.summer_voucher.claim_wording import WHAT_IS_NEEDED
from ennakko.services.summer_voucher.law.claim import Judged, Outcome, judge
from ennakko.services.summer_voucher.models import Claim, ClaimRow

log = logging.getLogger(__name__)
MACHINE = SYSTEM(conditions.SERVICE)
DAYS_TO_ANSWER = 14
DAYS_TO_WAIT = 2
"""How long a claim waits for a register that is silent, before a person looks or the employer is asked."""


def act(
    case: Case,
    row: ClaimRow,
    judged: Judged,
    silent: tuple[str, ...],
    facts: Mapping[str, Any],
    *,
    at: datetime,
    on: date,
    waited: bool = False,
) -> Case:
    """What the machine does with a judged claim, in the caller's transaction; the case as it stands then."""
    case.facts, case.draft = judging.with_checks(judged, facts, row.year, at=at, on=on)
    case.save(update_fields=["facts", "draft"])
    verb = judging.next_verb(judged, silent, waited=waited)
    if verb is None or CLAIMS.move(case.state, verb) is None:
        return case
    if verb is ClaimVerb.REQUEST:
        # What waits for a handler is theirs: the machine does not ask again what was not answered in time.
        return case if case.state == ClaimState.AWAITING_HANDLING else ask(case, row, judged, at=at, on=on)
    moved = cases.move(case, verb, actor=MACHINE, at=at)
    return decide_where_open(moved, at=at, on=on) if verb is ClaimVerb.CLEAR else moved


def decide_where_open(case: Case, *, at: datetime, on: date) -> Case:
    """Decide a clear claim at once where the gate is open; else it waits for an official."""
    if gate_of(case_type(case.service, case.kind), on) is not None:
        cases.decide_automatically(case, actor=MACHINE, at=at, on=on)
        case.refresh_from_db()
    return case


def ask(case: Case, row: ClaimRow, judged: Judged, *, at: datetime, on: date) -> Case:
    """Ask the employer for what is missing, in the claim's language."""
    language = case.language
    wanted = [one.text.in_(language) for one in judged.failing(Outcome.ASK)]
    question = " ".join([WHAT_IS_NEEDED.in_(language), *dict.fromkeys(wanted)])
    due = on + timedelta(days=DAYS_TO_ANSWER)
    rules = [one.rule for one in judged.failing(Outcome.ASK)]
    request = cases.ask_for_information(case, question, actor=MACHINE, at=at, due=due, facts=rules)
    moved = cases.move(case, ClaimVerb.REQUEST, actor=MACHINE, at=at)
    claim_telling.asked(row.claim, moved, request.pk, due, at=at)
    return moved


def check_again(*, at: datetime, on: date, actor: Actor) -> dict[str, int]:
    """Look again at claims that a silent register left open, and let what nobody answered go to a handler."""
    counted = {"checked": 0, "waiting": 0, "lapsed": 0}
    # An earlier question that nobody answered says nothing of a later one whose day has not come.
    still_open = Q(information_requests__answered_at=None, information_requests__due__gte=on)
    asked = Case.objects.filter(service=conditions.SERVICE, kind="claim", state=ClaimState.INFORMATION_REQUESTED)
    late = asked.filter(information_requests__answered_at=None, information_requests__due__lt=on)
    for case in late.exclude(pk__in=asked.filter(still_open).values("pk")).order_by("id").distinct():
        cases.move(case, ClaimVerb.LAPSE, actor=actor, at=at)
        counted["lapsed"] += 1
    waiting = ClaimRow.objects.filter(case__state__in=CHECKED_AGAIN, emptied_at=None).exclude(waits_for=[])
    for number in waiting.order_by("pk").values_list("case", flat=True):
        case = recheck(Case.objects.get(pk=number), at=at, on=on, actor=actor)
        counted["waiting" if case.state == ClaimState.SUBMITTED else "checked"] += 1
    return counted


def recheck(case: Case, *, at: datetime, on: date, actor: Actor, fresh: bool = True) -> Case:
    """Judge one open claim again by what is known now, and go on from there."""
    row = ClaimRow.objects.select_related("claim", "voucher__person", "voucher__case").get(case=case)
    gathered, judged, of = judged_again(row, case, at=at, on=on, actor=actor, fresh=fresh)
    with transaction.atomic():
        now = locked(case)
        if now.state not in (*CHECKED_AGAIN, ClaimState.READY):
            return now
        facts = judging.stored_facts(gathered, judged, of)
        store_judged(row, judged, gathered.silent, at=at)
        append(now, "recheck", by=actor, at=at, details={"outcome": str(judged.outcome)})
        waited = (on - timezone.localtime(row.claim.sent_at).date()).days >= DAYS_TO_WAIT
        if now.state == ClaimState.READY and judged.outcome is Outcome.READY:
            return now
        return act(now, row, judged, gathered.silent, facts, at=at, on=on, waited=waited)


def judged_again(
    row: ClaimRow, case: Case, *, at: datetime, on: date, actor: Actor, fresh: bool
) -> tuple[Gathered, Judged, gathering.Employer]:
    """A stored row gathered and judged as of now; the day it was claimed stays what it was."""
    claim = values_of_claim(row.claim)
    values = judging.values_of(row, str(case.data.get("number", "")))
    organisation = ensure(row.claim.organisation, at=at)
    of = gathering.employer(organisation, account=claim.iban, actor=actor, fresh=fresh)
    about = f"case:{case.pk}"
    known = gathering.look_up([values], abouts=[about])
    gathered = gathering.gather(
        values, claim, row.voucher, known, of, about=about, beside=0, actor=actor, at=at, on=on,
        claimed_on=timezone.localtime(row.claim.sent_at).date(), own=row,
    )  # fmt: skip
    judged = judge(gathered.facts, on)
    judging.keep_version(judged, at)
    return gathered, judged, of


def store_judged(row: ClaimRow, judged: Judged, silent: Sequence[str], *, at: datetime) -> None:
    """What the machine judged last, on the row."""
    row.outcome, row.risk, row.waits_for = str(judged.outcome), judging.risk_of(judged), list(silent)
    row.value_cents, row.checked_at = judged.value_cents or row.value_cents, at
    row.save(update_fields=["outcome", "risk", "waits_for", "value_cents", "checked_at"])


def values_of_claim(claim: Claim) -> ClaimValues:
    """A stored claim's own values, without its rows."""
    names = [name for name in ClaimValues.__dataclass_fields__ if name != "rows" and hasattr(claim, name)]
    return ClaimValues(**{name: getattr(claim, name) for name in names})
