# SPDX-License-Identifier: EUPL-1.2
"""Payments, for the people of finance: what is where, with sums; batches; what the other side said; what is odd."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ennakko.kernel import clock
from ennakko.kernel.access import Actor, verdict
from ennakko.kernel.cases.models import Case
from ennakko.kernel.manifest import ManifestError, service
from ennakko.kernel.payments import access, batching, queries, reasons, writing
from ennakko.kernel.payments.formats import UnknownFormat, paying_services
from ennakko.kernel.payments.models import Batch, Line
from ennakko.kernel.payments.queries import BatchView, Sums, Totals
from ennakko.kernel.payments.reading import exported
from ennakko.kernel.payments.states import BATCH_NAMES, LINE_NAMES, OPEN_BATCHES, BatchState
from ennakko.kernel.ui.contributions import Work, contribute
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import day, iban, money, number, say
from ennakko.kernel.ui.profile import MenuItem, add_to_menu
from ennakko.kernel.ui.tables import Cell, Column, Row, Table, badge
from ennakko.kernel.ui.uploads import file_response
from ennakko.values.money import in_euros
from ennakko.values.texts import text

ROWS = 50
MOST_SHOWN = 50
MOST_EXPORTED = 20_000
KINDS = {
    "planned": "neutral", "batched": "info", "sent": "info", "paid": "success", "returned": "error",
    "cancelled": "neutral", "recovering": "alert", "recovered": "neutral",
}  # fmt: skip
BATCH_KINDS = {
    "made": "info", "ready": "alert", "released": "info", "sent": "info", "settled": "success", "dissolved": "neutral",
}  # fmt: skip
LINE_STATES = ("planned", "in_transit", "paid", "returned", "cancelled", "recovering", "recovered")
IN_TRANSIT_NAME = text(fi="maksussa", sv="under betalning", en="being paid")
TITLE = text(fi="Maksut", sv="Betalningar", en="Payments")


def register() -> None:
    """The link in the menu and the queue on the worker's first page."""
    everybody = frozenset({"worker", "leader", "auditor", "administrator"})
    roles = frozenset({access.FINANCE, access.AUDITOR})
    add_to_menu(MenuItem(label=TITLE, route="payments", roles=everybody, order=60, staff_roles=roles))
    contribute("payments", works=_works)


def _works(actor: Actor, on: date) -> Sequence[Work]:
    if not verdict(actor, access.RELEASE):
        return ()
    waiting = queries.waiting_for_finance()
    words = text(
        fi="Vapautettavia maksatuseriä, poikkeavia maksupalautteita, palautuneita maksuja ja lähettämättömiä eriä.",
        sv="Omgångar att frisläppa, avvikande besked, returnerade betalningar och omgångar som inte har skickats.",
        en="Batches to release, odd confirmations, returned payments and batches that could not be sent.",
    )
    count = waiting.release + waiting.odd + waiting.returned + waiting.failing
    return (Work(title=TITLE, words=words, url=reverse("payments"), waiting=count),)


def trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back to the first page of payments."""
    return [(_("Your work"), reverse("home")), (say(TITLE), reverse("payments") if last else ""), *last]


def service_name(id: str) -> str:
    """A service's name; its id where it is not in use any more."""
    try:
        return say(service(id).names)
    except ManifestError:
        return id


@require_safe
@signed_in_staff(access.SEE)
def payments(request: HttpRequest) -> HttpResponse:
    """Where the money is, what needs a person, and the batches."""
    actor, today = actor_of(request), clock.today()
    every = request.GET.get("batches") == "all"
    pages = Paginator(_batches(every=every), ROWS).get_page(request.GET.get("page"))
    views = queries.with_confirmations(pages.object_list)
    odd = list(queries.odd_confirmations()[: MOST_SHOWN + 1])
    returned = list(queries.returned_and_waiting()[: MOST_SHOWN + 1])
    twice = list(queries.paid_twice()[:MOST_SHOWN])
    context = {
        "totals": totals_table(queries.totals_by_service()),
        "batches": batches_table(views, today),
        "pages": pages,
        "every": every,
        "odd": odd[:MOST_SHOWN],
        "more_odd": len(odd) > MOST_SHOWN,
        "returned": lines_table(returned[:MOST_SHOWN], _("Returned payments")) if returned else None,
        "more_returned": len(returned) > MOST_SHOWN,
        "twice": lines_table(twice, _("Paid twice")) if twice else None,
        "services": [(id, service_name(id)) for id in paying_services()] if verdict(actor, access.MAKE) else [],
        "breadcrumb": trail(),
        "page_role": "worker",
    }
    return render(request, "web/payments/overview.html", context)


def _batches(*, every: bool) -> Any:
    rows = Batch.objects.order_by("-pk")
    return rows if every else rows.filter(state__in=OPEN_BATCHES)


