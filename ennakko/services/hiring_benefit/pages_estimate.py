# SPDX-License-Identifier: EUPL-1.2
"""The estimate: what hiring somebody would bring, for anybody, without signing in; as a page and in another's frame."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ennakko.kernel import clock, tokens
from ennakko.kernel.ui.doors import embeddable
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.tables import Column, Row, Table
from ennakko.rules.errors import EvaluationError
from ennakko.services.hiring_benefit.carried import token_of
from ennakko.services.hiring_benefit.estimating import Estimate, estimate
from ennakko.services.hiring_benefit.forms_estimate import EstimateForm
from ennakko.values.dates import format_date
from ennakko.values.money import format_money
from ennakko.values.texts import LANGUAGES, text

ASKED = "monthly_pay"
MORE = ("weekly_hours", "vacation_money", "training_compensation")
"""Questions that are folded away, as few need them."""
MONTH = text(fi="Kuukausi", sv="Månad", en="Month")
DAYS = text(fi="Päivät", sv="Dagar", en="Days")
BENEFIT = text(fi="Lisä", sv="Tillägg", en="Benefit")
MONTHS = text(fi="Lisä kuukausi kuukaudelta", sv="Tillägget månad för månad", en="The benefit month by month")


@require_safe
def estimate_page(request: HttpRequest) -> HttpResponse:
    """The questions and the answer beside them; with htmx only the answer comes again."""
    context = _context(request)
    if "HX-Request" in request.headers:
        context["alone"] = True
        return render(request, "hiring_benefit/estimate_answer.html", context, status=_status(context))
    context["breadcrumb"] = [(_("Estimate of the benefit"), "")]
    return render(request, "hiring_benefit/estimate.html", context, status=_status(context))


@require_safe
@embeddable
def embedded(request: HttpRequest) -> HttpResponse:
    """The same for another's page: no menu, no sign-in, no cookie; the language by `lang`."""
    language = request.GET.get("lang", "")
    with translation.override(language if language in LANGUAGES else translation.get_language() or "fi"):
        context = _context(request) | {"embedded": True, "lang": translation.get_language()}
        context["alone"] = "HX-Request" in request.headers
        name = "estimate_answer" if context["alone"] else "estimate_embedded"
        return render(request, f"hiring_benefit/{name}.html", context, status=_status(context))


@require_safe
def embedding(request: HttpRequest) -> HttpResponse:
    """How to put the estimate on one's own pages: the snippet, the interface, what is asked of whoever does."""
    address = f"{tokens.site()}{reverse('hiring-benefit:estimate-embedded')}?lang={translation.get_language() or 'fi'}"
    context = {
        "address": address,
        "page": f"{tokens.site()}{reverse('hiring-benefit:estimate')}",
        "interface": f"{tokens.site()}/api/hiring-benefit/estimate",
        "snippet": f'<iframe src="{address}" title="{_("Estimate of the benefit")}" width="100%" height="1400" '
        f'loading="lazy"></iframe>',
        "breadcrumb": [
            (_("Estimate of the benefit"), reverse("hiring-benefit:estimate")), (_("On your own pages"), "")
        ],
    }  # fmt: skip
    return render(request, "hiring_benefit/estimate_embedding.html", context)


def _status(context: dict[str, Any]) -> int:
    return 422 if context["form"].errors else 200


def _context(request: HttpRequest) -> dict[str, Any]:
    on = clock.today()
    form = EstimateForm(_filled(request, on) if ASKED in request.GET else None, on=on)
    wrong = form.is_bound and any(form[name].errors for name in MORE)
    context: dict[str, Any] = {"form": form, "found": None, "no_feedback": True, "more_open": wrong}
    if not form.is_bound or not form.is_valid():
        return context
    asked = form.asked()
    try:
        found = estimate(asked, on=on)
    except EvaluationError:
        form.add_error("start", _("The rules of that day are not known. Choose a later day."))
        return context
    kept = urlencode([(name, value) for name, value in request.GET.items() if value])
    here = f"{tokens.site()}{reverse('hiring-benefit:estimate')}?{kept}"
    return context | {"found": found, "months": _months(found), "apply": _apply(token_of(asked)), "here": here}


def _filled(request: HttpRequest, on: Any) -> dict[str, Any]:
    """What the address gives; a question that it does not answer has the form's own first answer."""
    first = EstimateForm(on=on)
    told = {name: request.GET[name] for name in first.fields if name in request.GET}
    return {name: field.initial for name, field in first.fields.items() if field.initial is not None} | told


def _apply(token: str) -> str:
    """Where the application begins with these figures filled in; "" where one cannot apply here."""
    try:
        return f"{reverse('hiring-benefit:begin')}?{urlencode({'estimate': token})}"
    except NoReverseMatch:
        return ""


def _months(found: Estimate) -> Table:
    language = translation.get_language() or "fi"

    def days(month: Any) -> str:
        return f"{format_date(month.start, language)} – {format_date(month.end, language)}"

    rows = [Row(cells=(one.number, days(one), format_money(one.cents, language))) for one in found.months]
    total = Row(cells=(say(text(fi="Yhteensä", sv="Totalt", en="In all")), "", format_money(found.total, language)))
    columns = (
        Column(key="month", label=MONTH), Column(key="days", label=DAYS),
        Column(key="benefit", label=BENEFIT, numeric=True),
    )  # fmt: skip
    return Table(caption=MONTHS, caption_hidden=True, columns=columns, rows=[*rows, total], empty="")
