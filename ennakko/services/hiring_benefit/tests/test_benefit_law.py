# SPDX-License-Identifier: EUPL-1.2
"""The act and the conditions: each paragraph is computed or said not to be, each condition seen in all its states."""

import re
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from ennakko.rules.decision import Outcome
from ennakko.rules.procedure import Procedure
from ennakko.rules.registry import get
from ennakko.services.hiring_benefit.law import rules
from ennakko.services.hiring_benefit.law.rules import NOT_COMPUTED, HiringBenefitEligible
from ennakko.services.hiring_benefit.service import SERVICE_MANIFEST
from ennakko.services.hiring_benefit.tests.book import BOOK
from ennakko.values.money import euros
from ennakko.values.texts import LANGUAGES

LAW = Path(rules.__file__).parent
ON = date(2026, 11, 2)
FACTS = {
    "employer_kind": "company", "municipality": "091", "unemployed_since": date(2026, 5, 1),
    "service_need_assessed": False, "pay_subsidy": False, "labour_market_days": 0, "disability_subsidy": False,
    "weekly_hours": 37, "benefit_start": date(2026, 9, 1), "benefit_end": date(2027, 8, 31), "apprenticeship": False,
    "applied_on": date(2026, 10, 15), "used_days": 0, "overlaps_earlier": False, "aid": [],
    "benefit_cents": euros(18_000), "manager_available": None, "business_activity": None, "rules_of": None,
}  # fmt: skip


def decide(on=ON, **changes):
    return HiringBenefitEligible.decide(on, {**FACTS, **changes}, BOOK)


def had(*rows):
    return [{"granted_on": day, "aid_cents": euros(sum_)} for day, sum_ in rows]


# --- the act


def headings():
    return re.findall(r"^## (\d+ §)", (LAW / "act.md").read_text("utf-8"), re.MULTILINE)


def cited():
    by_steps = [cite for step in HiringBenefitEligible.definition.steps for cite in step.cite]
    by_procedures = [cite for id in SERVICE_MANIFEST.rules for cite in getattr(get(id), "cite", ())]
    by_modules = [
        cite for path in LAW.glob("*_20*.py") for cite in re.findall(r"act \d+ §", path.read_text("utf-8"))
    ]  # fmt: skip
    named = [cite for cite in (*by_steps, *by_procedures, *by_modules) if cite.startswith("act ")]
    return {re.search(r"\d+ §", cite).group() for cite in named}


def test_every_paragraph_is_computed_or_says_why_not():
    assert len(headings()) == len(set(headings())) == 21
    for paragraph in headings():
        assert (paragraph in cited()) != (paragraph in NOT_COMPUTED), paragraph


def test_no_rule_cites_a_paragraph_that_the_act_lacks():
    assert cited() <= set(headings())


def test_every_figure_of_the_law_has_its_source_in_three_languages():
    own = [one for one in BOOK if one.name.startswith("hiring-benefit.")]
    assert len(own) > 30
    for parameter in own:
        assert parameter.label is not None
        for row in parameter.rows:
            assert len({row.source.in_(language) for language in LANGUAGES}) == 3


def dated_modules(module):
    """The dated modules of this law that a module uses, directly or by another of them."""
    found, waiting = set(), [module]
    while waiting:
        for value in vars(waiting.pop()).values():
            name = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", "")
            if re.fullmatch(r"ennakko\.services\.hiring_benefit\.law\.\w+_20\d\d", str(name)) and name not in found:
                found.add(name)
                waiting.append(sys.modules[name])
    return found


@pytest.mark.parametrize("id", [id for id in SERVICE_MANIFEST.rules if isinstance(get(id), Procedure)])
def test_a_procedures_version_covers_every_dated_module_that_it_works_with(id):
    procedure = get(id)
    assert dated_modules(sys.modules[procedure.module]) <= {module.__name__ for module in procedure.modules}


# --- the conditions


def test_a_company_that_hires_an_unemployed_resident_may_be_granted_the_benefit():
    assert decide().outcome is Outcome.YES


@pytest.mark.parametrize(
    ("changes", "step"),
    [
        ({"employer_kind": "municipality"}, "employer"),
        ({"employer_kind": "association", "manager_available": False, "business_activity": False}, "managed"),
        ({"municipality": "049"}, "resident"),
        ({"unemployed_since": date(2026, 6, 2)}, "target_group"),
        ({"pay_subsidy": True}, "no_other_support"),
        ({"weekly_hours": 17}, "hours_enough"),
        ({"weekly_hours": 169}, "hours_enough"),
        ({"benefit_end": date(2026, 9, 29)}, "long_enough"),
        ({"benefit_end": date(2027, 9, 1)}, "short_enough"),
        ({"applied_on": date(2027, 1, 2)}, "in_time"),
        ({"used_days": 1}, "months_left"),
        ({"overlaps_earlier": True}, "not_twice"),
        ({"aid": had((date(2024, 1, 1), 282_001))}, "within_ceiling"),
    ],
)
def test_one_failing_condition_is_the_reason(changes, step):
    decision = decide(**changes)
    assert decision.outcome is Outcome.NO
    decisive = [reason.step for reason in decision.reasons if reason.decisive and reason.holds is False]
    assert step in decisive
    # A period that is too long uses more than the months that are left, too.
    others = (
        {"months_left"}
        if step == "short_enough"
        else {"unemployed_enough", "need_assessed", "subsidised", "hard_to_employ"}
    )
    assert set(decisive) - {step} <= others


