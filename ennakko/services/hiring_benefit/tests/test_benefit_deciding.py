# SPDX-License-Identifier: EUPL-1.2
"""From proposal to decision: what a proposal needs, who decides, in bulk, the ceiling of aid, what the letter says."""

from datetime import date

import pytest

from ennakko.kernel import cases
from ennakko.kernel.access import Refused
from ennakko.kernel.access.models import StaffMember
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.letter import letter_of, preview
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.messages.models import Message
from ennakko.kernel.organisations import aid
from ennakko.services.hiring_benefit.actions import calculating, deciding, handling, reviewing, writing
from ennakko.services.hiring_benefit.models import Calculation, DecisionText
from ennakko.services.hiring_benefit.tests import desk as d
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db
WHEN = d.WHEN


@pytest.fixture(autouse=True)
def _a_town(tmp_path, settings):
    settings.VAR = tmp_path
    t.town(tmp_path / "a", t.Resident(1, t.BORN))


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def had(cents: int, on: date = date(2025, 1, 10), reference: str = "r1") -> None:
    """Earlier de minimis aid of the café in the city's ledger."""
    aid.record_aid(
        t.organisation(), reference=reference, granter="Helsingin kaupunki", granted_on=on, amount_cents=cents,
        actor=t.MACHINE, at=t.AT,
    )  # fmt: skip


def test_a_handler_proposes_and_another_official_decides():
    case = d.proposed()
    assert (case.state, case.draft["outcome"], case.draft["amount_cents"]) == ("accepted", "accepted", 900_000)
    decision = d.decided(case)
    assert (decision.outcome, decision.amount_cents, decision.decided_by_name) == ("accepted", 900_000, "Outi")
    assert fresh(case).state == "granted"
    calculation = Calculation.objects.get()
    assert decision.content == {
        "justification": decision.justification, "language": "fi", "template": "granted",
        "calculation": calculation.pk, "de_minimis": True, "industry": "56302", "start": "2026-02-01",
        "end": "2026-07-31",
    }  # fmt: skip
    assert decision.rule_version is not None
    assert decision.appeal["days"] == 14


def test_whoever_handled_it_decides_nothing_even_after_handing_it_over():
    both = t.staff("Ritva", t.HANDLER, t.OFFICIAL)
    case = d.proposed(actor=both)
    with pytest.raises(Refused):
        d.decided(case, both)
    vesa = StaffMember.objects.get(pk=t.handler("Vesa").staff)
    cases.assign(fresh(case), vesa, actor=both, at=t.AT)
    with pytest.raises(Refused):
        d.decided(fresh(case), both)
    assert d.decided(fresh(case)).decided_by_name == "Outi"


def test_a_handler_without_the_office_decides_nothing():
    case = d.proposed()
    with pytest.raises(Refused):
        d.decided(case, t.handler("Vesa"))


def test_what_was_not_proposed_is_not_decided_and_nothing_is_decided_twice():
    sent = d.taken()
    with pytest.raises(NotNow):
        d.decided(sent.case)
    d.looked_at(sent.case)
    case = deciding.propose(sent.case, "accepted", actor=t.handler(), **WHEN)
    d.decided(case)
    with pytest.raises(NotNow):
        d.decided(fresh(case))
    assert Decision.objects.count() == 1


def test_every_mark_is_in_order_before_a_grant_is_proposed():
    sent = d.taken()
    with pytest.raises(NotNow) as refused:
        deciding.propose(sent.case, "accepted", actor=t.handler(), **WHEN)
    # The machine reads no contract and knows no unemployment: those two are a person's.
    assert refused.value.reason.fi.startswith("Tarkista ensin: Työntekijä, Työsuhde.")
    d.looked_at(sent.case)
    assert deciding.propose(sent.case, "accepted", actor=t.handler(), **WHEN).state == "accepted"


def test_a_refusal_needs_its_reasons_but_no_marks():
    sent = d.taken()
    with pytest.raises(NotNow) as refused:
        deciding.propose(sent.case, "rejected", actor=t.handler(), **WHEN)
    assert refused.value.reason.en == "Write why the application is refused."
    writing.begin(sent.case, "rejected", actor=t.handler(), template="refused-employee", **WHEN)
    case = deciding.propose(sent.case, "rejected", actor=t.handler(), **WHEN)
    decision = d.decided(case)
    assert (decision.outcome, decision.amount_cents, fresh(case).state) == ("rejected", None, "refused")
    assert "ei kuulu tähän ryhmään" in decision.justification
    assert decision.content["de_minimis"] is False


def test_without_a_calculation_or_with_nothing_to_pay_there_is_no_grant():
    sent = d.taken(pay_cents=None)
    d.looked_at(sent.case)
    with pytest.raises(NotNow) as refused:
        deciding.propose(sent.case, "accepted", actor=t.handler(), **WHEN)
    assert refused.value.reason.en.startswith("Calculate the benefit first")
    calculating.calculate(sent.case, d.sheet(sent, pay=0, other=0), actor=t.handler(), **WHEN)
    with pytest.raises(NotNow) as refused:
        deciding.propose(sent.case, "accepted", actor=t.handler(), **WHEN)
    assert "nothing to pay" in refused.value.reason.en


