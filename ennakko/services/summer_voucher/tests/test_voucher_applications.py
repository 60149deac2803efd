# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ennakko.kernel import cases
from ennakko.kernel.access import ANONYMOUS, Refused
from ennakko.kernel.cases.models import Case
from ennakko.kernel.messages.models import Message
from ennakko.kernel.registers.models import RegisterState
from ennakko.services.summer_voucher.actions import applications, checking, handling
from ennakko.services.summer_voucher.actions.storing import identity_code_of
from ennakko.services.summer_voucher.links import application_of, token_of
from ennakko.services.summer_voucher.models import Application, Voucher
from ennakko.services.summer_voucher.queries import applications as queries
from ennakko.services.summer_voucher.tests import town as t

pytestmark = pytest.mark.django_db
LATER = t.WALL + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _a_demo(settings):
    settings.DEMO = True  # the small town's people have only test codes


def told(template: str) -> list[Message]:
    return list(Message.objects.filter(template=f"summer-voucher.{template}"))


def outcome(row: Application) -> str:
    assert row.case is not None
    row.case.refresh_from_db()
    return row.case.state


# --- the open form tells nobody anything


def test_the_answer_and_what_follows_are_the_same_whoever_is_applied_for(tmp_path):
    known = t.youth(1, names=("Aino", "Virtanen"))
    protected = t.youth(2, t.SEVENTEEN, non_disclosure=True)
    t.town(tmp_path / "a", known, protected)
    t.released()
    Message.objects.all().delete()
    tries = [
        {"social_security_number": known.code, "last_name": "Virtanen"},
        {"social_security_number": known.code, "last_name": "Toinen"},
        {"social_security_number": protected.code},
        {"social_security_number": t.STRANGER},
        {"social_security_number": t.STRANGER},
    ]
    shapes, messages = set(), set()
    for number, one in enumerate(tries):
        form = t.form(**one, email="same@posti.example")
        received = applications.apply(form, actor=ANONYMOUS, at=t.AT, on=t.ON, wall=t.WALL, address=f"192.0.2.{number}")
        shapes.add((len(received.reference), received.refusals, received.reason))
        row = received.application
        (message,) = Message.objects.filter(about=f"summer-voucher:application:{row.pk}")
        messages.add((message.template, message.person, message.email, message.language, tuple(sorted(message.data))))
        done = applications.confirm(token_of(row, "confirm"), actor=ANONYMOUS, at=t.AT, on=t.ON, wall=LATER)
        shapes.add((done.outcome, len(done.reference)))
    assert len(messages) == 1
    assert shapes == {(12, (), None), ("confirmed", 12)}


def test_the_status_link_of_an_unproven_form_tells_nothing_of_what_the_register_knows(tmp_path):
    known = t.youth(1, names=("Aino", "Virtanen"))
    t.town(tmp_path / "a", known)
    t.released()
    joined = t.checked(social_security_number=known.code, last_name="Virtanen")
    referred = t.checked(email="toinen@posti.example")
    assert (outcome(joined), outcome(referred)) == ("joined", "awaiting_handling")
    for row in (joined, referred):
        status = queries.status(row, on=t.ON)
        assert (status.state, status.closed) == (queries.IN_HAND, False)
    handling.propose_rejection(referred.case, "Asuu muualla.", actor=t.handler(), at=t.AT, on=t.ON)
    handling.decide(Case.objects.get(pk=referred.case.pk), "rejected", actor=t.official(), at=t.AT, on=t.ON)
    referred = Application.objects.get(pk=referred.pk)
    assert queries.status(referred, on=t.ON).state == queries.HANDLED
    assert queries.status(joined, on=joined.case.due + timedelta(days=1)).state == queries.HANDLED
    assert "Virtanen" not in str(queries.status(joined, on=t.ON))


