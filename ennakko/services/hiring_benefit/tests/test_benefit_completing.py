# SPDX-License-Identifier: EUPL-1.2
"""After the sending: what was asked is answered, papers come and go, the employer writes; each only in its turn."""

from pathlib import Path
from typing import Any

import pytest

from ennakko.kernel import cases, documents
from ennakko.kernel.access import Refused
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.documents.tests.make import pdf
from ennakko.kernel.registers.tests.small_city import Resident
from ennakko.services.hiring_benefit import as_written, employees
from ennakko.services.hiring_benefit.actions import calculating, completing, handling
from ennakko.services.hiring_benefit.models import Application, Calculation
from ennakko.services.hiring_benefit.states import BenefitState
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city(tmp_path: Path, settings: Any) -> None:
    settings.VAR = tmp_path
    t.town(tmp_path / "city", Resident(1, t.BORN, names=("Noora", "Salo")))


def asked() -> Application:
    """A sent application about which something was asked."""
    (row,) = t.send().applications
    case = handling.take(row.case, actor=t.handler(), at=t.AT, on=t.ON)
    handling.ask_more(case, "Mikä on palkka?", actor=t.handler(), at=t.AT, on=t.ON)
    return Application.objects.select_related("case", "employee").get(pk=row.pk)


def written(row: Application, **told: Any) -> dict[str, Any]:
    """The application as it stands in the form, with something changed."""
    return {**as_written.employer_of(row), "employees": [{**as_written.employee_of(row), **told}]}


def completed(row: Application, raw: dict[str, Any], actor: Any = None) -> Any:
    return completing.complete(row.case, raw, actor=actor or t.employer(), at=t.AT, on=t.ON, words="Tässä.")


def test_an_answer_puts_the_figures_right_and_the_machine_calculates_again():
    row = asked()
    sent = completed(row, written(row, monthly_pay="2000", other_expenses="0"))
    assert sent.taken
    row.refresh_from_db()
    case = Case.objects.get(pk=row.case_id)
    assert case.state == BenefitState.HANDLING
    # Half of 2,000 is 1,000 a month, for twelve months.
    assert (row.pay_cents, row.benefit_cents) == (200_000, 1_200_000)
    assert Calculation.objects.filter(application=row, in_force=True).count() == 1
    request = case.information_requests.get()
    assert request.answer == {"changed": ["monthly_pay", "other_expenses"], "words": "Tässä."}
    assert "2000" not in str(case.events.get(verb="complete").details)


def test_a_handlers_own_calculation_stands():
    row = asked()
    before = Calculation.objects.get(application=row, in_force=True)
    Calculation.objects.filter(pk=before.pk).update(made_by=t.handler().subject)
    completed(row, written(row, monthly_pay="2000"))
    assert Calculation.objects.get(application=row, in_force=True).pk == before.pk
    assert calculating.in_force(row).total_cents == before.total_cents


@pytest.mark.parametrize(
    ("told", "field"),
    [({"monthly_pay": ""}, "monthly_pay"), ({"weekly_hours": "5"}, "weekly_hours"), ({"last_name": ""}, "last_name")],
)
def test_a_bad_answer_stores_nothing_and_is_told_beside_its_field(told: dict[str, Any], field: str):
    row = asked()
    sent = completed(row, written(row, **told))
    assert [one.field for one in sent.refusals] == [field]
    assert Case.objects.get(pk=row.case_id).state == BenefitState.ADDITIONAL_INFORMATION_NEEDED


def test_the_time_limit_runs_from_the_sending_not_from_the_answer():
    row = asked()
    Application.objects.filter(pk=row.pk).update(received_on=t.date(2026, 1, 5))
    row.refresh_from_db()
    raw = written(row, start="2025-09-10", end="2026-08-31")
    assert completing.complete(row.case, raw, actor=t.employer(), at=t.AT, on=t.date(2026, 3, 2)).taken


def test_another_persons_code_does_not_inherit_what_the_first_one_said():
    row = asked()
    row.employee.consent = "given"
    row.employee.save()
    completed(row, written(row, identity_code=t.identity_code(t.BORN, 952), first_name="Ali"))
    row = Application.objects.get(pk=row.pk)
    assert (row.employee.consent, row.employee.person_id) == ("asked", None)
    assert employees.name_of(row.employee) == "Ali Salo"


def test_nothing_is_answered_where_nothing_is_asked_or_by_another_employer():
    (row,) = t.send().applications
    with pytest.raises(NotNow):
        completed(row, written(row))
    row = asked_again(row)
    for actor in (t.employer(t.CLUB), t.handler(), t.resident(1)):
        with pytest.raises(Refused):
            completed(row, written(row), actor=actor)


def asked_again(row: Application) -> Application:
    case = handling.take(row.case, actor=t.handler(), at=t.AT, on=t.ON)
    handling.ask_more(case, "Mikä on palkka?", actor=t.handler(), at=t.AT, on=t.ON)
    return Application.objects.select_related("case", "employee").get(pk=row.pk)


def test_a_paper_is_added_while_it_may_be_and_other_papers_at_any_time():
    (row,) = t.send().applications
    with pytest.raises(NotNow):
        completing.add_paper(row.case, pdf(), kind="employment_contract", name="a.pdf", actor=t.employer(), at=t.AT)
    extra = completing.add_paper(
        row.case, pdf(), kind="other_attachment", name="b.pdf", actor=t.employer(), at=t.AT
    )  # fmt: skip
    assert row.attachments.filter(kind="other_attachment", removed_at=None).count() == 1
    completing.remove_paper(row.case, extra, actor=t.employer(), at=t.AT)
    assert row.attachments.filter(kind="other_attachment", removed_at=None).count() == 0
    contract = documents.of(f"case:{row.case_id}")[0]
    with pytest.raises(NotNow):
        completing.remove_paper(row.case, contract, actor=t.employer(), at=t.AT)
    with pytest.raises(documents.NotTaken):
        completing.add_paper(asked_again(row).case, pdf(), kind="poem", name="c.pdf", actor=t.employer(), at=t.AT)


def test_at_most_twenty_papers_are_taken():
    (row,) = t.send().applications
    for number in range(19):
        completing.add_paper(
            row.case, pdf(), kind="other_attachment", name=f"{number}.pdf", actor=t.employer(), at=t.AT
        )  # fmt: skip
    with pytest.raises(documents.NotTaken, match="20"):
        completing.add_paper(row.case, pdf(), kind="other_attachment", name="x.pdf", actor=t.employer(), at=t.AT)


def test_the_employer_writes_until_there_is_a_decision_and_so_asks_to_cancel():
    (row,) = t.send().applications
    letter = completing.write(row.case, "Perukaa hakemus.", actor=t.employer(), at=t.AT)
    assert letter.inward
    case = handling.take(row.case, actor=t.handler(), at=t.AT, on=t.ON)
    cases.move(case, "cancel", actor=t.handler(), at=t.AT)
    with pytest.raises(NotNow):
        completing.write(Case.objects.get(pk=row.case_id), "Hei?", actor=t.employer(), at=t.AT)
    with pytest.raises(Refused):
        completing.write(row.case, "Hei", actor=t.employer(t.CLUB), at=t.AT)
