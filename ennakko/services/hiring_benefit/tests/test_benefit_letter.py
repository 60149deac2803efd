# SPDX-License-Identifier: EUPL-1.2
"""The benefit letter: nothing looked at before consent, a code that dies at once, counts that tell of nobody."""

from datetime import date, timedelta

import pytest

from ennakko.kernel import purposes
from ennakko.kernel.access import Actor, Refused
from ennakko.kernel.access.roles import ADVISER, PROTECTED_CLERK
from ennakko.kernel.audit import reads_of
from ennakko.kernel.messages import messages_of
from ennakko.kernel.messages.models import Message
from ennakko.kernel.purposes.queries import of_person
from ennakko.kernel.registers import PermitMissing, permitted, person_facts
from ennakko.kernel.registers.permits import PermitTable, permits, set_permits
from ennakko.kernel.registers.tests.small_city import Resident
from ennakko.municipalities import profile
from ennakko.services.hiring_benefit import codes
from ennakko.services.hiring_benefit.actions import letters
from ennakko.services.hiring_benefit.actions.letters import PURPOSE, known_by_letter, order, redeem, withdraw
from ennakko.services.hiring_benefit.models import BenefitLetter, LetterUse
from ennakko.services.hiring_benefit.queries.letters import available, own_letter, told
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db
LONG, SHORT = date(2025, 9, 1), date(2026, 1, 20)


@pytest.fixture(autouse=True)
def _a_demo(settings):
    settings.DEMO = True


def seeker(number=1, since=LONG, **more):
    return Resident(number, birth_date=date(1990, 5, 21), unemployed_since=since, names=("Noora", "Salo"), **more)


def ordered(person=1, *, actor=None, consents=True, waives=True, **more):
    return order(
        person, consents=consents, waives=waives, language="fi", actor=actor or t.resident(person), at=t.AT, on=t.ON,
        wall=t.WALL, **more,
    )  # fmt: skip


def said(person=1):
    return next(one for one in of_person(person) if one.purpose.id == PURPOSE)


# --- ordering


def test_before_she_orders_nothing_may_be_read_of_her(tmp_path):
    t.town(tmp_path / "a", seeker())
    assert not permitted("hiring-benefit", ["unemployed_since"], t.ON)
    with pytest.raises(PermitMissing):
        person_facts(
            1, ["unemployed_since"], purpose="hiring-benefit", on=t.ON, actor=t.MACHINE, at=t.AT, reason="curious"
        )
    assert reads_of(1) == ()


def test_her_consent_and_her_waiver_are_recorded_each_by_itself_and_then_the_conditions_checked(tmp_path):
    t.town(tmp_path / "a", seeker())
    done = ordered(field="5")
    assert done.letter is not None
    assert done.letter.month_cents == 150_000
    now = said()
    assert now.consented_at == t.AT
    assert [one.receiver for one in now.waivers] == ["employer-with-code"]
    assert [one.step for one in done.reasons if one.holds] == ["target_group"]
    (read,) = reads_of(1)
    assert (read.purpose, "unemployed_since" in read.facts) == (PURPOSE, True)
    assert len(messages_of(1)) == 1
    page = own_letter(1, actor=t.resident(1))
    assert page is not None
    assert len(page.code.replace("-", "")) == codes.LENGTH


@pytest.mark.parametrize(("consents", "waives"), [(False, True), (True, False), (False, False)])
def test_without_both_nothing_is_looked_at_nor_kept(tmp_path, consents, waives):
    t.town(tmp_path / "a", seeker())
    done = ordered(consents=consents, waives=waives)
    assert done.letter is None
    assert done.refusal is not None
    assert reads_of(1) == ()
    assert said().consented_at is None


def test_one_whose_unemployment_is_short_is_told_from_which_day_and_nothing_is_kept(tmp_path):
    t.town(tmp_path / "a", seeker(since=SHORT))
    done = ordered()
    assert (done.letter, done.from_day) == (None, date(2026, 4, 20))
    assert {one.step: one.holds for one in done.reasons} == {
        "resident": None, "unemployed_enough": False, "need_assessed": None,
    }  # fmt: skip
    assert (said().consented_at, said().waivers) == (None, ())
    assert not BenefitLetter.objects.exists()


