# SPDX-License-Identifier: EUPL-1.2
"""Staff's other pages: releasing a run, the calls to make, one voucher found by its number."""

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ennakko.kernel import clock
from ennakko.kernel.access import verdict
from ennakko.kernel.offers.models import Run
from ennakko.kernel.offers.queries import waiting_for_release
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.tables import Column, Row, Table
from ennakko.kernel.ui.trying import tried
from ennakko.services.summer_voucher import offer
from ennakko.services.summer_voucher.actions import calls as calling
from ennakko.services.summer_voucher.actions import vouchers
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.counter import serving
from ennakko.services.summer_voucher.forms import VoucherNumberForm, WordsForm
from ennakko.services.summer_voucher.models import CallRequest, Voucher
from ennakko.services.summer_voucher.pages_handler import trail
from ennakko.services.summer_voucher.queries import applications, runs
from ennakko.services.summer_voucher.queries import vouchers as found_vouchers
from ennakko.services.summer_voucher.states import NAMES, VoucherState, after

RELEASE, VOID, REISSUE, CALL = (
    "summer-voucher.release", "summer-voucher.void", "summer-voucher.reissue", "summer-voucher.call",
)  # fmt: skip


@require_safe
@signed_in_staff(RELEASE)
def release_page(request: HttpRequest) -> HttpResponse:
    """Runs that wait for a named official, with their counts and the reasons of a few drawn by lot."""
    waiting = [runs.view_of(run) for run in waiting_for_release([SERVICE])]
    rows = [Row(cells=(run.on, run.round, run.released_at, runs.offers_in(run))) for run in runs.released(most=20)]
    table = Table(
        caption=_("Released earlier"), caption_hidden=True, empty=_("Nothing yet."), rows=rows,
        columns=(
            Column(key="on", label=_("Looked at")), Column(key="round", label=_("Year")),
            Column(key="released", label=_("Released")), Column(key="offers", label=_("Vouchers"), numeric=True),
        ),
    )  # fmt: skip
    context = {"waiting": waiting, "table": table, "serving": serving(request),
               "breadcrumb": trail(request, (_("Send the vouchers out"), ""))}  # fmt: skip
    return render(request, "summer_voucher/runs.html", context)


@require_POST
@signed_in_staff(RELEASE)
def release(request: HttpRequest, number: int) -> HttpResponse:
    """The official lets a run go."""
    run = get_object_or_404(Run, pk=number, service=SERVICE)
    done = offer.release(run, actor=actor_of(request), at=clock.now(), on=clock.today())
    flash.success(
        request,
        _("%(released)d vouchers are on their way. %(withdrawn)d were left out because their facts had changed.")
        % {"released": done.released, "withdrawn": done.withdrawn},
    )
    return HttpResponseRedirect(reverse("summer-voucher:runs"))


@require_safe
@signed_in_staff(CALL)
def calls(request: HttpRequest) -> HttpResponse:
    """Who waits for a call, the oldest first."""
    context = {"calls": applications.calls(actor_of(request)), "serving": serving(request),
               "breadcrumb": trail(request, (_("Calls to make"), ""))}  # fmt: skip
    return render(request, "summer_voucher/calls.html", context)


@require_POST
@signed_in_staff(CALL)
def called(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody called."""
    call = get_object_or_404(CallRequest.objects.select_related("offer", "offer__subject"), pk=number)
    return tried(
        request, reverse("summer-voucher:calls"),
        lambda: calling.called(call, actor=actor_of(request), at=clock.now()), done=_("Marked as called."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(VOID)
def find_voucher(request: HttpRequest) -> HttpResponse:
    """One voucher by its number; the number is sent by POST and stands in no address."""
    form = VoucherNumberForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        voucher = found_vouchers.by_number(form.cleaned_data["number"])
        if voucher is not None and _may_see(request, voucher):
            return _found(request, form, voucher)
        form.add_error("number", _("There is no such voucher. Check the number with the youth or the employer."))
    return _page(request, form, status=422 if form.is_bound else 200)


def _may_see(request: HttpRequest, voucher: Voucher) -> bool:
    return bool(verdict(actor_of(request), VOID, voucher))


def _found(
    request: HttpRequest, form: VoucherNumberForm, voucher: Voucher, void: WordsForm | None = None
) -> HttpResponse:
    state = VoucherState(voucher.state)
    context = {
        "found": voucher,
        "number": found_vouchers.shown(voucher),
        "name": found_vouchers.holder(voucher),
        "state": NAMES[state],
        "may_reissue": after(state, "reissue") is not None and verdict(actor_of(request), REISSUE, voucher),
        "may_void": after(state, "void") is not None,
        "void": void or WordsForm(auto_id="void_%s"),
    }
    return _page(request, form, status=422 if void is not None else 200, **context)


def _page(request: HttpRequest, form: VoucherNumberForm, *, status: int = 200, **context: object) -> HttpResponse:
    own = {"form": form, "serving": serving(request), "breadcrumb": trail(request, (_("Find a voucher"), ""))}
    return render(request, "summer_voucher/find_voucher.html", own | context, status=status)


def _voucher(request: HttpRequest, number: int) -> Voucher:
    voucher = get_object_or_404(Voucher, pk=number)
    if not _may_see(request, voucher):
        raise Http404
    return voucher


@require_POST
@signed_in_staff(REISSUE)
def reissue(request: HttpRequest, number: int) -> HttpResponse:
    """A new number in place of a lost one."""
    voucher = _voucher(request, number)
    return tried(
        request, reverse("summer-voucher:find-voucher"),
        lambda: vouchers.reissue(voucher, actor=actor_of(request), at=clock.now()),
        done=_("The youth gets the new number in a message. The old one no longer works."),
    )  # fmt: skip


@require_POST
@signed_in_staff(VOID)
def void(request: HttpRequest, number: int) -> HttpResponse:
    """Make a voucher unusable, with the reason."""
    voucher, words = _voucher(request, number), WordsForm(request.POST, auto_id="void_%s")
    if not words.is_valid():
        return _found(request, VoucherNumberForm(), voucher, words)
    return tried(
        request, reverse("summer-voucher:find-voucher"),
        lambda: vouchers.void(
            voucher, reason=words.cleaned_data["words"], actor=actor_of(request), at=clock.now(), on=clock.today()
        ),
        done=_("The voucher is void. The youth is told."),
    )  # fmt: skip
