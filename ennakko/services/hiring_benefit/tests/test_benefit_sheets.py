# SPDX-License-Identifier: EUPL-1.2
"""The calculation sheet, what if, marks, corrections and the register of earlier benefits, as actions."""

from dataclasses import replace
from datetime import date

import pytest

from ennakko.kernel.access import Refused
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import CaseEvent
from ennakko.services.hiring_benefit import review, sheets
from ennakko.services.hiring_benefit.actions import calculating, changing, handling, previous, reviewing
from ennakko.services.hiring_benefit.models import Calculation, FieldChange, PreviousBenefit, ReviewMark
from ennakko.services.hiring_benefit.queries import previous as queries
from ennakko.services.hiring_benefit.sheets import SubsidyRow, TrainingRow
from ennakko.services.hiring_benefit.tests import desk as d
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db
WHEN = d.WHEN
OLD = {"start": date(2025, 2, 1), "end": date(2025, 7, 31)}


@pytest.fixture(autouse=True)
def _a_town(tmp_path, settings):
    settings.VAR = tmp_path
    t.town(tmp_path / "a", t.Resident(1, t.BORN), t.Resident(2, t.BORN))


def half(sent, **told):
    return d.sheet(sent, share=50, **told)


def marks(sent) -> dict[str, bool | None]:
    return {one.kind: one.holds for one in review.marks_of(sent.application)}


def test_a_calculation_holds_what_it_was_made_of_and_is_made_again_to_the_cent():
    sent = d.taken()
    row = Calculation.objects.get()
    assert row.inputs["monthly_pay"] == "2600.00"
    assert row.inputs["state_aid_max_percentage"] is None, "the share is the law's, not typed"
    assert row.parts == [
        {
            "start": "2026-02-01", "end": "2026-07-31", "months": "6", "pay_subsidy": "0.00",
            "training_compensation": None, "monthly": 1500, "subtotal": 9000,
        }
    ]  # fmt: skip
    assert row.trace[-1]["text"]["en"].startswith("The benefit is €9,000 in all")
    assert all(set(line["text"]) >= {"fi", "sv", "en"} for line in row.trace if line["text"])
    again = calculating.again(row, on=date(2027, 1, 1))
    assert (again.total_cents, list(again.parts)) == (row.total_cents, row.parts)
    assert row.parameters["hiring-benefit.highest_month_alone"] == "2026-01-01"
    assert sheets.of_calculation(row) == replace(sheets.of_application(sent.application), sources={})


def test_subsidy_rows_cut_the_period_and_are_taken_off():
    sent = d.taken(**OLD, pay_subsidy="granted")
    sheet = half(sent, subsidies=(SubsidyRow(date(2025, 2, 1), date(2025, 4, 30), 50, "65"),))
    made = calculating.calculate(sent.case, sheet, actor=t.handler(), **WHEN)
    assert [one["subtotal"] for one in made.parts] == [900, 2400]
    assert made.inputs["sources"]["pay_subsidies"] == "handler"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            (SubsidyRow(date(2025, 2, 1), date(2025, 4, 30), 50), SubsidyRow(date(2025, 4, 30), date(2025, 5, 31), 70)),
            "The pay subsidies 1 February 2025 – 30 April 2025 and 30 April 2025 – 31 May 2025 overlap.",
        ),
        ((SubsidyRow(date(2024, 2, 1), date(2024, 4, 30), 50),), "lies outside the period"),
        ((SubsidyRow(date(2025, 4, 1), date(2025, 3, 1), 50),), "ends before it begins"),
        ((SubsidyRow(date(2025, 4, 1), date(2025, 5, 1), 55),), "have no pay subsidy of 55 %"),
    ],
)
def test_rows_that_cannot_be_taken_are_refused_each_in_its_own_words(rows, says):
    sent = d.taken(**OLD, pay_subsidy="granted")
    with pytest.raises(NotNow) as refused:
        calculating.calculate(sent.case, half(sent, subsidies=rows), actor=t.handler(), **WHEN)
    assert says in refused.value.reason.en
    assert not Calculation.objects.exists()


def test_training_rows_that_overlap_are_refused_too():
    sent = d.taken(apprenticeship=True)
    rows = tuple(TrainingRow(date(2026, 2, 1), date(2026, 3, 31), cents) for cents in (10_000, 20_000))
    with pytest.raises(NotNow) as refused:
        calculating.calculate(sent.case, d.sheet(sent, trainings=rows), actor=t.handler(), reason="x", **WHEN)
    assert "training compensations" in refused.value.reason.en


