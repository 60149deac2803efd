# SPDX-License-Identifier: EUPL-1.2
"""The employer tells whether the work goes on, six and twelve months from its beginning: one press each."""

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import clock
from ennakko.kernel.ui.doors import actor_of, signed_in_organisation
from ennakko.services.hiring_benefit.actions.outcomes import TELL, answer, waiting_for
from ennakko.services.hiring_benefit.employees import first_name_of
from ennakko.services.hiring_benefit.models import EmploymentCheck

ANSWERS = {"yes": True, "no": False}


@require_safe
@signed_in_organisation(TELL)
def questions(request: HttpRequest) -> HttpResponse:
    """The questions that wait for an answer."""
    waiting = [(one, first_name_of(one.application.employee)) for one in waiting_for(actor_of(request))]
    context = {
        "waiting": waiting,
        "breadcrumb": [(_("The organisation's page"), reverse("organisation")), (_("Still employed?"), "")],
    }  # fmt: skip
    return render(request, "hiring_benefit/outcomes.html", context)


@require_POST
@signed_in_organisation(TELL)
def tell(request: HttpRequest, number: int) -> HttpResponse:
    """One answer."""
    said = ANSWERS.get(request.POST.get("answer", ""))
    if said is None:
        raise Http404
    check = get_object_or_404(EmploymentCheck, pk=number, application__organisation=actor_of(request).organisation)
    answer(check, still_employed=said, actor=actor_of(request), at=clock.now())
    flash.success(request, _("Thank you. The answer has been saved."))
    return HttpResponseRedirect(reverse("hiring-benefit:outcomes"))
