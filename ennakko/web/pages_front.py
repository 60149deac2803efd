# SPDX-License-Identifier: EUPL-1.2
"""The front page: what this is, three doors, and what the city did ahead of its people this month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ennakko.kernel import clock
from ennakko.kernel.ui import contributions
from ennakko.web import front_figures


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """One sentence, three doors, this month's figures and map, and why one can trust it."""
    on = clock.today()
    context = {
        # The part with figures is kept while nothing has happened to any offer; only then are they counted again.
        "standing": f"{on}:{front_figures.standing()}",
        "figures": lambda: (contributions.front_figures(on=on) or front_figures.of_this_month(on))[:3],
        "map": lambda: contributions.front_map(on=on) or front_figures.by_district(on),
    }
    return render(request, "web/front.html", context)
