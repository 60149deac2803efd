# SPDX-License-Identifier: EUPL-1.2
"""The matter in which the fee is decided: opened by the income told, calculated by the rule, decided by a person.

Where a figure is not decided the machine drafts nothing: a person waits for it, or the family accepts the highest fee.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ennakko.kernel import audit, cases
from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases.deciding import BulkResult, as_stored, decide_many
from ennakko.kernel.cases.kinds import Drafted
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.closed import Closed
from ennakko.kernel.offers.models import Offer
from ennakko.rules.errors import EvaluationError
from ennakko.rules.registry import get
from ennakko.services.childcare import telling
from ennakko.services.childcare.fees import HOURS, RULE, Told, calculate
from ennakko.services.childcare.states_cases import DECIDE_FEES, HANDLE_FEES, OPEN_STATES, TELL_INCOME, CaseState, Verb
from ennakko.values.dates import format_date
from ennakko.values.money import format_money
from ennakko.values.texts import LANGUAGES, Text, text

SERVICE, KIND = "childcare", "fee"
ACCEPTED = "accepted"
RETENTION = "childcare"
NO_PLACE = text(
    fi="Ota ensin paikka vastaan. Sitten ilmoitat tulot maksua varten.",
    sv="Ta först emot platsen. Sedan uppger du inkomsterna för avgiften.",
    en="Take the place first. Then you tell the income for the fee.",
)
NO_FEE = text(
    fi="Esiopetus on maksutonta. Maksua ei ole.", sv="Förskolan är avgiftsfri. Det finns ingen avgift.",
    en="Pre-school is free. There is no fee.",
)  # fmt: skip
BASE = text(
    fi="Perhemaksu ennen hoitoaikaa on {base}: {size} hengen perhe, tulot {income}.",
    sv="Avgiften före vårdtiden är {base}: en familj på {size}, inkomster {income}.",
    en="The fee before the hours of care is {base}: a family of {size}, income {income}.",
)
UNTOLD = text(
    fi="Tuloja ei ilmoitettu tai perhe hyväksyi korkeimman maksun, joten maksu on korkein mahdollinen, {base}.",
    sv="Inkomsterna uppgavs inte eller familjen godkände den högsta avgiften, så avgiften är den högsta, {base}.",
    en="The income was not told, or the family accepted the highest fee, so the fee is the highest, {base}.",
)
HOURS_AND_ORDER = text(
    fi="Hoitoajan kerroin on {coefficient}, ja lapsi on sisaruksista {ordinal}. nuorimmasta lukien. Maksu on {fee}.",
    sv="Vårdtidens koefficient är {coefficient}, och barnet är nummer {ordinal} från det yngsta syskonet. Avgiften är "
    "{fee}.",
    en="The coefficient of the hours is {coefficient}, and the child is number {ordinal} from the youngest. The fee "
    "is {fee}.",
)
ALTERED = text(
    fi="Maksua muutettiin: {why}. Maksu on {fee}.", sv="Avgiften ändrades: {why}. Avgiften är {fee}.",
    en="The fee was altered: {why}. The fee is {fee}.",
)  # fmt: skip
FROM = text(
    fi="Maksu alkaa {day}. Luvut ovat sen päivän mukaiset.", sv="Avgiften gäller från {day}, med den dagens siffror.",
    en="The fee begins on {day}, by the figures of that day.",
)  # fmt: skip


class NoFee(Closed):
    """No fee can be told of; `reason` says why."""


def tell_income(offer: Offer, told: Told, *, actor: Actor, at: datetime, on: date, source: str = "online") -> Case:
    """A guardian tells the family's income, or accepts the highest fee: the matter opens, or is calculated again.

    Raises Refused, NoFee (nothing to pay, or no place yet) and EvaluationError for figures that cannot be read.
    """
    require(actor, TELL_INCOME, offer)
    place = _place(offer)
    with transaction.atomic():
        data = {
            "form": place.data["form"], "unit_name": place.data["unit_name"], "starts": place.data["starts"],
            "family_size": told.family_size, "incomes": list(told.incomes), "hours": told.hours,
            "ordinal": told.ordinal, "alterations": [],
        }  # fmt: skip
        case = Case.objects.filter(service=SERVICE, kind=KIND, offer=offer, state__in=OPEN_STATES).first()
        if case is None:
            staff = actor.kind == "staff"
            case = cases.open_case(
                SERVICE, KIND, actor=actor, at=at, on=on, subject=offer.subject_id, offer=offer, data=data,
                facts={}, language=place.language, source=source,
                on_behalf_of=offer.subject_id if staff else None,
            )  # fmt: skip
        else:
            case.data = data
            case.save(update_fields=["data"])
            audit.write(actor, TELL_INCOME, f"case:{case.pk}", at, {"person": offer.subject_id}, RETENTION)
        return calculate_again(case, at=at, on=on)


def _place(offer: Offer) -> Case:
    found = (
        Case.objects.filter(offer=offer, service=SERVICE, kind__in=("place", "preschool-place"))
        .exclude(state__in=[CaseState.WITHDRAWN, CaseState.REJECTED])
        .order_by("-opened_at")
        .first()
    )
    if found is None:
        raise NoFee(NO_PLACE)
    if found.kind == "preschool-place":
        raise NoFee(NO_FEE)
    return found


def told_of(case: Case) -> Told:
    """What the family has told, as it stands in its case."""
    data = case.data
    return Told(data["family_size"], tuple(data["incomes"]), data["hours"], data["ordinal"])


def calculate_again(case: Case, *, at: datetime, on: date) -> Case:
    """The machine's proposal by what stands in the case; without a decided figure there is none, and a person looks."""
    with transaction.atomic():
        row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        proposal = drafted(row)
        row.draft = None
        if proposal is not None:
            row.draft = {**as_stored(proposal), "at": at.isoformat(), "on": on.isoformat()}
        row.save(update_fields=["draft"])
        if proposal is None and row.state == CaseState.READY:
            cases.move(row, Verb.REFER, actor=telling.MACHINE, at=at)
        elif proposal is not None and row.state == CaseState.AWAITING_HANDLING:
            cases.move(row, Verb.CLEAR, actor=telling.MACHINE, at=at)
        row.refresh_from_db()
    return row


