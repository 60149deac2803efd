# SPDX-License-Identifier: EUPL-1.2
"""The official's page of employers to tell of the estimate: who, in which words, and the word by which it goes."""

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import clock
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.tables import Column, Row, Table
from ennakko.services.hiring_benefit import hire_hints
from ennakko.services.hiring_benefit.hire_hints import RELEASE

PAGE = "hiring-benefit:hints"
ROWS = 50
LANGUAGES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


@require_safe
@signed_in_staff(RELEASE)
def hints(request: HttpRequest) -> HttpResponse:
    """Whom the year's message would reach, and how it reads."""
    found = hire_hints.to_tell(clock.today())
    pages = Paginator(found, ROWS).get_page(request.GET.get("page"))
    table = Table(
        caption=_("Employers who would be told"), caption_hidden=True,
        columns=(
            Column(key="name", label=_("Employer")), Column(key="number", label=_("Business ID")),
            Column(key="language", label=_("Language")),
        ),
        rows=[
            Row(cells=(one.name, one.business_id, LANGUAGES.get(one.language, one.language)))
            for one in pages.object_list
        ],
        empty=_("Everybody who hired lately and wishes to hear has been told this year."),
    )  # fmt: skip
    context = {
        "table": table, "pages": pages, "number": len(found), "shown": hire_hints.preview(get_language() or "fi"),
        "breadcrumb": [(_("Your work"), reverse("home")), (_("Employers to tell of the estimate"), "")],
    }  # fmt: skip
    return render(request, "hiring_benefit/hints.html", context)


@require_POST
@signed_in_staff(RELEASE)
def release(request: HttpRequest) -> HttpResponse:
    """Let the message go to everybody on the list."""
    told = hire_hints.release(actor=actor_of(request), at=clock.now(), on=clock.today())
    if told:
        words = ngettext("The message goes to {n} employer.", "The message goes to {n} employers.", told)
        flash.success(request, words.format(n=told))
    else:
        flash.info(request, _("There was nobody to tell."))
    return HttpResponseRedirect(reverse(PAGE))
