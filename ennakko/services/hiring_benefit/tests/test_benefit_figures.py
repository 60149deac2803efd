# SPDX-License-Identifier: EUPL-1.2
"""The director's figures, the statistics, the simulation on past cases, and what became of the work."""

import csv
import io
import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ennakko.kernel import organisations
from ennakko.kernel.access import Refused
from ennakko.kernel.audit.models import Entry, Read
from ennakko.kernel.bulk import among
from ennakko.kernel.figures import show
from ennakko.kernel.jobs.registry import jobs
from ennakko.kernel.messages.models import Message
from ennakko.kernel.organisations.models import ContactPerson, Organisation
from ennakko.kernel.organisations.preferences import do_not_send
from ennakko.kernel.payments import NewLine, Payee, plan_lines
from ennakko.kernel.people.models import Person
from ennakko.services.hiring_benefit import figures, hire_hints, simulating
from ennakko.services.hiring_benefit.actions import outcomes
from ennakko.services.hiring_benefit.models import Application, Calculation, EmploymentCheck
from ennakko.services.hiring_benefit.past_cases import past_cases
from ennakko.services.hiring_benefit.roles import DIRECTOR
from ennakko.services.hiring_benefit.states import BenefitState
from ennakko.services.hiring_benefit.statistics_export import COLUMNS, INSTALMENTS, export
from ennakko.services.hiring_benefit.tests import town as t
from ennakko.values.business_id import compose

pytestmark = pytest.mark.django_db
S = BenefitState
KEY = "k" * 32


def business(number):
    """The business ID of some number near this one: every eleventh is never given."""
    try:
        return compose(10 * number)
    except ValueError:
        return compose(10 * number + 1)


def director():
    return t.staff("Tiina", DIRECTOR)


def granted(number, *, months_pay="2600.00", cents=900_000, **told):
    """A granted benefit with a calculation in force, of an employer of its own."""
    sent = t.an_application(
        state=S.GRANTED, key=f"k{number}", business_id=business(910000 + number), benefit_cents=cents, **told
    )
    Calculation.objects.create(
        application=sent.application, number=1, start=sent.application.start, end=sent.application.end,
        rule_set="2026-01",
        inputs={
            "start_date": sent.application.start.isoformat(), "end_date": sent.application.end.isoformat(),
            "monthly_pay": months_pay, "other_expenses": "520.00", "state_aid_max_percentage": 50,
            "pay_subsidy_granted": "not_granted",
        },
        parts=[], trace=[], total_cents=cents, procedure="x", made_by="test", made_at=t.AT,
    )  # fmt: skip
    return sent


def protected(number):
    """One whose employee came under non-disclosure after the decision."""
    granted(number, of=t.person(9))
    Person.objects.filter(key=9).update(non_disclosure=True)


def many(count, **told):
    return [granted(number, **told) for number in range(count)]


# --- the situation


def test_one_that_waits_beside_many_granted_is_not_told():
    many(6)
    t.an_application(state=S.HANDLING, key="h1", business_id=business(920000))
    seen = figures.overview(director(), year=2026, on=t.ON)
    assert seen.open is None
    assert (seen.as_of, seen.source.en) == (t.ON, "The city's own list of applications and payments")


def test_money_lead_time_and_forecast_are_counted_where_there_are_enough():
    many(6)
    seen = figures.overview(director(), year=2026, on=t.ON)
    assert (seen.granted, seen.open, seen.refused) == (6, 0, 0)
    assert (seen.committed_cents, seen.mean_cents) == (5_400_000, 900_000)
    assert seen.median_days == 0
    # 61 of 365 days gone: the rest of the year at the same pace, and nothing waits.
    assert seen.forecast_cents == 32_300_000
    assert (seen.budget_cents, seen.budget_ask is None) == (None, False)


def test_counts_of_a_few_are_hidden_and_their_money_with_them():
    many(3)
    seen = figures.overview(director(), year=2026, on=t.ON)
    assert (seen.granted, seen.committed_cents, seen.forecast_cents, seen.median_days) == (None, None, None, None)
    assert figures.granted_by(director(), "industry", year=2026).shown(industry="55") == "–"