def totals_table(found: dict[tuple[str, int], Totals]) -> Table:
    """Sums by service and year; under them all together, which is what was ever planned."""
    rows = [
        (f"{service_name(id)} {year}", found[id, year]) for id, year in sorted(found, key=lambda one: (-one[1], one[0]))
    ]
    if len(rows) > 1:
        rows.append((_("All together"), sum(found.values(), queries.NOTHING)))
    names = ("planned", "in_transit", "paid", "returned", "cancelled", "all", "recovering", "recovered")
    labels = (
        _("Waiting"), _("Being paid"), _("Paid"), _("Returned"), _("Cancelled"), _("All together"),
        _("Claimed back"), _("Got back"),
    )  # fmt: skip
    return Table(
        caption=_("Where the money is"),
        caption_hidden=True,
        columns=(
            Column(key="service", label=_("Service and year")),
            *(Column(key=name, label=label, numeric=True) for name, label in zip(names, labels, strict=True)),
        ),
        rows=[Row(cells=(name, *(_sum(getattr(one, key)) for key in names))) for name, one in rows],
        empty=_("No payments yet."),
    )


def _sum(one: Sums) -> Cell:
    if not one.lines:
        return "–"
    return format_html(
        '<span class="nowrap">{}</span><br><span class="muted small">{}</span>', money(one.cents), number(one.lines)
    )


def batches_table(views: Iterable[BatchView], today: date) -> Table:
    """Batches with their age and what of them is confirmed."""
    return Table(
        caption=_("Batches"),
        caption_hidden=True,
        columns=(
            Column(key="reference", label=_("Batch")),
            Column(key="state", label=_("State")),
            Column(key="made", label=pgettext("payment batch", "Made")),
            Column(key="lines", label=_("Lines"), numeric=True),
            Column(key="sum", label=_("Sum"), numeric=True),
            Column(key="paid", label=_("Paid"), numeric=True),
            Column(key="returned", label=_("Returned"), numeric=True),
            Column(key="difference", label=_("Not confirmed"), numeric=True),
        ),
        rows=[
            Row(
                cells=(
                    one.batch.reference, batch_badge(one.batch), aged(one.batch, today), one.batch.lines_count,
                    money(one.batch.amount_cents), _sum(one.paid), _sum(one.returned),
                    money(one.difference_cents) if one.batch.state != BatchState.DISSOLVED else "–",
                ),
                url=reverse("payment-batch", args=[one.batch.reference]),
            )
            for one in views
        ],
        empty=_("No batch is open."),
    )  # fmt: skip


def batch_badge(batch: Batch) -> Cell:
    """A batch's state; one that could not be sent says so."""
    if batch.error and batch.state == BatchState.RELEASED:
        return badge("error", _("could not be sent"))
    return badge(BATCH_KINDS[batch.state], BATCH_NAMES[batch.state])


def aged(batch: Batch, today: date) -> str:
    """The day a batch was made, and while it is open, how long ago that was."""
    days = (today - batch.on).days
    if batch.state not in OPEN_BATCHES or days < 1:
        return day(batch.on)
    return ngettext("%(day)s, %(days)s day ago", "%(day)s, %(days)s days ago", days) % {
        "day": day(batch.on), "days": number(days),
    }  # fmt: skip


def line_badge(line: Line) -> Cell:
    """A line's standing in a word."""
    return badge(KINDS[line.standing], LINE_NAMES[line.standing])


def lines_table(lines: Iterable[Line], caption: str) -> Table:
    """Lines with payee, sum and standing."""
    return Table(
        caption=caption,
        caption_hidden=True,
        columns=(
            Column(key="payee", label=_("Payee")),
            Column(key="account", label=_("Account")),
            Column(key="sum", label=_("Sum"), numeric=True),
            Column(key="due", label=_("Due")),
            Column(key="state", label=_("State")),
            Column(key="reason", label=pgettext("cause", "Reason")),
        ),
        rows=[
            Row(
                cells=(
                    line.payee_name or "–", iban(line.iban), money(line.amount_cents), line.paid_on or line.due,
                    line_badge(line), say(line.reason_words) or "–",
                ),
                url=reverse("payment-line", args=[line.pk]),
            )
            for line in lines
        ],
        empty=_("No payments here."),
    )  # fmt: skip


@require_POST
@signed_in_staff(access.MAKE)
def make_now(request: HttpRequest) -> HttpResponse:
    """Make a service's batch now instead of tonight."""
    try:
        batch = batching.make_batch(
            request.POST.get("service", ""), on=clock.today(), at=clock.now(), actor=actor_of(request)
        )
    except UnknownFormat:
        flash.error(request, say(reasons.UNKNOWN_CHOICE))
        return HttpResponseRedirect(reverse("payments"))
    if batch is None:
        flash.info(request, say(reasons.NOTHING_DUE))
        return HttpResponseRedirect(reverse("payments"))
    said = ngettext("The batch holds %(count)s payment.", "The batch holds %(count)s payments.", batch.lines_count)
    flash.success(request, said % {"count": number(batch.lines_count)})
    return HttpResponseRedirect(reverse("payment-batch", args=[batch.reference]))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(access.SEE)
