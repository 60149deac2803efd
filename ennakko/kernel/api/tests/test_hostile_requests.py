# SPDX-License-Identifier: EUPL-1.2
"""Requests that were written wrong or to do harm: a problem in the reader's language, never a failure of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from ennakko.rules import Rule, registry
from ennakko.rules.facts_api import fact
from ennakko.values.texts import text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("ennakko.kernel.api.tests.addresses")]


@pytest.fixture(autouse=True)
def _rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_rules", {Hostile.id: Hostile})


born = fact("hostile_born", "date", label=text(fi="syntymä", sv="födelse", en="birth"), source="sample")


class Hostile(Rule, registered=False):
    id = "hostile.rule"
    title = text(fi="Sääntö", sv="Regel", en="Rule")
    known = born.is_known()
    outcome = "known"


def asked(body: str, language: str = "en") -> tuple[int, dict[str, Any]]:
    answer = Client(headers={"accept-language": language}).post(
        "/api/rules/hostile.rule/evaluate", data=body, content_type="application/json"
    )
    return answer.status_code, json.loads(answer.content)


@pytest.mark.parametrize(
    ("body", "status", "what"),
    [
        ('{"case": {"hostile_born": "\\ud800"}}', 422, "a day of the calendar"),
        ('{"case": {"\\ud800": 1}}', 422, "There is no"),
        ('{"case": {"hostile_born": NaN}}', 422, "must be a date"),
        ('{"case": {"hostile_born": 1e999}}', 422, "must be a date"),
        ('{"case": {}, "on": 20000}', 422, "Write the day as 2026-04-15"),
        ('{"case": {}, "on": "2026-04-15T00:00:00"}', 422, "Write the day as 2026-04-15"),
        ('{"case": {}, "on": "2026-02-30"}', 422, "Write the day as 2026-04-15"),
        ('{"case": {}, "langauge": "fi"}', 422, "No such field is known here"),
        ('{"case": {}, "language": "de"}', 422, "'fi', 'sv' or 'en'"),
        ('{"case": []}', 422, "A JSON object is needed here"),
        ("{}", 422, "This is missing"),
    ],
)
def test_a_hostile_body_is_answered_by_a_problem(body: str, status: int, what: str) -> None:
    code, problem = asked(body)
    assert code == status
    assert any(what in one["what"] for one in problem["errors"]), problem


def test_what_is_wrong_is_said_in_the_readers_language() -> None:
    _, finnish = asked('{"case": {}, "on": "tänään"}', "fi")
    _, swedish = asked('{"case": {}, "language": "de"}', "sv")
    assert finnish["errors"][0]["what"] == "Kirjoita päivä muodossa 2026-04-15."
    assert swedish["errors"][0]["what"].startswith("Välj något av dessa: ")