def test_one_of_whose_unemployment_the_register_does_not_tell_gets_no_letter(tmp_path):
    t.town(tmp_path / "a", seeker(since=None))
    done = ordered()
    assert (done.letter, done.from_day) == (None, None)


def with_demo_permits():
    supposed = profile.load("helsinki", demo=True).supposed_permits_file
    set_permits(permits().supposing(PermitTable.load(supposed)))


def test_where_the_register_may_tell_her_municipality_it_must_be_ours(tmp_path):
    t.town(tmp_path / "a", seeker(), seeker(2, municipality="049"))
    with_demo_permits()
    found = ordered().letter
    assert found is not None
    assert found.district == "101"
    assert ordered(2).letter is None


def test_nobody_orders_for_another_and_a_weak_sign_in_is_not_enough(tmp_path):
    t.town(tmp_path / "a", seeker(), seeker(2))
    for actor in (t.resident(2), t.resident(1, strong=False), t.employer(), t.handler(), Actor("anonymous", "")):
        with pytest.raises(Refused):
            ordered(1, actor=actor)
    assert not BenefitLetter.objects.exists()


def test_one_whom_the_register_does_not_know_is_sent_to_an_adviser(tmp_path):
    t.town(tmp_path / "a", seeker())
    assert ordered(None, actor=t.staff("Aila", ADVISER)).refusal is letters.words.NOT_KNOWN


def test_ordering_again_makes_a_new_code_and_the_old_one_dies(tmp_path):
    t.town(tmp_path / "a", seeker())
    t.organisation()
    first, second = ordered().letter, ordered().letter
    assert first.pk != second.pk
    assert redeem(codes.made(first.pk, 0), actor=t.employer(), at=t.AT, wall=t.WALL) is None
    assert redeem(codes.made(second.pk, 0), actor=t.employer(), at=t.AT, wall=t.WALL) is not None


def test_orders_are_throttled_by_whose_letter_it_is(tmp_path):
    t.town(tmp_path / "a", seeker(since=SHORT))
    for _ in range(10):
        assert ordered().refusal is None
    assert ordered().refusal is letters.words.TOO_MANY
    later = order(
        1, consents=True, waives=True, language="fi", actor=t.resident(1), at=t.AT, on=t.ON,
        wall=t.WALL + timedelta(days=1, minutes=1),
    )  # fmt: skip
    assert later.refusal is None


# --- with an adviser


def test_an_adviser_orders_for_a_resident_who_says_so(tmp_path):
    t.town(tmp_path / "a", seeker())
    done = ordered(actor=t.staff("Aila", ADVISER), served="phone")
    assert done.letter is not None
    assert (done.letter.served, done.letter.ordered_by) == ("phone", "staff:aila")


def test_one_under_non_disclosure_is_served_by_the_named_clerk_and_stands_in_no_count(tmp_path):
    t.town(tmp_path / "a", seeker(non_disclosure=True))
    with_demo_permits()
    with pytest.raises(Refused, match="named clerk"):
        ordered(actor=t.staff("Aila", ADVISER))
    done = ordered(actor=t.staff("Aila", ADVISER, PROTECTED_CLERK), served="counter", field="5")
    assert done.letter is not None
    assert (done.letter.field, done.letter.district) == ("", "")


# --- the code


def made(tmp_path):
    t.town(tmp_path / "a", seeker())
    t.organisation()
    return codes.code_of(ordered().letter)


def test_the_employer_to_whom_she_gave_the_code_is_told_who_she_is_and_she_sees_it(tmp_path):
    code = made(tmp_path)
    found = redeem(code.lower().replace("-", " "), actor=t.employer(), at=t.AT, wall=t.WALL)
    assert found is not None
    assert (found.given_names, found.surname, found.identity_code) == ("Noora", "Salo", seeker().code)
    redeem(code, actor=t.employer(), at=t.AT, wall=t.WALL)
    page = own_letter(1, actor=t.resident(1))
    assert [one.employer for one in page.uses] == ["Kahvila Aamukaste Oy"]
    assert known_by_letter(found.letter.pk) == {"unemployed_since": LONG}


