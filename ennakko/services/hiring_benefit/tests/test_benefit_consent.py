# SPDX-License-Identifier: EUPL-1.2
"""The employee's own say: only hers, taken back as easily as given, told to the employer, never a silent stop."""

from datetime import timedelta
from itertools import product

import pytest

from ennakko.kernel.access import Refused
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import CaseEvent
from ennakko.kernel.messages.models import Message
from ennakko.services.hiring_benefit.actions import consenting
from ennakko.services.hiring_benefit.queries import own_applications as own
from ennakko.services.hiring_benefit.states import BenefitState
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db
SAYS = {"given": consenting.confirm, "refused": consenting.refuse, "withdrawn": consenting.withdraw}


def application(**told):
    return t.an_application(of=t.person(1), consent="asked", **told)


@pytest.mark.parametrize("what", SAYS)
def test_she_says_it_once_and_it_stands_in_the_history(what: str):
    sent = application()
    for _ in range(2):
        row = SAYS[what](sent.employee, actor=t.resident(1), at=t.AT)
        assert row.consent == what
    assert CaseEvent.objects.filter(case=sent.case, verb=f"consent_{what}").count() == 1


def test_what_is_missing_is_told_to_the_employer_and_the_handling_goes_on():
    sent = application(state=BenefitState.HANDLING)
    consenting.confirm(sent.employee, actor=t.resident(1), at=t.AT)
    assert not Message.objects.filter(template="hiring-benefit.consent_refused").exists()
    consenting.withdraw(sent.employee, actor=t.resident(1), at=t.AT + timedelta(days=1))
    assert Message.objects.filter(template="hiring-benefit.consent_refused").count() == 1
    sent.case.refresh_from_db()
    assert sent.case.state == BenefitState.HANDLING
    (seen,) = own.applications(t.employer())
    assert seen.waits


WRONG = {
    "another resident": lambda: t.resident(2),
    "herself without strong sign-in": lambda: t.resident(1, strong=False),
    "her employer": lambda: t.employer(),
    "a handler": lambda: t.handler(),
    "the official": lambda: t.official(),
}


@pytest.mark.parametrize(("who", "what"), list(product(WRONG, SAYS)))
def test_nobody_else_says_it_for_her(who: str, what: str):
    sent = application()
    with pytest.raises(Refused):
        SAYS[what](sent.employee, actor=WRONG[who](), at=t.AT)


def test_only_a_handler_writes_down_the_paper():
    sent = application()
    for actor in (t.employer(), t.resident(1), t.staff("Tuula", "finance")):
        with pytest.raises(Refused):
            consenting.on_paper(sent.employee, actor=actor, at=t.AT)
    assert consenting.on_paper(sent.employee, actor=t.handler(), at=t.AT).consent == "on_paper"


@pytest.mark.parametrize("state", [BenefitState.GRANTED, BenefitState.REFUSED, BenefitState.CANCELLED])
def test_after_the_decision_nothing_is_changed(state: BenefitState):
    sent = application(state=state)
    with pytest.raises(NotNow):
        consenting.confirm(sent.employee, actor=t.resident(1), at=t.AT)


def test_she_is_reminded_once_after_a_week_and_the_employer_told_once_after_two():
    sent = application()
    assert consenting.remind(at=t.AT + timedelta(days=6)) == {"reminded": 0, "told": 0}
    assert consenting.remind(at=t.AT + timedelta(days=7)) == {"reminded": 1, "told": 0}
    assert consenting.remind(at=t.AT + timedelta(days=8)) == {"reminded": 0, "told": 0}
    assert consenting.remind(at=t.AT + timedelta(days=14)) == {"reminded": 0, "told": 1}
    assert consenting.remind(at=t.AT + timedelta(days=15)) == {"reminded": 0, "told": 0}
    about = Message.objects.filter(about=f"case:{sent.case.pk}").values_list("template", flat=True)
    assert sorted(about) == ["hiring-benefit.consent_waits", "hiring-benefit.employee_reminder"]


def test_she_sees_only_her_own_and_only_strongly_signed_in():
    sent = application()
    t.an_application(key="k2", of=t.person(2), code=t.identity_code(t.BORN, 952))
    assert [one.case.pk for one in own.employments(t.resident(1))] == [sent.case.pk]
    assert own.employments(t.resident(1, strong=False)) == []
    assert own.employments(t.resident(3)) == []
    assert own.employment(t.resident(2), sent.case.number) is None


def test_a_proposal_is_shown_to_nobody_outside_and_a_decision_at_once():
    for state in (BenefitState.RECEIVED, BenefitState.ACCEPTED, BenefitState.REJECTED):
        application(state=state, key=f"k-{state}")
    assert {one.state.en for one in own.applications(t.employer())} == {"Being handled"}
    assert {one.state.en for one in own.employments(t.resident(1))} == {"Being handled"}
    application(state=BenefitState.GRANTED, key="k-granted")
    assert "Granted" in {one.state.en for one in own.applications(t.employer())}


def test_the_lists_take_the_same_queries_however_many(django_assert_max_num_queries):
    for number in range(12):
        application(key=f"k{number}")
    with django_assert_max_num_queries(4):
        assert len(own.applications(t.employer())) == 12
    with django_assert_max_num_queries(1):
        assert len(own.employments(t.resident(1))) == 12
