# SPDX-License-Identifier: EUPL-1.2
"""Staff and their roles, for the administrator: who works here, who may do what and until when."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from ennakko.kernel import access, clock
from ennakko.kernel.access import Refused
from ennakko.kernel.access.actions import ADMINISTER
from ennakko.kernel.access.models import RoleGrant, StaffMember
from ennakko.kernel.access.queries import everybody
from ennakko.kernel.access.roles import role_title, roles
from ennakko.kernel.ui.doors import signed_in_staff
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.forms import DateInput

WRITE_THE_DAY = {
    "required": gettext_lazy("Write the day, for example 15.4.2026."),
    "invalid": gettext_lazy("Write the day, for example 15.4.2026."),
}


class StaffForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=200, error_messages={"required": gettext_lazy("Write the name.")}
    )
    subject = forms.CharField(
        label=gettext_lazy("Work account"),
        help_text=gettext_lazy("The identifier that the city's sign-in service tells of the person."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write the work account.")},
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)


class GrantForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    start = forms.DateField(label=gettext_lazy("From"), widget=DateInput, error_messages=WRITE_THE_DAY)
    until = forms.DateField(label=gettext_lazy("Until"), widget=DateInput, required=False, error_messages=WRITE_THE_DAY)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["role"].choices = [(one.id, say(one.title)) for one in roles()]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(ADMINISTER)
def staff_list(request: HttpRequest) -> HttpResponse:
    """Everybody who works here with the roles of today; a form to add one more."""
    form = StaffForm(request.POST) if request.method == "POST" else StaffForm()
    if form.is_bound and form.is_valid():
        member = access.add_staff(**form.cleaned_data, by=_actor(request), at=clock.now())
        flash.success(request, _("%(name)s is on the list.") % {"name": member.name})
        return HttpResponseRedirect(reverse("staff-member", args=[member.pk]))
    today = clock.today()
    people = [
        {"member": member, "roles": [role_title(one.role) for one in member.grants.all() if _holds(one, today)]}
        for member in everybody()
    ]
    context = {"people": people, "form": form, "breadcrumb": [(_("Staff and roles"), "")]}
    return render(request, "web/staff_list.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(ADMINISTER)
def staff_member(request: HttpRequest, number: int) -> HttpResponse:
    """One member of staff: roles now and before; a form to give a role."""
    member = get_object_or_404(StaffMember, pk=number)
    form = GrantForm(request.POST) if request.method == "POST" else GrantForm(initial={"start": clock.today()})
    if form.is_bound and form.is_valid():
        told = form.cleaned_data

        def give() -> None:
            access.grant_role(
                member, role=told["role"], start=told["start"], until=told["until"], by=_actor(request), at=clock.now()
            )

        if _done(request, give, _("The role was given.")):
            return HttpResponseRedirect(reverse("staff-member", args=[member.pk]))
    today = clock.today()
    grants = [
        {"grant": one, "title": role_title(one.role), "holds": _holds(one, today), "ends": one.valid_until == today}
        for one in member.grants.order_by("-valid_from", "-pk")
    ]
    context = {
        "member": member,
        "grants": grants,
        "form": form,
        "breadcrumb": [(_("Staff and roles"), reverse("staff")), (member.name, "")],
    }
    return render(request, "web/staff_member.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in_staff(ADMINISTER)
def end_role(request: HttpRequest, number: int) -> HttpResponse:
    """End a role: today is its last day."""
    grant = get_object_or_404(RoleGrant, pk=number)

    def end() -> None:
        access.end_role(grant, by=_actor(request), at=clock.now(), on=clock.today())

    _done(request, end, _("The role ends today."))
    return HttpResponseRedirect(reverse("staff-member", args=[grant.staff_id]))


@require_POST
@signed_in_staff(ADMINISTER)
def deactivate(request: HttpRequest, number: int) -> HttpResponse:
    """Close somebody out at once."""
    member = get_object_or_404(StaffMember, pk=number)

    def close() -> None:
        access.deactivate(member, by=_actor(request), at=clock.now(), on=clock.today())

    _done(request, close, _("%(name)s can no longer sign in.") % {"name": member.name})
    return HttpResponseRedirect(reverse("staff-member", args=[member.pk]))


def _done(request: HttpRequest, deed: Callable[[], object], words: str) -> bool:
    """Do it and say so; a refusal is said with its reason."""
    try:
        deed()
    except Refused as refusal:
        flash.error(request, say(refusal.reason))
        return False
    flash.success(request, words)
    return True


def _actor(request: HttpRequest) -> access.Actor:
    actor: access.Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _holds(grant: RoleGrant, on: date) -> bool:
    return grant.valid_from <= on and (grant.valid_until is None or grant.valid_until >= on)
