# SPDX-License-Identifier: EUPL-1.2
"""Segregation of duties: whoever has prepared a case does not decide it, in whatever order things happened."""

from contextlib import suppress

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ennakko.kernel import cases
from ennakko.kernel.access import Refused
from ennakko.kernel.access.models import StaffMember
from ennakko.kernel.access.reasons import NOT_THEMSELVES
from ennakko.kernel.cases import kinds
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.segregation import barred
from ennakko.kernel.cases.tests import matters as m

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    m.registered(monkeypatch, segregated=True, draft=lambda case, at, on: kinds.Drafted("accepted", amount_cents=1))


def refused(case: Case, actor) -> bool:
    """Whether the actor may not decide the case for having prepared it; any other refusal is raised."""
    try:
        cases.decide(case, "accepted", actor=actor, at=m.AT, on=m.ON)
    except Refused as error:
        if error.reason != NOT_THEMSELVES:
            raise
        return True
    return False


def given_to(case: Case, name: str, by) -> None:
    cases.assign(case, StaffMember.objects.get(pk=m.official(name).staff), actor=by, at=m.AT)


@pytest.mark.parametrize(
    "prepare",
    [
        lambda case, olli: cases.take(case, actor=olli, at=m.AT),
        lambda case, olli: (cases.take(case, actor=olli, at=m.AT), cases.give_back(case, actor=olli, at=m.AT)),
        lambda case, olli: (cases.take(case, actor=olli, at=m.AT), given_to(case, "Otto Other", olli)),
        lambda case, olli: given_to(case, "Olli Official", m.staff()),
        lambda case, olli: cases.write_letter(case, "Hello", actor=olli, at=m.AT),
        lambda case, olli: cases.write_letter(case, "They say", actor=olli, at=m.AT, on_behalf_of=1),
        lambda case, olli: cases.ask_for_information(case, "Which?", actor=olli, at=m.AT, due=m.ON),
        lambda case, olli: cases.move(case, "propose", actor=olli, at=m.AT),
    ],
    ids=["took", "took and gave back", "took and passed on", "was given", "wrote", "wrote at the counter", "asked",
         "proposed"],
)  # fmt: skip
def test_whoever_has_had_a_hand_in_it_does_not_decide(prepare):
    case, olli = m.in_hand(), m.official()
    prepare(case, olli)
    assert refused(case, olli)
    assert not refused(case, m.official("Dora Decider"))


def test_an_official_who_opened_the_case_at_the_counter_does_not_decide_it():
    olli = m.official()
    case = m.in_hand(m.a_case(actor=olli, source="counter", on_behalf_of=1))
    assert refused(case, olli)
    assert not refused(case, m.official("Dora Decider"))


def test_deciding_sending_back_and_sharing_out_the_work_are_not_preparing():
    case, olli = m.in_hand(), m.official()
    given_to(case, "Otto Other", olli)
    cases.move(case, "propose", actor=m.staff(), at=m.AT)
    cases.move(case, "return", actor=olli, at=m.AT)
    cases.note(case, "Look at the hours again", actor=olli, at=m.AT)
    assert not refused(case, olli)


def test_where_duties_are_not_segregated_anybody_who_may_decides(monkeypatch):
    m.registered(monkeypatch, segregated=False)
    case = m.in_hand()
    cases.take(case, actor=m.official(), at=m.AT)
    assert not refused(case, m.official())


def test_in_bulk_each_case_is_asked_about_and_others_go_on():
    olli = m.official()
    mine, others = cases.draft(m.in_hand(), at=m.AT, on=m.ON), cases.draft(m.in_hand(), at=m.AT, on=m.ON)
    cases.take(mine, actor=olli, at=m.AT)
    done = cases.decide_many([mine, others], actor=olli, at=m.AT, on=m.ON)
    assert [one.decision is not None for one in done] == [False, True]
    assert "colleague" in done[0].refused.en


def test_a_page_of_many_cases_asks_the_same_number_of_queries():
    olli = m.official()
    many = [m.in_hand() for _ in range(12)]
    cases.take(many[3], actor=olli, at=m.AT)
    with CaptureQueriesContext(connection) as asked:
        assert barred(olli, many) == {many[3].pk}
    assert len(asked) == 2
    assert barred(olli, []) == set()


NAMES = ("Olli Official", "Outi Official", "Osmo Official")
DEEDS = ("take", "give_back", "pass on", "write", "ask", "propose", "return", "note")


def do(deed: str, case: Case, actor, others: list[str]) -> bool:
    """Do it if it can be done now; whether it prepared the case."""
    row = Case.objects.get(pk=case.pk)
    with suppress(cases.NotNow), transaction.atomic():
        if deed == "take":
            cases.take(row, actor=actor, at=m.AT)
        elif deed == "give_back":
            cases.give_back(row, actor=actor, at=m.AT)
            return False
        elif deed == "pass on":
            given_to(row, others[0], actor)
            return False
        elif deed == "write":
            cases.write_letter(row, "Hello", actor=actor, at=m.AT)
        elif deed == "ask":
            cases.ask_for_information(row, "Which?", actor=actor, at=m.AT, due=m.ON)
        elif deed == "note":
            cases.note(row, "Hm", actor=actor, at=m.AT)
            return False
        else:
            cases.move(row, deed, actor=actor, at=m.AT)
            return deed == "propose"
        return True
    return False


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    opener=st.sampled_from(("Aino", *NAMES)),
    history=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(DEEDS), st.permutations(NAMES)), max_size=8),
)
def test_however_it_went_exactly_those_who_prepared_it_are_kept_from_deciding(opener, history):
    with transaction.atomic():
        at_counter = {"actor": m.official(opener), "source": "counter"} if opener in NAMES else {}
        case = m.in_hand(m.a_case(**at_counter))
        prepared = {opener}
        for name, deed, order in history:
            others = [one for one in order if one != name]
            if do(deed, case, m.official(name), others):
                prepared.add(name)
            if deed == "pass on":
                prepared.add(others[0])
        for name in NAMES:
            assert (case.pk in barred(m.official(name), [case])) == (name in prepared), (name, opener, history)
            if name in prepared:
                assert refused(Case.objects.get(pk=case.pk), m.official(name))
        transaction.set_rollback(True)
