# SPDX-License-Identifier: EUPL-1.2
"""What pages do after a button was pressed: the change, a sentence about it, and back to a page."""

from collections.abc import Callable

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ennakko.kernel.cases import NotNow
from ennakko.kernel.offers.answering import UnknownAnswer
from ennakko.kernel.offers.events import OfferClosed
from ennakko.kernel.ui.filters import say
from ennakko.services.summer_voucher.actions.vouchers import VoucherClosed
from ennakko.values.texts import Text

CLOSED = (NotNow, OfferClosed, UnknownAnswer, VoucherClosed)
"""What an action answers when it cannot be done now; each has a `reason` that says what can."""


def tried(request: HttpRequest, back: str, work: Callable[[], object], *, done: str | Text) -> HttpResponse:
    """Do it, say what became of it, and lead back; a refusal by the access table goes on to its own page."""
    try:
        work()
    except CLOSED as closed:
        flash.error(request, say(closed.reason))
    else:
        flash.success(request, say(done))
    return HttpResponseRedirect(back)