def test_what_if_saves_nothing_and_is_the_handlers_alone():
    sent = d.taken()
    before = CaseEvent.objects.count()
    counted = calculating.what_if(sent.case, d.sheet(sent, pay=100_000), actor=t.handler(), on=t.ON)
    assert counted.total_cents == 456_000
    assert (Calculation.objects.count(), CaseEvent.objects.count()) == (1, before)
    with pytest.raises(Refused):
        calculating.what_if(sent.case, d.sheet(sent), actor=t.employer(), on=t.ON)


def test_until_2025_the_share_is_chosen_among_those_of_the_conditions():
    sent = d.taken(**OLD)
    with pytest.raises(NotNow):
        calculating.calculate(sent.case, d.sheet(sent), actor=t.handler(), **WHEN)
    with pytest.raises(NotNow) as refused:
        calculating.calculate(sent.case, d.sheet(sent, share=60), actor=t.handler(), **WHEN)
    assert "50, 70, 100" in refused.value.reason.en
    made = calculating.calculate(sent.case, d.sheet(sent, share=70), actor=t.handler(), **WHEN)
    assert made.total_cents == 480_000


def test_a_calculation_is_not_saved_by_one_who_does_not_have_the_case():
    sent = d.taken()
    with pytest.raises(NotNow):
        calculating.calculate(sent.case, d.sheet(sent), actor=t.handler("Vesa"), reason="x", **WHEN)
    case = d.proposed(key="k2", code=t.identity_code(t.BORN, 951))
    with pytest.raises(NotNow):
        calculating.calculate(case, d.sheet(sent), actor=t.handler(), reason="x", **WHEN)


# --- marks


def test_the_machine_marks_what_it_can_and_leaves_the_rest_to_a_person():
    sent = d.taken()
    found = marks(sent)
    assert {kind for kind, holds in found.items() if holds is True} == {
        "paper", "company", "contact_person", "de_minimis", "negotiations", "pay_subsidy", "benefit", "approval",
    }  # fmt: skip
    assert (found["employee"], found["employment"]) == (None, None)


@pytest.mark.parametrize(
    ("told", "kind", "holds"),
    [
        ({"negotiations": True}, "negotiations", None),
        ({"iban": ""}, "company", False),
        ({"contact_phone": ""}, "contact_person", False),
        ({"consent": "refused"}, "employee", False),
        ({"consent": "asked"}, "employee", None),
        ({"pay_subsidy": "granted"}, "pay_subsidy", False),
        ({"weekly_hours": 1700}, "employment", False),
        ({"start": date(2025, 9, 1), "end": date(2026, 2, 28)}, "benefit", False),
        ({"de_minimis_aid": None}, "de_minimis", False),
    ],
)
def test_what_is_amiss_shows_in_its_own_mark(told, kind, holds):
    assert marks(d.taken(**told))[kind] is holds


def test_a_person_mark_stands_until_the_machine_finds_something_else():
    sent = d.taken()
    reviewing.mark(sent.case, "employee", True, actor=t.handler(), at=t.AT, words="Soitin.")
    reviewing.look_again(sent.case, actor=t.handler(), **WHEN)
    assert marks(sent)["employee"] is True
    type(sent.employee).objects.filter(pk=sent.employee.pk).update(consent="withdrawn")
    reviewing.look_again(sent.case, actor=t.handler(), **WHEN)
    assert marks(sent)["employee"] is False
    assert ReviewMark.objects.filter(machine=False).exclude(replaced_at=None).count() == 1
    with pytest.raises(NotNow):
        reviewing.mark(sent.case, "employee", True, actor=t.handler(), at=t.AT)


# --- earlier benefits


def earlier(start: date, end: date, code: str = t.EMPLOYEE, **told) -> PreviousBenefit:
    return previous.add(t.CAFE, code, start=start, end=end, source="HEL 1", actor=t.handler(), at=t.AT, **told)


@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [
        (date(2025, 3, 1), date(2025, 8, 31), True),  # 6 + 6 months are exactly twelve
        (date(2025, 3, 1), date(2025, 9, 1), False),  # a day more
        (date(2023, 2, 1), date(2024, 1, 31), True),  # ended 24 months before
        (date(2023, 3, 1), date(2024, 2, 29), False),  # did not
        (date(2025, 12, 1), date(2026, 2, 1), False),  # shares a day
    ],
)
def test_twelve_months_in_twenty_four_and_never_twice_for_a_day(start, end, holds):
    earlier(start, end)
    assert marks(d.taken())["benefit"] is holds


