# SPDX-License-Identifier: EUPL-1.2
"""Acting for an organisation: signing in as oneself, choosing, switching, going back; and all that may go wrong."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from ennakko.kernel import audit
from ennakko.kernel.audit.queries import latest_entries
from ennakko.kernel.organisations.models import BankAccount, ContactPerson, MandateUse, Organisation
from ennakko.kernel.organisations.ports import MandatedOrganisation
from ennakko.kernel.ui.checker import flaws
from ennakko.web.signin.session import identity_code_of
from ennakko.web.tests.organisation_people import (
    CAFE,
    CLUB,
    CODES,
    EVERY,
    HELD,
    Register,
    Silent,
    acts,
    chosen,
    demo_with_people,
    identified,
    use,
)


@pytest.fixture(autouse=True)
def _demo(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with demo_with_people(settings, monkeypatch):
        yield


pytestmark = pytest.mark.django_db


def test_who_has_one_mandate_lands_on_the_organisations_page(client: Client) -> None:
    answer = acts(client)
    assert answer.headers["Location"] == "/organisation/"
    page = client.get("/organisation/").content.decode()
    assert "Kahvila Aamukaste Oy" in page
    assert "Petri Testi" in page
    assert "Vaasankatu 12" in page


def test_the_way_leads_back_to_the_page_that_was_wanted(client: Client) -> None:
    first = client.get("/organisation/details/")
    assert first.headers["Location"] == "/sign-in/?next=%2Forganisation%2Fdetails%2F&as=organisations"
    assert acts(client, next_page="/organisation/details/").headers["Location"] == "/organisation/details/"


def test_the_way_back_never_leads_out_of_the_site(client: Client) -> None:
    for outside in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        assert acts(client, next_page=outside).headers["Location"] == "/organisation/"


def test_acting_gives_the_session_a_new_id_and_keeps_the_human_being(client: Client) -> None:
    page = identified(client, "petri").headers["Location"]
    before = client.session.session_key
    chosen(client, page, CAFE)
    assert client.session.session_key != before
    assert client.session["actor"]["kind"] == "resident"
    assert identity_code_of(client.session) == CODES["petri"]
    assert CODES["petri"] not in str(dict(client.session))


def test_another_organisation_is_chosen_without_signing_in_again(client: Client) -> None:
    acts(client, "henrik", CAFE)
    page = client.post("/organisation/choose/ask").headers["Location"]
    chosen(client, page, CLUB)
    assert client.session["acting"]["organisation"] == CLUB
    answer = client.post("/organisation/choose/act", {"organisation": CAFE, "next": "/organisation/details/"})
    assert answer.headers["Location"] == "/organisation/details/"
    assert client.session["acting"]["organisation"] == CAFE
    uses = MandateUse.objects.order_by("pk")
    assert [(one.organisation_id, one.ended_at is None) for one in uses] == [(CAFE, False), (CLUB, False), (CAFE, True)]


def test_several_mandates_at_once_are_shown_to_choose_from(client: Client) -> None:
    use(mandates=Everything())
    answer = client.get(identified(client, "henrik").headers["Location"])
    assert answer.headers["Location"] == "/organisation/choose/"
    page = client.get("/organisation/choose/").content.decode()
    assert CAFE in page
    assert "Ungdomsföreningen Måsarna rf" in page
    assert "acting" not in client.session


class Everything:
    """E-authorisations that tell of every organisation at once."""

    def __init__(self) -> None:
        from ennakko.connectors.mandates.embedded import EmbeddedMandates

        self._all = EmbeddedMandates(lambda code: HELD.get(code, []))
        self.start, self.finish = self._all.start, self._all.finish


def test_back_to_oneself_without_signing_in_again(client: Client) -> None:
    acts(client)
    assert client.post("/organisation/choose/leave").headers["Location"] == "/my/"
    assert client.get("/my/").status_code == 200
    assert MandateUse.objects.get().ended_at is not None
    answer = client.post("/organisation/choose/act", {"organisation": CAFE})
    assert answer.headers["Location"] == "/organisation/"


def test_my_own_page_while_acting_leads_to_the_choice_and_the_other_way_round(client: Client) -> None:
    acts(client)
    assert client.get("/my/").headers["Location"] == "/organisation/"
    assert client.get("/my/messages/").headers["Location"] == "/organisation/choose/?next=%2Fmy%2Fmessages%2F"
    client.post("/organisation/choose/leave")
    assert client.get("/organisation/").headers["Location"] == "/organisation/choose/?next=%2Forganisation%2F"


def test_without_a_mandate_the_page_says_what_it_is_and_how_to_get_one(client: Client) -> None:
    page = identified(client, "ville").headers["Location"]
    answer = chosen(client, page, do="none")
    assert answer.headers["Location"] == "/organisation/choose/"
    shown = client.get("/organisation/choose/", headers={"accept-language": "en"}).content.decode()
    assert "You have no mandate for an organisation" in shown
    assert "suomi.fi/valtuudet" in shown
    assert client.get("/my/").status_code == 200


def test_turning_back_at_suomi_fi_loses_nothing() -> None:
    client = Client(headers={"accept-language": "en"})
    page = identified(client, "petri", next_page="/organisation/details/").headers["Location"]
    answer = chosen(client, page, do="cancel")
    assert answer.headers["Location"] == "/organisation/choose/?next=%2Forganisation%2Fdetails%2F"
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "You chose no organisation" in shown
    assert client.session["actor"]["kind"] == "resident"


@pytest.mark.parametrize("at_the_end", [False, True])
def test_when_mandates_do_not_answer_one_is_told_so_and_stays_signed_in(client: Client, at_the_end: bool) -> None:
    use(mandates=Silent(at_the_end=at_the_end))
    answer = identified(client, "petri", next_page="/organisation/details/")
    if at_the_end:
        answer = client.get(answer.headers["Location"])
    answer = client.get(answer.headers["Location"])
    assert answer.status_code == 503
    assert 'value="/organisation/details/"' in answer.content.decode()
    assert client.get("/my/").status_code == 200
    assert latest_entries(most=1)[0].details["outcome"] == "unavailable"  # type: ignore[index]
    use()
    page = client.post("/organisation/choose/ask", {"next": "/organisation/details/"}).headers["Location"]
    assert chosen(client, page, CAFE).headers["Location"] == "/organisation/details/"


def test_silent_registers_stop_nobody(client: Client) -> None:
    register = Register()
    register.silent = True
    use(register=register)
    acts(client)
    shown = client.get("/organisation/", headers={"accept-language": "en"}).content.decode()
    assert "The registers did not answer" in shown
    assert Organisation.objects.get().name == "Kahvila Aamukaste Oy"
    register.silent = False
    client.post("/organisation/details/fetch")
    assert Organisation.objects.get().street_address == "Vaasankatu 12"


def test_an_answer_is_taken_once_and_only_in_the_session_that_asked(client: Client) -> None:
    page = identified(client, "petri").headers["Location"]
    asked = client.get(page).context["asked"]
    back = client.post(page, {"asked": asked, "organisation": CAFE, "do": "choose"}).headers["Location"]
    thief = Client()
    identified(thief, "ville")
    assert "acting" not in thief.session
    answer = thief.get(back)
    assert answer.headers["Location"] == "/organisation/choose/"
    assert "acting" not in thief.session
    client.get(back)
    assert client.session["acting"]["organisation"] == CAFE
    client.post("/organisation/choose/leave")
    assert client.get(back).headers["Location"] == "/organisation/choose/"
    assert "acting" not in client.session


def test_an_organisation_that_this_session_was_not_given_cannot_be_acted_for(client: Client) -> None:
    acts(client)
    answer = client.post("/organisation/choose/act", {"organisation": CLUB})
    assert answer.headers["Location"] == "/organisation/choose/"
    assert client.session["acting"]["organisation"] == CAFE


def test_an_organisation_without_a_business_id_is_told_and_not_acted_for(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(headers={"accept-language": "en"})
    monkeypatch.setitem(HELD, CODES["ville"], [MandatedOrganisation("1234567-0", "Utlandet AS", EVERY)])
    use(mandates=Everything())
    client.get(identified(client, "ville").headers["Location"])
    shown = client.get("/organisation/choose/", headers={"accept-language": "en"}).content.decode()
    assert "no Finnish business ID" in shown
    assert "acting" not in client.session


def test_one_sees_on_ones_own_page_for_whom_one_has_acted(client: Client) -> None:
    acts(client)
    client.post("/organisation/choose/leave")
    page = client.get("/my/looked-up/", headers={"accept-language": "en"}).content.decode()
    assert "For whom you have acted" in page
    assert "Kahvila Aamukaste Oy" in page
    other = Client()
    identified(other, "ville", door="residents")
    assert "Kahvila Aamukaste Oy" not in other.get("/my/looked-up/").content.decode()


def test_forms_may_lead_to_e_authorisations_and_nowhere_else(client: Client, settings: Any) -> None:
    settings.MANDATES = {**settings.MANDATES, "url": "https://valtuudet.example.fi/base"}
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "form-action 'self' https://valtuudet.example.fi;" in policy


def test_signing_out_ends_acting_too(client: Client) -> None:
    acts(client)
    client.post("/sign-out/")
    assert MandateUse.objects.get().ended_at is not None
    assert client.get("/organisation/").headers["Location"].startswith("/sign-in/")


def test_coming_in_by_the_residents_door_acts_for_nobody(client: Client) -> None:
    acts(client)
    answer = identified(client, "petri", door="residents")
    assert answer.headers["Location"] == "/my/"
    assert "acting" not in client.session
    assert MandateUse.objects.get().ended_at is not None


def test_the_citys_own_people_act_for_no_organisation(client: Client) -> None:
    from datetime import UTC, date, datetime

    from ennakko.kernel.access import SYSTEM, add_staff, grant_role

    at = datetime(2026, 4, 15, 9, tzinfo=UTC)
    member = add_staff(subject="ritva", name="Ritva", by=SYSTEM("test"), at=at)
    grant_role(member, role="adviser", by=SYSTEM("test"), at=at, start=date(2020, 1, 1))
    identified(client, "ritva", door="staff")
    for address in ("/organisation/", "/organisation/choose/"):
        assert client.get(address).status_code == 403
    assert client.post("/organisation/choose/ask").status_code == 403


@pytest.mark.parametrize("deed", ["ask", "act", "leave"])
def test_nothing_changes_by_looking(client: Client, deed: str) -> None:
    acts(client)
    assert client.get(f"/organisation/choose/{deed}").status_code == 405
    assert client.session["acting"]["organisation"] == CAFE


def test_every_question_about_mandates_and_every_use_is_in_the_log(client: Client) -> None:
    acts(client, "henrik", CLUB)
    told = [(one.action, one.details) for one in reversed(latest_entries(most=9))]
    assert [action for action, _ in told] == [
        "sign-in", "mandates.ask", "mandates.answer", "organisations.add", "organisations.act",
    ]  # fmt: skip
    assert told[2][1]["organisations"] == {CLUB: sorted(EVERY)}  # type: ignore[index]
    assert [one.action for one in audit.entries_for(CLUB)] == ["organisations.act"]


@pytest.mark.parametrize(
    "address",
    [
        "/demo/mandates/", "/demo/mandates/?state=s", "/demo/mandates/?state=s&callback=https://elsewhere.example/",
        "/demo/mandates/?callback=http://testserver/organisation/choose/callback",
    ],
)  # fmt: skip
def test_the_demos_page_leads_back_nowhere_else(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_the_demos_page_gives_no_organisation_that_it_did_not_offer(client: Client) -> None:
    page = identified(client, "petri").headers["Location"]
    asked = client.get(page).context["asked"]
    assert client.post(page, {"asked": asked, "organisation": CLUB, "do": "choose"}).status_code == 400
    assert client.post(page, {"asked": asked + "x", "organisation": CAFE, "do": "choose"}).status_code == 400
    assert client.post(page, {}).status_code == 400


def form_of(client: Client, page: str) -> dict[str, str]:
    """What a page's form carries beside what is typed."""
    return {"csrfmiddlewaretoken": str(client.get(page).context["csrf_token"])}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_page_left_open_for_one_organisation_writes_nothing_to_another(language: str) -> None:
    client = Client(headers={"accept-language": language})
    acts(client, "henrik", CAFE)
    client.handler.enforce_csrf_checks = True
    account = "/organisation/details/account/"
    told = {**form_of(client, account), "iban": "FI21 1234 5600 0007 85"}
    choice = form_of(client, "/organisation/choose/")
    there = client.post("/organisation/choose/ask", choice).headers["Location"]
    with_clubs = {**form_of(client, there), "asked": client.get(there).context["asked"], "organisation": CLUB}
    client.get(client.post(there, {**with_clubs, "do": "choose"}).headers["Location"])
    assert client.session["acting"]["organisation"] == CLUB
    answer = client.post(account, told, headers={"referer": f"http://testserver{account}"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert flaws(page, language=language) == []
    assert "Ungdomsföreningen Måsarna rf" in page
    assert 'href="/organisation/choose/?next=%2Forganisation%2Fdetails%2Faccount%2F"' in page
    assert not BankAccount.objects.exists()
    part = client.post(account, told, headers={"HX-Request": "true"}).content.decode()
    assert "Ungdomsföreningen Måsarna rf" in part
    assert "<main" not in part, "no page within the page"
    assert client.post(account, {**form_of(client, account), "iban": "FI21 1234 5600 0007 85"}).status_code == 302
    assert BankAccount.objects.get().organisation_id == CLUB


@pytest.mark.parametrize("deed", ["leave", "signing in as another"])
def test_a_page_left_open_writes_nothing_after_one_has_left_or_another_has_signed_in(deed: str) -> None:
    client = Client()
    acts(client)
    contact = "/organisation/details/contact/"
    told = {**form_of(client, contact), "name": "Petri", "email": "p@example.fi", "language": "fi"}
    if deed == "leave":
        client.post("/organisation/choose/leave")
    else:
        acts(client, "henrik", CLUB)
    client.handler.enforce_csrf_checks = True
    answer = client.post(contact, told)
    assert answer.status_code == 403
    assert not ContactPerson.objects.exists()


def test_a_page_of_another_organisation_is_not_found_and_says_for_whom_one_acts(client: Client) -> None:
    acts(client, "henrik", CLUB)
    answer = client.get("/organisation/summer-voucher/draft/abc/", headers={"accept-language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "You now act for: Ungdomsföreningen Måsarna rf" in page
    assert "/organisation/choose/?next=%2Forganisation%2Fsummer-voucher%2Fdraft%2Fabc%2F" in page
    assert flaws(page, language="en") == []


@pytest.mark.parametrize("deed", ["/sign-out/", "/organisation/choose/leave"])
def test_what_a_script_asks_after_one_has_left_leads_the_whole_page_on(client: Client, deed: str) -> None:
    acts(client)
    client.post(deed)
    answer = client.post("/organisation/details/account/", headers={"HX-Request": "true"})
    assert answer.content == b""
    assert answer.headers["HX-Redirect"].startswith(("/sign-in/?", "/organisation/choose/?"))
