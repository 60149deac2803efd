# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with applications: every action of the table beside every role, and whose rows they see."""

from itertools import product

import pytest

from ennakko.kernel.access import SYSTEM, Actor, verdict, visible
from ennakko.kernel.access.tables import action
from ennakko.kernel.cases.models import Case
from ennakko.services.hiring_benefit.access import APPLY, CHECK, CONFIRM, PAPER
from ennakko.services.hiring_benefit.models import Employee
from ennakko.services.hiring_benefit.states import DECIDE, HANDLE, OWN
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db
WHO = {
    "nobody": lambda: Actor("anonymous", "nobody"),
    "the employee": lambda: t.resident(1),
    "the employee, weakly": lambda: t.resident(1, strong=False),
    "another resident": lambda: t.resident(2),
    "the employer": lambda: t.employer(),
    "another employer": lambda: t.employer(t.CLUB),
    "the employer without a mandate": lambda: Actor("organisation", "e", organisation=t.CAFE, strong=True),
    "a handler": lambda: t.handler(),
    "an official": lambda: t.official(),
    "an adviser": lambda: t.staff("Nea", "adviser"),
    "finance": lambda: t.staff("Tuula", "finance"),
    "the director": lambda: t.staff("Harri", "director"),
    "the clerk for the protected": lambda: t.staff("Sirpa", "protected-clerk"),
    "another service's handler": lambda: t.staff("Maija", "summer-voucher.handler"),
    "the machine": lambda: SYSTEM("test"),
}
STAFF = {"a handler", "an official", "the clerk for the protected", "the machine"}
MAY = {
    APPLY: {"the employer", "another employer"},
    OWN: {"the employer"},
    CONFIRM: {"the employee"},
    PAPER: {"a handler", "an adviser"},
    CHECK: {"the machine"},
    HANDLE: STAFF,
    DECIDE: {"an official", "the clerk for the protected"},
}
PROTECTED = {"a handler", "an official"}
"""Who may not, where the employee is under non-disclosure."""


def on_what(name: str, *, protected: bool = False):
    sent = t.an_application(of=t.person(1, non_disclosure=protected))
    return {OWN: sent.case, HANDLE: sent.case, DECIDE: sent.case, CONFIRM: sent.employee}.get(name)


@pytest.mark.parametrize(("name", "who"), list(product(MAY, WHO)))
def test_every_action_is_for_those_of_the_table_alone(name: str, who: str):
    found = verdict(WHO[who](), name, on_what(name))
    assert bool(found) == (who in MAY[name])
    assert found or found.reason.fi


@pytest.mark.parametrize(("name", "who"), list(product((HANDLE, DECIDE), WHO)))
def test_one_under_non_disclosure_is_the_named_clerks(name: str, who: str):
    assert bool(verdict(WHO[who](), name, on_what(name, protected=True))) == (who in MAY[name] - PROTECTED)


@pytest.mark.parametrize("who", WHO)
def test_lists_show_just_the_rows_that_may_be_acted_on(who: str):
    t.an_application(of=t.person(1))
    t.an_application(business_id=t.CLUB, key="x", of=t.person(3), code=t.identity_code(t.BORN, 952))
    t.an_application(key="y", of=t.person(7, non_disclosure=True), code=t.identity_code(t.BORN, 954))
    actor = WHO[who]()
    for name, rows in ((OWN, Case), (HANDLE, Case), (DECIDE, Case), (CONFIRM, Employee)):
        every = list(rows.objects.all())
        seen = set(visible(actor, name, rows.objects.all()).values_list("pk", flat=True))
        assert seen == {one.pk for one in every if verdict(actor, name, one)}, action(name).name