def test_what_this_service_granted_counts_as_the_old_register_does_and_others_do_not():
    d.decided(d.proposed())
    sent = d.taken(key="k2", start=date(2026, 8, 1), end=date(2027, 2, 28))
    assert queries.counted(sent.application, date(2026, 8, 1), date(2027, 1, 31), on=t.ON)["fits"]
    assert not queries.counted(sent.application, date(2026, 8, 1), date(2027, 2, 1), on=t.ON)["fits"]
    another = d.taken(key="k3", code=t.identity_code(t.BORN, 951), start=date(2026, 8, 1), end=date(2027, 2, 28))
    assert queries.counted(another.application, date(2026, 8, 1), date(2027, 2, 28), on=t.ON)["days_used"] == 0


def test_an_apprenticeship_has_no_limit_of_months():
    earlier(date(2025, 2, 1), date(2026, 1, 31))
    assert marks(d.taken(apprenticeship=True))["benefit"] is True


def test_a_row_of_the_register_is_corrected_and_removed_with_a_reason_only():
    row = earlier(date(2025, 3, 1), date(2025, 9, 30))
    with pytest.raises(NotNow):
        previous.remove(row, why=" ", actor=t.handler(), at=t.AT)
    new = previous.correct(
        row, start=date(2025, 3, 1), end=date(2025, 5, 31), total_cents=None, why="Päättyi aiemmin.",
        actor=t.handler(), at=t.AT,
    )  # fmt: skip
    assert new.identity_code_index == row.identity_code_index
    with pytest.raises(NotNow):
        previous.remove(row, why="Uudelleen.", actor=t.handler(), at=t.AT)
    assert [one.end for one in queries.register_of(code=t.EMPLOYEE)] == [date(2025, 5, 31)]


@pytest.mark.parametrize("who", [t.employer, lambda: t.resident(1), lambda: t.staff("Harri", "director")])
def test_the_register_is_the_handlers_alone(who):
    with pytest.raises(Refused):
        previous.add(
            t.CAFE, t.EMPLOYEE, start=t.ON, end=t.ON, source="x", actor=who(), at=t.AT
        )  # fmt: skip


# --- corrections


def test_a_correction_keeps_what_stood_there_and_looks_again():
    sent = d.taken()
    done = changing.change(
        sent.case, {"weekly_hours": "12", "contact_email": "uusi@aamukaste.example"}, "Sopimus.", actor=t.handler(),
        **WHEN,
    )  # fmt: skip
    assert done.change is not None
    assert done.change.changes == [
        {"field": "weekly_hours", "before": 3750, "after": 1200},
        {"field": "contact_email", "before": "petri@aamukaste.example", "after": "uusi@aamukaste.example"},
    ]
    assert marks(sent)["employment"] is False


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ({"start": "31.2.2026"}, "start"), ({"monthly_pay": "paljon"}, "monthly_pay"), ({"iban": "FI00"}, "iban"),
        ({"identity_code": "210590-0000"}, "identity_code"), ({"contact_email": "ei ole"}, "contact_email"),
    ],
)  # fmt: skip
def test_each_slip_in_a_correction_has_its_own_answer_and_nothing_is_stored(raw, field):
    sent = d.taken()
    done = changing.change(sent.case, raw, "Syy.", actor=t.handler(), **WHEN)
    assert [one.field for one in done.refusals] == [field]
    assert not FieldChange.objects.exists()


def test_a_correction_needs_a_reason_a_change_and_days_in_order():
    sent = d.taken()
    for raw, why in (({"job_title": "Leipuri"}, " "), ({"job_title": "Kokki"}, "x"), ({"end": "1.1.2026"}, "x")):
        with pytest.raises(NotNow):
            changing.change(sent.case, raw, why, actor=t.handler(), **WHEN)
    assert not FieldChange.objects.exists()


def test_a_corrected_identity_code_is_sealed_again_and_only_told_to_have_changed():
    sent = d.taken()
    code = t.identity_code(t.BORN, 953)
    raw = {"identity_code": code, "first_name": "Nora"}
    changing.change(sent.case, raw, "Kirjoitusvirhe.", actor=t.handler(), **WHEN)
    sent.employee.refresh_from_db()
    assert sent.employee.person_id is None, "the register does not know this code"
    assert [one["field"] for one in FieldChange.objects.get().changes] == ["first_name", "identity_code"]
    assert t.EMPLOYEE not in str(FieldChange.objects.values_list("changes", flat=True))


def test_lapsing_and_handing_over_do_not_touch_what_was_calculated():
    sent = d.taken()
    handling.ask_more(sent.case, "Mikä on työaika?", actor=t.handler(), **WHEN)
    handling.lapse(at=t.AT, on=date(2026, 4, 1))
    assert Calculation.objects.get().total_cents == 900_000
