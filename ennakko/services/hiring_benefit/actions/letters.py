# SPDX-License-Identifier: EUPL-1.2
"""The benefit letter: ordered, its conditions looked at only then, used by an employer, withdrawn at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction

from ennakko.kernel import audit, keys, messages, people, purposes, tokens
from ennakko.kernel.access import Actor, Refused, require, tries
from ennakko.kernel.access.roles import PROTECTED_CLERK
from ennakko.kernel.access.tries import Limit
from ennakko.kernel.people.models import Person
from ennakko.kernel.purposes.models import Consent, SecrecyWaiver
from ennakko.kernel.registers import NoSnapshot, contact_of, permitted, person_facts, snapshots
from ennakko.rules.decision import Decision, Reason
from ennakko.services.hiring_benefit import codes
from ennakko.services.hiring_benefit import letter_words as words
from ennakko.services.hiring_benefit.conditions import SERVICE, decided
from ennakko.services.hiring_benefit.law.rules import HiringBenefitEligible
from ennakko.services.hiring_benefit.models import BenefitLetter, LetterUse
from ennakko.services.hiring_benefit.models.letters import IN_FORCE, WITHDRAWN
from ennakko.services.hiring_benefit.reasons import CLERKS
from ennakko.values.texts import Text

ORDER: Final = "hiring-benefit.order-letter"
USE: Final = "hiring-benefit.use-letter"
PURPOSE: Final = "hiring-benefit-letter"
CHECKED: Final = ("municipality", "unemployed_since")
COUNTED: Final = "district"
ORDERS: Final = Limit("hiring-benefit.letter-orders", 10, timedelta(days=1))
CODES: Final = Limit("hiring-benefit.letter-codes", 10, timedelta(hours=1))
"""Wrong codes of an organisation; right ones count not."""
LOOKED_AHEAD: Final = 400
"""Days for which it is looked when the conditions would be met by time alone."""
RETENTION: Final = "hiring-benefit"


@dataclass(frozen=True, slots=True)
class Ordered:
    """What an order came to: a letter, or why there is none. `reasons` are the conditions as they were found.

    `from_day`: the first day on which the conditions are met, where time alone brings it.
    """

    letter: BenefitLetter | None
    reasons: tuple[Reason, ...] = ()
    refusal: Text | None = None
    from_day: date | None = None


@dataclass(frozen=True, slots=True)
class Redeemed:
    """Whose letter a code is: for the application of the employer to whom she gave it. The code is never logged."""

    letter: BenefitLetter
    person: Person
    given_names: str
    surname: str
    identity_code: str


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose letter it is, as the access table looks at objects."""

    person: int


def order(
    person: int | None,
    *,
    consents: bool,
    waives: bool,
    language: str,
    field: str = "",
    served: str = "",
    actor: Actor,
    at: datetime,
    on: date,
    wall: datetime,
) -> Ordered:
    """Make a resident her letter: her consent and waiver first, and only then a look at the registers.

    `served`: how a worker serves her ("" when she orders herself). Where the conditions are not met nothing is kept,
    and the consent and the waiver end with the look they were given for. Raises Refused.
    """
    require(actor, ORDER, None if person is None else _Owner(person))
    contact = contact_of(person) if person is not None else None
    if person is None or contact is None:
        return Ordered(None, refusal=words.NOT_KNOWN)
    if actor.kind == "staff" and contact.non_disclosure and PROTECTED_CLERK not in actor.roles:
        raise Refused(CLERKS, ORDER)
    if not (consents and waives):
        return Ordered(None, refusal=words.BOTH_NEEDED)
    if tries.used_up(ORDERS, str(person), wall=wall):
        return Ordered(None, refusal=words.TOO_MANY)
    tries.count(ORDERS, str(person), wall=wall)
    _say(person, actor=actor, at=at)
    try:
        facts, decision = _check(person, actor=actor, at=at, on=on)
    except NoSnapshot:
        _take_back(person, actor=actor, at=at)
        return Ordered(None, refusal=words.NO_REGISTER)
    reasons = _own_reasons(decision)
    if not _met(decision):
        _take_back(person, actor=actor, at=at)
        return Ordered(None, reasons, from_day=_from_day(facts, on))
    district = "" if contact.non_disclosure else str(facts.pop(COUNTED, None) or "")
    facts.pop(COUNTED, None)
    _ensure(contact, at=at)
    letter = _written(
        person, facts, reasons, language=language, district=district, served=served, actor=actor, at=at, on=on,
        field="" if contact.non_disclosure else field,
    )  # fmt: skip
    return Ordered(letter, reasons)