def test_whoever_is_under_non_disclosure_is_in_no_figure():
    many(6)
    protected(90)
    assert figures.overview(director(), year=2026, on=t.ON).granted == 6
    assert figures.granted_by(director(), "industry", year=2026).shown() == "6"
    assert len(past_cases()) == 6
    assert show("hiring-benefit.granted-by-industry", on=t.ON).gated.shown() == "6"


def test_only_the_director_and_the_official_see_the_figures():
    for actor in (t.handler(), t.resident(1), t.employer()):
        for look in (
            lambda who: figures.overview(who, year=2026, on=t.ON), figures.pipeline,
            lambda who: figures.granted_by(who, "area", year=2026),
        ):  # fmt: skip
            with pytest.raises(Refused):
                look(actor)
    with pytest.raises(ValueError, match="not by 'person'"):
        figures.granted_by(director(), "person", year=2026)


def test_the_pipeline_has_every_stage():
    for number, state in enumerate([S.RECEIVED] * 5 + [S.HANDLING] * 6):
        t.an_application(state=state, key=f"p{number}", business_id=business(930000 + number))
    found = figures.pipeline(director())
    assert (found.shown(state="received"), found.shown(state="handling"), found.shown()) == ("5", "6", "11")


# --- the simulation


def test_a_reform_is_counted_on_what_was_granted_beside_the_rule_in_force():
    many(6)
    found = simulating.simulate(simulating.asked_reform("nine_months"), actor=director(), at=t.AT)
    assert (found.cases, found.cost, found.winners, found.losers) == (6, 0, 0, 0)
    other = simulating.simulate(
        simulating.own_reform(share=60, month_cents=160_000, from_day=date(2026, 1, 1)), actor=director(), at=t.AT
    )
    # 60 % of 3,120 € is 1,872 €, at most 1,600 €, against 1,500 € for six months.
    assert (other.baseline, other.reform, other.winners) == (5_400_000, 5_760_000, 6)
    (industry,) = other.by["industry"]
    assert (industry.key, industry.cost, industry.winners) == ("55", 360_000, 6)
    assert ["another rule" in str(one) for one in Read.objects.values_list("content", flat=True)] == [True, True]


def test_a_reform_that_touches_a_few_shows_nothing():
    many(5)
    granted(50, months_pay="1000.00", cents=456_000)
    three = simulating.own_reform(share=50, month_cents=100_000, from_day=date(2026, 1, 1))
    Calculation.objects.filter(application__in=among(Application.objects.values_list("pk", flat=True)[:3])).delete()
    found = simulating.simulate(three, actor=director(), at=t.AT)
    assert found.few
    assert found.by == {}


def test_the_command_counts_on_the_services_own_cases():
    many(6)
    out = StringIO()
    call_command("simulate", str(simulating.FOLDER / "sixty_per_cent.toml"), "--by", "industry", stdout=out)
    assert "hiring-benefit.amount on 6 cases" in out.getvalue()
    with pytest.raises(CommandError, match="do not tell colour"):
        call_command("simulate", str(simulating.FOLDER / "sixty_per_cent.toml"), "--by", "colour")


# --- the statistics


def rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_statistics_have_33_columns_and_the_instalments_and_no_day_of_birth():
    assert (len(COLUMNS), len(set(COLUMNS)), len(INSTALMENTS)) == (33, 33, 4)
    sent = granted(1)
    protected(2)
    header, row, *rest = rows(export(after=None, before=None, actor=director(), at=t.AT, purpose="the yearly report"))
    told = dict(zip(header, row, strict=True))
    assert rest == []
    assert told["application_number"] == sent.case.number
    assert (told["birth_year"], told["benefit_amount"], told["monthly_pay"]) == ("1990", "9000,00", "2600,00")
    assert "1990-05-21" not in row
    assert not any("Salo" in cell or t.EMPLOYEE in cell for cell in row)
    assert "statistics: the yearly report" in str(Read.objects.get().content)


