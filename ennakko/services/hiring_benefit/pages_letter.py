# SPDX-License-Identifier: EUPL-1.2
"""The benefit letter: ordered on one's own page or with an adviser, printed, withdrawn; what employers may know."""

from typing import Any

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ennakko.kernel import clock, tokens
from ennakko.kernel.records.pdf import PdfUnavailable, make_pdf
from ennakko.kernel.registers import find_person
from ennakko.kernel.ui import charts
from ennakko.kernel.ui.areas import district_names
from ennakko.kernel.ui.doors import actor_of, signed_in_resident, signed_in_staff
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.profile import profile
from ennakko.kernel.ui.tables import Column, Row, Table
from ennakko.services.hiring_benefit import letter_words as words
from ennakko.services.hiring_benefit.actions import letters
from ennakko.services.hiring_benefit.actions.letters import ORDER, Ordered
from ennakko.services.hiring_benefit.conditions import decided
from ennakko.services.hiring_benefit.forms_letter import CounterLetterForm, LetterForm
from ennakko.services.hiring_benefit.queries import letters as queries
from ennakko.values.texts import Text, text

OWN = "hiring-benefit:letter"
GROUP = text(fi="Mitä työtä etsii", sv="Vilket arbete som söks", en="Kind of work looked for")
DISTRICT = text(fi="Peruspiiri", sv="Distrikt", en="District")
PERSONS = text(fi="Asukkaita", sv="Invånare", en="Residents")
FEW = text(fi="alle 20", sv="under 20", en="under 20")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_resident
def own(request: HttpRequest) -> HttpResponse:
    """The letter that is in effect, or ordering one: nothing is looked up before she has agreed to it."""
    actor, on = actor_of(request), clock.today()
    letter = queries.own_letter(actor.person, actor=actor) if actor.person is not None else None
    form = LetterForm(request.POST if request.method == "POST" else None, initial=_language())
    done: Ordered | None = None
    if form.is_bound and form.is_valid():
        done = _order(request, form, actor.person)
        if done.letter is not None:
            flash.success(request, _("Your letter is ready."))
            return HttpResponseRedirect(reverse(OWN))
    context: dict[str, Any] = {
        "page": letter, "form": form, "done": done, "most": decided("highest_month_alone", on),
        "breadcrumb": [(_("My page"), reverse("home")), (_("Benefit letter"), "")],
    }  # fmt: skip
    refused = form.is_bound and (bool(form.errors) or done is not None)
    return render(request, "hiring_benefit/letter.html", context, status=422 if refused else 200)


def _language() -> dict[str, str]:
    return {"language": translation.get_language() or "fi"}


def _order(request: HttpRequest, form: LetterForm, person: int | None, served: str = "") -> Ordered:
    given = form.cleaned_data
    return letters.order(
        person, consents=given["consents"], waives=given["waives"], language=given["language"],
        field=given["field"], served=served, actor=actor_of(request), at=clock.now(), on=clock.today(),
        wall=clock.wall(),
    )  # fmt: skip


@require_POST
@signed_in_resident
def withdraw(request: HttpRequest) -> HttpResponse:
    """The letter, the consent and the waiver end at once."""
    actor = actor_of(request)
    if actor.person is not None and letters.withdraw(actor.person, actor=actor, at=clock.now()):
        flash.success(request, _("The letter has been withdrawn. Its code no longer works anywhere."))
    return HttpResponseRedirect(reverse(OWN))


def _own_or_404(request: HttpRequest) -> queries.OwnLetter:
    actor = actor_of(request)
    found = queries.own_letter(actor.person, actor=actor) if actor.person is not None else None
    if found is None:
        raise Http404
    return found


@require_safe
@signed_in_resident
def paper(request: HttpRequest) -> HttpResponse:
    """The letter on one sheet, to print or to show."""
    found = _own_or_404(request)
    context = {
        "body": _body(found), "language": found.letter.language, "no_feedback": True,
        "breadcrumb": [(_("Benefit letter"), reverse(OWN)), (_("On paper"), "")],
    }  # fmt: skip
    return render(request, "hiring_benefit/letter_paper.html", context)


@require_safe
@signed_in_resident
def pdf(request: HttpRequest) -> HttpResponse:
    """The letter as an accessible PDF; where PDFs cannot be made the page is printed instead."""
    found = _own_or_404(request)
    with translation.override(found.letter.language):
        title = _("Benefit letter")
    try:
        made = make_pdf(_body(found), language=found.letter.language, title=title)
    except PdfUnavailable:
        flash.info(request, _("The PDF cannot be made just now. Print this page instead."))
        return HttpResponseRedirect(reverse("hiring-benefit:letter-paper"))
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": 'attachment; filename="letter.pdf"'}
    )


def _body(found: queries.OwnLetter) -> str:
    """What the sheet says, in the letter's own language."""
    letter = found.letter
    with translation.override(letter.language):
        return render_to_string(
            "hiring_benefit/letter_body.html",
            {
                "letter": letter, "code": found.code, "conditions": found.conditions,
                "name": f"{letter.person.given_names.split()[0]} {letter.person.surname}",
                "city": say(profile().name), "contact": profile().contact,
                "months": decided("most_months", letter.checked_on),
                "share": decided("cost_share", letter.checked_on),
                "estimate": f"{tokens.site()}{reverse('hiring-benefit:estimate')}",
                "apply": f"{tokens.site()}{reverse('organisation')}",
            },
        )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(ORDER)
def counter(request: HttpRequest) -> HttpResponse:
    """An adviser orders the letter for a resident who is beside her or on the phone; the code stays the resident's."""
    form = CounterLetterForm(request.POST if request.method == "POST" else None, initial=_language())
    done: Ordered | None = None
    if form.is_bound and form.is_valid():
        person = find_person(form.cleaned_data["identity_code"])
        done = _order(request, form, person, served=form.cleaned_data["how"])
        if done.letter is not None:
            flash.success(request, _("The letter is ready. The resident finds it on their page and gets a message."))
            return HttpResponseRedirect(reverse("hiring-benefit:letter-counter"))
    context = {
        "form": form, "done": done, "breadcrumb": [(_("Your work"), reverse("home")), (_("Benefit letter"), "")]
    }  # fmt: skip
    refused = form.is_bound and (bool(form.errors) or done is not None)
    return render(request, "hiring_benefit/letter_counter.html", context, status=422 if refused else 200)


@require_safe
def available(request: HttpRequest) -> HttpResponse:
    """How many residents have a letter, for employers: rounded, and nothing under twenty."""
    found = queries.available()
    names = district_names()
    context = {
        "found": found,
        "by_field": _table(GROUP, {words.FIELDS_OF_WORK[key]: count for key, count in found.by_field.items()}),
        "by_district": _table(DISTRICT, {names.get(key, key): count for key, count in found.by_district.items()}),
        "on": clock.today(),
        "breadcrumb": [(_("Estimate of the benefit"), reverse("hiring-benefit:estimate")), (_("Job-seekers"), "")],
    }
    return render(request, "hiring_benefit/available.html", context)


def _table(label: Text, counts: dict[Any, int | None]) -> Table:
    named = {name if isinstance(name, str) else say(name): count for name, count in counts.items()}
    rows = [Row(cells=(name, FEW if count is None else count)) for name, count in sorted(named.items())]
    columns = (Column(key="group", label=label), Column(key="persons", label=PERSONS, numeric=True))
    return Table(caption=label, caption_hidden=True, columns=columns, rows=rows, empty=charts.NOTHING)
