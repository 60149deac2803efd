# SPDX-License-Identifier: EUPL-1.2
"""A manifest tells of each kind of case how its matters are kept, or is refused."""

from dataclasses import replace
from datetime import date

import pytest

from ennakko.kernel import manifest
from ennakko.kernel.access import Action, anyone, register_actions
from ennakko.kernel.cases import Appeal, CaseType, DecisionType, Move, StateTable, kinds
from ennakko.kernel.records import plans
from ennakko.kernel.records.plans import RecordsPlan
from ennakko.values.texts import text


def t(word: str):
    return text(fi=word, sv=word, en=word)


register_actions(Action("test-kept.do", t("do"), who=(anyone,)))
TYPE = CaseType(
    service="test-kept",
    id="grant",
    title=t("grant"),
    states=StateTable(
        {"new": t("new"), "accepted": t("accepted")}, (Move("new", "accept", "accepted", "test-kept.do"),),
        frozenset({"accepted"}),
    ),
    handle_action="test-kept.do",
    decide_action="test-kept.do",
    own_action="test-kept.do",
    decision=DecisionType(
        "test-kept.grant", t("decision"), {"accepted": t("accepted")},
        (Appeal(date(2020, 1, 1), t("act"), t("body"), 30, t("rule")),),
    ),
    decided={"accepted": "accept"},
)  # fmt: skip
PLAN = RecordsPlan("grant", "02 05 01", t("Grant"), "public", None, 730)
SERVICE = manifest.Service(
    id="test-kept",
    names=t("Test"),
    owner=t("Unit"),
    in_whose_name=t("City"),
    case_types=(TYPE,),
    retention=(manifest.Retention("cases", 365, t("closing"), t("act")),),
    records=(PLAN,),
)


@pytest.fixture(autouse=True)
def _nothing_registered(monkeypatch):
    monkeypatch.setattr(manifest, "_services", {})
    monkeypatch.setattr(kinds, "_types", {})
    monkeypatch.setattr(plans, "_plans", {})


def test_a_kind_of_case_with_its_plan_is_registered():
    manifest.register(SERVICE)
    assert plans.plan_of("test-kept", "grant") == PLAN


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ((), "give the cases 'grant' one records plan"),
        ((PLAN, PLAN), "give the cases 'grant' one records plan"),
        ((PLAN, replace(PLAN, case_kind="loan")), "none of its case types"),
        ((replace(PLAN, retention_days=364),), "before its case"),
    ],
)
def test_a_kind_of_case_without_a_plan_that_holds_is_refused(records, said):
    with pytest.raises(manifest.ManifestError, match=said):
        manifest.register(replace(SERVICE, records=records))
    assert manifest.services() == ()
    assert plans.plans() == {}
