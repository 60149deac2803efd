# SPDX-License-Identifier: EUPL-1.2
"""What pages do after a button was pressed: the change, a sentence about it, and back to a page."""

from collections.abc import Callable, Iterable

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ennakko.kernel.cases.models import Case
from ennakko.kernel.closed import Closed
from ennakko.kernel.ui.filters import say
from ennakko.values.texts import Text

MOST_TOLD = 10


def tried(request: HttpRequest, back: str, work: Callable[[], object], *, done: str | Text) -> HttpResponse:
    """Do it, say what became of it, and lead back; a refusal by the access table goes on to its own page."""
    try:
        work()
    except Closed as closed:
        flash.error(request, say(closed.reason))
    else:
        flash.success(request, say(done))
    return HttpResponseRedirect(back)


def each(chosen: Iterable[Case], work: Callable[[Case], object]) -> tuple[int, dict[str, str]]:
    """Do it to each case; how many it was done to, and by number why not to the others. One stops no other."""
    done, refused = 0, {}
    for case in chosen:
        try:
            work(case)
        except Closed as closed:
            refused[case.number] = say(closed.reason)
        else:
            done += 1
    return done, refused


def tell_of_each(request: HttpRequest, said: str, refused: dict[str, str]) -> None:
    """Say what was done to many ("" for nothing), and why not to the first of those it was not done to."""
    if said:
        flash.success(request, said)
    for number, reason in list(refused.items())[:MOST_TOLD]:
        flash.error(request, f"{number}: {reason}")