def test_de_minimis_aid_needs_the_industry_and_is_aid_to_a_company_always():
    sent = d.taken(industry="")
    d.looked_at(sent.case)
    with pytest.raises(NotNow) as refused:
        deciding.propose(sent.case, "accepted", actor=t.handler(), **WHEN)
    assert "TOL" in refused.value.reason.fi
    words = DecisionText.objects.filter(application=sent.application)
    assert not words.exists(), "what was refused leaves nothing behind"
    given = {"outcome": "accepted", "decision": "Lisä myönnetään.", "justification": "Ehdot täyttyvät."}
    with pytest.raises(NotNow):
        writing.save(
            sent.case, **given, de_minimis=True, industry="kahvila", actor=t.handler(), at=t.AT
        )  # fmt: skip
    writing.save(sent.case, **given, de_minimis=False, industry="", actor=t.handler(), at=t.AT)
    with pytest.raises(NotNow) as refused:
        deciding.propose(sent.case, "accepted", actor=t.handler(), **WHEN)
    assert "8 §" in refused.value.reason.fi
    writing.save(sent.case, **given, de_minimis=True, industry="56302", actor=t.handler(), at=t.AT)
    assert deciding.propose(sent.case, "accepted", actor=t.handler(), **WHEN).state == "accepted"


def test_the_benefit_itself_counts_towards_the_ceiling_of_aid():
    had(29_100_000)
    assert d.proposed().state == "accepted"  # 291,000 and 9,000 are exactly 300,000


def test_a_euro_over_the_ceiling_is_refused_with_the_sums_and_put_aside_by_nobody():
    had(29_100_100)
    sent = d.taken()
    with pytest.raises(NotNow):
        reviewing.mark(sent.case, "de_minimis", True, actor=t.handler(), at=t.AT, words="Menköön.")
    for kind in ("employee", "employment"):
        reviewing.mark(sent.case, kind, True, actor=t.handler(), at=t.AT, words="Nähty.")
    with pytest.raises(NotNow) as refused:
        deciding.propose(sent.case, "accepted", actor=t.handler(), **WHEN)
    assert "300\N{NO-BREAK SPACE}001\N{NO-BREAK SPACE}€" in refused.value.reason.fi


def test_aid_of_over_three_years_ago_counts_no_more():
    had(29_900_000, on=date(2023, 3, 2))
    assert d.proposed().state == "accepted"


def test_what_was_granted_between_proposal_and_decision_is_noticed():
    case = d.proposed()
    had(29_500_000, on=t.ON)
    with pytest.raises(NotNow):
        d.decided(case)
    assert fresh(case).state == "accepted"


def test_the_official_releases_many_and_one_that_cannot_be_stops_no_other():
    ritva, outi = t.handler(), t.official()
    first, second = d.proposed(), d.proposed(key="k2", code=t.identity_code(t.BORN, 951))
    third = d.taken(key="k3", code=t.identity_code(t.BORN, 952)).case
    results = deciding.release([first, third, second], actor=outi, **WHEN)
    assert [one.decision is not None for one in results] == [True, False, True]
    assert results[1].refused is not None
    assert deciding.release([fresh(first)], actor=ritva, **WHEN)[0].refused is not None
    assert Decision.objects.count() == 2


def test_two_grants_that_fit_one_by_one_but_not_together():
    had(28_500_000)
    first, second = d.proposed(), d.proposed(key="k2", code=t.identity_code(t.BORN, 951))
    d.decided(first)
    had(900_000, on=t.ON, reference="hiring-benefit:granted")
    assert deciding.release([second], actor=t.official(), **WHEN)[0].decision is None


def test_the_employer_is_told_the_same_minute_and_the_notice_carries_the_appeal():
    decision = d.decided(d.proposed())
    (message,) = Message.objects.filter(template="hiring-benefit.granted")
    assert (message.planned_at, message.key) == (t.AT, decision.notice_key)
    assert message.data["value"] == 900_000
    assert "14 päivän kuluessa" in message.data["appeal"]
    assert message.data["link"].endswith(f"/cases/{decision.case.number}/decision/")


def test_the_letter_tells_sum_days_words_conditions_and_appeal_in_the_language_asked_for():
    case = d.proposed()
    words = str(case.draft["content"]["justification"])
    shown = preview(fresh(case), "accepted", on=t.ON, justification=words, language="fi")
    assert shown.preview
    decision = d.decided(case)
    for language, sum_ in (("fi", "9\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}€"), ("en", "€9,000")):
        letter = letter_of(decision, language=language)
        assert sum_ in {label: said for label, said, _ in letter.rows}.values()
        assert letter.appeal
        assert all(one.holds for one in letter.reasons)
    letter = letter_of(decision, language="fi")
    assert "1.2.2026–31.7.2026" in letter.justification
    assert any("käsittelijä on tarkistanut" in one.words for one in letter.reasons)
    assert "Ritva" not in letter.justification


def test_a_decision_can_be_contested_and_the_request_is_prepared_by_another():
    from ennakko.kernel.cases import rectification

    decision = d.decided(d.proposed())
    case = rectification.file_rectification(decision, "Laskelma on väärin.", actor=t.employer(), at=t.AT, on=t.ON)
    assert (case.kind, case.state) == ("rectification", "received")


def test_calculating_again_takes_the_proposal_along():
    sent = d.taken()
    d.looked_at(sent.case)
    calculating.calculate(
        sent.case, d.sheet(sent, end=date(2026, 4, 30)), actor=t.handler(), reason="Lyhyempi sopimus.", **WHEN
    )  # fmt: skip
    case = deciding.propose(sent.case, "accepted", actor=t.handler(), **WHEN)
    assert case.draft["amount_cents"] == 450_000
    assert case.draft["facts"]["benefit_end"] == "2026-04-30"
    assert handling.back(case, "Vielä kerran.", actor=t.handler(), at=t.AT).draft is None