def test_the_number_of_sendings_is_limited_by_where_they_come_from(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    for number in range(30):
        t.sent(social_security_number=t.STRANGER, email=f"a{number}@posti.example") if number < 5 else (
            applications.apply(t.form(), actor=ANONYMOUS, at=t.AT, on=t.ON, wall=t.WALL, address="192.0.2.1")
        )
    stopped = applications.apply(t.form(), actor=ANONYMOUS, at=t.AT, on=t.ON, wall=t.WALL, address="192.0.2.1")
    assert (stopped.taken, stopped.reason) == (False, applications.TOO_MANY)
    an_hour_later = t.WALL + timedelta(hours=1, seconds=1)
    again = applications.apply(t.form(), actor=ANONYMOUS, at=t.AT, on=t.ON, wall=an_hour_later, address="192.0.2.1")
    assert again.taken


def test_one_code_or_mailbox_is_quietly_passed_over_after_five_and_looks_the_same(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    answers = [
        applications.apply(t.form(), actor=ANONYMOUS, at=t.AT, on=t.ON, wall=t.WALL, address=f"192.0.2.{number}")
        for number in range(7)
    ]
    assert {(len(one.reference), one.taken) for one in answers} == {(12, True)}
    assert (Application.objects.count(), Message.objects.count()) == (5, 5)


def test_every_wrong_field_is_told_with_what_to_write():
    received = applications.apply(
        t.form(email="ei", postcode="1", social_security_number="010110A9999", first_name=" "),
        actor=ANONYMOUS, at=t.AT, on=t.ON, wall=t.WALL, address="192.0.2.1",
    )  # fmt: skip
    assert {one.field for one in received.refusals} == {"email", "postcode", "social_security_number", "first_name"}
    assert not Application.objects.exists()


def test_test_codes_are_refused_outside_the_demo(settings):
    settings.DEMO = False
    wrong = applications.refused_fields(t.form(), form="open")
    assert [one.field for one in wrong] == ["social_security_number"]


def test_nothing_is_taken_in_for_a_year_that_is_not_decided(tmp_path):
    day = date(2027, 2, 1)
    received = applications.apply(t.form(), actor=ANONYMOUS, at=t.AT, on=day, wall=t.WALL, address="192.0.2.1")
    assert received.reason is not None
    assert not received.taken
    assert not Application.objects.exists()


def test_the_identity_code_is_sealed_and_searched_by_a_hash():
    row = t.sent()
    assert identity_code_of(row) == t.STRANGER
    assert t.STRANGER.encode() not in bytes(row.identity_code_sealed)
    assert t.STRANGER not in row.identity_code_index


# --- confirming


def test_looking_at_the_link_changes_nothing_and_pressing_twice_confirms_once(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    row = t.sent()
    token = token_of(row, "confirm")
    for _ in range(3):
        assert applications.look_at_link(token, on=t.ON, wall=LATER).outcome == "confirmed"
    assert not Case.objects.exists()
    outcomes = [applications.confirm(token, actor=ANONYMOUS, at=t.AT, on=t.ON, wall=LATER).outcome for _ in range(2)]
    assert (outcomes, Case.objects.count()) == (["confirmed", "already"], 1)


def test_the_link_lives_less_than_twelve_hours():
    row = t.sent()
    token = token_of(row, "confirm")
    last = t.WALL + timedelta(hours=12) - timedelta(seconds=1)
    assert applications.look_at_link(token, on=t.ON, wall=last).outcome == "confirmed"
    at_twelve = applications.confirm(token, actor=ANONYMOUS, at=t.AT, on=t.ON, wall=t.WALL + timedelta(hours=12))
    assert (at_twelve.outcome, Case.objects.count()) == ("expired", 0)


def test_a_link_opens_only_what_it_was_made_for():
    row = t.sent()
    assert application_of(token_of(row, "confirm"), "status") is None
    assert application_of(token_of(row, "status"), "confirm") is None
    for junk in ("", "a", "ö" * 45, token_of(row, "status")[:-1] + "a", "x" * 4000):
        assert queries.by_token(junk) is None or junk == token_of(row, "status")


# --- the check


def test_where_everything_holds_the_machine_drafts_and_nobody_has_decided(tmp_path):
    known = t.youth(1, names=("Aino", "Virtanen"))
    t.town(tmp_path / "a", known)
    row = t.checked(social_security_number=known.code, last_name=" virtanen ")
    assert (outcome(row), row.case.draft["outcome"], row.person) == ("awaiting_decision", "accepted", 1)
    assert not Voucher.objects.exists()
    assert row.case.subject_id == 1


def test_what_is_open_goes_to_a_handler_with_the_reasons(tmp_path):
    elsewhere = t.youth(1, municipality="049", names=("Aino", "Virtanen"))
    t.town(tmp_path / "a", elsewhere)
    row = t.checked(social_security_number=elsewhere.code, last_name="Toinen", target_group="hki_15")
    assert outcome(row) == "awaiting_handling"
    assert set(row.case.facts["questions"]) == {"surname_differs", "group_not_open", "other_age", "not_resident"}
    assert set(row.case.facts["warnings"]) == {"unproven", "other_postcode"}


def test_of_a_stranger_only_that_is_said_to_be_open(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    row = t.checked()
    assert row.case.facts["questions"] == ["not_found"]
    assert {one["step"]: one["holds"] for one in row.case.facts["conditions"]}["dead"] is None


def test_while_the_register_does_not_answer_the_application_waits_and_is_checked_later(tmp_path):
    known = t.youth(1, names=("Aino", "Virtanen"))
    t.town(tmp_path / "a", known)
    path = RegisterState.objects.get().path
    RegisterState.objects.all().delete()
    row = t.confirmed(social_security_number=known.code, last_name="Virtanen")
    assert checking.check_new(at=t.AT, on=t.ON, actor=t.MACHINE) == {"checked": 0, "waiting": 1}
    assert outcome(row) == "awaiting_check"
    t.snapshots.take_into_use(path, t.AT)
    assert checking.check_new(at=t.AT, on=t.ON, actor=t.MACHINE) == {"checked": 1, "waiting": 0}
    assert outcome(row) == "awaiting_decision"


def test_an_open_application_is_looked_at_again_when_the_register_has_changed(tmp_path):
    elsewhere = t.youth(1, municipality="049", names=("Aino", "Virtanen"))
    t.town(tmp_path / "a", elsewhere)
    row = t.checked(social_security_number=elsewhere.code, last_name="Virtanen")
    assert outcome(row) == "awaiting_handling"
    day = t.ON + timedelta(days=10)
    t.town(tmp_path / "b", replace(elsewhere, municipality="091"), on=day)
    checking.check_again(at=t.AT, on=day, actor=t.MACHINE)
    assert outcome(row) == "awaiting_decision"


def test_whoever_has_a_voucher_needs_no_second_one(tmp_path):
    known = t.youth(1, names=("Aino", "Virtanen"))
    t.town(tmp_path / "a", known)
    t.released()
    row = t.checked(social_security_number=known.code, last_name="Virtanen")
    assert outcome(row) == "joined"
    (own,) = told("joined")
    assert (own.person, own.email) == (1, "")
    assert not told("handled")


def test_siblings_may_share_a_mailbox_and_a_person_looks_at_the_second(tmp_path):
    first, second = t.youth(1, names=("Aino", "Virtanen")), t.youth(2, t.SEVENTEEN, names=("Eetu", "Virtanen"))
    t.town(tmp_path / "a", first, second)
    mailbox = {"email": "perhe@posti.example", "last_name": "Virtanen"}
    one = t.checked(**mailbox, social_security_number=first.code)
    two = t.checked(**mailbox, social_security_number=second.code, target_group="secondary_target_group")
    assert (outcome(one), outcome(two)) == ("awaiting_decision", "awaiting_handling")
    assert "same_email" in two.case.facts["warnings"]


def test_a_second_application_for_the_same_person_goes_to_a_person(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    t.checked()
    again = t.checked(email="toinen@posti.example")
    assert "same_identity_code" in again.case.facts["warnings"]
    assert outcome(again) == "awaiting_handling"


def test_an_unproven_application_does_not_hold_back_the_one_who_signs_in(tmp_path):
    known = t.youth(1, names=("Aino", "Virtanen"))
    t.town(tmp_path / "a", known)
    t.checked(social_security_number=known.code, last_name="Virtanen", email="joku@posti.example")
    values = {name: t.form()[name] for name in applications.FIELDS["signed-in"]}
    received = applications.apply_signed_in(
        values, identity_code=known.code, actor=t.resident(1), at=t.AT, on=t.ON, wall=t.WALL
    )
    assert outcome(received.application) == "awaiting_decision"


# --- signed in, and at the counter


def test_signed_in_no_address_is_confirmed_and_the_explanation_is_asked_for_only_if_it_is_needed(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    values = {name: t.form()[name] for name in applications.FIELDS["signed-in"] if "additional" not in name}
    leevi = t.resident(None, name="Leevi Harju")
    received = applications.apply_signed_in(
        values, identity_code=t.STRANGER, actor=leevi, at=t.AT, on=t.ON, wall=t.WALL
    )
    row = received.application
    assert (outcome(row), row.last_name, row.proven, len(told("confirm"))) == (
        "additional_information_requested", "Harju", True, 0,
    )  # fmt: skip
    assert queries.own_cases(leevi) == [row.case]
    wrong = applications.explain(row, [], "", actor=leevi, at=t.AT, on=t.ON)
    assert {one.field for one in wrong} == {"additional_info_user_reasons", "additional_info_description"}
    assert applications.explain(row, ["other"], "Käyn koulua täällä.", actor=leevi, at=t.AT, on=t.ON) == ()
    assert outcome(row) == "additional_information_provided"
    assert applications.explain(row, ["other"], "Uudelleen", actor=leevi, at=t.AT, on=t.ON)


def test_without_strong_sign_in_the_signed_in_form_is_refused():
    with pytest.raises(Refused):
        applications.apply_signed_in(
            t.form(), identity_code=t.STRANGER, actor=t.resident(1, strong=False), at=t.AT, on=t.ON, wall=t.WALL
        )


def test_at_the_counter_somebody_without_an_identity_code_gets_to_a_handler(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    values = {
        **{name: value for name, value in t.form().items() if name != "social_security_number"},
        "non_vtj_birthdate": "2010-02-03", "non_vtj_home_municipality": "Espoo",
    }  # fmt: skip
    received = applications.apply_at_counter(values, actor=t.handler(), at=t.AT, on=t.ON, wall=t.WALL)
    row = received.application
    assert (outcome(row), row.case.facts["questions"], row.reasons, row.is_unlisted_school) == (
        "awaiting_handling", ["no_identity_code"], ["other"], True,
    )  # fmt: skip
    wrong = applications.apply_at_counter(
        {**values, "non_vtj_birthdate": "3.2.2010"}, actor=t.handler(), at=t.AT, on=t.ON, wall=t.WALL
    )
    assert [one.field for one in wrong.refusals] == ["non_vtj_birthdate"]
    with pytest.raises(Refused):
        applications.apply_at_counter(values, actor=t.resident(1), at=t.AT, on=t.ON, wall=t.WALL)


def test_the_applicant_may_take_it_back_and_is_told(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    row = t.checked()
    applications.withdraw(row.case, actor=ANONYMOUS, at=t.AT, on=t.ON)
    assert (outcome(row), len(told("taken_back"))) == ("withdrawn", 1)
    with pytest.raises(cases.NotNow):
        applications.withdraw(row.case, actor=ANONYMOUS, at=t.AT, on=t.ON)
