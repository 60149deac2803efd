# SPDX-License-Identifier: EUPL-1.2
"""The employer's claim on one page: everything known filled in, the machine's answer beside it at once, and sending."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ennakko.kernel import clock
from ennakko.kernel.access import Actor
from ennakko.kernel.cases.automation import gate_of
from ennakko.kernel.cases.kinds import case_type
from ennakko.kernel.ui.doors import actor_of, signed_in_organisation
from ennakko.kernel.ui.uploads import NotTakenFile
from ennakko.services.summer_voucher import claim_page
from ennakko.services.summer_voucher.actions import claims as claiming
from ennakko.services.summer_voucher.claim_files import Refused, remove_file, store_files
from ennakko.services.summer_voucher.claim_gathering import ACCOUNT
from ennakko.services.summer_voucher.claim_judging import corrections
from ennakko.services.summer_voucher.claim_reading import read
from ennakko.services.summer_voucher.claim_values import ROW_FIELDS, ToCorrect, documents_about, raw_rows
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.forms_employer import EmployerForm, RowForm, raw_claim
from ennakko.services.summer_voucher.pages_employer import CLAIM, HOME, trail
from ennakko.services.summer_voucher.queries import claims
from ennakko.values import iban
from ennakko.values.texts import text

AT_ONCE = 10
"""Rows for which the machine answers before anything is pressed; longer claims are checked at a press."""
SIGNED_IN = text(fi="Kirjautuminen", sv="Inloggningen", en="Your sign-in")
SEND, SEND_WITHOUT, REMOVE = "send", "send-without", "remove-row-"


@dataclass(frozen=True, slots=True)
class Now:
    """Who is at the page of which draft, and when."""

    actor: Actor
    key: str
    at: datetime
    on: date
    wall: datetime

    def places(self, rows: int) -> list[str]:
        """Where the documents of each row are."""
        return [documents_about(self.actor.organisation, self.key, n) for n in range(1, rows + 1)]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_organisation(CLAIM)
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """The claim; buttons: send, check first, save, add or remove a youth or a file. What was typed is always kept."""
    at = clock.now()
    now = Now(actor_of(request), key, at, at.date(), clock.wall())
    kept = claims.draft(now.actor, key)
    if kept is None:
        return _sent_already(now)
    if request.method == "POST":
        return _posted(request, now, kept)
    known = _known(now, kept.data)
    answer = _estimate(now, whole(kept.data, known), known) if kept.rows <= AT_ONCE else None
    return _page(request, now, kept.data, known, answer=answer)


def _sent_already(now: Now) -> HttpResponse:
    """Back from the browser's history to a claim that was sent meanwhile: its own page is the answer."""
    sent = next((one for one in claims.own_claims(now.actor) if one.claim.key == now.key), None)
    if sent is None:
        raise Http404
    return HttpResponseRedirect(reverse("summer-voucher:claim", args=[sent.claim.reference]))


def _posted(request: HttpRequest, now: Now, kept: claims.OwnDraft) -> HttpResponse:
    do, rows = request.POST.get("do", ""), list(raw_rows(kept.data))
    raw, refused, places = _typed(request, rows), dict[str, tuple[NotTakenFile, ...]](), now.places(len(rows))
    here = HttpResponseRedirect(reverse("summer-voucher:claim-draft", args=[now.key]))
    for position, about in enumerate(places):
        refused |= store_files(request, about, prefix=f"r{position}-", actor=now.actor, at=now.at)
    if do.startswith(REMOVE) and do.removeprefix(REMOVE).isdigit():
        position = int(do.removeprefix(REMOVE))
        claiming.remove_row(raw, position, key=now.key, actor=now.actor, at=now.at, wall=now.wall)
        return here
    sending = do in (SEND, SEND_WITHOUT) and not refused
    # Sent as it stands: what was filled in beforehand came with the form. Only what is not taken is looked at again.
    sent = _sent(now, raw, papers=do == SEND) if sending else None
    if sent is not None and sent.claim is not None:
        return _after(request, sent)
    claiming.save_draft(raw, key=now.key, actor=now.actor, at=now.at, wall=now.wall)
    if remove_file(request, places, now.actor):
        return here
    if not refused and do == "save":
        flash.success(request, _("Saved. You can go on later; a draft holds no voucher."))
        return HttpResponseRedirect(reverse(HOME))
    if not refused and do == "more":
        return HttpResponseRedirect(reverse("summer-voucher:claim-more", args=[now.key]))
    known = _known(now, raw)
    told = whole(raw, known)
    answer = _estimate(now, told, known)
    if do not in (SEND, SEND_WITHOUT):
        answer = replace(answer, refusals=_with_mistakes(answer.refusals, answer))
        return _page(request, now, raw, known, answer=answer, refused=refused)
    lacking = any(part.missing_documents for part in _page_of(now, raw, known, answer=answer).parts)
    if sent is None or sent.lacking or (lacking and do == SEND):
        # Everything at once: whoever adds the papers that are lacking should not meet the next mistake only then.
        answer = replace(answer, refusals=_with_mistakes(read(told).refusals, answer))
        return _page(request, now, raw, known, answer=answer, refused=refused, sending=True, lacking=lacking)
    if sent.refusals:
        sent = _sent(now, told, papers=do == SEND)
    if sent.claim is not None:
        return _after(request, sent)
    answer = replace(answer, refusals=_with_mistakes(sent.refusals, answer), reason=sent.reason)
    return _page(request, now, raw, known, answer=answer, sending=True, lacking=lacking)


