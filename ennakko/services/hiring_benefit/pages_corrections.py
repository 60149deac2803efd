# SPDX-License-Identifier: EUPL-1.2
"""Putting an application right with a reason; earlier benefits of the same employer for the same person."""

from typing import Any

from django import forms
from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from ennakko.kernel import clock
from ennakko.kernel.access import require
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.trying import tried
from ennakko.services.hiring_benefit import employees
from ennakko.services.hiring_benefit.actions import changing, previous, reviewing
from ennakko.services.hiring_benefit.actions.in_hand import WORKED_ON, application_of
from ennakko.services.hiring_benefit.desk_words import LABELS
from ennakko.services.hiring_benefit.form_reading import STORED
from ennakko.services.hiring_benefit.forms_handler import EarlierForm
from ennakko.services.hiring_benefit.forms_sheet import typed_euros
from ennakko.services.hiring_benefit.models import Application, FieldChange, PreviousBenefit
from ennakko.services.hiring_benefit.pages_desk import case_or_404, here
from ennakko.services.hiring_benefit.pages_queue import work_trail
from ennakko.services.hiring_benefit.queries import previous as earlier_queries
from ennakko.services.hiring_benefit.states import HANDLE

said = lazy(say, str)
YES_NO = [("", gettext_lazy("Not told")), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
BOOLEANS = frozenset(
    {"lives_here", "apprenticeship", "business_activity", "manager_available", "de_minimis_aid", "negotiations"}
)
LONG = frozenset({"role_description", "negotiations_description"})
DAYS = frozenset({"start", "end", "received_on", "granted_on"})


class CorrectionForm(forms.Form):
    """Every field that staff may put right, with what stands there now, and the reason."""

    reason = forms.CharField(
        label=gettext_lazy("Why do you change this?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The reason stays in the history of the application."),
        error_messages={"required": gettext_lazy("Say why you change this.")},
    )  # fmt: skip

    def __init__(self, *arguments: Any, row: Application, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name in changing.CHANGEABLE:
            self.fields[name] = field_of(name)
            self.initial[name] = _now(row, name)
        self.order_fields([*changing.CHANGEABLE, "reason"])

    def raw(self) -> dict[str, str]:
        """What differs from what stood there, as it was typed."""
        return {
            name: self.cleaned_data[name]
            for name in changing.CHANGEABLE
            if str(self.cleaned_data[name] or "") != str(self.initial[name] or "")
        }


def field_of(name: str) -> forms.Field:
    """The field by which staff type one thing of an application; what it may hold is read by form_reading."""
    label = said(LABELS.get(STORED.get(name, name)) or LABELS[name])
    if name in BOOLEANS:
        return forms.ChoiceField(label=label, choices=YES_NO, required=False)
    if name == "pay_subsidy":
        choices = [(one, said(LABELS[one])) for one in ("not_granted", "granted", "granted_aged")]
        return forms.ChoiceField(label=label, choices=choices, required=False)
    if name == "language":
        languages = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
        return forms.ChoiceField(label=label, choices=languages, required=False)
    widget: forms.Widget = forms.Textarea(attrs={"rows": 4}) if name in LONG else forms.TextInput()
    if name in DAYS:
        widget = forms.TextInput(attrs={"type": "date"})
    return forms.CharField(label=label, required=False, max_length=6000, widget=widget)


def _now(row: Application, name: str) -> str:
    """What stands there now, as it is typed."""
    if name in changing.OF_PERSON:
        return {
            "first_name": employees.first_name_of, "last_name": employees.last_name_of,
            "identity_code": employees.code_of,
        }[name](row.employee)  # fmt: skip
    value = getattr(row, STORED.get(name, name))
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in STORED:
        return typed_euros(value)
    if name == "weekly_hours":
        return f"{value // 100}" + (f",{value % 100:02}".rstrip("0") if value % 100 else "")
    return value.isoformat() if name in DAYS else str(value)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(HANDLE)
def correct(request: HttpRequest, number: str) -> HttpResponse:
    """Put an application right."""
    case, actor = case_or_404(number), actor_of(request)
    require(actor, HANDLE, case)
    row = application_of(case)
    form = CorrectionForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_bound and form.is_valid():
        try:
            done = changing.change(
                case, form.raw(), form.cleaned_data["reason"], actor=actor, at=clock.now(), on=clock.today()
            )
        except NotNow as closed:
            form.add_error(None, say(closed.reason))
        else:
            for one in done.refusals:
                form.add_error(one.field if one.field in form.fields else None, say(one.text))
            if done.change is not None:
                flash.success(request, _("Changed. The machine has looked at the application again."))
                return HttpResponseRedirect(here(case))
    return _page(request, case, row, form)


def _page(request: HttpRequest, case: Case, row: Application, form: CorrectionForm) -> HttpResponse:
    context = {
        "case": case, "row": row, "form": form, "working": case.state in WORKED_ON,
        "changes": FieldChange.objects.filter(application=row).order_by("-at", "-pk"),
        "breadcrumb": work_trail((case.number, here(case)), (_("Put right"), "")),
    }  # fmt: skip
    return render(request, "hiring_benefit/correct.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(HANDLE)
def earlier(request: HttpRequest, number: str) -> HttpResponse:
    """Earlier benefits of the employer for the employee; one that the old register lacks is written down."""
    case, actor, on = case_or_404(number), actor_of(request), clock.today()
    require(actor, HANDLE, case)
    row = application_of(case)
    form = EarlierForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            previous.add(
                row.organisation, employees.code_of(row.employee), start=told["start"], end=told["end"],
                total_cents=told["total"], source=told["source"], actor=actor, at=clock.now(),
            )  # fmt: skip
        except NotNow as closed:
            form.add_error(None, say(closed.reason))
        else:
            flash.success(request, _("Written down. Have the machine look again."))
            return HttpResponseRedirect(here(case))
    rows = earlier_queries.rows_of(row.organisation, earlier_queries.indexes_of(row), apart_from=row.pk)
    context = {
        "case": case, "row": row, "form": form, "earlier": rows,
        "used": earlier_queries.count(rows, row.start, row.end, on=on, apprenticeship=bool(row.apprenticeship)),
        "breadcrumb": work_trail((case.number, here(case)), (_("Earlier benefits"), "")),
    }  # fmt: skip
    return render(request, "hiring_benefit/earlier.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in_staff(HANDLE)
def remove_earlier(request: HttpRequest, number: str, row: int) -> HttpResponse:
    """Take a wrong row out of the old register, with a reason."""
    case, actor = case_or_404(number), actor_of(request)
    require(actor, HANDLE, case)
    found = get_object_or_404(PreviousBenefit, pk=row, organisation=case.organisation)
    if found.identity_code_index not in earlier_queries.indexes_of(application_of(case)):
        raise Http404
    why = request.POST.get("why", "")[:2000]

    def work() -> None:
        previous.remove(found, why=why, actor=actor, at=clock.now())
        if case.state in WORKED_ON and case.handler_id == actor.staff:
            reviewing.look_again(case, actor=actor, at=clock.now(), on=clock.today())

    return tried(request, here(case), work, done=_("Removed."))
