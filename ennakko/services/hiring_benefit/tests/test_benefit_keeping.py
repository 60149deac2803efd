# SPDX-License-Identifier: EUPL-1.2
"""What is kept how long, and what people and organisations get of themselves."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ennakko.kernel import documents
from ennakko.kernel.access import Refused
from ennakko.kernel.audit.models import Entry
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.messages.models import Message
from ennakko.kernel.payments.models import Line
from ennakko.kernel.people.models import Person
from ennakko.kernel.registers.tests.small_city import Resident
from ennakko.services.hiring_benefit.actions import drafting, retention
from ennakko.services.hiring_benefit.models import Application, Employee, Instalment
from ennakko.services.hiring_benefit.queries import own_data
from ennakko.services.hiring_benefit.states import BenefitState
from ennakko.services.hiring_benefit.tests import desk as d
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Any) -> None:
    settings.VAR = tmp_path


def destroyed(days: int) -> dict[str, int]:
    at = t.AT + timedelta(days=days)
    return retention.destroy_old(on=at.date(), at=at, actor=t.MACHINE)


def test_a_cancelled_application_goes_after_thirty_days_with_everything_of_it():
    sent = t.an_application(state=BenefitState.CANCELLED, of=t.person(1))
    t.papers.store(
        t.pdf(), about=f"case:{sent.case.pk}", kind="payslip", name="p.pdf", actor=t.employer(), at=t.AT
    )  # fmt: skip
    assert destroyed(30) == {"cancelled": 0, "decided": 0}
    assert destroyed(31) == {"cancelled": 1, "decided": 0}
    assert Application.objects.count() == Employee.objects.count() == Case.objects.count() == 0
    assert documents.of(f"case:{sent.case.pk}") == []
    assert not Message.objects.filter(about=f"case:{sent.case.pk}").exists()
    assert not Person.objects.filter(pk=1).exists()
    assert Entry.objects.filter(action="hiring-benefit.destroy").count() == 1
    assert destroyed(31) == {"cancelled": 0, "decided": 0}


@pytest.mark.parametrize("state", [BenefitState.GRANTED, BenefitState.REFUSED])
def test_a_decided_application_goes_after_ten_years(state: BenefitState):
    t.an_application(state=state)
    assert destroyed(3651) == {"cancelled": 0, "decided": 0}
    assert destroyed(3652) == {"cancelled": 0, "decided": 1}
    assert Application.objects.count() == 0


@pytest.mark.parametrize("state", [BenefitState.RECEIVED, BenefitState.HANDLING, BenefitState.ACCEPTED])
def test_an_open_application_is_never_destroyed(state: BenefitState):
    t.an_application(state=state)
    assert destroyed(5000) == {"cancelled": 0, "decided": 0}


def test_the_employee_gets_what_was_told_of_her_and_nothing_of_others():
    sent = t.an_application(of=t.person(1))
    t.an_application(key="k2", of=t.person(2), names=("Ali", "Aho"), code=t.identity_code(t.BORN, 952))
    found = own_data.own_data(t.resident(1))
    (one,) = found["applications"]
    assert (one["case"], one["last_name"], one["identity_code"]) == (sent.case.number, "Salo", t.EMPLOYEE)
    assert one["monthly_pay"] == "2600"
    assert t.IBAN not in str(found)
    assert "Aho" not in str(found)
    for actor in (t.resident(1, strong=False), t.employer(), t.handler()):
        with pytest.raises(Refused):
            own_data.own_data(actor)


def test_the_organisation_gets_its_applications_papers_decisions_and_drafts(tmp_path: Path):
    t.town(tmp_path / "city", Resident(1, t.BORN))
    (row,) = t.send().applications
    drafting.save(t.raw_application(), key="d1", actor=t.employer(), at=t.AT)
    t.an_application(key="k9", state=BenefitState.GRANTED)
    t.an_application(business_id=t.CLUB, key="x")
    found = own_data.organisation_data(t.employer())
    assert len(found["applications"]) == 2
    mine = next(one for one in found["applications"] if one["case"] == row.case.number)
    assert mine["papers"] == [{"kind": "employment_contract", "name": "employment_contract.pdf"}]
    assert mine["employee"]["first_name"] == "Noora"
    assert [len(one["decisions"]) for one in found["applications"]].count(1) == 1
    assert [one["key"] for one in found["drafts"]] == ["d1"]
    with pytest.raises(Refused):
        own_data.organisation_data(t.resident(1))


def test_a_granted_benefit_goes_with_its_instalments_and_decision_and_the_payment_stays_without_a_person():
    case = d.proposed()
    d.decided(case)
    application = Application.objects.get(case=case)
    assert Instalment.objects.filter(application=application).exists()
    lines = Line.objects.filter(about=f"case:{case.pk}").count()
    assert destroyed(3652)["decided"] == 1
    assert not Instalment.objects.exists()
    assert not Decision.objects.filter(case=case.pk).exists()
    assert Line.objects.filter(about=f"case:{case.pk}").count() == lines
    assert not Person.objects.filter(pk=1).exists()