def _say(person: int, *, actor: Actor, at: datetime) -> None:
    purposes.give_consent(person, PURPOSE, actor, at, wording=words.WORDING)
    purposes.waive_secrecy(person, PURPOSE, actor, at, receiver=words.RECEIVER, wording=words.WORDING)


def _take_back(person: int, *, actor: Actor, at: datetime) -> None:
    purposes.withdraw_consent(person, PURPOSE, actor, at)
    purposes.withdraw_waiver(person, PURPOSE, actor, at, receiver=words.RECEIVER)


def _check(person: int, *, actor: Actor, at: datetime, on: date) -> tuple[dict[str, Any], Decision]:
    """What the registers may tell of her, as far as there is a permit, and the rule's answer as of today."""
    allowed = [name for name in (*CHECKED, COUNTED) if permitted(PURPOSE, [name], on)]
    found = person_facts(
        person, allowed, purpose=PURPOSE, on=on, actor=actor, at=at, reason="benefit letter ordered"
    ) if allowed else {}  # fmt: skip
    facts = {name: value for name, value in (found or {}).items() if value is not None}
    return facts, _decided(facts, on)


def _decided(facts: Mapping[str, Any], on: date) -> Decision:
    """The rule for a work that begins on a day; pay subsidy is for the employer to tell and is not looked up."""
    known = {name: facts[name] for name in CHECKED if name in facts}
    return HiringBenefitEligible.decide(on, {**known, "benefit_start": on, "pay_subsidy": False})


def _met(decision: Decision) -> bool:
    """Whether the resident's own conditions are met; where she lives may be left to the application."""
    return decision.values["target_group"] is True and decision.values["resident"] is not False


def _own_reasons(decision: Decision) -> tuple[Reason, ...]:
    """The conditions that are the resident's own, each way into the target group where none is open yet."""
    group = ("target_group",) if decision.values["target_group"] is True else ("unemployed_enough", "need_assessed")
    return tuple(one for one in decision.reasons if one.step in ("resident", *group))


def _from_day(facts: Mapping[str, Any], on: date) -> date | None:
    if "unemployed_since" not in facts:
        return None
    days = (on + timedelta(days=number) for number in range(1, LOOKED_AHEAD))
    return next((day for day in days if _met(_decided(facts, day))), None)


def _ensure(contact: Any, *, at: datetime) -> None:
    people.ensure(
        [
            people.Known(
                key=contact.person, identity_code=contact.identity_code, given_names=contact.given_names,
                surname=contact.surname, language=contact.language, email=contact.email or "",
                phone=contact.phone or "", suomifi_messages=contact.suomifi_messages,
                non_disclosure=contact.non_disclosure,
            )
        ],
        at=at,
    )  # fmt: skip


def _written(
    person: int,
    facts: Mapping[str, Any],
    reasons: tuple[Reason, ...],
    *,
    language: str,
    district: str,
    field: str,
    served: str,
    actor: Actor,
    at: datetime,
    on: date,
) -> BenefitLetter:
    """The letter, in place of one in force: the newest code is the only one that works."""
    told = {
        "facts": {name: str(value) for name, value in facts.items()},
        "reasons": [
            {"step": one.step, "holds": one.holds, "text": {name: one.text.in_(name) for name in ("fi", "sv", "en")}}
            for one in reasons
        ],
    }
    with transaction.atomic():
        for old in BenefitLetter.objects.select_for_update().filter(person_id=person, state=IN_FORCE):
            _end(old, at=at)
        letter = BenefitLetter.objects.create(
            person_id=person, language=language, month_cents=decided("highest_month_alone", on) or 0, checked_on=on,
            snapshot=snapshots.current().id, conditions=told, field=field, district=district, served=served,
            ordered_by=actor.subject, ordered_at=at, code_key=keys.current_id(),
        )  # fmt: skip
        letter.code_index = codes.index_of(codes.made(letter.pk, letter.code_key))
        letter.save(update_fields=["code_index"])
        messages.plan(
            person, template=f"{SERVICE}.benefit_letter", at=at, key=f"{SERVICE}:letter:{letter.pk}",
            data={"value": letter.month_cents, "link": f"{tokens.site()}/hiring-benefit/letter/"},
            about=f"{SERVICE}:letter:{letter.pk}", language=language,
        )  # fmt: skip
        audit.write(actor, "hiring-benefit.letter-ordered", f"person:{person}", at, {"letter": letter.pk}, RETENTION)
    return letter