def lines(request: HttpRequest) -> HttpResponse:
    """Payments by state and service; a payee who is searched for never stands in the address (POST)."""
    state, of = _chosen(request)
    words = request.POST.get("words", "").replace("\x00", "").strip()[:100] if request.method == "POST" else ""
    pages = Paginator(queries.found_lines(words, state=state, service=of), ROWS).get_page(request.GET.get("page"))
    context = {
        "table": lines_table(pages.object_list, _("Payments")),
        "pages": pages,
        "words": words,
        "chips": _chips(state, of),
        "breadcrumb": trail((_("Find payments"), "")),
        "page_role": "worker",
    }
    return render(request, "web/payments/lines.html", context)


def _chosen(request: HttpRequest) -> tuple[str, str]:
    state, of = request.GET.get("state", ""), request.GET.get("service", "")
    return state if state in LINE_STATES else "", of if of in paying_services() else ""


def _chips(state: str, of: str) -> list[tuple[str, str, bool]]:
    names = {
        "": _("All"),
        **{one: say(IN_TRANSIT_NAME if one == "in_transit" else LINE_NAMES[one]) for one in LINE_STATES},
    }
    found = [(name, "?" + urlencode({"state": one, "service": of}), one == state) for one, name in names.items()]
    services = paying_services()
    if len(services) > 1:
        found += [(service_name(one), "?" + urlencode({"state": state, "service": one}), one == of) for one in services]
    return found


@require_safe
@signed_in_staff(access.SEE)
def line(request: HttpRequest, number: int) -> HttpResponse:
    """One payment: what is paid to whom for what, and all that has happened to it."""
    found = get_object_or_404(Line.objects.select_related("batch", "replaces"), pk=number)
    context = {
        "line": found,
        "matter": _matter(found.about),
        "standing": line_badge(found),
        "service": service_name(found.service),
        "confirmations": found.confirmations.order_by("pk"),
        "replaced_by": found.replaced_by.order_by("pk"),
        "recoveries": found.recoveries.order_by("pk"),
        "may_settle": bool(verdict(actor_of(request), access.SETTLE)),
        "breadcrumb": trail((found.payee_name or _("Payment"), "")),
        "page_role": "worker",
    }
    return render(request, "web/payments/line.html", context)


def _matter(about: str) -> str:
    """The number of the case that a payment is about; what is about something else, as it is written."""
    key = about.removeprefix("case:")
    if key == about or not key.isdigit():
        return about
    return Case.objects.filter(pk=int(key)).values_list("number", flat=True).first() or about


@require_safe
@signed_in_staff(access.SEE)
def lines_csv(request: HttpRequest) -> HttpResponse:
    """The payments of a page, or those of one batch, as a CSV file; taking it is logged."""
    state, of = _chosen(request)
    found = queries.found_lines(state=state, service=of)
    reference = request.GET.get("batch", "")[:80].replace("\x00", "")
    if reference:
        found = found.filter(batch__reference=reference).order_by("number")
    rows = list(found[:MOST_EXPORTED])
    what = f"lines {state or 'all'} {reference or of or 'all'}"
    exported(actor_of(request), what=what, rows=len(rows), at=clock.now())
    header = [
        _("Service"), _("Year"), _("Payee"), _("Business ID"), _("Account"), _("Sum, euros"), _("Due"), _("State"),
        _("Paid on"), _("Batch"), _("Number in the batch"), pgettext("cause", "Reason"),
    ]  # fmt: skip
    content = writing.csv(
        header,
        (
            (
                service_name(one.service), one.year, one.payee_name, one.business_id, one.iban,
                in_euros(one.amount_cents), one.due.isoformat(), say(one.standing_name),
                one.paid_on.isoformat() if one.paid_on else "", one.batch.reference if one.batch else "",
                one.number, say(one.reason_words),
            )
            for one in rows
        ),
    )  # fmt: skip
    return file_response(content, name=f"payments-{clock.today().isoformat()}.csv", type="text/csv; charset=utf-8")


@require_safe
@signed_in_staff(access.SEE)
def batches_csv(request: HttpRequest) -> HttpResponse:
    """The batches of the page as a CSV file."""
    listed = list(_batches(every=request.GET.get("batches") == "all")[:MOST_EXPORTED])
    exported(actor_of(request), what="batches", rows=len(listed), at=clock.now())
    header = [
        _("Batch"), _("State"), pgettext("payment batch", "Made"), _("Lines"), _("Sum, euros"), _("Paid"),
        _("Paid, euros"), _("Returned"), _("Returned, euros"), _("Not confirmed, euros"), _("SHA-256 of the file"),
    ]  # fmt: skip
    digests = dict(Batch.objects.filter(pk__in=[one.pk for one in listed]).values_list("pk", "file__sha256"))
    content = writing.csv(
        header,
        (
            (
                one.batch.reference, say(BATCH_NAMES[one.batch.state]), one.batch.on.isoformat(), one.batch.lines_count,
                in_euros(one.batch.amount_cents), one.paid.lines, in_euros(one.paid.cents), one.returned.lines,
                in_euros(one.returned.cents), in_euros(one.difference_cents), digests[one.batch.pk],
            )
            for one in queries.with_confirmations(listed)
        ),
    )  # fmt: skip
    return file_response(content, name=f"batches-{clock.today().isoformat()}.csv", type="text/csv; charset=utf-8")
