# SPDX-License-Identifier: EUPL-1.2
"""What the decision archive has not taken: why, in words, and a button that sends it again."""

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import clock
from ennakko.kernel.access import visible
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.records import decision_archive
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import say
from ennakko.services.hiring_benefit.access_money import ARCHIVE
from ennakko.services.hiring_benefit.actions.archive_again import send_again
from ennakko.services.hiring_benefit.pages_payments import trail
from ennakko.services.hiring_benefit.queries import archive as queries
from ennakko.services.hiring_benefit.wording_archive import NO_ARCHIVE

PAGE = "hiring-benefit:archive"
ROWS = 25


@require_safe
@signed_in_staff(ARCHIVE)
def undelivered(request: HttpRequest) -> HttpResponse:
    """Decisions and other requests that have not gone through, decisions first."""
    found = queries.undelivered(actor_of(request), wall=clock.wall())
    pages = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "rows": [queries.as_shown(one) for one in pages.object_list], "pages": pages, "number": pages.paginator.count,
        "missing": NO_ARCHIVE if decision_archive.archive() is None else None,
        "breadcrumb": trail((_("Decision archive"), "")),
    }  # fmt: skip
    return render(request, "hiring_benefit/archive.html", context)


@require_POST
@signed_in_staff(ARCHIVE)
def again(request: HttpRequest, number: str) -> HttpResponse:
    """Send a matter's request once more; what comes of it is told at once."""
    actor = actor_of(request)
    cases = visible(actor, ARCHIVE, Case.objects.filter(number=number, kind="benefit", emptied_at=None))
    case = cases.first()
    if case is None:
        raise Http404
    try:
        left = send_again(case, actor=actor, at=clock.now(), wall=clock.wall())
    except NotNow as nothing:
        flash.info(request, say(nothing.reason))
    else:
        if left is None:
            flash.success(request, _("{number}: sent to the archive.").format(number=number))
        else:
            flash.error(request, f"{number}: {' '.join(say(one) for one in left.why)}")
    return HttpResponseRedirect(reverse(PAGE))
