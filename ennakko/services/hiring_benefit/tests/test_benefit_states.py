# SPDX-License-Identifier: EUPL-1.2
"""The table of states and the table of access together: every state, verb and role, and nothing else."""

from typing import Any

import pytest

from ennakko.kernel import cases
from ennakko.kernel.access import SYSTEM, Actor, Refused
from ennakko.kernel.access.models import StaffMember
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.law.states_2026 import ApplicationState, may
from ennakko.services.hiring_benefit.states import (
    BENEFIT,
    BENEFIT_NAMES,
    BY_APPLICANT,
    BY_HANDLER,
    DECIDED,
    OPEN,
    BenefitState,
    BenefitVerb,
)
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db
ROLES: dict[str, Any] = {
    "anonymous": lambda: Actor("anonymous", ""),
    "resident": lambda: t.resident(1),
    "employer": t.employer,
    "another employer": lambda: t.employer(t.CLUB, "Joku Muu"),
    "handler": t.handler,
    "official": t.official,
    "clerk": lambda: t.staff("Sirpa", "protected-clerk"),
    "director": lambda: t.staff("Harri", "director"),
    "adviser": lambda: t.staff("Joonas", "adviser"),
    "finance": lambda: t.staff("Tuula", "finance"),
    "machine": lambda: SYSTEM(SERVICE),
}
HANDLES = {"handler", "official", "clerk", "machine"}
DECIDES = {"official", "clerk"}
WHO = {
    "take": HANDLES, "request_information": HANDLES, "lapse": HANDLES, "propose_acceptance": HANDLES,
    "propose_rejection": HANDLES, "back_to_handling": HANDLES, "cancel": HANDLES, "provide_information": {"employer"},
    "return": DECIDES, "grant": DECIDES, "refuse": DECIDES,
}  # fmt: skip
"""Who makes each move, in words of their own: the tables are held against these."""
LEADS = {
    ("received", "take"): "handling",
    ("handling", "request_information"): "additional_information_needed",
    ("additional_information_needed", "provide_information"): "handling",
    ("additional_information_needed", "lapse"): "handling",
    ("handling", "propose_acceptance"): "accepted",
    ("handling", "propose_rejection"): "rejected",
    ("accepted", "back_to_handling"): "handling",
    ("rejected", "back_to_handling"): "handling",
    ("accepted", "return"): "handling",
    ("rejected", "return"): "handling",
    ("accepted", "grant"): "granted",
    ("rejected", "refuse"): "refused",
    ("received", "cancel"): "cancelled",
    ("handling", "cancel"): "cancelled",
    ("additional_information_needed", "cancel"): "cancelled",
}


@pytest.fixture(autouse=True)
def _a_folder(tmp_path: Any, settings: Any) -> None:
    settings.VAR = tmp_path
    t.town(tmp_path / "a", t.Resident(1, t.BORN))


def standing(state: str) -> Case:
    """A case in a state, whatever led there."""
    case = t.an_application(of=t.person(1)).case
    Case.objects.filter(pk=case.pk).update(state=state)
    return Case.objects.get(pk=case.pk)


def test_every_state_has_a_name_and_is_reached() -> None:
    assert set(BENEFIT_NAMES) == set(BenefitState)
    assert BENEFIT.reachable() == set(BenefitState)
    assert set(OPEN) | set(DECIDED) | {"cancelled"} == set(BenefitState)


@pytest.mark.parametrize("state", BenefitState)
@pytest.mark.parametrize("verb", BenefitVerb)
def test_every_verb_leads_from_every_state_as_it_should_for_every_role(state: str, verb: str) -> None:
    case, to = standing(state), LEADS.get((state, verb))
    for name, who in ROLES.items():
        actor = who()
        if to is None:
            with pytest.raises(NotNow):
                cases.move(case, verb, actor=actor, at=t.AT)
        elif name not in WHO[verb]:
            with pytest.raises(Refused):
                cases.move(case, verb, actor=actor, at=t.AT)
        else:
            assert cases.move(case, verb, actor=actor, at=t.AT).state == to, name
            Case.objects.filter(pk=case.pk).update(state=state, closed_at=None, paused_since=None)


LAW = {"granted": "accepted", "refused": "rejected"}
"""A decided case is, in the words of the law, the accepted or rejected one that its handler made."""


def test_the_moves_are_those_of_the_law_where_the_law_has_them() -> None:
    """Act 18 §: the law's two tables know no official; a proposal and its decision are one state there."""
    for (start, verb), to in LEADS.items():
        if verb in ("grant", "refuse"):
            assert LAW[to] == start
            continue
        table = BY_APPLICANT if verb == "provide_information" else BY_HANDLER
        assert may(table, start, to), (start, verb, to)
    ours = {(start, to) for (start, _), to in LEADS.items()}
    for start, several in BY_HANDLER.items():
        for to in several - {ApplicationState.RECEIVED}:
            assert (start, to) in ours, (start, to)


@pytest.mark.parametrize("role", [name for name in ROLES if name not in HANDLES])
def test_who_does_not_handle_takes_assigns_notes_and_asks_nothing(role: str) -> None:
    case, actor = standing("handling"), ROLES[role]()
    staff = StaffMember.objects.get(pk=t.handler().staff)
    for work in (
        lambda: cases.assign(case, staff, actor=actor, at=t.AT),
        lambda: cases.give_back(case, actor=actor, at=t.AT),
        lambda: cases.note(case, "Huomio.", actor=actor, at=t.AT),
        lambda: cases.ask_for_information(case, "Mitä?", actor=actor, at=t.AT, due=t.ON),
    ):
        with pytest.raises(Refused):
            work()


def test_the_protected_are_the_clerks_alone_for_every_verb_of_handlers_and_officials() -> None:
    case = t.an_application(of=t.person(2, non_disclosure=True)).case
    for (start, verb), to in LEADS.items():
        Case.objects.filter(pk=case.pk).update(state=start)
        for name in ("handler", "official"):
            with pytest.raises(Refused):
                cases.move(case, verb, actor=ROLES[name](), at=t.AT)
        if "clerk" in WHO[verb]:
            assert cases.move(case, verb, actor=ROLES["clerk"](), at=t.AT).state == to
            Case.objects.filter(pk=case.pk).update(closed_at=None, paused_since=None)
