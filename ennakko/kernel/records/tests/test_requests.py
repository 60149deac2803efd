# SPDX-License-Identifier: EUPL-1.2
"""Requests for information: received, answered in time, given whole or in part or refused with an appeal (621/1999)."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from ennakko.kernel import audit, documents
from ennakko.kernel.access import ANONYMOUS, Actor, Refused
from ennakko.kernel.access.models import StaffMember
from ennakko.kernel.messages.models import Message
from ennakko.kernel.records import asking, reasons
from ennakko.kernel.records.answering import decide, outcome_of
from ennakko.kernel.records.asking import Asked, NotAsked, extend, receive, take, withdraw
from ennakko.kernel.records.copies import concern, give, given_documents, leave_out
from ennakko.kernel.records.models import InformationRequest, Matter, MatterDocument, RequestedMatter
from ennakko.kernel.records.retention import destroy_old
from ennakko.kernel.records.tests import make
from ennakko.kernel.records.tests.make import AT, CITIZEN, OFFICIAL, ON, REGISTRAR

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = Asked(wanted="Kaikki päätökset avustuksista 2026", email="aino@example.fi")


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.DOCUMENTS = tmp_path
    make.scanned()


def asked(actor: Actor = ANONYMOUS, **changes) -> InformationRequest:
    return receive(replace(ASKED, **changes), actor=actor, at=AT, on=ON)


def refusal(call, *args, **kwargs):
    with pytest.raises(NotAsked) as caught:
        call(*args, **kwargs)
    return caught.value.reason


def choose(
    request: InformationRequest, matter: Matter, given: str, actor: Actor = REGISTRAR, **more
) -> RequestedMatter:
    return give(concern(request, matter, actor=REGISTRAR, at=AT), given, actor=actor, at=AT, **more)


# --- receiving


def test_anybody_may_ask_without_saying_who_they_are_or_why():
    request = asked()
    assert (request.number, request.state, request.requester, request.reason) == (
        "TIETO-2026-000001",
        "received",
        "",
        "",
    )
    assert request.due == date(2026, 5, 18)
    matter = Matter.objects.get(about=asking.about(request))
    assert (matter.number, matter.kind, matter.publicity) == (request.number, "information-request", "public")
    assert Message.objects.get(about=asking.about(request)).template == "records.received"
    assert asking.by_token(asking.token(request)) == request


def test_the_confirmation_tells_the_day_and_the_link_in_the_askers_language():
    asked(language="sv")
    row = Message.objects.get()
    assert (row.email, row.language, row.data["due"]) == ("aino@example.fi", "sv", "2026-05-18")
    assert "/information/" in row.data["link"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"wanted": "  "}, reasons.SAY_WHAT),
        ({"email": ""}, reasons.SAY_WHERE),
        ({"secret_too": True, "reason": "Olen asianosainen"}, reasons.SIGN_IN_FOR_SECRET),
    ],
)
def test_what_is_missing_is_asked_for(changes, reason):
    assert refusal(asked, **changes) == reason
    assert not InformationRequest.objects.exists()
    assert not Matter.objects.exists()


def test_a_postal_address_will_do():
    assert asked(email="", address="Katu 1, 00100 Helsinki").due == date(2026, 5, 18)
    assert not Message.objects.exists()


def test_secret_information_is_asked_for_signed_in_and_with_a_right():
    assert refusal(asked, CITIZEN, secret_too=True) == reasons.SAY_WHY_SECRET
    request = asked(CITIZEN, secret_too=True, reason="Olen asianosainen (11 §)")
    assert request.requester_subject == "person:17"


def test_the_form_cannot_be_used_to_fill_somebodys_mailbox():
    for _ in range(5):
        asked()
    assert refusal(asked) == reasons.ENOUGH_FOR_TODAY
    assert asked(email="other@example.fi")
    assert asked(REGISTRAR)


def test_a_link_that_is_not_one_leads_nowhere():
    request = asked()
    for wrong in ("", "x", asking.token(request)[:-1] + "a", asking.token(request).replace("a", "b", 1)):
        if wrong != asking.token(request):
            assert asking.by_token(wrong) is None


# --- handling


def test_a_month_is_taken_only_with_its_reason_and_the_asker_is_told():
    request = asked()
    assert refusal(extend, request, " ", actor=REGISTRAR, at=AT) == reasons.NEEDS_MONTH_REASON
    assert extend(request, "Paljon asiakirjoja", actor=REGISTRAR, at=AT).due == date(2026, 6, 4)
    extend(request, "Paljon asiakirjoja", actor=REGISTRAR, at=AT)
    assert Message.objects.filter(template="records.longer").count() == 1


def test_a_request_is_taken_in_hand_and_withdrawn():
    member = StaffMember.objects.create(subject="r", name="Kirsi")
    request = take(asked(), actor=replace(REGISTRAR, staff=member.pk), at=AT)
    assert (request.state, request.handler) == ("in_hand", member)
    withdraw(request, actor=REGISTRAR, at=AT, on=ON)
    assert Matter.objects.get(about=asking.about(request)).closed_on == ON
    for call in (take, lambda row, **at: extend(row, "x", **at)):
        assert refusal(call, request, actor=REGISTRAR, at=AT) == reasons.NOT_OPEN


@pytest.mark.parametrize(
    "actor", [ANONYMOUS, CITIZEN, Actor(kind="staff", reference="h", roles=frozenset({"adviser"}))]
)
def test_only_the_registry_handles(actor):
    request, matter = asked(), make.matter()
    for call in (
        lambda: take(request, actor=actor, at=AT),
        lambda: concern(request, matter, actor=actor, at=AT),
        lambda: leave_out(request, matter, actor=actor, at=AT),
        lambda: decide(request, actor=actor, at=AT, on=ON),
        lambda: withdraw(request, actor=actor, at=AT, on=ON),
    ):
        with pytest.raises(Refused):
            call()


# --- answering


def test_public_matters_are_given_whole_by_the_registrar():
    request, matter = asked(), make.matter()
    kept = make.letter(matter)
    chosen = choose(request, matter, "whole")
    done = decide(request, actor=REGISTRAR, at=AT, on=ON)
    assert (done.state, done.outcome, done.appeal) == ("decided", "whole", None)
    assert done.decided_by_name == "Kirsi Kirjaaja"
    assert given_documents(chosen) == [kept.document]
    assert Message.objects.filter(template="records.answered").count() == 1
    own = Matter.objects.get(about=asking.about(request))
    assert (own.closed_on, own.outcome) == (ON, "whole")


def test_the_answer_is_kept_as_a_letter_that_everybody_can_read():
    request, matter = asked(language="en"), make.matter()
    make.letter(matter)
    choose(request, matter, "whole")
    decide(request, actor=REGISTRAR, at=AT, on=ON, words="Here you are.", title="Registrar")
    kept = MatterDocument.objects.get(key=f"{asking.about(request)}:answer")
    pdf = documents.read(kept.document, actor=REGISTRAR, purpose="test", at=AT)
    reader = PdfReader(io.BytesIO(pdf))
    words = " ".join(reader.pages[0].extract_text().split())
    assert reader.trailer["/Root"]["/Lang"] == "en"
    for said in ("You get the information you asked for", "TEST-2026-1: given whole", "Kirsi Kirjaaja, Registrar"):
        assert said in words


def test_a_partly_secret_matter_is_not_given_whole_by_mistake():
    request, matter = asked(), make.matter("benefit")
    assert refusal(choose, request, matter, "whole", OFFICIAL) == reasons.NOT_WHOLE.format(number=matter.number)


def test_a_party_may_get_secret_parts_by_an_officials_decision():
    request, matter = asked(CITIZEN, secret_too=True, reason="Asianosainen"), make.matter("benefit")
    make.letter(matter)
    with pytest.raises(Refused):
        choose(request, matter, "whole", ground="11 §")
    choose(request, matter, "whole", OFFICIAL, ground="Asianosaisen oikeus, 621/1999 11 §")
    with pytest.raises(Refused):
        decide(request, actor=REGISTRAR, at=AT, on=ON)
    assert decide(request, actor=OFFICIAL, at=AT, on=ON).outcome == "whole"


def test_a_copy_without_its_secret_parts_is_made_and_told_of():
    request, matter = asked(), make.matter("benefit")
    make.letter(matter)
    chosen = choose(
        request, matter, "partly", ground="621/1999, 24 § 1 momentti 25 kohta",
        withhold=["person-name", "identity-code"], passages=["muutti kuntaan"],
    )  # fmt: skip
    assert chosen.copy is not None
    assert chosen.page is not None
    pdf = documents.read(chosen.copy, actor=REGISTRAR, purpose="test", at=AT)
    page = documents.read(chosen.page, actor=REGISTRAR, purpose="test", at=AT).decode()
    words = " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    for secret in ("Matti", "Matin", "131052", "muutti"):
        assert secret not in words
        assert secret not in page
    assert "henkilön nimi, henkilötunnus, yksittäisiä kohtia" in words
    assert "24 § 1 momentti 25 kohta" in words
    with pytest.raises(Refused):
        decide(request, actor=REGISTRAR, at=AT, on=ON)
    done = decide(request, actor=OFFICIAL, at=AT, on=ON)
    assert (done.outcome, done.appeal["days"]) == ("partly", 30)
    assert "hallinto-oikeus" in done.appeal["body"]["fi"]
    assert given_documents(chosen) == [chosen.copy]


def test_attachments_that_were_sent_in_are_left_out_of_the_copy_and_told():
    request, matter = asked(), make.matter("benefit")
    make.letter(matter)
    pdf = make.make_pdf("<p>Palkka</p>", language="fi", title="Palkka")
    documents.store(pdf, about=matter.about, kind="payslip", name="a.pdf", actor=CITIZEN, at=AT)
    chosen = choose(request, matter, "partly", ground="24 §", withhold=["person-name"])
    page = documents.read(chosen.page, actor=REGISTRAR, purpose="test", at=AT).decode()
    assert "(1 kpl)" in page


def test_refusing_needs_a_ground_an_official_and_tells_how_to_appeal():
    request, matter = asked(), make.matter("benefit")
    make.letter(matter)
    assert refusal(choose, request, matter, "refused") == reasons.NEEDS_GROUND
    choose(request, matter, "refused", ground="621/1999, 24 § 1 momentti 25 kohta")
    with pytest.raises(Refused):
        decide(request, actor=REGISTRAR, at=AT, on=ON)
    done = decide(request, actor=OFFICIAL, at=AT, on=ON, title="Hallintopäällikkö")
    assert done.outcome == "refused"
    kept = MatterDocument.objects.get(key=f"{asking.about(request)}:answer")
    pdf = documents.read(kept.document, actor=OFFICIAL, purpose="test", at=AT)
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
    for said in ("Tietoja ei anneta", "hallinto-oikeus", "30 päivän kuluessa", "Ville Viranhaltija, Hallintopäällikkö"):
        assert said in words


def test_asked_for_what_the_city_does_not_hold_the_answer_says_so():
    assert decide(asked(), actor=REGISTRAR, at=AT, on=ON).outcome == "none"


def test_every_matter_needs_its_choice_before_the_answer():
    request, matter = asked(), make.matter()
    concern(request, matter, actor=REGISTRAR, at=AT)
    assert refusal(decide, request, actor=OFFICIAL, at=AT, on=ON) == reasons.CHOOSE_EACH.format(number=matter.number)
    leave_out(request, matter, actor=REGISTRAR, at=AT)
    assert decide(request, actor=REGISTRAR, at=AT, on=ON).outcome == "none"


def test_choices_together_make_the_outcome():
    def rows(*given: str) -> list[RequestedMatter]:
        return [RequestedMatter(given=one) for one in given]

    assert outcome_of(rows()) == "none"
    assert outcome_of(rows("whole", "whole")) == "whole"
    assert outcome_of(rows("refused", "refused")) == "refused"
    assert outcome_of(rows("whole", "refused")) == outcome_of(rows("partly")) == "partly"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"ground": "24 §"}, reasons.CHOOSE_CLASSES),
        ({"withhold": ["person-name"]}, reasons.NEEDS_GROUND),
        ({"ground": "24 §", "passages": ["ei ole tässä"]}, reasons.PASSAGE_NOT_FOUND.format(passage="ei ole tässä")),
    ],
)
def test_a_copy_that_cannot_be_made_is_told_and_nothing_changes(more, reason):
    request, matter = asked(), make.matter("benefit")
    make.letter(matter)
    assert refusal(choose, request, matter, "partly", **more) == reason
    assert RequestedMatter.objects.get().given == ""


def test_a_matter_of_which_nothing_is_kept_has_no_copy():
    request, matter = asked(), make.matter("benefit")
    told = refusal(choose, request, matter, "partly", ground="24 §", withhold=["person-name"])
    assert told == reasons.NO_PAGES.format(number=matter.number)


def test_a_new_copy_takes_the_old_ones_place():
    request, matter = asked(), make.matter("benefit")
    make.letter(matter)
    first = choose(request, matter, "partly", ground="24 §", withhold=["person-name"])
    again = give(first, "partly", actor=REGISTRAR, at=AT, ground="24 §", withhold=["person-name", "identity-code"])
    assert again.copy != first.copy
    assert len(documents.of(asking.about(request))) == 2
    leave_out(request, matter, actor=REGISTRAR, at=AT)
    assert documents.of(asking.about(request)) == []


def test_an_answer_is_given_once():
    request = asked()
    decide(request, actor=REGISTRAR, at=AT, on=ON)
    assert refusal(decide, request, actor=REGISTRAR, at=AT, on=ON) == reasons.NOT_OPEN
    assert MatterDocument.objects.count() == 1
    assert audit.verify().ok


def test_a_request_goes_when_its_time_is_over_and_leaves_its_number():
    request = asked()
    decide(request, actor=REGISTRAR, at=AT, on=ON)
    destroy_old(at=AT, on=date(2031, 6, 1), progress=lambda done, of=None: None)
    assert not InformationRequest.objects.exists()
    assert not Message.objects.filter(about=asking.about(request)).exists()
    assert Matter.objects.get(number=request.number).destroyed_at == AT
    assert audit.verify().ok