@pytest.mark.parametrize(
    "changes",
    [
        {"benefit_end": date(2026, 9, 30)},
        {"benefit_end": date(2028, 8, 31), "apprenticeship": True, "used_days": 360},
        {"applied_on": date(2027, 1, 1)},
        {"weekly_hours": 18},
        {"unemployed_since": date(2026, 6, 1)},
        {"unemployed_since": None, "service_need_assessed": True},
        {"benefit_end": date(2027, 2, 28), "used_days": 180},
        {"employer_kind": "association", "manager_available": True, "business_activity": False,
         "aid": had((date(2026, 1, 1), 300_000))},
    ],
)  # fmt: skip
def test_the_edge_of_a_condition_still_holds(changes):
    assert decide(**changes).outcome is Outcome.YES


@pytest.mark.parametrize(
    ("granted", "sum_", "outcome"),
    [
        (date(2026, 11, 2), 282_000, Outcome.YES),
        (date(2026, 11, 2), 282_001, Outcome.NO),
        (date(2023, 11, 3), 282_001, Outcome.NO),
        (date(2023, 11, 2), 300_000, Outcome.YES),
        (date(2026, 11, 3), 300_000, Outcome.YES),
    ],
)
def test_aid_is_counted_for_three_years_with_the_benefit_added(granted, sum_, outcome):
    assert decide(aid=had((granted, sum_))).outcome is outcome


@pytest.mark.parametrize(
    ("granting", "ceiling"), [(date(2024, 2, 11), 200_000), (date(2024, 2, 12), 300_000), (date(2026, 11, 2), 300_000)]
)
def test_the_ceiling_is_that_of_the_day_of_granting(granting, ceiling):
    days = {"benefit_start": date(2024, 1, 1), "benefit_end": date(2024, 6, 30), "applied_on": date(2024, 1, 5)}
    more = {"pay_subsidy": True, "benefit_cents": euros(1)}
    at = decide(on=granting, aid=had((granting, ceiling - 1)), **days, **more)
    over = decide(on=granting, aid=had((granting, ceiling)), **days, **more)
    assert (at.values["within_ceiling"], over.values["within_ceiling"]) == (True, False)


TARGETS = {
    "twelve months": {"unemployed_since": date(2020, 1, 1)},
    "three months": {"unemployed_since": None},
    "card": {"service_need_assessed": True},
    "subsidy": {"pay_subsidy": True},
    "days": {"labour_market_days": 200},
    "disability": {"disability_subsidy": True, "pay_subsidy": True},
}


@pytest.mark.parametrize(
    ("start", "holds"),
    [
        (date(2021, 2, 1), {"twelve months", "card", "days", "disability"}),
        (date(2023, 7, 1), {"subsidy", "disability"}),
        (date(2024, 4, 2), {"subsidy", "card", "disability"}),
        (date(2026, 1, 1), {"twelve months", "three months", "card"}),
    ],
)
def test_the_target_group_is_that_of_the_benefits_first_day(start, holds):
    none = {"unemployed_since": start, "service_need_assessed": False, "pay_subsidy": False, "labour_market_days": 0,
            "disability_subsidy": False, "benefit_start": start}  # fmt: skip
    found = set()
    for name, facts in TARGETS.items():
        given = {**none, **facts}
        if name == "three months":
            given["unemployed_since"] = date(start.year - 1, 9, 1) if start.month < 4 else date(start.year, 1, 1)
        if decide(**given).values["target_group"]:
            found.add(name)
    assert found == holds


def test_conditions_that_are_named_win_over_the_first_day():
    old = {"benefit_start": date(2026, 9, 1), "rules_of": date(2023, 7, 1), "unemployed_since": date(2020, 1, 1)}
    assert decide(**old).values["target_group"] is False
    assert decide(**old, pay_subsidy=True).outcome is Outcome.YES


def test_an_unknown_fact_is_asked_for_and_only_where_it_matters():
    decision = decide(unemployed_since=None)
    assert decision.outcome is Outcome.UNKNOWN
    assert {ask.fact for ask in decision.ask} == {"unemployed_since"}
    before = decide(benefit_start=date(2024, 9, 1), benefit_end=date(2025, 8, 31), pay_subsidy=None)
    assert "unemployed_since" not in {ask.fact for ask in before.ask}


def test_each_condition_is_seen_true_false_and_unknown():
    seen = {}
    trials = [
        {}, *({name: None} for name in FACTS), {"employer_kind": "state"}, {"municipality": "049"},
        {"employer_kind": "association", "manager_available": False}, {"unemployed_since": date(2026, 8, 1)},
        {"employer_kind": "association"}, {"employer_kind": "association", "business_activity": False},
        {"service_need_assessed": True}, {"pay_subsidy": True}, {"weekly_hours": 1}, {"benefit_end": date(2026, 9, 2)},
        {"benefit_end": date(2028, 9, 1), "apprenticeship": None}, {"benefit_end": date(2028, 9, 1)},
        {"applied_on": date(2027, 9, 1)}, {"used_days": 300}, {"used_days": 300, "apprenticeship": None},
        {"overlaps_earlier": True}, {"aid": had((date(2026, 1, 1), 300_000))},
        {"rules_of": date(2021, 1, 1), "labour_market_days": 200},
        {"rules_of": date(2021, 1, 1), "labour_market_days": None},
        {"rules_of": date(2023, 7, 1), "pay_subsidy": True}, {"rules_of": date(2023, 7, 1), "pay_subsidy": None},
    ]  # fmt: skip
    for changes in trials:
        for step, value in decide(**changes).values.items():
            seen.setdefault(step, set()).add(value)
    conditions = [step.name for step in HiringBenefitEligible.definition.steps if step.type == "bool"]
    assert {step: values for step, values in seen.items() if step in conditions and len(values) < 3} == {}


def test_every_reason_is_told_in_three_languages():
    for reason in decide(municipality=None).reasons:
        assert len({reason.text.in_(language) for language in LANGUAGES}) == 3
        assert reason.cite
