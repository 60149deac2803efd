# SPDX-License-Identifier: EUPL-1.2
"""The front page: what this is, three doors, and what the city did ahead of its people this month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Not signed in: one sentence and three doors; signed in: the same, with the way to one's own page."""
    return render(request, "web/front.html", {})
