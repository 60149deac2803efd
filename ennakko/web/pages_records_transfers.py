# SPDX-License-Identifier: EUPL-1.2
"""Packages to the archive: what waits, making a package, fetching it, and the archive's confirmation."""

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import clock
from ennakko.kernel.manifest import services
from ennakko.kernel.records import access, queries, transfer, wired
from ennakko.kernel.records.models import Transfer
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.uploads import file_response

ROWS = 25


@require_safe
@signed_in_staff(access.TRANSFER)
def transfers(request: HttpRequest) -> HttpResponse:
    """What waits for the archive, and the packages that were made."""
    pages = Paginator(queries.transfers(), ROWS).get_page(request.GET.get("page"))
    context = {
        "waiting": [(one, count) for one in services() if (count := transfer.waiting(one.id))],
        "pages": pages,
        "breadcrumb": [(_("Register of matters"), reverse("records")), (_("Transfers to the archive"), "")],
    }
    return render(request, "web/records/transfers.html", context)


@require_POST
@signed_in_staff(access.TRANSFER)
def make(request: HttpRequest) -> HttpResponse:
    """Make a package of a service's closed matters, or finish one that was interrupted."""
    try:
        made = transfer.make_transfer(
            request.POST.get("service", ""), sender=wired.sender(), actor=actor_of(request), at=clock.now(),
            on=clock.today(),
        )  # fmt: skip
    except transfer.NotTransferred as error:
        flash.error(request, say(error.reason))
    else:
        words = _("The package %(number)s was made.") % {"number": made.number} if made else _("Nothing waits.")
        flash.success(request, words)
    return HttpResponseRedirect(reverse("records-transfers"))


@require_safe
@signed_in_staff(access.TRANSFER)
def fetch(request: HttpRequest, number: str) -> HttpResponse:
    """A package as a file; the reading of each document is logged."""
    row = get_object_or_404(Transfer, number=number)
    try:
        content = transfer.package(row, sender=wired.sender(), actor=actor_of(request), at=clock.now())
    except transfer.NotTransferred as error:
        flash.error(request, say(error.reason))
        return HttpResponseRedirect(reverse("records-transfers"))
    return file_response(content, name=f"{row.number}.zip", type="application/zip")


@require_POST
@signed_in_staff(access.TRANSFER)
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """The archive has taken a package."""
    row = get_object_or_404(Transfer, number=number)
    try:
        transfer.confirm(row, receipt=request.POST.get("receipt", ""), actor=actor_of(request), at=clock.now())
    except transfer.NotTransferred as error:
        flash.error(request, say(error.reason))
    else:
        flash.success(request, _("The archive has taken the package %(number)s.") % {"number": row.number})
    return HttpResponseRedirect(reverse("records-transfers"))