def drafted(case: Case) -> Drafted | None:
    """The fee that the rule makes of a case, with its reasons; None where a figure is not decided."""
    told, starts = told_of(case), date.fromisoformat(case.data["starts"])
    alterations: Sequence[Mapping[str, Any]] = case.data.get("alterations") or ()
    answer = calculate(told, starts, alterations)
    if HOURS[told.hours] is None or answer["fee"] is None:
        return None
    final = answer.get("final", answer["fee"])
    return Drafted(
        outcome=ACCEPTED,
        amount_cents=final,
        content={
            "starts": case.data["starts"], "base_cents": answer["base_fee"], "fee_cents": answer["fee"],
            "effects": answer.get("effects", []), "rule": get(RULE).version,  # type: ignore[union-attr]
        },
        reasons=tuple(_reasons(told, answer, starts, alterations, final)),
        facts={"family_size": told.family_size, "incomes": list(told.incomes)},
    )  # fmt: skip


def _reasons(
    told: Told, answer: Mapping[str, Any], starts: date, alterations: Sequence[Mapping[str, Any]], final: int
) -> Iterable[dict[str, Any]]:
    untold = any(income is None for income in told.incomes)
    base = _sum(answer["base_fee"])
    if untold:
        yield _reason("base_fee", UNTOLD.format(base=base), "act 8 §")
    else:
        income = _sum(sum(one for one in told.incomes if one is not None))
        yield _reason("base_fee", BASE.format(base=base, size=told.family_size, income=income), "act 4 §", "act 5 §")
    yield _reason(
        "fee",
        HOURS_AND_ORDER.format(coefficient=HOURS[told.hours], ordinal=told.ordinal, fee=_sum(answer["fee"])),
        "act 6 §", "act 7 §",
    )  # fmt: skip
    if alterations:
        why = "; ".join(str(one.get("why", "")) for one in alterations)
        yield _reason("final", ALTERED.format(why=why, fee=_sum(final)), "act 9 §")
    days = {language: format_date(starts, language) for language in LANGUAGES}
    yield _reason("starts", FROM.format(day=text(**days)), "act 2 §")


def _sum(cents: int) -> Text:
    return text(**{language: format_money(cents, language) for language in LANGUAGES})


def _reason(step: str, words: Text, *cite: str) -> dict[str, Any]:
    said = {language: words.in_(language) for language in LANGUAGES}
    return {"step": step, "holds": True, "decisive": step in ("base_fee", "final"), "text": said, "cite": list(cite)}


def alter(
    case: Case, *, kind: str, amount: str, absolute: bool, why: str, actor: Actor, at: datetime, on: date
) -> Case:
    """An official's discount, relief or increase on an open matter, with its reason; the fee is calculated again.

    Raises Refused, NotNow (no longer open) and EvaluationError for what the rule cannot read.
    """
    require(actor, HANDLE_FEES, case)
    with transaction.atomic():
        row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if row.state not in OPEN_STATES:
            raise cases.NotNow(CLOSED, row)
        if not why.strip():
            raise EvaluationError("An alteration needs its reason.")
        one = {"type": kind, "amount": amount, "absolute": absolute, "why": why.strip()}
        row.data = {**row.data, "alterations": [*row.data.get("alterations", []), one]}
        row.save(update_fields=["data"])
        drafted(row)  # what the rule cannot read is refused before anything stands
        said = {"person": row.subject_id, "kind": kind}
        audit.write(actor, HANDLE_FEES, f"case:{row.pk}", at, said, RETENTION)
        return calculate_again(row, at=at, on=on)


CLOSED = text(fi="Maksu on jo päätetty.", sv="Avgiften är redan fastställd.", en="The fee has been decided already.")


def release(chosen: Iterable[Case], *, actor: Actor, at: datetime, on: date, title: str = "") -> tuple[BulkResult, ...]:
    """A named official decides each fee as it was calculated; one that cannot be decided stops no other."""
    require(actor, DECIDE_FEES, None)
    return decide_many(chosen, actor=actor, at=at, on=on, title=title)


def follow(case: Case, decision: Decision, at: datetime, on: date) -> None:
    """The guardians are told that the fee has been decided."""
    key = telling.decided(case, at=at, template="fee_decided")
    if key:
        cases.serve_by_message(decision, key)
