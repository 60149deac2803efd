# SPDX-License-Identifier: EUPL-1.2
"""One batch of payments: its lines beside what the other side said, its file, and what finance can do with it."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ennakko.kernel import clock
from ennakko.kernel.access import Refused, require, verdict
from ennakko.kernel.payments import access, batching, by_hand, policy, ports, queries, sending, settling
from ennakko.kernel.payments.formats import format_of, paying_services
from ennakko.kernel.payments.models import Batch, BatchFile, Line, Received, Recovery
from ennakko.kernel.payments.planning import NotPayable
from ennakko.kernel.payments.reading import read_file
from ennakko.kernel.payments.recovering import end_recovery
from ennakko.kernel.payments.states import BatchState, RecoveryState
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import day, iban, money, number, say
from ennakko.kernel.ui.forms import DateInput
from ennakko.kernel.ui.tables import Cell, Column, Row, Table, badge
from ennakko.kernel.ui.uploads import file_response
from ennakko.web.pages_payments import ROWS, batch_badge, line_badge, service_name, trail

BATCH = "payment-batch"
WRITE_A_REASON = {
    "required": gettext_lazy("Write the reason."), "max_length": gettext_lazy("Write 500 characters at most."),
}  # fmt: skip


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Your reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=WRITE_A_REASON,
    )  # fmt: skip


class OutcomeForm(ReasonForm):
    """What became of lines, told by a person: of all that wait, or of some numbers."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What happened?"),
        choices=[("paid", gettext_lazy("Paid")), ("returned", gettext_lazy("Returned"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what happened.")},
    )
    numbers = forms.CharField(
        label=gettext_lazy("Lines"),
        help_text=gettext_lazy("Numbers in the file, for example 3, 7, 10–12. Empty: every line that waits."),
        required=False, max_length=500,
    )  # fmt: skip
    paid_on = forms.DateField(
        label=gettext_lazy("Paid on"), required=False, widget=DateInput,
        error_messages={"invalid": gettext_lazy("Write the day, for example 15.4.2026.")},
    )  # fmt: skip
    field_order = ("outcome", "numbers", "paid_on", "reason")

    def clean_numbers(self) -> list[int] | None:
        found: list[int] = []
        for part in str(self.cleaned_data["numbers"]).replace("–", "-").replace(",", " ").split():
            first, dash, last = part.partition("-")
            ends = (first, last if dash else first)
            if not all(end.isascii() and end.isdigit() and len(end) < 7 for end in ends):
                raise forms.ValidationError(_("Write numbers, for example 3, 7, 10–12."))
            found += range(int(ends[0]), min(int(ends[1]), batching.MOST_LINES) + 1)
        return found or None

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("outcome") == "paid" and not told.get("paid_on") and "paid_on" not in self.errors:
            self.add_error("paid_on", _("Write the day of the payment, for example 15.4.2026."))
        return told


class RecoveryForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("What happened?"),
        choices=[
            (RecoveryState.RECOVERED, gettext_lazy("The money is back")),
            (RecoveryState.WAIVED, gettext_lazy("The claim is given up")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what happened.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Your reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Needed when the claim is given up."), error_messages=WRITE_A_REASON,
    )  # fmt: skip


class SettleForm(ReasonForm):
    choice = forms.ChoiceField(
        label=gettext_lazy("What is right?"), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one."), "invalid_choice": gettext_lazy("Choose one.")},
    )  # fmt: skip
    field_order = ("choice", "reason")

    def __init__(self, odd: Received, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offered = [(one, say(settling.CHOICES[one])) for one in settling.choices_for(odd)]
        self.fields["choice"].choices = offered  # type: ignore[attr-defined]


@require_safe
@signed_in_staff(access.SEE)
def batch(request: HttpRequest, reference: str) -> HttpResponse:
    """The batch, its lines and what can be done with it now."""
    return _page(request, get_object_or_404(Batch, reference=reference))


def _page(
    request: HttpRequest,
    found: Batch,
    *,
    outcome: OutcomeForm | None = None,
    dissolving: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, only = actor_of(request), request.GET.get("state", "")
    rows = Line.objects.filter(batch=found).order_by("number")
    if only in ("sent", "paid", "returned"):
        rows = rows.filter(state=only)
    pages = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    told = queries.told_of(pages.object_list)
    (view,) = queries.with_confirmations([found])
    may = {name: bool(verdict(actor, f"payments.{name}")) for name in ("release", "send", "dissolve", "confirm")}
    wired, state = ports.transfer() is not None, found.state
    left = found.handed_over_at is not None and not found.rejected
    context = {
        "batch": found,
        "badge": batch_badge(found),
        "view": view,
        "file": BatchFile.objects.filter(batch=found).first(),
        "service": service_name(found.service),
        "lacking": format_of(found.service).lacks(found.on) if found.service in paying_services() else (),
        "two": policy.policy().needs_two(found),
        "wired": wired,
        "table": _table(pages.object_list, told),
        "pages": pages,
        "only": only,
        "release": may["release"] and state == BatchState.READY,
        "send": may["send"] and wired and state == BatchState.RELEASED,
        "send_again": may["send"] and wired and state in (BatchState.SENT, BatchState.SETTLED),
        "delivered": may["send"] and not wired and state == BatchState.RELEASED,
        "outcome": (outcome or OutcomeForm(initial={"outcome": "paid", "paid_on": clock.today()}))
        if may["confirm"] and state == BatchState.SENT and view.waiting.lines
        else None,
        "dissolving": (dissolving or ReasonForm(prefix="dissolve"))
        if may["dissolve"] and not left and state in (BatchState.MADE, BatchState.READY, BatchState.RELEASED)
        else None,
        "breadcrumb": trail((found.reference, "")),
        "page_role": "worker",
    }
    return render(request, "web/payments/batch.html", context, status=status)


def _table(lines: Any, told: Mapping[int, Received]) -> Table:
    return Table(
        caption=_("What was sent, and what was confirmed"),
        caption_hidden=True,
        columns=(
            Column(key="payee", label=_("Payee")),
            Column(key="number", label=_("Number"), numeric=True),
            Column(key="account", label=_("Account")),
            Column(key="sum", label=_("Sent"), numeric=True),
            Column(key="confirmed", label=_("Confirmed")),
            Column(key="difference", label=_("Difference"), numeric=True),
            Column(key="state", label=_("State")),
            Column(key="reason", label=pgettext("cause", "Reason")),
        ),
        rows=[
            Row(
                cells=(
                    line.payee_name or "–", line.number, iban(line.iban), money(line.amount_cents),
                    *_said(line, told.get(line.pk)), line_badge(line), say(line.reason_words) or "–",
                ),
                url=reverse("payment-line", args=[line.pk]),
            )
            for line in lines
        ],
        empty=_("No lines here."),
    )  # fmt: skip


def _said(line: Line, told: Received | None) -> tuple[Cell, Cell]:
    """What the other side said of a line, and by how much its sum differs from ours."""
    if told is None:
        return "–", "–"
    words: Cell = f"{say(told.state_words)} {day(told.paid_on)}".strip()
    if told.state != line.state:
        words = badge("error", str(words))
    difference = 0 if told.amount_cents is None else told.amount_cents - line.amount_cents
    return words, badge("error", money(difference)) if difference else "–"


def _done(request: HttpRequest, change: Callable[[], object], words: str) -> bool:
    """Make a change and say what came of it; a change that is refused says why."""
    try:
        change()
    except (NotPayable, Refused) as error:
        flash.error(request, say(error.reason))
        return False
    flash.success(request, words)
    return True


def _back(reference: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(BATCH, args=[reference]))


@require_POST
@signed_in_staff(access.RELEASE)
def release(request: HttpRequest, reference: str) -> HttpResponse:
    """Let the batch go, or approve it as the first of two."""
    found = get_object_or_404(Batch, reference=reference)
    two = policy.policy().needs_two(found) and not found.approved_by
    words = _("Approved. Another official still has to approve the batch.") if two else _("The batch was released.")
    _done(request, lambda: batching.release(found, actor=actor_of(request), at=clock.now()), words)
    return _back(reference)


@require_POST
@signed_in_staff(access.SEND)
def send(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the file now, or send it again: the other side takes a reference once."""
    found = get_object_or_404(Batch, reference=reference)
    try:
        after = sending.send(found, actor=actor_of(request), at=clock.now(), wall=clock.wall())
    except NotPayable as error:
        flash.error(request, say(error.reason))
        return _back(reference)
    if after.error:
        flash.error(request, _("The payment system did not take the file: %(why)s.") % {"why": after.error})
    else:
        flash.success(request, _("The payment system has the file."))
    return _back(reference)


@require_POST
@signed_in_staff(access.SEND)
def delivered(request: HttpRequest, reference: str) -> HttpResponse:
    """A person has delivered the file."""
    found = get_object_or_404(Batch, reference=reference)
    actor, at, wall = actor_of(request), clock.now(), clock.wall()
    _done(
        request, lambda: by_hand.sent_by_hand(found, actor=actor, at=at, wall=wall), _("The batch is marked as sent.")
    )
    return _back(reference)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(access.DISSOLVE)
def dissolve(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the batch apart, with a reason; a look at this address shows the batch."""
    found = get_object_or_404(Batch, reference=reference)
    if request.method != "POST":
        return _back(reference)
    form = ReasonForm(request.POST, prefix="dissolve")
    if not form.is_valid():
        return _page(request, found, dissolving=form, status=422)
    why, actor, at = form.cleaned_data["reason"], actor_of(request), clock.now()
    words = _("The batch was dissolved. Its payments wait for the next one.")
    _done(request, lambda: batching.dissolve(found, reason=why, actor=actor, at=at), words)
    return _back(reference)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(access.CONFIRM)
def outcome(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down what became of lines, where the other side does not tell it by itself."""
    found = get_object_or_404(Batch, reference=reference)
    if request.method != "POST":
        return _back(reference)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, outcome=form, status=422)
    told: Mapping[str, Any] = form.cleaned_data
    try:
        done = by_hand.confirm_by_hand(
            found, paid=told["outcome"] == "paid", numbers=told["numbers"], paid_on=told["paid_on"],
            why=told["reason"], actor=actor_of(request), at=clock.now(), on=clock.today(),
        )  # fmt: skip
    except NotPayable as error:
        found.refresh_from_db()
        if found.state != BatchState.SENT:  # the form is no longer on the page
            flash.error(request, say(error.reason))
            return _back(reference)
        form.add_error(None, say(error.reason))
        return _page(request, found, outcome=form, status=422)
    count = done.paid + done.returned
    said = ngettext("%(count)s line was settled.", "%(count)s lines were settled.", count)
    flash.success(request, said % {"count": number(count)})
    return _back(reference)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(access.SETTLE)
def recovery(request: HttpRequest, number: int) -> HttpResponse:
    """What became of a sum that was claimed back."""
    found = get_object_or_404(Recovery.objects.select_related("line"), pk=number)
    back = HttpResponseRedirect(reverse("payment-line", args=[found.line_id]))
    if found.state != RecoveryState.CLAIMED:
        return back
    form = RecoveryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            end_recovery(
                found, outcome=RecoveryState(told["outcome"]), reason=told["reason"], actor=actor_of(request),
                at=clock.now(), on=clock.today(),
            )  # fmt: skip
        except NotPayable as error:
            form.add_error("reason", say(error.reason))
        else:
            flash.success(request, _("Saved."))
            return back
    context = {
        "recovery": found,
        "form": form,
        "breadcrumb": trail((found.line.payee_name or _("Payment"), back.url), (_("Claimed back"), "")),
        "page_role": "worker",
    }
    return render(request, "web/payments/recovery.html", context, status=422 if form.is_bound else 200)


@require_safe
@signed_in_staff(access.READ_FILE)
def download(request: HttpRequest, reference: str) -> HttpResponse:
    """The stored file; that it was read is logged."""
    found = get_object_or_404(Batch, reference=reference)
    try:
        file, content = read_file(found, actor=actor_of(request), at=clock.now())
    except NotPayable as error:
        flash.error(request, say(error.reason))
        return _back(reference)
    return file_response(content, name=file.name, type=file.content_type)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(access.SEE)
def odd(request: HttpRequest, number: int) -> HttpResponse:
    """An odd confirmation beside our line; a person of finance says which is right, and why."""
    rows = Received.objects.select_related("line", "line__batch").filter(outcome=Received.Outcome.ODD)
    found = get_object_or_404(rows | rows.model.objects.exclude(choice=""), pk=number)
    ours = found.line or Line.objects.filter(batch__reference=found.reference, number=found.number).first()
    if request.method == "POST":
        require(actor_of(request), access.SETTLE)
    may = bool(verdict(actor_of(request), access.SETTLE)) and found.settled_at is None
    form = SettleForm(found, request.POST if request.method == "POST" else None) if may else None
    if form is not None and request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            settling.settle(found, told["choice"], why=told["reason"], actor=actor_of(request), at=clock.now())
        except NotPayable as error:
            form.add_error(None, say(error.reason))
        else:
            flash.success(request, _("Settled."))
            return HttpResponseRedirect(reverse("payments"))
    context = {
        "odd": found,
        "line": ours,
        "standing": line_badge(ours) if ours is not None else "",
        "form": form,
        "choice": settling.CHOICES.get(found.choice),
        "breadcrumb": trail((_("An odd confirmation"), "")),
        "page_role": "worker",
    }
    return render(request, "web/payments/odd.html", context, status=422 if form is not None and form.is_bound else 200)
