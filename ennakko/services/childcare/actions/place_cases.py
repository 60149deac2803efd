# SPDX-License-Identifier: EUPL-1.2
"""The matter in which a child's place is decided: opened by the answer, drafted by the machine, released by a person.

Accepted as offered, it is decided at once where the municipality has opened the gate of automatic decisions; else it
waits for a named official, who may release many at once. Whatever was changed waits for a person.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from ennakko.kernel import cases
from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases.automation import why_not
from ennakko.kernel.cases.deciding import BulkResult, decide_many
from ennakko.kernel.cases.kinds import Drafted, case_type
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.offers import replay
from ennakko.kernel.offers.models import Offer
from ennakko.services.childcare import telling
from ennakko.services.childcare.explaining import explain
from ennakko.services.childcare.models import Placement
from ennakko.services.childcare.states_cases import DECIDE, HANDLE, OPEN_STATES, CaseState, Verb
from ennakko.values.dates import format_date
from ennakko.values.texts import Text, text

SERVICE = "childcare"
KINDS: Mapping[str, str] = {"preschool": "preschool-place", "early-education": "place"}
"""The kind of matter by the form of the place: each is appealed in its own way."""
ACCEPTED, REJECTED = "accepted", "rejected"
NAMES = ("fi", "sv", "en")


def open_case(
    offer: Offer,
    placement: Placement,
    *,
    as_offered: bool,
    actor: Actor,
    at: datetime,
    on: date,
    source: str = "online",
) -> Case:
    """Open the matter of a place that was taken, with the machine's draft; an earlier open one of the child ends.

    In the caller's transaction.
    """
    form = placement.form
    for earlier in Case.objects.filter(
        service=SERVICE, kind=KINDS[form], subject=offer.subject_id, state__in=OPEN_STATES
    ):
        cases.move(earlier, Verb.WITHDRAW, actor=telling.MACHINE, at=at)
    staff = actor.kind == "staff"
    case = cases.open_case(
        SERVICE, KINDS[form], actor=actor, at=at, on=on, subject=offer.subject_id, offer=offer,
        data=_data(placement, as_offered=as_offered),
        language=_language(offer), source="phone" if staff and source == "online" else source,
        on_behalf_of=offer.subject_id if staff else None,
    )  # fmt: skip
    case = cases.draft(case, at=at, on=on)
    if as_offered and why_not(case_type(SERVICE, KINDS[form]), ACCEPTED, on) is None:
        cases.decide_automatically(case, at=at, on=on, actor=telling.MACHINE)
        case.refresh_from_db()
    return case


def _data(placement: Placement, *, as_offered: bool) -> dict[str, Any]:
    pool = placement.pool
    assert pool is not None  # a place that is taken is somewhere (childcare_held_place_is_somewhere)
    return {
        "placement": placement.pk,
        "form": placement.form,
        "unit": pool.unit_id,
        "unit_name": {"fi": pool.unit.name_fi, "sv": pool.unit.name_sv, "en": pool.unit.name_en},
        "starts": placement.starts.isoformat(),
        "metres": placement.metres,
        "as_offered": as_offered,
    }


def _language(offer: Offer) -> str:
    """The language of the decision: that of the first guardian, where decisions are written in it."""
    spoken = offer.recipients.order_by("id").values_list("language", flat=True).first() or "fi"
    return spoken if spoken in NAMES else "fi"


def draft(case: Case, at: datetime, on: date) -> Drafted:
    """The machine's proposal: the place, with the rule's reasons and how the place was chosen, in counts only."""
    placement = Placement.objects.select_related("pool__unit", "round").get(pk=case.data["placement"])
    offer = case.offer
    reasons: list[Mapping[str, Any]] = []
    if offer is not None:
        reasons += cases.reasons_of(replay(offer).decision)
    reasons.insert(0, _reason(0, _given(placement)))
    reasons += [_reason(number, one) for number, one in enumerate(explain(placement).sentences, 1)]
    return Drafted(
        outcome=ACCEPTED,
        content=dict(case.data),
        reasons=tuple(reasons),
        rule_version=offer.run.rule_version_id if offer is not None and offer.run.rule_version_id else "",
        facts=case.facts,
        snapshot=case.snapshot,
    )


def _given(placement: Placement) -> Text:
    """Which place it is: the letter tells of it before anything else."""
    assert placement.pool is not None
    unit, on = placement.pool.unit, placement.starts
    return text(
        fi=f"Paikka on yksikössä {unit.name_fi} ({unit.street_address}), ja se alkaa {format_date(on, 'fi')}.",
        sv=f"Platsen är i enheten {unit.name_sv} ({unit.street_address}) och börjar {format_date(on, 'sv')}.",
        en=f"The place is in {unit.name_en} ({unit.street_address}) and begins on {format_date(on, 'en')}.",
    )


def _reason(number: int, words: Text) -> dict[str, Any]:
    return {
        "step": f"place {number}", "holds": True, "decisive": number == 1,
        "text": {language: words.in_(language) for language in words.languages}, "cite": ["act 16 §"],
    }  # fmt: skip


def follow(case: Case, decision: Decision, at: datetime, on: date) -> None:
    """The guardians are told of the decision; a rejected place is nobody's any more."""
    from ennakko.services.childcare.actions.placements import give_up

    if decision.outcome == REJECTED:
        placement = Placement.objects.get(pk=case.data["placement"])
        give_up(placement, actor=telling.MACHINE, at=at)
    key = telling.decided(case, at=at)
    if key:
        cases.serve_by_message(decision, key)


def refer_open(offer: Offer, *, at: datetime) -> int:
    """Matters of an offer that nobody may release before a person has looked; how many."""
    found = Case.objects.filter(offer=offer, service=SERVICE, kind__in=KINDS.values(), state=CaseState.READY)
    for case in found:
        cases.move(case, Verb.REFER, actor=telling.MACHINE, at=at)
    return len(found)


def clear(case: Case, *, actor: Actor, at: datetime, on: date) -> Case:
    """A person has settled what was open: the matter may be released. Raises Refused and NotNow."""
    require(actor, HANDLE, case)
    cases.move(case, Verb.CLEAR, actor=actor, at=at)
    return cases.draft(case, at=at, on=on)


def stands(placement: Placement) -> bool:
    """Whether a place was taken: its matter is open or was decided for it."""
    found = Case.objects.filter(service=SERVICE, kind__in=KINDS.values(), subject=placement.child)
    return found.filter(data__placement=placement.pk, state__in=[*OPEN_STATES, CaseState.ACCEPTED]).exists()


def withdraw_open(offer: Offer, *, actor: Actor, at: datetime) -> int:
    """Matters of an offer that its family gave up before a decision; how many."""
    found = Case.objects.filter(offer=offer, service=SERVICE, kind__in=KINDS.values(), state__in=OPEN_STATES)
    for case in found:
        cases.move(case, Verb.WITHDRAW, actor=actor, at=at)
    return len(found)


def release(chosen: Iterable[Case], *, actor: Actor, at: datetime, on: date, title: str = "") -> tuple[BulkResult, ...]:
    """A named official decides each as it was drafted; one that cannot be decided stops no other. Raises Refused."""
    require(actor, DECIDE, None)
    return decide_many(chosen, actor=actor, at=at, on=on, title=title)
