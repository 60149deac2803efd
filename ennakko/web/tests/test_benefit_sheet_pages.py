# SPDX-License-Identifier: EUPL-1.2
"""The handlers' calculation sheet, corrections and earlier benefits of the hiring benefit; without scripts."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from ennakko.kernel import clock
from ennakko.kernel.cases.models import Case
from ennakko.services.hiring_benefit.models import Calculation, FieldChange, PreviousBenefit
from ennakko.services.hiring_benefit.tests import desk as d
from ennakko.services.hiring_benefit.tests import town as t
from ennakko.web.tests import employers as e

pytestmark = pytest.mark.django_db
PLACE = "/hiring-benefit/desk/"


@pytest.fixture(autouse=True)
def _a_town(tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR = tmp_path
    t.town(tmp_path / "a", t.Resident(1, t.BORN))
    monkeypatch.setattr(clock, "now", lambda: t.AT)
    monkeypatch.setattr(clock, "today", lambda: t.ON)
    monkeypatch.setattr(clock, "wall", lambda: t.WALL)


@pytest.fixture
def ritva() -> Client:
    return e.comes(t.handler())


def here(case: Case) -> str:
    return f"{PLACE}{case.number}/"


# --- the sheet


def sheet(**told: str) -> dict[str, str]:
    return {
        "start": "2026-02-01", "end": "2026-07-31", "pay": "2600", "vacation": "0", "other": "520", "manual": "",
        "comment": "", "s-rows": "0", "t-rows": "0", "do": "count",
    } | told  # fmt: skip


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_another_sheet_is_counted_without_saving(ritva: Client, language: str) -> None:
    case = d.taken().case
    path = f"{here(case)}calculation/"
    e.reads(ritva, path, language=language)
    html = e.reads(ritva, path, data=sheet(pay="2000", other="400"), language=language)
    assert {"fi": "7\N{NO-BREAK SPACE}200", "sv": "7\N{NO-BREAK SPACE}200", "en": "7,200"}[language] in html
    assert Calculation.objects.get().total_cents == 900_000


def test_rows_are_added_and_those_that_overlap_or_lie_outside_are_refused_in_words(ritva: Client) -> None:
    case = d.taken(start=t.date(2025, 2, 1), end=t.date(2025, 7, 31)).case
    path = f"{here(case)}calculation/"
    base = sheet(start="2025-02-01", end="2025-07-31", share="50")
    html = e.reads(ritva, path, data=base | {"do": "add-s"})
    assert 'name="s0-percent"' in html
    row = {"s-rows": "2", "s0-start": "2025-02-01", "s0-end": "2025-04-30", "s0-percent": "50"}
    again = row | {"s1-start": "2025-04-01", "s1-end": "2025-05-31", "s1-percent": "70"}
    assert "menevät päällekkäin" in e.reads(ritva, path, data=base | again, status=422)
    outside = row | {"s1-start": "2026-04-01", "s1-end": "2026-05-31", "s1-percent": "70"}
    assert "ei osu tukiaikaan" in e.reads(ritva, path, data=base | outside, status=422)
    wrong = row | {"s1-start": "", "s1-end": "2025-05-31", "s1-percent": "x", "s1-work_time": "900"}
    html = e.reads(ritva, path, data=base | wrong, status=422)
    assert "Valitse päivä." in html
    empty = row | {"s1-start": "", "s1-end": "", "s1-percent": ""}
    e.reads(ritva, path, data=base | empty)
    turned = {"t-rows": "1", "t0-start": "2025-03-01", "t0-end": "2025-02-01", "t0-monthly": "1"}
    e.reads(ritva, path, data=base | turned, status=422)


def test_a_calculation_is_saved_with_its_reason_and_the_earlier_one_stays(ritva: Client) -> None:
    case = d.taken().case
    path = f"{here(case)}calculation/"
    html = e.reads(ritva, path, data=sheet(pay="2000", other="400", do="save"), status=422)
    assert "Kerro, miksi muutat" in html
    e.led(ritva, path, sheet(pay="2000", other="400", do="save", reason="Palkka sopimuksesta."))
    rows = Calculation.objects.order_by("number")
    assert [(one.number, one.total_cents, one.in_force) for one in rows] == [(1, 900_000, False), (2, 720_000, True)]
    assert "Palkka sopimuksesta." in e.reads(ritva, path)


def test_an_amount_by_hand_needs_its_reason(ritva: Client) -> None:
    case = d.taken().case
    path = f"{here(case)}calculation/"
    html = e.reads(ritva, path, data=sheet(manual="1000", do="save", reason="Sovittu."), status=422)
    assert "Perustele käsin annettu määrä" in html
    e.reads(ritva, path, data=sheet(manual="1500,01", comment="Sovittu."), status=422)
    e.reads(ritva, path, data=sheet(comment="Ilman määrää."), status=422)
    e.led(ritva, path, sheet(manual="1000", comment="Sovittu.", do="save", reason="Sovittu."))
    assert Calculation.objects.get(in_force=True).total_cents == 600_000


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"start": ""}, "Valitse päivä."),
        ({"end": "2026-01-01"}, "päättyy ennen kuin se alkaa"),
        ({"end": "2029-01-01"}, "enintään 24 kuukautta"),
        ({"pay": "kaksi"}, "summa"),
        ({"pay": ""}, "kuukausipalkka"),
    ],
)
def test_each_slip_in_the_sheet_has_its_own_answer(ritva: Client, told: dict[str, str], says: str) -> None:
    case = d.taken().case
    assert says in e.reads(ritva, f"{here(case)}calculation/", data=sheet(**told), status=422)


# --- corrections and earlier benefits


def test_an_application_is_put_right_with_a_reason_and_the_history_shows_both(ritva: Client) -> None:
    sent = d.taken()
    path = f"{here(sent.case)}corrections/"
    html = e.reads(ritva, path)
    form = _form_of(html) | {"monthly_pay": "2400", "last_name": "Salonen"}
    e.reads(ritva, path, data=form | {"reason": ""}, status=422)
    e.reads(ritva, path, data=form | {"reason": "x", "iban": "FI00"}, status=422)
    e.led(ritva, path, form | {"reason": "Työsopimuksessa on toinen palkka."})
    change = FieldChange.objects.get()
    assert change.changes == [
        {"field": "pay_cents", "before": 260_000, "after": 240_000},
        {"field": "last_name", "before": None, "after": None},
    ]
    html = e.reads(ritva, here(sent.case))
    assert "Noora Salonen" in html
    assert "2\N{NO-BREAK SPACE}400\N{NO-BREAK SPACE}€" in html
    assert "laskelman jälkeen" in html
    e.reads(ritva, path, data=_form_of(e.reads(ritva, path)) | {"reason": "Ei mitään."}, status=422)


def _form_of(html: str) -> dict[str, str]:
    """What stands in the fields of the page's own form."""
    found: dict[str, str] = {}

    class Reader(HTMLParser):
        select = text = ""

        def handle_starttag(self, tag: str, attrs: Any) -> None:
            known = dict(attrs)
            if tag == "input" and known.get("name") and known.get("type") != "hidden":
                found[known["name"]] = known.get("value") or ""
            elif tag == "select":
                self.select = known.get("name", "")
            elif tag == "option" and "selected" in known:
                found[self.select] = known.get("value") or ""
            elif tag == "textarea":
                self.text = known.get("name", "")
                found[self.text] = ""

        def handle_data(self, data: str) -> None:
            if self.text:
                found[self.text] += data.removeprefix("\n")

        def handle_endtag(self, tag: str) -> None:
            if tag == "textarea":
                self.text = ""

    Reader().feed(html)
    return found


