# SPDX-License-Identifier: EUPL-1.2
"""Instalments as the staff handle them: what waits, in bulk or one by one, with payslips and notices beside."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ennakko.kernel import cases, clock, documents
from ennakko.kernel.access import Actor, Refused, verdict
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import money, say
from ennakko.kernel.ui.reading import row_keys
from ennakko.kernel.ui.tables import Column, Row, Table, badge, sorting
from ennakko.kernel.ui.uploads import documents_response
from ennakko.services.hiring_benefit import reasons_money
from ennakko.services.hiring_benefit.access_money import SEE_PAYMENTS
from ennakko.services.hiring_benefit.actions import changes, instalments, invoicing
from ennakko.services.hiring_benefit.actions.changes import NotTold
from ennakko.services.hiring_benefit.actions.payslips import PAYSLIP
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.forms_money import ChangeForm, EarlierForm, day_in
from ennakko.services.hiring_benefit.models import Application, Instalment
from ennakko.services.hiring_benefit.queries import archive
from ennakko.services.hiring_benefit.queries import money as queries
from ennakko.services.hiring_benefit.queries.money import Mark, wages_of
from ennakko.services.hiring_benefit.states import InstalmentState
from ennakko.services.hiring_benefit.states_money import (
    FOR_HANDLER,
    INSTALMENT_NAMES,
    PAYMENTS,
    TELL,
    InstalmentVerb,
    instalment_moves,
)

LISTS = "hiring-benefit:payments"
ROWS, MOST_AT_ONCE = 50, 200
ALL = tuple(InstalmentState)
ASKS = ("accept", "move", "stop")
"""Steps of an instalment that ask for something: why it is paid all the same, the new day, the reason."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a step of an instalment lacks, to be told by its field; `typed` is kept there."""

    part: int
    ask: str
    words: str
    typed: str = ""

    @staticmethod
    def id_of(ask: str, part: int) -> str:
        """The field's id on the page."""
        return f"{ask}{part}"

    @property
    def id(self) -> str:
        """Its own field's id."""
        return self.id_of(self.ask, self.part)


def trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back to the lists of payments."""
    return [(_("Your work"), reverse("home")), (_("Hiring benefit: payments"), reverse(LISTS) if last else ""), *last]


@require_safe
@signed_in_staff(SEE_PAYMENTS)
def lists(request: HttpRequest) -> HttpResponse:
    """Instalments that wait for a handler, or in a chosen state; notices of changes; what registers wait for."""
    actor = actor_of(request)
    state = request.GET.get("state", "")
    states = [state] if state in ALL else list(FOR_HANDLER)
    sort = sorting(request.GET, allowed=tuple(queries.SORTS), default="due")
    found = queries.listed(actor, states=states, sort=sort.removeprefix("-"), descending=sort.startswith("-"))
    pages = Paginator(found, ROWS).get_page(request.GET.get("page"))
    counted = queries.counts(actor)
    context = {
        "table": _table(list(pages.object_list), sort), "pages": pages, "chips": _chips(counted, state),
        "changes": _changes(actor), "aid": queries.aid_standing(), "invoices": invoicing.waiting(),
        "undelivered": archive.waiting(actor, wall=clock.wall()),
        "may_accept": bool(verdict(actor, PAYMENTS)), "filtered": request.GET.urlencode(), "breadcrumb": trail(),
    }  # fmt: skip
    return render(request, "hiring_benefit/payments.html", context)


def _chips(counted: dict[str, int], state: str) -> list[tuple[str, int, str, bool]]:
    chosen = state if state in ALL else ""
    first = (_("Waits for a handler"), queries.to_handle(counted), "?", not chosen)
    rest = (
        (say(INSTALMENT_NAMES[one]), counted.get(one, 0), "?" + urlencode({"state": one}), chosen == one) for one in ALL
    )  # fmt: skip
    return [first, *rest]


def _table(rows: list[Instalment], sort: str) -> Table:
    return Table(
        caption=_("Instalments"), caption_hidden=True,
        columns=(
            Column(key="employer", label=_("Employer"), sortable=True), Column(key="number", label=_("Application")),
            Column(key="part", label=_("Instalment"), numeric=True),
            Column(key="sum", label=_("Sum"), numeric=True, sortable=True),
            Column(key="due", label=_("Day of payment"), sortable=True),
            Column(key="state", label=_("State"), sortable=True), Column(key="why", label=_("Reason")),
        ),
        rows=[
            Row(
                cells=(
                    one.application.employer_name, one.application.case.number, one.number, money(one.payable_cents),
                    one.due, badge(_kind(one), INSTALMENT_NAMES[one.state]), one.why or "–",
                ),
                url=reverse("hiring-benefit:payments-case", args=[one.application.case.number]),
                value=str(one.pk) if instalment_moves(one.state, InstalmentVerb.ACCEPT) else "",
            )
            for one in rows
        ],
        empty=_("Nothing waits here. Payslips come here as employers send them."), sort=sort, choose="instalment",
    )  # fmt: skip


def _kind(one: Instalment) -> str:
    return queries.KINDS_OF_STATE.get(InstalmentState(one.state), "info")


def _changes(actor: Actor) -> Table:
    return Table(
        caption=_("Changes in employments"), caption_hidden=True,
        columns=(
            Column(key="employer", label=_("Employer")), Column(key="number", label=_("Number")),
            Column(key="kind", label=_("What has happened")), Column(key="day", label=_("Last day of work")),
            Column(key="told", label=_("Arrived")), Column(key="state", label=_("State")),
            Column(key="handler", label=_("Handler")),
        ),
        rows=[
            Row(
                cells=(
                    one.row.application.employer_name, one.row.case.number, one.title, one.row.last_day,
                    one.row.told_at, badge(one.kind, one.name),
                    one.row.case.handler.name if one.row.case.handler else "–",
                ),
                url=reverse("hiring-benefit:change-desk", args=[one.row.case.number]),
            )
            for one in queries.open_changes(actor)
        ],
        empty=_("No notice waits for anybody."),
    )  # fmt: skip


@require_POST
@signed_in_staff(PAYMENTS)
def accept_many(request: HttpRequest) -> HttpResponse:
    """Accept many instalments for payment; one that cannot be stops no other."""
    actor, at, on = actor_of(request), clock.now(), clock.today()
    chosen = row_keys(request.POST.getlist("instalment"), most=MOST_AT_ONCE)
    rows = queries.listed(actor, states=ALL).filter(pk__in=chosen)
    done = 0
    for row in rows:
        try:
            instalments.accept(row, actor=actor, at=at, on=on)
            done += 1
        except (NotNow, Refused) as error:
            flash.error(request, f"{row.application.case.number}: {say(error.reason)}")
    if done:
        words = ngettext("{n} instalment was accepted for payment.", "{n} instalments were accepted for payment.", done)
        flash.success(request, words.format(n=done))
    elif not chosen:
        flash.info(request, _("Choose at least one instalment."))
    return HttpResponseRedirect(reverse(LISTS))


def _case(request: HttpRequest, number: str) -> Case:
    case = queries.staff_case(actor_of(request), number)
    if case is None:
        raise Http404
    return case


def _here(case: Case) -> str:
    return reverse("hiring-benefit:payments-case", args=[case.number])


@require_safe
@signed_in_staff(SEE_PAYMENTS)
def one_case(request: HttpRequest, number: str) -> HttpResponse:
    """The money of one application: instalments with what can be done, payslips, notices."""
    return _one_case(request, _case(request, number))


def _one_case(request: HttpRequest, case: Case, lacking: Lacking | None = None) -> HttpResponse:
    actor = actor_of(request)
    view = queries.of_case(case)
    if view is None:
        raise Http404
    queries.look(actor, view.application, case, clock.now())
    checks = queries.tax_marks(view.application)
    context = {
        "case": case, "view": view, "parts": [_part(one, checks, lacking) for one in view.instalments],
        "may": bool(verdict(actor, PAYMENTS, case)), "may_tell": bool(verdict(actor, TELL, case)),
        "breadcrumb": trail((case.number, "")), "timeline": cases.timeline(case), "lacking": lacking,
    }  # fmt: skip
    return render(request, "hiring_benefit/payments_case.html", context, status=422 if lacking else 200)


def _part(one: queries.InstalmentLine, checks: Mapping[int, Mark], lacking: Lacking | None) -> dict[str, object]:
    mine = lacking is not None and lacking.part == one.row.number
    may = {verb: instalment_moves(one.row.state, verb) is not None for verb in InstalmentVerb}
    return {
        "line": one, "may_accept": may[InstalmentVerb.ACCEPT] and one.row.payable_cents > 0,
        "may_hold": may[InstalmentVerb.HOLD], "may_cancel": may[InstalmentVerb.CANCEL],
        "may_wait": may[InstalmentVerb.WAIT], "may_move": may[InstalmentVerb.ACCEPT],
        "again": one.row.state == InstalmentState.PAYMENT_FAILED, "taxes": checks.get(one.row.number),
        "wages": wages_of(one.row), "ids": {ask: Lacking.id_of(ask, one.row.number) for ask in ASKS},
        "errors": {lacking.ask: lacking.words} if mine and lacking else {},
        "typed": {lacking.ask: lacking.typed} if mine and lacking else {},
        "open": mine and lacking is not None and lacking.ask != "accept",
    }  # fmt: skip


def _asked(row: Instalment, error: NotNow, do: str, why: str) -> str:
    """Which asked field a refusal is about; "" where it is about none."""
    if do == "move":
        return "move" if error.reason == reasons_money.ONLY_EARLIER else ""
    if why.strip():
        return ""
    if do in ("hold", "cancel", "wait"):
        return "stop"
    taxes = queries.tax_marks(row.application).get(row.number)
    return "accept" if taxes is not None and taxes[0] is not True else ""


@require_POST
@signed_in_staff(PAYMENTS)
def instalment(request: HttpRequest, number: str, part: int) -> HttpResponse:
    """Accept, hold, cancel, put back or move one instalment."""
    actor, case, at, on = actor_of(request), _case(request, number), clock.now(), clock.today()
    row = Instalment.objects.select_related("application__case").filter(application__case=case, number=part).first()
    if row is None:
        raise Http404
    why, do = request.POST.get("why", ""), request.POST.get("do", "")
    try:
        if do == "accept":
            instalments.accept(row, actor=actor, at=at, on=on, why=why)
            flash.success(request, _("Accepted for payment."))
        elif do == "hold":
            instalments.hold(row, why, actor=actor, at=at)
            flash.success(request, _("The instalment is on hold."))
        elif do == "cancel":
            instalments.cancel(row, why, actor=actor, at=at)
            flash.success(request, _("The instalment is cancelled."))
        elif do == "wait":
            instalments.put_back(row, why, actor=actor, at=at, on=on)
            flash.success(request, _("The instalment waits again."))
        elif do == "move":
            form = EarlierForm(request.POST)
            to = day_in(form, "to")
            if to is None:
                words = " ".join(str(one) for one in form["to"].errors) or _("Write the new day of payment.")
                return _one_case(request, case, Lacking(part, "move", words))
            instalments.move_earlier(row, to, actor=actor, at=at, on=on)
            flash.success(request, _("The day of payment has been moved."))
    except NotNow as error:
        ask = _asked(row, error, do, why)
        if ask:
            typed = request.POST.get("to", "") if ask == "move" else why
            return _one_case(request, case, Lacking(part, ask, say(error.reason), typed))
        flash.error(request, say(error.reason))
    return HttpResponseRedirect(_here(case))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(TELL)
def tell(request: HttpRequest, number: str) -> HttpResponse:
    """Write down a change that an employer tells by phone or on paper."""
    actor, case = actor_of(request), _case(request, number)
    application = Application.objects.get(case=case)
    form = ChangeForm(request.POST) if request.method == "POST" else ChangeForm()
    if request.method == "POST" and (told := form.told()) is not None:
        try:
            row = changes.tell(
                application, told, actor=actor, at=clock.now(), on=clock.today(), source="phone"
            )  # fmt: skip
        except NotTold as wrong:
            form.refuse(wrong.refusals)
        except NotNow as over:
            flash.error(request, say(over.reason))
            return HttpResponseRedirect(_here(case))
        else:
            return HttpResponseRedirect(reverse("hiring-benefit:change-desk", args=[row.case.number]))
    view = queries.of_case(case)
    if view is None:
        raise Http404
    heading = _("A change that the employer tells")
    context = {
        "form": form, "case": case, "view": view, "heading": heading, "staff": True,
        "breadcrumb": trail((case.number, _here(case)), (heading, "")),
    }  # fmt: skip
    refused = form.is_bound and bool(form.errors)
    return render(request, "hiring_benefit/change.html", context, status=422 if refused else 200)


@require_safe
@signed_in_staff(SEE_PAYMENTS)
def payslip(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """A payslip as a file; the reading is logged."""
    actor, case = actor_of(request), _case(request, number)
    found = documents.document(key, about=f"case:{case.pk}")
    if found is None or found.kind != PAYSLIP:
        raise Http404
    person = Application.objects.select_related("employee").get(case=case).employee.person_id
    persons = () if person is None else (person,)
    try:
        return documents_response(found, actor=actor, purpose=SERVICE, at=clock.now(), persons=persons)
    except documents.NotReady as waiting:
        flash.info(request, say(waiting.reason))
        return HttpResponseRedirect(_here(case))
