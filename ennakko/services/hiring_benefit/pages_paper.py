# SPDX-License-Identifier: EUPL-1.2
"""A paper application at the counter: one page in the order of the paper, with the scan; what is typed is kept."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ennakko.kernel import clock, documents
from ennakko.kernel.access import verdict
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.reading import Unreadable
from ennakko.kernel.ui.reading import day as read_day
from ennakko.kernel.ui.uploads import take_uploads
from ennakko.services.hiring_benefit import papers
from ennakko.services.hiring_benefit.access import PAPER
from ennakko.services.hiring_benefit.actions import changing, paper
from ennakko.services.hiring_benefit.form_values import AID_FIELDS, ONLINE
from ennakko.services.hiring_benefit.form_values import PAPER as ON_PAPER
from ennakko.services.hiring_benefit.pages_corrections import field_of
from ennakko.services.hiring_benefit.sent_shapes import Sent
from ennakko.services.hiring_benefit.states import HANDLE

AID_ROWS = 3
FILES = ("full_application", "employment_contract", "other_attachment")
EMPLOYER = ("business_id", "received_on", *changing.OF_EMPLOYER)
EMPLOYEE = (*changing.OF_PERSON, "lives_here", *changing.OF_WORK)


class PaperForm(forms.Form):
    """The fields of the paper, in its order."""

    key = forms.CharField(max_length=32, widget=forms.HiddenInput)
    signed = forms.BooleanField(label=gettext_lazy("The employee has signed the consent"), required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name in (*EMPLOYER, *EMPLOYEE):
            self.fields[name] = field_of(name)
        for number in range(AID_ROWS):
            for name in AID_FIELDS:
                self.fields[f"aid-{number}-{name}"] = field_of(name)

    def raw(self) -> dict[str, Any]:
        """A raw application, as an employer would send it."""
        told = self.cleaned_data
        employee = {name: told[name] for name in EMPLOYEE}
        employee["consent_by"] = ON_PAPER if told["signed"] else ONLINE
        aid = [{name: told[f"aid-{number}-{name}"] for name in AID_FIELDS} for number in range(AID_ROWS)]
        return {**{name: told[name] for name in changing.OF_EMPLOYER}, "employees": [employee], "aid": aid}

    def part(self, names: tuple[str, ...]) -> list[Any]:
        """Some fields, to be laid out by hand."""
        return [self[name] for name in names]

    @property
    def employer(self) -> list[Any]:
        """The employer's part."""
        return self.part(EMPLOYER)

    @property
    def employee(self) -> list[Any]:
        """The employee's part."""
        return self.part(EMPLOYEE)

    @property
    def aid(self) -> list[list[Any]]:
        """The rows of earlier aid."""
        return [self.part(tuple(f"aid-{number}-{name}" for name in AID_FIELDS)) for number in range(AID_ROWS)]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(PAPER)
def enter(request: HttpRequest) -> HttpResponse:
    """Write a paper application down."""
    if request.method != "POST":
        return _page(request, PaperForm(initial={"key": uuid.uuid4().hex, "language": "fi"}))
    actor, at = actor_of(request), clock.now()
    form = PaperForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    key = form.cleaned_data["key"]
    for kind in FILES:
        taken = take_uploads(request, kind, about=paper.about(key), kind=kind, actor=actor, at=at, limits=papers.LIMITS)
        for one in taken.refused:
            form.add_error(None, f"{one.name}: {say(one.reason)}")
    sent = paper.enter(
        form.raw(), business_id=form.cleaned_data["business_id"].strip(), key=key, actor=actor, at=at,
        received_on=_day(form.cleaned_data["received_on"]), on=clock.today(), wall=clock.wall(),
    )  # fmt: skip
    _refuse(form, sent)
    if form.errors or not sent.taken:
        return _page(request, form, status=422)
    number = sent.applications[0].case.number
    flash.success(request, _("Written down. The number is %(number)s.") % {"number": number})
    if verdict(actor, HANDLE, sent.applications[0].case):
        return HttpResponseRedirect(reverse("hiring-benefit:desk", args=[number]))
    return HttpResponseRedirect(reverse("hiring-benefit:paper"))


def _day(written: str) -> Any:
    try:
        return read_day(written)
    except Unreadable:
        return None


def _refuse(form: PaperForm, sent: Sent) -> None:
    """What could not be taken, beside its field; of a paper, on top."""
    for one in sent.refusals:
        form.add_error(one.field if one.field in form.fields else None, say(one.text))


def _page(request: HttpRequest, form: PaperForm, *, status: int = 200) -> HttpResponse:
    key = str(form["key"].value() or "")
    context = {
        "form": form, "files": [(one, papers.TITLES[one]) for one in FILES],
        "there": papers.titled(documents.of(paper.about(key))) if key.isalnum() else [],
        "breadcrumb": [(_("Your work"), reverse("home")), (_("Paper application"), "")],
    }  # fmt: skip
    return render(request, "hiring_benefit/paper.html", context, status=status)