def withdraw(person: int, *, actor: Actor, at: datetime) -> bool:
    """Withdraw consent, waiver and letter at once: the code is dead. False if there was nothing. Raises Refused."""
    require(actor, ORDER, _Owner(person))
    _take_back(person, actor=actor, at=at)
    with transaction.atomic():
        ended = [
            _end(letter, at=at)
            for letter in BenefitLetter.objects.select_for_update().filter(person_id=person, state=IN_FORCE)
        ]
        if ended:
            audit.write(
                actor, "hiring-benefit.letter-withdrawn", f"person:{person}", at, {"letter": ended[0]}, RETENTION
            )  # fmt: skip
    return bool(ended)


def _end(letter: BenefitLetter, *, at: datetime) -> int:
    """Empty a letter; what has been sent about it stays with the one to whom it was sent."""
    letter.state, letter.withdrawn_at, letter.code_index = WITHDRAWN, at, None
    letter.field, letter.district, letter.conditions = "", "", []
    letter.save(update_fields=["state", "withdrawn_at", "code_index", "field", "district", "conditions"])
    messages.cancel(about=f"{SERVICE}:letter:{letter.pk}")
    return int(letter.pk)


def redeem(code: str, *, actor: Actor, at: datetime, wall: datetime) -> Redeemed | None:
    """Whose letter a code is, told to an employer; None alike for any code that does not work. Raises Refused."""
    require(actor, USE)
    organisation = actor.organisation
    if not organisation or tries.used_up(CODES, organisation, wall=wall):
        return None
    tidy = codes.tidied(code)
    letter = (
        BenefitLetter.objects.filter(state=IN_FORCE, code_index__in=codes.indexes_of(tidy))
        .select_related("person")
        .first()
        if tidy
        else None
    )
    if letter is None or not in_effect(letter):
        tries.count(CODES, organisation, wall=wall)
        return None
    person = letter.person
    with transaction.atomic():
        try:
            with transaction.atomic():
                LetterUse.objects.create(letter=letter, organisation=organisation, used_by=actor.subject, at=at)
        except IntegrityError:
            pass  # the same employer once more: told once
        about = {"letter": letter.pk, "organisation": organisation}
        audit.write(actor, "hiring-benefit.letter-used", f"person:{person.pk}", at, about, RETENTION)
    return Redeemed(letter, person, person.given_names, person.surname, people.identity_code_of(person))


def in_effect(letter: BenefitLetter) -> bool:
    """Whether the consent and the waiver of a letter are in force: she may have withdrawn them on another page."""
    own = {"person": letter.person_id, "purpose": PURPOSE, "withdrawn_at__isnull": True}
    waived = SecrecyWaiver.objects.filter(receiver=words.RECEIVER, **own)
    return Consent.objects.filter(**own).exists() and waived.exists()


def known_by_letter(number: int | None) -> dict[str, Any]:
    """What a letter in effect tells of its resident's conditions, as facts of the rule; empty for any other."""
    letter = BenefitLetter.objects.filter(pk=number, state=IN_FORCE).first() if number else None
    if letter is None or not in_effect(letter):
        return {}
    told = dict(letter.conditions["facts"])
    if "unemployed_since" in told:
        told["unemployed_since"] = date.fromisoformat(told["unemployed_since"])
    return told


def end_lapsed(*, at: datetime, actor: Actor) -> int:
    """Withdraw the letters whose consent or waiver was withdrawn on another page; how many."""
    lapsed = [one for one in BenefitLetter.objects.filter(state=IN_FORCE).order_by("pk") if not in_effect(one)]
    for letter in lapsed:
        with transaction.atomic():
            _end(letter, at=at)
            about = {"letter": letter.pk}
            audit.write(actor, "hiring-benefit.letter-withdrawn", f"person:{letter.person_id}", at, about, RETENTION)
    return len(lapsed)