def test_the_code_is_stored_nowhere_and_stands_in_no_message(tmp_path):
    code = made(tmp_path).replace("-", "")
    row = BenefitLetter.objects.values().get()
    assert code not in str(row)
    assert all(code not in str(one) for one in Message.objects.values())


@pytest.mark.parametrize("code", ["", "x", "AAAA-AAAA-AAAA", "ÄÄÄÄ-ÄÄÄÄ-ÄÄÄÄ", "A" * 1000])
def test_a_code_that_never_was_tells_nothing(tmp_path, code):
    made(tmp_path)
    assert redeem(code, actor=t.employer(), at=t.AT, wall=t.WALL) is None
    assert not LetterUse.objects.exists()


def test_withdrawn_anywhere_the_code_is_dead_and_emptied(tmp_path):
    code = made(tmp_path)
    assert withdraw(1, actor=t.resident(1), at=t.AT)
    assert redeem(code, actor=t.employer(), at=t.AT, wall=t.WALL) is None
    row = BenefitLetter.objects.get()
    assert (row.state, row.code_index, row.conditions, row.district) == ("withdrawn", None, [], "")
    assert said().consented_at is None
    assert not withdraw(1, actor=t.resident(1), at=t.AT)


@pytest.mark.parametrize("what", ["consent", "waiver"])
def test_withdrawing_either_on_the_page_of_switches_is_enough(tmp_path, what):
    code = made(tmp_path)
    if what == "consent":
        purposes.withdraw_consent(1, PURPOSE, t.resident(1), t.AT)
    else:
        purposes.withdraw_waiver(1, PURPOSE, t.resident(1), t.AT, receiver="employer-with-code")
    assert redeem(code, actor=t.employer(), at=t.AT, wall=t.WALL) is None
    assert own_letter(1, actor=t.resident(1)) is None
    assert known_by_letter(BenefitLetter.objects.get().pk) == {}
    assert letters.end_lapsed(at=t.AT, actor=t.MACHINE) == 1
    assert BenefitLetter.objects.get().state == "withdrawn"


def test_wrong_codes_are_counted_by_organisation_and_then_even_a_right_one_tells_nothing(tmp_path):
    code = made(tmp_path)
    t.organisation(t.CLUB, "Kerho ry")
    for _ in range(10):
        assert redeem("AAAA-AAAA-AAAA", actor=t.employer(), at=t.AT, wall=t.WALL) is None
    assert redeem(code, actor=t.employer(), at=t.AT, wall=t.WALL) is None
    assert redeem(code, actor=t.employer(t.CLUB), at=t.AT, wall=t.WALL) is not None
    assert redeem(code, actor=t.employer(), at=t.AT, wall=t.WALL + timedelta(hours=1, minutes=1)) is not None


def test_only_somebody_who_acts_for_an_employer_may_use_a_code(tmp_path):
    code = made(tmp_path)
    for actor in (t.resident(1), t.handler(), t.staff("Aila", ADVISER), Actor("anonymous", "")):
        with pytest.raises(Refused):
            redeem(code, actor=actor, at=t.AT, wall=t.WALL)


# --- what employers may know


@pytest.mark.parametrize(("count", "shown"), [(0, None), (1, None), (19, None), (20, 20), (29, 20), (30, 30)])
def test_a_count_is_told_down_to_the_ten_and_never_under_twenty(count, shown):
    assert told(count) == shown


def test_groups_of_a_few_and_what_would_tell_them_are_hidden(tmp_path):
    people = [seeker(number) for number in range(1, 60)]
    t.town(tmp_path / "a", *people, seeker(60, non_disclosure=True))
    for number in range(1, 61):
        ordered(number, field="5" if number <= 30 else "9" if number <= 55 else "4")
    purposes.withdraw_consent(1, PURPOSE, t.resident(1), t.AT)
    found = available()
    assert found.total == 50
    assert found.by_field["4"] is None
    # One hidden group alone could be computed from the others and the total.
    assert sorted(found.by_field.values(), key=str) == [20, None, None] or list(found.by_field.values()).count(None) > 1