def _sent(now: Now, raw: Mapping[str, Any], *, papers: bool) -> claiming.Sent:
    """The claim sent; `papers`: only where no paper is lacking."""
    try:
        return claiming.send(raw, actor=now.actor, at=now.at, on=now.on, wall=now.wall, key=now.key, if_complete=papers)
    except Exception:
        # Whatever went wrong, what was typed is there when the employer comes back.
        claiming.save_draft(raw, key=now.key, actor=now.actor, at=now.at, wall=now.wall)
        raise


def _with_mistakes(refusals: tuple[ToCorrect, ...], answer: claiming.Estimate) -> tuple[ToCorrect, ...]:
    """What could not be read, and what was read and does not fit; each field is told of once."""
    told = {(one.field, one.row) for one in refusals}
    return (*refusals, *(one for one in corrections(answer.rows) if (one.field, one.row) not in told))


def _after(request: HttpRequest, sent: claiming.Sent) -> HttpResponse:
    """The way on from a claim that stands."""
    assert sent.claim is not None
    if sent.again:
        flash.info(request, _("This claim had been sent already. This is what became of it."))
    return HttpResponseRedirect(reverse("summer-voucher:claim", args=[sent.claim.reference]))


def _known(now: Now, raw: Mapping[str, Any]) -> claiming.Prefill:
    """What need not be typed; of an account that was changed, nothing of the old one is filled in."""
    rows: list[Mapping[str, Any]] = [dict(row) for row in raw_rows(raw)]
    found = claiming.prefill(rows, actor=now.actor, at=now.at, on=now.on, wall=now.wall)
    fields = dict(found.fields)
    if now.actor.name:
        fields.setdefault("contact_name", claiming.Prefilled(now.actor.name, "sign-in", SIGNED_IN))
    typed, account = iban.normalised(str(raw.get("iban") or "")), fields.get("iban")
    if typed and account is not None and typed != iban.normalised(str(account.value)):
        fields = {name: one for name, one in fields.items() if name not in ACCOUNT}
    return replace(found, fields=fields)


def whole(raw: Mapping[str, Any], known: claiming.Prefill) -> dict[str, Any]:
    """The raw claim with everything that is known where nothing was typed."""
    rows = []
    for position, row in enumerate(raw_rows(raw)):
        beforehand = known.rows[position] if position < len(known.rows) else {}
        rows.append(_over({name: one.value for name, one in beforehand.items() if name in ROW_FIELDS}, row))
    return {**_over({name: one.value for name, one in known.fields.items()}, raw), "rows": rows}


def _over(known: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    return {**known, **{name: value for name, value in typed.items() if value not in ("", None)}}


def _estimate(now: Now, told: Mapping[str, Any], known: claiming.Prefill) -> claiming.Estimate:
    return claiming.estimate(
        told, actor=now.actor, at=now.at, on=now.on, wall=now.wall, key=now.key, asked=known.asked
    )  # fmt: skip


def _typed(request: HttpRequest, rows: list[Any]) -> dict[str, Any]:
    """What stands in the page's forms; the number and surname of each youth stay those that were looked up."""
    typed = [
        {**RowForm(request.POST, prefix=f"r{position}").raw(), "number": row["number"], "surname": row["surname"]}
        for position, row in enumerate(rows)
    ]
    return raw_claim(EmployerForm(request.POST).raw(), typed)


def _page_of(
    now: Now, raw: Mapping[str, Any], known: claiming.Prefill, *, answer: claiming.Estimate | None,
    refused: Refused | None = None, sending: bool = False,
) -> claim_page.ClaimPage:  # fmt: skip
    return claim_page.page_of(
        raw, known, places=now.places(len(raw_rows(raw))), judged=answer.rows if answer is not None else (),
        refusals=answer.refusals if answer is not None else (), refused=refused, sending=sending,
    )  # fmt: skip


def _page(
    request: HttpRequest, now: Now, raw: Mapping[str, Any], known: claiming.Prefill, *,
    answer: claiming.Estimate | None, refused: Refused | None = None, sending: bool = False, lacking: bool = False,
) -> HttpResponse:  # fmt: skip
    page = _page_of(now, raw, known, answer=answer, refused=refused, sending=sending)
    context = {
        "key": now.key, "page": page, "silent": known.silent, "sending": sending, "lacking": lacking,
        "reason": answer.reason if answer is not None else None,
        "many": len(page.parts) > 1, "at_once": gate_of(case_type(SERVICE, "claim"), now.on),
        "breadcrumb": trail((_("Claim the sum"), "")), "no_feedback": True,
    }  # fmt: skip
    if "HX-Request" in request.headers:
        return render(request, "summer_voucher/employer_answered.html", context)
    wrong = sending or (request.method == "POST" and bool(page.errors))
    return render(request, "summer_voucher/employer_claim.html", context, status=422 if wrong else 200)


@require_POST
@signed_in_organisation(CLAIM)
def drop(request: HttpRequest, key: str) -> HttpResponse:
    """Remove a draft."""
    claiming.drop_draft(key, actor=actor_of(request), at=clock.now())
    flash.success(request, _("The draft was removed."))
    return HttpResponseRedirect(reverse(HOME))