def test_the_statistics_take_a_constant_number_of_queries(django_assert_num_queries):
    who = director()
    many(2)
    export(after=None, before=None, actor=who, at=t.AT, purpose="x")
    with CaptureQueriesContext(connection) as few:
        export(after=None, before=None, actor=who, at=t.AT, purpose="x")
    for number in range(10, 20):
        granted(number)
    with django_assert_num_queries(len(few.captured_queries)):
        export(after=None, before=None, actor=who, at=t.AT, purpose="x")


def test_the_days_of_decision_narrow_the_statistics():
    granted(1)
    whole = {"actor": director(), "at": t.AT, "purpose": "x"}
    assert len(rows(export(after=t.ON, before=t.ON, **whole))) == 2
    assert len(rows(export(after=date(2026, 3, 3), before=None, **whole))) == 1
    assert len(rows(export(after=None, before=date(2026, 3, 1), **whole))) == 1
    with pytest.raises(Refused):
        export(after=None, before=None, actor=t.handler(), at=t.AT, purpose="x")


@pytest.mark.parametrize("key", [None, "", "short", "x" * 32])
def test_over_the_network_the_statistics_need_a_key_of_the_deployment(settings, key):
    settings.STATISTICS_KEYS = [KEY]
    headers = {} if key is None else {"X-Api-Key": key}
    assert Client(headers=headers).get("/api/hiring-benefit/statistics").status_code == 401
    settings.STATISTICS_KEYS = []
    assert Client(headers={"X-Api-Key": KEY}).get("/api/hiring-benefit/statistics").status_code == 401


def test_with_the_key_the_tool_reads_and_bad_days_are_told(settings):
    settings.STATISTICS_KEYS = [KEY]
    granted(1)
    tool = Client(headers={"X-Api-Key": KEY})
    answer = tool.get("/api/hiring-benefit/statistics")
    assert (answer.status_code, len(rows(answer.content))) == (200, 2)
    wrong = tool.get("/api/hiring-benefit/statistics?after=2026-03-02&before=2026-03-01")
    assert wrong.status_code == 422
    assert tool.get("/api/hiring-benefit/statistics?after=yesterday").status_code == 422


# --- what became of the work


def test_employers_are_asked_once_after_six_and_twelve_months():
    sent = granted(1, start=date(2025, 9, 1), end=date(2026, 2, 28))
    t.an_application(state=S.REFUSED, key="r", business_id=business(940000), start=date(2025, 9, 1))
    assert outcomes.ask_due(at=t.AT, on=date(2026, 2, 28)) == 0
    assert outcomes.ask_due(at=t.AT, on=t.ON) == 1
    assert outcomes.ask_due(at=t.AT, on=t.ON) == 0
    asked = EmploymentCheck.objects.get()
    assert (asked.application, asked.after_months, asked.due_on) == (sent.application, 6, date(2026, 3, 1))
    assert outcomes.ask_due(at=t.AT, on=date(2026, 9, 2)) == 1
    assert Message.objects.filter(template="hiring-benefit.employment_asked").count() == 2


def test_what_is_long_past_is_not_asked():
    granted(1, start=date(2024, 1, 1), end=date(2024, 6, 30))
    assert outcomes.ask_due(at=t.AT, on=t.ON) == 0


def test_the_employer_alone_answers_and_may_change_the_answer():
    granted(1, start=date(2025, 9, 1), end=date(2026, 2, 28))
    outcomes.ask_due(at=t.AT, on=t.ON)
    asked, own = EmploymentCheck.objects.get(), t.employer(business(910000 + 1))
    for actor in (t.employer(t.CLUB), t.handler(), t.resident(1)):
        with pytest.raises(Refused):
            outcomes.answer(asked, still_employed=True, actor=actor, at=t.AT)
    assert outcomes.answer(asked, still_employed=True, actor=own, at=t.AT).still_employed
    assert outcomes.waiting_for(own) == []
    assert not outcomes.answer(asked, still_employed=False, actor=own, at=t.AT).still_employed


