# SPDX-License-Identifier: EUPL-1.2
"""An application beside the population register: what it says, which conditions are open, what is doubtful."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ennakko.kernel.access import Actor
from ennakko.kernel.registers import contact_of, find_person, living_among, person_facts, snapshots
from ennakko.services.summer_voucher import conditions
from ennakko.services.summer_voucher.actions.storing import identity_code_of
from ennakko.services.summer_voucher.law import acceptance_2026 as acceptance
from ennakko.services.summer_voucher.law.acceptance_2026 import Applied, Earlier, Registered, Status
from ennakko.services.summer_voucher.law.surname_2026 import same_text
from ennakko.services.summer_voucher.models import Application
from ennakko.services.summer_voucher.states import ApplicationState, CaseState
from ennakko.services.summer_voucher.wording import CONDITIONS, STOPPING

FACTS = ("birth_date", "municipality", "alive", "non_disclosure")


@dataclass(frozen=True, slots=True)
class Found:
    """What one look came to. `questions` and `warnings` are codes of wording.py; `doubts` those that need a person."""

    person: int | None
    snapshot: str
    as_of: date
    registered: dict[str, Any]
    conditions: tuple[dict[str, Any], ...]
    questions: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def doubts(self) -> tuple[str, ...]:
        """Warnings for which the machine drafts no acceptance."""
        return tuple(code for code in self.warnings if code in STOPPING)

    def as_json(self) -> dict[str, Any]:
        """As it is stored with the case and its decision."""
        return {
            "as_of": self.as_of.isoformat(), "registered": self.registered, "conditions": list(self.conditions),
            "questions": list(self.questions), "warnings": list(self.warnings),
        }  # fmt: skip


def look_up(application: Application, *, at: datetime, on: date, actor: Actor) -> Found:
    """Hold an application against the register; raises what the register raises when it does not answer."""
    snapshot = snapshots.current()
    code = identity_code_of(application)
    person = find_person(code) if code else None
    told = _registered(application, person, at=at, on=on, actor=actor)
    registered = Registered(
        code_valid=person is not None if code else None,
        alive=told.get("alive"),
        surname_same=told.get("surname_same"),
        municipality=told.get("municipality"),
        non_disclosure=bool(told.get("non_disclosure")),
    )
    applied = Applied(
        age_by_year=acceptance.age_by_year(application.birth_date, application.year)
        if application.birth_date
        else None,
        declared_group=application.target_group,
        open_groups=conditions.open_groups(min(on, conditions.last_of_year(application.year))),
        has_identity_code=bool(code),
    )
    home = conditions.value("home_municipality_name", on)
    open_ones = {one.code: one for one in acceptance.open_questions(applied=applied, registered=registered, home=home)}
    relevant = [key for key in CONDITIONS if key != "no_identity_code"] if code else ["no_identity_code"]
    return Found(
        person=person,
        snapshot=snapshot.id,
        as_of=snapshot.on,
        registered=told,
        conditions=tuple(_condition(key, _holds(key, open_ones, told)) for key in relevant),
        questions=tuple(key for key in open_ones if _holds(key, open_ones, told) is False),
        warnings=_warnings(application, told),
    )


OF_THE_PERSON = frozenset({"dead", "surname_differs", "not_resident"})


def _holds(code: str, open_ones: Collection[str], told: Mapping[str, Any]) -> bool | None:
    """Whether a condition holds; of somebody whom the register does not know, nothing is known of the person."""
    if code in OF_THE_PERSON and not told:
        return None
    return code not in open_ones


def _condition(code: str, holds: bool | None) -> dict[str, Any]:
    words = CONDITIONS[code]
    said = {language: words.in_(language) for language in words.languages}
    return {"step": code, "holds": holds, "decisive": holds is False, "text": said, "cite": ["act 3 §"]}


def _registered(
    application: Application, person: int | None, *, at: datetime, on: date, actor: Actor
) -> dict[str, Any]:
    """What the register says of a person as JSON values; empty for one whom it does not know."""
    if person is None:
        return {}
    facts = person_facts(
        person, FACTS, purpose=conditions.SERVICE, on=on, actor=actor, at=at,
        reason=f"application {application.reference} checked",
    )  # fmt: skip
    contact = contact_of(person)
    if facts is None or contact is None:
        return {}
    here = facts["municipality"] == conditions.value("home_municipality", on) and bool(living_among([person], on))
    guarded = bool(facts["non_disclosure"])
    return {
        "alive": facts["alive"],
        "birth_date": facts["birth_date"].isoformat(),
        "non_disclosure": guarded,
        "surname": contact.surname,
        "given_names": contact.given_names,
        # Whoever signed in with the code is the person, whatever name the form would have held.
        "surname_same": same_text(application.last_name, contact.surname) or _signed_in(application),
        "municipality": conditions.value("home_municipality_name", on) if here else _elsewhere(facts, on),
        "postcode": None if guarded else contact.postal_code,
        "has_address": guarded or contact.street_address is not None,
    }


def _signed_in(application: Application) -> bool:
    return application.proven and application.source == "online"


def _elsewhere(facts: dict[str, Any], on: date) -> str | None:
    code = facts["municipality"]
    return None if code == conditions.value("home_municipality", on) else code


def _warnings(application: Application, told: dict[str, Any]) -> tuple[str, ...]:
    found = []
    if application.identity_code_index and _another(application, identity_code_index=application.identity_code_index):
        found.append("same_identity_code")
    if _another(application, email_index=application.email_index):
        found.append("same_email")
    if told.get("postcode") and application.postcode and told["postcode"] != application.postcode:
        found.append("other_postcode")
    if told and not told.get("has_address"):
        found.append("no_address")
    if not application.proven:
        found.append("unproven")
    return tuple(found)


def _another(application: Application, **same: str) -> bool:
    """Whether an application of the same year stands beside this one, by the rule of one a year (act 7 §).

    One that proved who they are is not held back by an unproven one: anybody could have sent that.
    """
    others = Application.objects.filter(
        year=application.year, state=ApplicationState.CONFIRMED, emptied_at=None, **same
    ).exclude(pk=application.pk)  # fmt: skip
    if application.proven:
        others = others.filter(proven=True)
    for other in others.select_related("case"):
        status = Status.SUBMITTED
        if other.case is not None and other.case.state in (CaseState.REJECTED, CaseState.WITHDRAWN, CaseState.JOINED):
            status = Status.REJECTED
        earlier = Earlier(
            same_email=other.email_index == application.email_index,
            same_identity_code=bool(application.identity_code_index)
            and other.identity_code_index == application.identity_code_index,
            confirmed=True, link_expired=False, this_year=True, status=status,
        )  # fmt: skip
        if acceptance.duplicate(earlier) is not None:
            return True
    return False
