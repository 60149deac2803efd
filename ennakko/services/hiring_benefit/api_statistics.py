# SPDX-License-Identifier: EUPL-1.2
"""The statistics over the network for the city's reporting tool: by a key of the deployment, each reading logged."""

import datetime
import hmac

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from ninja.security import APIKeyHeader
from pydantic import Field

from ennakko.kernel import clock
from ennakko.kernel.access import SYSTEM, Actor
from ennakko.kernel.api.problems import Problem, Unusable
from ennakko.services.hiring_benefit.statistics_export import export

router = Router(tags=["hiring-benefit"])


class StatisticsKey(APIKeyHeader):
    """A key that the deployment gave to a reporting tool (ENNAKKO_STATISTICS_KEYS); without keys nobody reads."""

    param_name = "X-Api-Key"

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        fitting = [hmac.compare_digest((key or "").encode(), one.encode()) for one in settings.STATISTICS_KEYS]
        return SYSTEM("statistics") if any(fitting) else None


class Days(Schema):
    """Days of decision, both included; left out: from the first, to the last."""

    after: datetime.date | None = Field(None)
    before: datetime.date | None = Field(None)


@router.get(
    "", auth=StatisticsKey(), response={200: None, 401: Problem, 422: Problem},
    operation_id="read_hiring_benefit_statistics", summary="Statistics as CSV",
)  # fmt: skip
def read_statistics(request: HttpRequest, days: Query[Days]) -> HttpResponse:
    """Decided applications, 33 columns and the instalments: the year of birth, no name and no identity code."""
    if days.after is not None and days.before is not None and days.before < days.after:
        raise Unusable(("query.before", "Give a day that is not before the first one."))
    actor: Actor = request.auth  # type: ignore[attr-defined]
    made = export(
        after=days.after, before=days.before, actor=actor, at=clock.now(), purpose="the city's reporting tool"
    )  # fmt: skip
    return HttpResponse(made, content_type="text/csv; charset=utf-8")