def test_how_many_are_still_employed_is_told_from_enough_answers():
    for sent in many(12, start=date(2025, 9, 1), end=date(2026, 2, 28)):
        EmploymentCheck.objects.create(
            application=sent.application, after_months=6, due_on=t.ON, asked_at=t.AT, answered_at=t.AT,
            still_employed=sent.application.key not in ("k0", "k1", "k2", "k3", "k4", "k5"),
        )  # fmt: skip
    six, twelve = figures.employed(2025)
    assert (six.asked, six.answered, six.percent) == (12, 12, 50)
    assert (twelve.asked, twelve.answered, twelve.percent) == (0, 0, None)


# --- employers who hired before


def contact(business_id, email):
    ContactPerson.objects.create(
        organisation=t.organisation(business_id), name="Petri", email=email, language="sv", added_by="x", added_at=t.AT
    )


def paid_on(day, number):
    """Both employers are paid by a service whose payments show a hiring."""
    with transaction.atomic():
        plan_lines(
            [
                NewLine(
                    key=f"hiring-benefit:paid:{business_id}:{number}", service="hiring-benefit", about="case:0",
                    amount_cents=100_000, payee=Payee("Työnantaja", business_id, t.IBAN), due=day, text="Palkkauslisä",
                )
                for business_id in (t.CAFE, t.CLUB)
            ],
            at=t.AT,
        )  # fmt: skip


@pytest.fixture
def paid():
    paid_on(t.ON, 1)


def test_employers_who_hired_lately_are_told_of_the_estimate_once_a_year(paid):
    contact(t.CAFE, "petri@kahvila.example")
    t.organisation(t.CLUB, "Kerho ry")
    assert [one.business_id for one in hire_hints.to_tell(t.ON)] == [t.CAFE]
    assert hire_hints.release(actor=t.official(), at=t.AT, on=t.ON) == 1
    assert hire_hints.to_tell(t.ON) == ()
    assert hire_hints.release(actor=t.official(), at=t.AT, on=t.ON) == 0
    sent = Message.objects.get()
    assert (sent.organisation, sent.language) == (t.CAFE, "sv")
    paid_on(date(2027, 2, 1), 2)
    assert hire_hints.release(actor=t.official(), at=datetime(2027, 3, 2, tzinfo=UTC), on=date(2027, 3, 2)) == 1


def test_no_employer_who_could_not_be_granted_the_benefit_is_told_of_it(paid):
    contact(t.CAFE, "petri@kahvila.example")
    cafe = organisations.known(t.CAFE)
    assert [one.name for one in hire_hints.to_tell(t.ON)] == [cafe.name]
    assert hire_hints.is_hinted(t.employer(), on=t.ON)
    for changed in ({"kind": "parish"}, {"kind": "state"}, {"kind": "company", "ended": t.ON}):
        Organisation.objects.filter(pk=t.CAFE).update(**changed)
        assert hire_hints.to_tell(t.ON) == ()
        assert not hire_hints.is_hinted(t.employer(), on=t.ON)


def test_only_a_named_official_lets_the_message_go_and_the_log_says_who(paid):
    contact(t.CAFE, "petri@kahvila.example")
    for other in (t.MACHINE, t.handler(), t.employer()):
        with pytest.raises(Refused):
            hire_hints.release(actor=other, at=t.AT, on=t.ON)
    assert not Message.objects.exists()
    assert not any(job.name == "hiring-benefit.tell-employers" for job in jobs())
    assert hire_hints.release(actor=t.official(), at=t.AT, on=t.ON) == 1
    entry = Entry.objects.get(action="hiring-benefit.release-estimates")
    assert entry.actor_kind == "staff"
    assert json.loads(entry.segment.details)["told"] == 1


def test_whoever_wants_no_offers_is_told_nothing(paid):
    contact(t.CAFE, "petri@kahvila.example")
    assert hire_hints.is_hinted(t.employer(), on=t.ON)
    do_not_send(organisations.known(t.CAFE), "hiring-benefit", actor=t.employer(), at=t.AT)
    assert not hire_hints.is_hinted(t.employer(), on=t.ON)
    assert hire_hints.to_tell(t.ON) == ()
