# SPDX-License-Identifier: EUPL-1.2
"""The law as code over the network: which rules there are, each with its inputs and sources, and what they answer."""

import datetime
from collections.abc import Collection, Mapping
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from ennakko.kernel import clock
from ennakko.kernel.api.problems import Problem, Unusable
from ennakko.kernel.api.types import Page, Paging, Strict, Texts
from ennakko.rules import registry
from ennakko.rules.answers import decision_answer, procedure_answer
from ennakko.rules.errors import EvaluationError, RuleError, near_names
from ennakko.rules.evaluate import facts_from_json, strict_day
from ennakko.rules.listing import rules_json
from ennakko.rules.procedure import Procedure
from ennakko.rules.rule import Rule

router = Router(tags=["rules"])


class RuleSummary(Schema):
    """One rule: an expression over facts, or a procedure."""

    id: str
    kind: Literal["expression", "procedure"]
    title: Texts
    version: str


class RuleInput(Schema):
    """One fact that a rule reads: `unknown` tells whether a register may lack it."""

    name: str
    type: str
    unknown: bool
    relation: str | None


class RuleDetails(RuleSummary):
    """A rule with what it reads, its parameters through time, and its sources of law."""

    inputs: list[RuleInput]
    parameters: list[dict[str, Any]]
    citations: list[str]


def _strict_day(written: object) -> datetime.date:
    """A day as 2026-04-15: neither a time nor seconds since 1970, which a date would be read from otherwise."""
    try:
        return strict_day(str(written))
    except ValueError:
        raise PydanticCustomError("not_a_day", "Write the day as 2026-04-15.") from None


Day = Annotated[datetime.date, BeforeValidator(_strict_day)]


class Case(Strict):
    """One case to decide; facts by name, relations as arrays of objects, days as 2026-04-15, money in cents."""

    case: dict[str, Any] = Field(description="Facts by the names in the rule's inputs; what is left out is unknown")
    on: Day | None = Field(None, description="The day whose law applies; today if left out")
    language: Literal["fi", "sv", "en"] | None = Field(None, description="One language for texts; all if left out")


@router.get("", response={200: Page[RuleSummary], 422: Problem}, operation_id="list_rules", summary="All rules")
def list_rules(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """Every registered rule by id."""
    return paging.of(rules_json())


@router.get("/{rule_id}", response={200: RuleDetails, 404: Problem}, operation_id="get_rule", summary="One rule")
def get_rule(request: HttpRequest, rule_id: str) -> dict[str, Any]:
    """What a rule reads, its parameters with their sources, and what it cites."""
    registry.get(rule_id)
    return next(rule for rule in rules_json() if rule["id"] == rule_id)


@router.post(
    "/{rule_id}/evaluate",
    response={200: dict[str, Any], 400: Problem, 404: Problem, 422: Problem},
    operation_id="evaluate_rule",
    summary="Decide one case",
)
def evaluate_rule(request: HttpRequest, rule_id: str, body: Case) -> dict[str, Any]:
    """The outcome with its reasons and what is missing; nothing is stored, no register is read."""
    rule = registry.get(rule_id)
    on = body.on or clock.today()
    if isinstance(rule, Procedure):
        return _of_procedure(rule, body, on)
    return _of_expression(rule, body, on)


def _of_expression(rule: type[Rule], body: Case, on: datetime.date) -> dict[str, Any]:
    bound = rule.bind(on)
    inputs = bound.definition.inputs
    own = {ref.name for ref in inputs if ref.relation is None}
    relations = set(bound.definition.relations)
    _refuse_unknown(body.case, own | relations, "body.case")
    for relation in relations:
        rows = body.case.get(relation)
        of_rows = {ref.name for ref in inputs if ref.relation == relation}
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, Mapping):
                _refuse_unknown(row, of_rows, f"body.case.{relation}.{number}")
    try:
        return decision_answer(bound.decide(facts_from_json(bound, body.case)), body.language)
    except EvaluationError as error:
        raise Unusable(("body.case", str(error))) from error


def _of_procedure(procedure: Procedure, body: Case, on: datetime.date) -> dict[str, Any]:
    _refuse_unknown(body.case, {each.name for each in procedure.inputs}, "body.case")
    try:
        return procedure_answer(procedure, body.case, on, body.language)
    except (EvaluationError, RuleError) as error:
        raise Unusable(("body.case", str(error))) from error


def _refuse_unknown(given: Mapping[str, Any], known: Collection[str], where: str) -> None:
    wrong = [name for name in given if name not in known]
    if wrong:
        raise Unusable(
            *((f"{where}.{name}", f"There is no {name} here.{near_names(name, known)}") for name in sorted(wrong))
        )
