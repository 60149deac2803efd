# SPDX-License-Identifier: EUPL-1.2
"""The organisation's details, each with its source; its account, contact person, wishes, aid, and who acted for it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ennakko.kernel import clock, organisations
from ennakko.kernel.access import verdict
from ennakko.kernel.access.mandates import mandate_titles
from ennakko.kernel.offers.kinds import offer_kinds
from ennakko.kernel.organisations import preferences
from ennakko.kernel.organisations.access import CHANGE_ACCOUNT, CHANGE_CONTACT
from ennakko.kernel.organisations.forms import form_name
from ennakko.kernel.organisations.industries import industry_in_words
from ennakko.kernel.ui.doors import actor_of, signed_in_organisation
from ennakko.kernel.ui.filters import say
from ennakko.values.texts import Text, text
from ennakko.web.pages_organisation import organisation_of, trail

LANGUAGES = (("fi", "Suomi"), ("sv", "Svenska"), ("en", "English"))
SOURCES: dict[str, Text] = {
    "business-register": text(
        fi="Yritys- ja yhteisötietojärjestelmä (YTJ)",
        sv="Företags- och organisationsdatasystemet (FODS)",
        en="Business Information System (YTJ)",
    ),
    "association-register": text(fi="Yhdistysrekisteri", sv="Föreningsregistret", en="Register of associations"),
    "mandate": text(fi="Suomi.fi-valtuudet", sv="Suomi.fi-fullmakter", en="Suomi.fi e-Authorizations"),
}
FOREIGN = ("bic", "payee_name", "payee_address", "bank_name", "bank_address")


class ContactForm(forms.Form):
    """Whom the city writes to."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=200, error_messages={"required": gettext_lazy("Write the name.")}
    )
    email = forms.CharField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        error_messages={"required": gettext_lazy("Write the e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of messages"), choices=LANGUAGES, widget=forms.RadioSelect
    )


class AccountForm(forms.Form):
    """Where the city pays; the last fields only for an account abroad."""

    iban = forms.CharField(
        label=gettext_lazy("Account number (IBAN)"),
        max_length=60,
        error_messages={"required": gettext_lazy("Write the account number.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    bic = forms.CharField(label=gettext_lazy("The bank's BIC"), max_length=20, required=False)
    payee_name = forms.CharField(label=gettext_lazy("Payee's name"), max_length=256, required=False)
    payee_address = forms.CharField(label=gettext_lazy("Payee's address"), max_length=512, required=False)
    bank_name = forms.CharField(label=gettext_lazy("Name of the bank"), max_length=256, required=False)
    bank_address = forms.CharField(label=gettext_lazy("Street address of the bank"), max_length=512, required=False)


@require_safe
@signed_in_organisation()
def details(request: HttpRequest) -> HttpResponse:
    """What the city knows of the organisation, where it comes from, and what one may change."""
    actor, on = actor_of(request), clock.today()
    row = organisation_of(request)
    refused = preferences.refused_by(row)
    context: dict[str, Any] = {
        "organisation": row,
        "form": form_name(row.form, row.form_text),
        "industry": industry_in_words(row.industry, row.industry_text),
        "source": SOURCES.get(row.source, text(fi=row.source, sv=row.source, en=row.source)),
        "account": organisations.account_of(row, on),
        "accounts": organisations.accounts_of(row),
        "contact": organisations.contact_of(row),
        "may_change_account": verdict(actor, CHANGE_ACCOUNT, row),
        "may_change_contact": verdict(actor, CHANGE_CONTACT, row),
        "aid": organisations.aid_rows(row),
        "aid_cents": organisations.aid_of(row, on),
        "uses": [(one, mandate_titles(one.mandates)) for one in organisations.uses_of(row, most=20)],
        "wishes": [
            {"kind": kind, "wanted": kind.service not in refused}
            for kind in offer_kinds()
            if kind.audience == "organisations"
        ],
        "breadcrumb": trail(_("Details")),
    }
    return render(request, "web/organisation_details.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_organisation(CHANGE_CONTACT)
def contact(request: HttpRequest) -> HttpResponse:
    """Name the person whom the city writes to."""
    row = organisation_of(request)
    present = organisations.contact_of(row)
    initial = {"language": present.language if present else row.language}
    if present is not None:
        initial |= {"name": present.name, "email": present.email, "phone": present.phone}
    form = ContactForm(request.POST) if request.method == "POST" else ContactForm(initial=initial)

    def save(given: dict[str, str]) -> None:
        organisations.use_contact(row, **given, actor=actor_of(request), at=clock.now(), on=clock.today())

    if _saved(form, save):
        flash.success(request, _("The contact person was saved."))
        return HttpResponseRedirect(reverse("organisation-details"))
    context = {"form": form, "organisation": row, "breadcrumb": trail(_("Contact person"))}
    return render(request, "web/organisation_contact.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_organisation(CHANGE_ACCOUNT)
def account(request: HttpRequest) -> HttpResponse:
    """Give the account to which the city pays."""
    row = organisation_of(request)
    present = organisations.account_of(row, clock.today())
    initial = {name: getattr(present, name) for name in ("iban", *FOREIGN)} if present else {}
    form = AccountForm(request.POST) if request.method == "POST" else AccountForm(initial=initial)

    def save(given: dict[str, str]) -> None:
        organisations.use_account(row, given.pop("iban"), **given, actor=actor_of(request), at=clock.now(),
                                  on=clock.today())  # fmt: skip

    if _saved(form, save):
        flash.success(request, _("The account was saved. The next payments go to it."))
        return HttpResponseRedirect(reverse("organisation-details"))
    abroad = any(form[name].value() or form[name].errors for name in FOREIGN)
    context = {"form": form, "abroad": abroad, "organisation": row, "breadcrumb": trail(_("Bank account"))}
    return render(request, "web/organisation_account.html", context, status=422 if form.is_bound else 200)


def _saved(form: forms.Form, save: Callable[[dict[str, str]], None]) -> bool:
    """Whether what was sent was taken; what has to be mended is told at its field."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        save(dict(form.cleaned_data))
    except organisations.NotTaken as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, say(refusal.reason))
        return False
    return True


@require_POST
@signed_in_organisation()
def wish(request: HttpRequest) -> HttpResponse:
    """Say whether the city may offer the organisation a service ahead of its asking."""
    row, actor = organisation_of(request), actor_of(request)
    service, wanted = request.POST.get("service", ""), request.POST.get("offers", "")
    known = {kind.service for kind in offer_kinds() if kind.audience == "organisations"}
    if service not in known or wanted not in ("yes", "no"):
        flash.error(request, _("Choose yes or no."))
    elif wanted == "no":
        organisations.do_not_send(row, service, actor=actor, at=clock.now())
        flash.success(request, _("We no longer send these offers. You can always apply yourself."))
    else:
        organisations.send_again(row, service, actor=actor, at=clock.now())
        flash.success(request, _("We send these offers again."))
    return HttpResponseRedirect(reverse("organisation-details"))


@require_POST
@signed_in_organisation()
def ask_registers(request: HttpRequest) -> HttpResponse:
    """Fetch the details again from the registers, now."""
    row = organisations.refresh(actor_of(request).organisation, at=clock.now())
    if row.stale:
        flash.warning(request, _("The registers do not answer now. We ask again by ourselves."))
    else:
        flash.success(request, _("The details were fetched from the registers."))
    return HttpResponseRedirect(reverse("organisation-details"))
