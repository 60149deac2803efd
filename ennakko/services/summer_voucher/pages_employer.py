# SPDX-License-Identifier: EUPL-1.2
"""The employer's first page for the voucher, and the look-up that begins a claim: the number and the surname."""

from typing import Any
from uuid import uuid4

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ennakko.kernel import clock
from ennakko.kernel.access import Actor, verdict
from ennakko.kernel.ui.doors import actor_of, signed_in_organisation
from ennakko.kernel.ui.filters import say
from ennakko.services.summer_voucher import conditions
from ennakko.services.summer_voucher.actions import claims as claiming
from ennakko.services.summer_voucher.claim_values import MOST_ROWS, raw_rows
from ennakko.services.summer_voucher.forms_employer import LookUpForm
from ennakko.services.summer_voucher.queries import claims
from ennakko.services.summer_voucher.queries.proposals import ANSWER, proposal_of
from ennakko.values.texts import Text

CLAIM = "summer-voucher.claim"
PURPOSE = "summer-voucher"
HOME = "summer-voucher:employer"


def trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back to the organisation's own page."""
    return [(_("The organisation"), reverse("organisation")), (_("Summer job voucher"), reverse(HOME)), *last]


@require_safe
@signed_in_organisation(CLAIM)
def home(request: HttpRequest) -> HttpResponse:
    """Where the employer stands this season: what can be claimed until when, what waits, what has been paid."""
    actor, on = actor_of(request), clock.today()
    year = request.GET.get("year", "")
    found = claims.own_claims(actor, year=int(year) if year.isdigit() and len(year) == 4 else None)
    standing = claims.standing(actor, on=on)
    proposal = proposal_of(actor, on=on) if verdict(actor, ANSWER) else None
    context = {
        "standing": standing, "claims": found, "year": year, "form": LookUpForm(),
        "sum": _sum(standing),
        "drafts": [(one, _of_whom(one)) for one in standing.drafts],
        "proposal": proposal if proposal is not None and proposal.answerable else None,
        "years": claims.years(actor),
        "breadcrumb": [*trail()[:1], (_("Summer job voucher"), "")],
    }  # fmt: skip
    return render(request, "summer_voucher/employer.html", context)


def _sum(standing: claims.Standing) -> Text | None:
    """What a voucher of the season brings: one sum, or the least and the most where it rises with the hours."""
    if standing.value_cents is None:
        return None
    return conditions.sums(standing.value_cents, conditions.most_value(conditions.last_of_year(standing.year)))


def _of_whom(draft: claims.OwnDraft) -> str:
    """Whose vouchers an unfinished claim holds, as they were typed."""
    names = [str(row.get("surname", "")) for row in raw_rows(draft.data)]
    return ", ".join(names[:3]) + (" …" if len(names) > 3 else "")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_organisation(CLAIM)
def begin(request: HttpRequest, key: str = "") -> HttpResponse:
    """Which youth: the number and the surname. With a key, one more youth in the same claim."""
    actor = actor_of(request)
    draft = draft_of(actor, key) if key else None
    rows = list(raw_rows(draft.data)) if draft else []
    form = LookUpForm(request.POST) if request.method == "POST" else LookUpForm()
    found = _look_up(form, rows, actor) if form.is_bound else None
    usable = found is not None and (found.usable or request.POST.get("do") == "anyway")
    begun = _begun_with(found, actor) if found is not None and usable and not key else None
    if begun is not None:
        flash.info(request, _("This voucher stood in an unfinished claim already. Here it is."))
        return HttpResponseRedirect(reverse("summer-voucher:claim-draft", args=[begun.key]))
    if found is not None and usable:
        key = key or uuid4().hex
        raw = {**(draft.data if draft else {}), "rows": [*rows, {**form.raw(), "number": found.number}]}
        claiming.save_draft(raw, key=key, actor=actor, at=clock.now(), wall=clock.wall())
        if found.note is not None and found.usable:
            flash.info(request, say(found.note))
        return HttpResponseRedirect(reverse("summer-voucher:claim-draft", args=[key]))
    if found is not None and found.note is not None:
        form.add_error("number", say(found.note))
    context = {
        "form": form, "more": bool(rows), "back": reverse("summer-voucher:claim-draft", args=[key]) if key else "",
        "unusable": found is not None, "own": _claimed_with(found, actor) if found is not None else None,
        "breadcrumb": trail((_("Claim the sum"), "")),
    }  # fmt: skip
    return render(request, "summer_voucher/employer_begin.html", context, status=422 if form.errors else 200)


def _look_up(form: LookUpForm, rows: list[Any], actor: Actor) -> claiming.Found | None:
    """The voucher of the number and surname that were typed; None, with the form telling why, where there is none."""
    asked = form.raw()
    empty = [name for name in form.fields if not asked[name]]
    for name in empty:
        form.add_error(name, _("Write the number of the voucher.") if name == "number" else _("Write the surname."))
    if empty:
        return None
    if len(rows) >= MOST_ROWS:
        form.add_error(None, _("Send these first, then begin a new claim: one claim holds at most 50 vouchers."))
        return None
    found = claiming.look_up_voucher(
        asked["number"], asked["surname"], actor=actor, at=clock.now(), on=clock.today(), wall=clock.wall()
    )
    if isinstance(found, claiming.NotFound):
        form.add_error("number", say(found.reason))
        return None
    if any(str(row.get("number")) == found.number for row in rows):
        form.add_error("number", _("This voucher is in the claim already."))
        return None
    return found


def _begun_with(found: claiming.Found, actor: Actor) -> claims.OwnDraft | None:
    """The organisation's unfinished claim in which the voucher stands."""
    return next(
        (one for one in claims.drafts(actor) if any(row.get("number") == found.number for row in raw_rows(one.data))),
        None,
    )


def _claimed_with(found: claiming.Found, actor: Actor) -> claims.OwnClaim | None:
    """The organisation's own claim that holds the voucher."""
    return next((one for one in claims.own_claims(actor) if any(row.number == found.number for row in one.rows)), None)


def draft_of(actor: Actor, key: str) -> claims.OwnDraft:
    """An unfinished claim of the organisation; raises Http404."""
    draft = claims.draft(actor, key)
    if draft is None:
        raise Http404
    return draft
