# SPDX-License-Identifier: EUPL-1.2
"""A made-up service with cases, for the tests of everything that cases do: people, an organisation, staff, a gate."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from ennakko.kernel import cases
from ennakko.kernel.access import (
    Action,
    Actor,
    StaffRole,
    acts_for,
    all_of,
    owner_at,
    register_actions,
    register_roles,
    role,
    strong,
)
from ennakko.kernel.access.models import StaffMember
from ennakko.kernel.cases import kinds
from ennakko.kernel.cases.automation import AutomaticDecisions
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.rectification import rectification_of
from ennakko.kernel.people.models import Person
from ennakko.values.business_id import compose
from ennakko.values.texts import text

AT = datetime(2026, 4, 15, 9, tzinfo=UTC)
ON = date(2026, 4, 15)
CAFE, OTHER = compose(9_000_001), compose(9_000_003)
SERVICE = "test-matter"
HANDLE, DECIDE, OWN = f"{SERVICE}.handle", f"{SERVICE}.decide", f"{SERVICE}.own"


def t(word: str):
    return text(fi=word, sv=word, en=word)


HANDLER, OFFICIAL = f"{SERVICE}.handler", f"{SERVICE}.official"
OWNERS = (all_of(owner_at("subject"), strong), acts_for("organisation"))
register_roles(StaffRole(HANDLER, t("handler")), StaffRole(OFFICIAL, t("official")))
register_actions(
    Action(HANDLE, t("Handle"), who=(role(HANDLER), role(OFFICIAL))),
    Action(DECIDE, t("Decide"), who=(role(OFFICIAL),)),
    Action(OWN, t("Own"), who=(*OWNERS, role(HANDLER), role(OFFICIAL))),
)
RECTIFICATION = rectification_of(SERVICE, handlers=(role(HANDLER), role(OFFICIAL)), owners=OWNERS)
register_actions(*RECTIFICATION.actions)
APPEAL = kinds.Appeal(
    date(2020, 1, 1), t("Local Government Act"), t("board"), 14, t("rule"), instructions=t("Appeal so")
)
COURT = kinds.Appeal(date(2020, 1, 1), t("court act"), t("court"), 30, t("rule"))
STATES = kinds.StateTable(
    names={
        "new": t("new"), "in_hand": t("in hand"), "asked": t("asked"), "proposed": t("proposed"),
        "accepted": t("accepted"), "rejected": t("rejected"), "withdrawn": t("withdrawn"),
    },
    moves=(
        kinds.Move("new", "begin", "in_hand", HANDLE),
        kinds.Move("in_hand", "request", "asked", HANDLE),
        kinds.Move("asked", "provide", "in_hand", OWN),
        kinds.Move("in_hand", "propose", "proposed", HANDLE),
        kinds.Move("proposed", "return", "in_hand", DECIDE),
        *(kinds.Move(state, "accept", "accepted", DECIDE) for state in ("in_hand", "proposed")),
        *(kinds.Move(state, "reject", "rejected", DECIDE) for state in ("in_hand", "proposed")),
        kinds.Move("asked", "withdraw", "withdrawn", OWN),
    ),
    ends=frozenset({"accepted", "rejected", "withdrawn"}),
    waiting=frozenset({"asked"}),
)  # fmt: skip
KIND = kinds.CaseType(
    service=SERVICE, id="application", title=t("application"), states=STATES, handle_action=HANDLE,
    decide_action=DECIDE, own_action=OWN, decided={"accepted": "accept", "rejected": "reject"}, days=10,
    decision=kinds.DecisionType(
        f"{SERVICE}.decision", t("Decision on a test"),
        {"accepted": t("The sum is paid"), "rejected": t("The claim is rejected")}, (APPEAL,),
    ),
)  # fmt: skip


def registered(monkeypatch, **changes: Any) -> kinds.CaseType:
    """The kinds of case of this service alone."""
    kind = replace(KIND, **changes)
    challenged = replace(RECTIFICATION.case_type.decision, appeals=(COURT,))
    monkeypatch.setattr(kinds, "_types", {})
    kinds.register_case_type(kind)
    kinds.register_case_type(replace(RECTIFICATION.case_type, decision=challenged))
    return kind


def staff(name: str = "Hanna Handler", *roles: str) -> Actor:
    member, _ = StaffMember.objects.get_or_create(subject=name.lower(), defaults={"name": name, "email": ""})
    held = frozenset(roles or (HANDLER,))
    return Actor(kind="staff", reference=member.subject, staff=member.pk, roles=held, name=name, strong=True)


def official(name: str = "Olli Official") -> Actor:
    return staff(name, OFFICIAL)


def resident(key: int = 1, name: str = "Aino Virtanen") -> Actor:
    return Actor(kind="resident", reference=f"r{key}", person=key, name=name, strong=True)


def employee(name: str = "Petri Laakso", organisation: str = CAFE, person: int | None = None) -> Actor:
    return Actor(
        "organisation", f"e-{name}", person=person, name=name, strong=True, organisation=organisation,
        mandates=frozenset({"grants"}),
    )  # fmt: skip


def person(key: int = 1, **fields: Any) -> Person:
    known = {"created_at": AT, "surname": "Virtanen", "given_names": "Aino", "search": "virtanen aino"}
    return Person.objects.get_or_create(key=key, defaults=known | fields)[0]


def a_case(subject: int | None = 1, **changes: Any) -> Case:
    if subject is not None:
        person(subject)
    given = {"subject": subject, "actor": resident(subject or 1), "at": AT, "on": ON} | changes
    return cases.open_case(SERVICE, "application", **given)


def organisations_case(business_id: str = CAFE, **changes: Any) -> Case:
    given = {"subject": None, "organisation": business_id, "actor": employee(organisation=business_id)} | changes
    return a_case(**given)


def in_hand(case: Case | None = None, **changes: Any) -> Case:
    return cases.move(case or a_case(**changes), "begin", actor=staff(), at=AT)


def decided(case: Case | None = None, outcome: str = "rejected", **changes: Any):
    given = {"actor": official(), "at": AT, "on": ON, "justification": "Lives elsewhere"} | changes
    return cases.decide(in_hand(case), outcome, **given)


def on_record(**changes: Any) -> AutomaticDecisions:
    filed = cases.OnFile("T 2026-1", ON, "docs/rules.md")
    known: dict[str, Any] = {
        "rules": ("test.rule",), "processing_rules": filed, "testing": filed, "deployment": filed,
        "deployed_by": t("Board"), "start": ON, "responsible_official": "Riitta Responsible", "office": t("head"),
        "rectification_route": t("free of charge"), "notice": t("a machine decided this"),
    }  # fmt: skip
    return AutomaticDecisions(**(known | changes))
