# SPDX-License-Identifier: EUPL-1.2
"""The data protection officer's page: who looked at a person's data and why, and whether the log is whole."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from ennakko.kernel import audit, clock, registers
from ennakko.kernel.access import Action, Actor, register_actions, role
from ennakko.kernel.access.roles import DATA_PROTECTION_OFFICER
from ennakko.kernel.audit.queries import ReadOf, latest_entries, staff_behind
from ennakko.kernel.ui.doors import signed_in_staff
from ennakko.values import identity_code
from ennakko.values.texts import text
from ennakko.web.log_words import action_title, fact_label, kind_title, purpose_title

INSPECT = "audit.inspect"
AUDITOR = "auditor"
RETENTION = "access-log"


def register() -> None:
    """The action of this page, for the access table."""
    register_actions(
        Action(
            INSPECT,
            text(fi="Tutki lokia", sv="Granska loggen", en="Inspect the log"),
            who=(role(DATA_PROTECTION_OFFICER), role(AUDITOR)),
        )
    )


class AboutForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Personal identity code"), strip=True, max_length=11,
        error_messages={"required": gettext_lazy("Write the code in the form 131052-308T.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Why do you look?"),
        help_text=gettext_lazy("Your look is logged with this reason, and the person can see it."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write why you look: the person can see it.")},
    )

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).upper()
        if not identity_code.is_valid(code):
            raise forms.ValidationError(_("Write the code in the form 131052-308T."))
        return code


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(INSPECT)
def audit_page(request: HttpRequest) -> HttpResponse:
    """The latest entries; with a person named, every look at that person's data."""
    form = AboutForm(request.POST) if request.method == "POST" else AboutForm()
    actor: Actor = request.actor  # type: ignore[attr-defined]
    looks, names, unknown, status = None, {}, False, 200
    if form.is_bound and form.is_valid():
        person = registers.find_person(form.cleaned_data["code"])
        unknown = person is None
        if person is not None:
            reason = {"reason": form.cleaned_data["reason"]}
            with transaction.atomic():
                audit.write(actor, INSPECT, f"person:{person}", clock.now(), reason, RETENTION)
            looks = audit.reads_of(person)
            names = staff_behind(one.actor_reference for one in looks if one.actor_kind == "staff")
    elif form.is_bound:
        status = 422
    entries = latest_entries(most=50)
    names |= staff_behind(one.actor_reference for one in entries if one.actor_kind == "staff")
    context = {
        "form": form,
        "looks": [_look(one, names) for one in looks] if looks is not None else None,
        "unknown": unknown,
        "entries": [
            {
                "number": one.number,
                "at": one.at,
                "what": action_title(one.action),
                "id": one.action,
                "who": names.get(one.actor_reference) or kind_title(one.actor_kind),
            }
            for one in entries
        ],
        "breadcrumb": [(_("The log"), "")],
        "page_role": "worker",
    }
    return render(request, "web/audit.html", context, status=status)


def _look(one: ReadOf, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "at": one.at,
        "who": names.get(one.actor_reference) or kind_title(one.actor_kind),
        "purpose": purpose_title(one.purpose),
        "facts": [fact_label(name) for name in one.facts],
        "reason": one.reason,
        "screened": one.screened,
    }


@require_POST
@signed_in_staff(INSPECT)
def audit_verify(request: HttpRequest) -> HttpResponse:
    """Check every link of the log and show what was found."""
    context = {
        "found": audit.verify(),
        "at": clock.wall(),
        "breadcrumb": [(_("The log"), "../"), (_("Is the log whole?"), "")],
        "page_role": "worker",
    }
    return render(request, "web/audit_verified.html", context)