def test_an_earlier_benefit_is_written_down_and_removed_with_a_reason(ritva: Client) -> None:
    sent = d.taken()
    path = f"{here(sent.case)}earlier/"
    e.reads(ritva, path)
    e.reads(ritva, path, data={"start": "2025-03-01", "end": "2025-02-01", "source": "HEL 2025-1"}, status=422)
    e.reads(ritva, path, data={"start": "2025-03-01", "end": "2025-12-31", "source": ""}, status=422)
    e.led(ritva, path, {"start": "2025-03-01", "end": "2025-12-31", "total": "8000", "source": "HEL 2025-1"})
    row = PreviousBenefit.objects.get()
    html = e.reads(ritva, here(sent.case))
    assert "HEL 2025-1" in html
    assert "pidempi kuin" in html, "10 + 6 months are over the 12 in 24 months"
    e.led(ritva, f"{path}{row.pk}/remove", {"why": ""})
    assert PreviousBenefit.objects.get().removed_at is None
    e.led(ritva, f"{path}{row.pk}/remove", {"why": "Toinen henkilö."})
    assert PreviousBenefit.objects.get().removed_why == "Toinen henkilö."
    assert "HEL 2025-1" not in e.reads(ritva, here(sent.case))


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_a_calculation_without_its_reason_is_told_by_the_field_and_keeps_what_was_typed(
    ritva: Client, language: str
) -> None:
    sent = d.taken()
    path = f"{here(sent.case)}calculation/"
    form = _form_of(e.reads(ritva, path)) | {"pay": "2000"}
    html = e.reads(ritva, path, data=form | {"do": "save", "reason": ""}, status=422, language=language)
    assert 'href="#reason"' in html
    assert 'id="reason_error"' in html
    assert 'value="2000"' in html
    html = e.reads(ritva, path, data=form | {"do": "save", "manual": "900", "reason": "Sovittu."}, status=422)
    assert 'id="id_comment_error"' in html
    assert "Sovittu." in html
    assert "Sovittu." in e.reads(ritva, path, data=form | {"do": "count", "reason": "Sovittu."})
    e.reads(ritva, path, data=form | {"do": "count", "s-rows": "²", "t-rows": "x"})
