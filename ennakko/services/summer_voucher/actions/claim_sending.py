# SPDX-License-Identifier: EUPL-1.2
"""Sending a claim: judged first, with registers asked; then everything of it is stored in one transaction.

Two employers who send the same voucher at once: the database lets one mark it as used, the other gets a sentence. The
same sending again (the same key) gives what became of it the first time.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import IntegrityError

from ennakko.kernel import audit, organisations
from ennakko.kernel.access import Actor, Refused, require, tries
from ennakko.kernel.access.tries import Limit
from ennakko.kernel.audit.canonical import canonical
from ennakko.kernel.organisations.models import Organisation
from ennakko.kernel.ready import Given, Ready
from ennakko.services.summer_voucher import claim_gathering as gathering
from ennakko.services.summer_voucher import claim_judging as judging
from ennakko.services.summer_voucher.actions.claim_storing import Sending, Taken, store
from ennakko.services.summer_voucher.claim_gathering import Asked, Employer, Ways
from ennakko.services.summer_voucher.claim_judging import Prepared
from ennakko.services.summer_voucher.claim_reading import TWICE, read
from ennakko.services.summer_voucher.claim_shapes import Estimate, RowJudged, Sent
from ennakko.services.summer_voucher.claim_values import ClaimValues, ToCorrect, documents_about
from ennakko.services.summer_voucher.claim_wording import KEY_USED, TAKEN_MEANWHILE, TOO_MANY_TRIES
from ennakko.services.summer_voucher.models import Claim

CLAIM = "summer-voucher.claim"
LONGEST_KEY = 48
NUMBERS = Limit("summer-voucher.numbers", 20, timedelta(hours=1))
"""Voucher numbers of an organisation that were not there, or whose holder has another surname; right ones count not."""
UNCOUNTED = frozenset({"typed_fields", "keystrokes", "csrfmiddlewaretoken"})
"""What is told beside a claim and does not make it another one."""
_by_key: Ready[Claim] = Ready(
    lambda: Claim.objects.filter(organisation=Given("organisation"), key=Given("key")).order_by("pk")
)


def send(
    raw: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    on: date,
    wall: datetime,
    key: str,
    source: str = "online",
    if_complete: bool = False,
) -> Sent:
    """Send a claim; the same `key` (1–48 characters) again gives the same answer. Raises Refused.

    `if_complete`: not where contract or payslip is lacking; without it, they are asked for after the sending.
    """
    require(actor, CLAIM)
    if not 1 <= len(key) <= LONGEST_KEY:
        raise ValueError(f"The key of a sending has 1–{LONGEST_KEY} characters.")
    said = digest_of(raw)
    earlier = _by_key.first(organisation=actor.organisation, key=key)
    if earlier is not None:
        return sent_before(earlier, said)
    organisation = known_organisation(actor, at)
    ways = gathering.ways_of(organisation, on)
    reading = read(with_known(raw, ways))
    if reading.refusals:
        return Sent(refusals=reading.refusals)
    if tries.used_up(NUMBERS, actor.organisation, wall=wall):
        return Sent(reason=TOO_MANY_TRIES)
    claim = reading.values
    of = gathering.employer(organisation, account=claim.iban, actor=actor)
    with audit.reads_held() as reads:
        prepared = judged_rows(claim, of, key=key, actor=actor, at=at, on=on)
        count_misses(prepared, actor.organisation, wall=wall)
        shown = tuple(one.shown() for one in prepared)
        wrong = (
            *_same_twice(prepared),
            *judging.corrections(prepared),
            *_account_refused(claim, ways, organisation, actor),
        )
        lacking = if_complete and any(judging.lacks_papers(one.judged) for one in prepared)
        if wrong or lacking:
            # The same sending may have come twice at once: then the other one has used the voucher and has the papers.
            twin = _by_key.first(organisation=actor.organisation, key=key)
            if twin is not None:
                return sent_before(twin, said)
            return Sent(refusals=wrong, rows=shown, lacking=lacking and not wrong)
        for one in prepared:
            judging.keep_version(one.judged, at)
        sending = Sending(
            raw, claim, of, ways, tuple(prepared), actor=actor, at=at, on=on, wall=wall, key=key, digest=said,
            source=source,
        )  # fmt: skip
        try:
            return store(sending, reads)
        except Taken as taken:
            return Sent(refusals=(ToCorrect("number", TAKEN_MEANWHILE, taken.position, "r2_unused"),), rows=shown)
        except IntegrityError:
            # The same sending came twice at once, and the other one was first.
            twin = _by_key.first(organisation=actor.organisation, key=key)
            if twin is None:
                raise
            return sent_before(twin, said)


def estimate(
    raw: Mapping[str, Any], *, actor: Actor, at: datetime, on: date, wall: datetime, key: str = "",
    asked: Asked | None = None,
) -> Estimate:  # fmt: skip
    """What would become of the claim now; nothing is stored. `key`: the draft whose documents count.

    `asked`: what the incomes register has just said, of `Prefill`: it is not asked again.
    """
    require(actor, CLAIM)
    organisation = known_organisation(actor, at)
    reading = read(with_known(raw, gathering.ways_of(organisation, on)), complete=False)
    if tries.used_up(NUMBERS, actor.organisation, wall=wall):
        return Estimate(reason=TOO_MANY_TRIES)
    of = gathering.employer(organisation, account=reading.values.iban, actor=actor)
    prepared = judged_rows(reading.values, of, key=key, actor=actor, at=at, on=on, asked=asked)
    count_misses(prepared, actor.organisation, wall=wall)
    return Estimate(rows=tuple(one.shown() for one in prepared), refusals=reading.refusals)


def digest_of(raw: Mapping[str, Any]) -> str:
    """What was sent, as one text: the same values under the same key are the same claim."""
    told = {name: value for name, value in raw.items() if name not in UNCOUNTED}
    return sha256(canonical(told).encode()).hexdigest()


def sent_before(claim: Claim, said: str) -> Sent:
    """What became of a claim that was sent already; another content under its key is told."""
    if claim.digest != said:
        return Sent(reason=KEY_USED)
    rows = claim.rows.select_related("case", "voucher__person").order_by("position")
    shown = []
    for row in rows:
        youth = str((row.case.data if row.case else {}).get("youth", ""))
        shown.append(RowJudged(row.position - 1, youth, None, case=row.case, row=row))
    return Sent(claim=claim, rows=tuple(shown), again=True)


def known_organisation(actor: Actor, at: datetime) -> Organisation:
    """The record of whom the actor acts for; made where there is none, whatever the registers answer."""
    return organisations.known(actor.organisation) or organisations.ensure(actor.organisation, at=at)


def with_known(raw: Mapping[str, Any], ways: Ways) -> dict[str, Any]:
    """The raw claim with the account and contact person that we know, where it tells none of its own."""
    filled = dict(raw)
    if not str(raw.get("iban") or "").strip() and ways.account is not None:
        filled |= {name: getattr(ways.account, name) for name in gathering.ACCOUNT}
    if ways.contact is not None and not any(str(raw.get(name) or "").strip() for name in gathering.CONTACT):
        filled |= {name: getattr(ways.contact, own) for name, own in gathering.CONTACT.items()}
    return filled


def judged_rows(
    claim: ClaimValues, of: Employer, *, key: str, actor: Actor, at: datetime, on: date, asked: Asked | None = None
) -> list[Prepared]:
    """The rows of a claim judged, with the documents that wait in the draft of this key."""
    places = [documents_about(of.organisation.business_id, key, n) for n in range(1, len(claim.rows) + 1)]
    known = gathering.look_up(claim.rows, abouts=places if key else ())
    known.asked |= asked or {}
    return judging.prepare(claim, known, of, abouts=tuple(places), actor=actor, at=at, on=on)


def count_misses(prepared: list[Prepared], business_id: str, *, wall: datetime) -> None:
    """Numbers that are nobody's, or somebody else's, are counted: nobody may try their way through them."""
    for one in prepared:
        if one.voucher is None and one.values.number and one.values.surname:
            tries.count(NUMBERS, business_id, wall=wall)


def _same_twice(prepared: list[Prepared]) -> tuple[ToCorrect, ...]:
    seen: set[int] = set()
    found = []
    for one in prepared:
        if one.voucher is None:
            continue
        if one.voucher.pk in seen:
            found.append(ToCorrect("number", TWICE, one.position, "r2_unused"))
        seen.add(one.voucher.pk)
    return tuple(found)


def _account_refused(claim: ClaimValues, ways: Ways, organisation: Organisation, actor: Actor) -> tuple[ToCorrect, ...]:
    """A new account is the organisation's from now on: not every mandate carries that far."""
    if gathering.same_account(claim, ways):
        return ()
    try:
        require(actor, "organisations.change-account", organisation)
    except Refused as refused:
        return (ToCorrect("iban", refused.reason),)
    return ()
