# SPDX-License-Identifier: EUPL-1.2
"""Every operation of the whole API does as its description says: no 5xx, every error a problem of the declared kind."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SCHEMA = "/api/openapi.json"


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A request through the WSGI application would close the test's own database connection, as it should in life."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def operations() -> list[str]:
    paths = Client().get(SCHEMA).json()["paths"]
    return sorted(operation["operationId"] for path in paths.values() for operation in path.values())


@pytest.mark.parametrize("operation_id", operations())
def test_every_operation_does_as_it_is_described(operation_id: str):
    described = schemathesis.openapi.from_wsgi(SCHEMA, get_wsgi_application())
    operation = described.find_operation_by_id(operation_id)

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy())
    def holds(case):
        # A well-formed body may still be refused by a rule of the service: that is a 4xx the description declares.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    holds()
