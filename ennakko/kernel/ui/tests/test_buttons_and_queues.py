# SPDX-License-Identifier: EUPL-1.2
from types import SimpleNamespace

from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory
from django.utils.translation import override

from ennakko.kernel.closed import Closed
from ennakko.kernel.ui.queues import chips
from ennakko.kernel.ui.trying import each, tell_of_each, tried
from ennakko.values.texts import text

LATE = text(fi="Aika on ohi.", sv="Tiden är ute.", en="The time is over.")
OPEN = text(fi="Avoinna", sv="Öppen", en="Open")


def _request():
    request = RequestFactory().post("/")
    request._messages = CookieStorage(request)
    return request


def _said(request):
    return [(one.level_tag, str(one)) for one in get_messages(request)]


def _refuse(*_):
    raise Closed(LATE)


def test_a_button_that_did_its_work_says_so_and_leads_back():
    request, done = _request(), []
    with override("fi"):
        response = tried(request, "/back/", lambda: done.append(1), done=text(fi="Tehty.", sv="Gjort.", en="Done."))
    assert (done, response.status_code, response.url) == ([1], 302, "/back/")
    assert _said(request) == [("success", "Tehty.")]


def test_what_cannot_be_done_now_is_told_in_the_reader_s_language():
    request = _request()
    with override("sv"):
        response = tried(request, "/back/", _refuse, done="Done.")
    assert response.url == "/back/"
    assert _said(request) == [("error", "Tiden är ute.")]


def test_one_case_that_cannot_be_done_stops_no_other():
    cases = [SimpleNamespace(number=number) for number in ("A-1", "A-2", "A-3")]
    with override("en"):
        done, refused = each(cases, lambda case: _refuse() if case.number == "A-2" else None)
    assert (done, refused) == (2, {"A-2": "The time is over."})
    request = _request()
    tell_of_each(request, "2 done.", refused)
    assert _said(request) == [("success", "2 done."), ("error", "A-2: The time is over.")]


def test_of_very_many_refusals_the_first_are_told():
    request = _request()
    tell_of_each(request, "", {f"A-{number}": "No." for number in range(30)})
    assert len(_said(request)) == 10


def test_the_choices_of_a_queue_say_how_many_there_are_and_which_one_is_shown():
    counts = {"all": 7, "mine": 2, "open": 4, "late": 1, "returned": 3}
    with override("en"):
        shown = chips(counts, ["open"], {"open": OPEN}, state="late", mine=False, more={"returned": OPEN})
    assert [(one.label, one.count, one.url, one.current) for one in shown] == [
        ("All", 7, "?", False),
        ("Mine", 2, "?mine=yes", False),
        ("Open", 4, "?state=open", False),
        ("Late", 1, "?state=late", True),
        ("Open", 3, "?state=returned", False),
    ]
    with override("en"):
        mine = chips(counts, ["open"], {"open": OPEN}, state="", mine=True)
    assert [one.current for one in mine] == [False, True, False, False]
