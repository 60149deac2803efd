# SPDX-License-Identifier: EUPL-1.2
import json
from datetime import date

import polars as pl
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from ennakko.kernel.api import types
from ennakko.kernel.figures import registry
from ennakko.kernel.registers.tests import youth_rule  # noqa: F401 — registers the tests' own rules
from ennakko.rules.procedure import Trace, traced
from ennakko.values.texts import text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("ennakko.kernel.api.tests.addresses")]
RULE = "/api/rules/test-youth.entitled"


def t(word: str):
    return text(fi=word, sv=word, en=word)


@pytest.fixture(autouse=True)
def _figures(monkeypatch):
    monkeypatch.setattr(registry, "_figures", {})
    table = pl.DataFrame({"district": ["a", "b", "c"], "persons": [2, 9, 40], "cents": [70000, 315000, 1400000]})
    for id, open_to_all in (("test.offers", True), ("test.inside", False)):
        registry.register_figures(
            registry.Figure(
                id=id,
                title=t("Offers"),
                source=t("Register"),
                by={"district": t("District")},
                measures=("cents",),
                count=lambda on: registry.Counted(table, date(2026, 4, 1)),
                open_to_all=open_to_all,
            )
        )


def evaluate(body, path: str = RULE, **headers):
    return Client().post(f"{path}/evaluate", json.dumps(body), content_type="application/json", headers=headers)


CASE = {"birth_date": "2010-05-17", "municipality": "091", "test_given": False}


def test_a_case_is_decided_with_its_reasons():
    answer = evaluate({"case": CASE, "on": "2026-04-15", "language": "sv"})
    assert answer.status_code == 200
    body = answer.json()
    assert (body["outcome"], body["on"]) == ("yes", "2026-04-15")
    assert "bor här" in [reason["text"] for reason in body["reasons"]]


def test_what_is_missing_is_asked_for():
    body = evaluate({"case": {key: CASE[key] for key in ("birth_date", "municipality")}, "on": "2026-04-15"}).json()
    assert (body["outcome"], body["ask"]) == ("unknown", ["test_given"])


def test_an_unknown_fact_is_refused_with_near_names():
    answer = evaluate({"case": CASE | {"birthdate": "2010-05-17"}, "on": "2026-04-15"})
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    (wrong,) = answer.json()["errors"]
    assert wrong["where"] == "body.case.birthdate"
    assert "birth_date" in wrong["what"]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"case": CASE, "when": "2026-04-15"}, "when"),
        ({"case": [CASE]}, "case"),
        ({"on": "2026-04-15"}, "case"),
        ({"case": CASE, "on": "15.4.2026"}, "on"),
        ({"case": CASE, "language": "de"}, "language"),
        ({"case": CASE | {"birth_date": "2010-02-30"}, "on": "2026-04-15"}, "case"),
    ],
)
def test_a_body_that_is_not_as_described_is_refused_at_its_place(body, where):
    answer = evaluate(body)
    assert answer.status_code == 422
    assert where in answer.json()["errors"][0]["where"]


def test_a_body_that_is_no_json_is_a_problem():
    answer = Client().post(f"{RULE}/evaluate", "{", content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_problems_speak_the_reader_s_language():
    titles = {
        language: evaluate({"case": 1}, **{"accept-language": language}).json()["title"]
        for language in ("fi", "sv", "en")
    }
    assert titles == {"fi": "Tarkista tiedot", "sv": "Kontrollera uppgifterna", "en": "Check the data"}


def test_an_unknown_rule_lists_near_ones():
    answer = Client().get("/api/rules/test-youth.entitle")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert "test-youth.entitled" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("method", "path", "status"), [("delete", "/api/rules", 405), ("get", "/api/nothing", 404), ("post", "/api/", 404)]
)
def test_every_error_is_a_problem(method, path, status):
    answer = getattr(Client(), method)(path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


def test_an_unexpected_failure_tells_nothing_of_the_inside():
    @traced("test-api.breaks", title=t("Breaks"))
    def breaks(case, trace: Trace, book) -> dict:
        raise RuntimeError("the secret inside")

    answer = evaluate({"case": {}}, "/api/rules/test-api.breaks")
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()


def test_rules_come_in_pages_and_each_tells_its_inputs():
    page = Client().get("/api/rules", {"per_page": 1}).json()
    assert (len(page["items"]), page["page"]) == (1, 1)
    assert page["pages"] == page["total"] >= 2
    assert Client().get("/api/rules", {"per_page": 100_000}).status_code == 422
    rule = Client().get(RULE).json()
    assert {each["name"] for each in rule["inputs"]} == {"birth_date", "municipality", "test_given"}
    assert rule["citations"] == ["test 1 §"]


def test_a_figure_shows_no_small_number_nor_what_would_tell_it():
    body = Client().get("/api/figures/test.offers").json()
    cells = {cell["by"]["district"]: cell for cell in body["cells"]}
    assert (cells["a"]["persons"], cells["a"]["hidden"], cells["a"]["amounts"]) == (None, True, {"cents": None})
    assert cells["b"]["hidden"]
    assert (cells["c"]["persons"], cells["c"]["amounts"]) == (40, {"cents": "14000.00"})
    assert (cells[None]["persons"], body["as_of"]) == (51, "2026-04-01")


def test_a_figure_for_staff_is_not_told_to_all():
    assert [one["id"] for one in Client().get("/api/figures").json()["items"]] == ["test.offers"]
    assert Client().get("/api/figures/test.inside").status_code == 404


def test_money_is_written_to_the_cent():
    assert [types.money(cents) for cents in (35000, 5, -5, -12345)] == ["350.00", "0.05", "-0.05", "-123.45"]


def test_the_description_is_openapi_3_1_and_tells_of_problems():
    schema = Client().get("/api/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    refused = schema["paths"]["/api/rules/{rule_id}/evaluate"]["post"]["responses"]["422"]["content"]
    assert list(refused) == ["application/problem+json"]


@pytest.fixture
def _one_connection():
    """A request through the WSGI application would close the test's own database connection, as it should in life."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


EXISTING = {"rule_id": "test-youth.entitled", "figure_id": "test.offers"}
OPERATIONS = ("list_rules", "get_rule", "evaluate_rule", "list_figures", "get_figure")


def test_the_kernels_own_operations_are_there():
    paths = Client().get("/api/openapi.json").json()["paths"]
    assert {operation["operationId"] for path in paths.values() for operation in path.values()} >= set(OPERATIONS)


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_every_operation_does_as_it_is_described(operation_id):
    described = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())

    operation = described.find_operation_by_id(operation_id)
    tried = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), database=None)

    @tried
    @given(case=operation.as_strategy())
    def holds(case):
        # Facts are free in the description: a well-formed case may name one that the rule does not read.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    @tried
    @given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE))
    def holds_for_what_exists(case):
        case.path_parameters = {name: EXISTING[name] for name in case.path_parameters or ()}
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    holds()
    holds_for_what_exists()
