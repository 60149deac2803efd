# SPDX-License-Identifier: EUPL-1.2
"""The fee: an estimate beside the offer, what nobody has decided said plainly, the decision and its alterations."""

from datetime import date

import pytest

from ennakko.kernel import cases, offers
from ennakko.kernel.access import Refused
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.messages.models import Message
from ennakko.rules.errors import EvaluationError
from ennakko.services.childcare import fees
from ennakko.services.childcare.actions import fee_cases
from ennakko.services.childcare.actions.fee_cases import NoFee
from ennakko.services.childcare.fees import Told
from ennakko.services.childcare.tests import families as t

pytestmark = pytest.mark.django_db
FAMILY = Told(4, (320_000, 280_000))
HIGHEST = Told(4, (None,))


@pytest.fixture
def taken(tmp_path):
    """An early-education place that the family has taken."""
    t.town(tmp_path / "a", *t.family(born=t.THREE))
    t.units(band="three-to-five")
    offer = t.offered(t.placed([t.CHILD], form="early-education"))[0]
    return offers.answer(offer, "accepted", actor=t.guardian(), at=t.AT, on=t.ON)


def tell(offer, told=HIGHEST, actor=None):
    return fee_cases.tell_income(offer, told, actor=actor or t.guardian(), at=t.AT, on=t.ON)


def test_an_estimate_follows_the_law_where_the_limits_are_decided():
    # 6,000 € of a family of four: 10.70 % of what is above 5,956 €, rounded to whole euros, and below the lowest fee.
    assert fees.estimate(FAMILY, date(2026, 4, 15)).fee_cents == 0
    # 8,000 €: 10.70 % of 2,044 € is 218.71 €.
    assert fees.estimate(Told(4, (400_000, 400_000)), date(2026, 4, 15)).fee_cents == 21_900


def test_without_decided_limits_the_estimate_says_whom_to_ask_and_what_the_last_limits_would_make():
    found = fees.estimate(Told(4, (400_000, 400_000)), t.STARTS)
    assert (found.fee_cents, found.highest_cents) == (None, 33_500)
    assert found.ask is not None
    assert (found.last_known.on, found.last_known.fee_cents) == (date(2026, 7, 31), 21_900)


def test_the_highest_fee_is_known_although_the_limits_are_not():
    assert fees.estimate(HIGHEST, t.STARTS).fee_cents == 33_500


def test_hours_between_the_laws_bounds_are_the_citys_to_decide():
    found = fees.estimate(Told(4, (None,), "middle"), date(2026, 4, 15))
    assert (found.fee_cents, found.ask) == (None, fees.MIDDLE_ASK)


def test_part_time_and_the_second_child_pay_their_share():
    assert fees.estimate(Told(4, (None,), "part"), date(2026, 4, 15)).fee_cents == 18_700
    assert fees.estimate(Told(4, (None,), "full", 2), date(2026, 4, 15)).fee_cents == 12_400


def test_a_family_that_accepts_the_highest_fee_gets_it_drafted_and_an_official_decides(taken):
    case = tell(taken)
    assert (case.state, case.draft["amount_cents"]) == ("ready_for_decision", 33_500)
    result = fee_cases.release([case], actor=t.fee_official(), at=t.AT, on=t.ON)[0]
    assert (result.decision.amount_cents, result.decision.appeal["days"]) == (33_500, 30)
    assert result.decision.appeal["body"]["fi"] == "kasvatus- ja koulutuslautakunta"
    assert Message.objects.filter(template="childcare.fee_decided").count() == 2


def test_without_a_decided_limit_nothing_is_drafted_and_nothing_can_be_released(taken):
    case = tell(taken, FAMILY)
    assert (case.state, case.draft) == ("awaiting_handling", None)
    result = fee_cases.release([case], actor=t.fee_official(), at=t.AT, on=t.ON)[0]
    assert result.decision is None
    assert not Decision.objects.filter(case=case).exists()


def test_telling_again_while_it_is_open_changes_the_same_matter(taken):
    first = tell(taken, FAMILY)
    second = tell(taken, HIGHEST)
    assert (second.pk, second.state, second.draft["amount_cents"]) == (first.pk, "ready_for_decision", 33_500)
    assert Case.objects.filter(kind="fee").count() == 1


def test_an_officials_relief_stands_in_the_decision_with_its_reason(taken):
    case = tell(taken)
    altered = fee_cases.alter(
        case, kind="RELIEF", amount="50", absolute=False, why="Toinen huoltaja on pitkään sairaana.",
        actor=t.fee_official(), at=t.AT, on=t.ON,
    )  # fmt: skip
    assert altered.draft["amount_cents"] == 16_750
    assert any("sairaana" in one["text"]["fi"] for one in altered.draft["reasons"])
    with pytest.raises(EvaluationError):
        fee_cases.alter(
            case, kind="GIFT", amount="50", absolute=False, why="x", actor=t.fee_official(), at=t.AT, on=t.ON
        )
    with pytest.raises(EvaluationError):
        fee_cases.alter(
            case, kind="RELIEF", amount="50", absolute=False, why=" ", actor=t.fee_official(), at=t.AT, on=t.ON
        )


def test_a_decided_fee_is_not_altered(taken):
    case = tell(taken)
    fee_cases.release([case], actor=t.fee_official(), at=t.AT, on=t.ON)
    with pytest.raises(cases.NotNow):
        fee_cases.alter(
            case, kind="RELIEF", amount="50", absolute=False, why="x", actor=t.fee_official(), at=t.AT, on=t.ON
        )


def test_there_is_no_fee_before_a_place_and_none_in_pre_school(tmp_path):
    t.town(tmp_path / "a", *t.family())
    t.units()
    offer = t.offered(t.placed([t.CHILD]))[0]
    with pytest.raises(NoFee):
        tell(offer)
    offers.answer(offer, "accepted", actor=t.guardian(), at=t.AT, on=t.ON)
    with pytest.raises(NoFee, match="Pre-school is free"):
        tell(offer)


def test_nobody_but_the_family_and_those_who_serve_it_tells_income(taken):
    for other in (t.guardian(99), t.guardian(strong=False), t.director(), t.official(), t.adviser()):
        with pytest.raises(Refused):
            tell(taken, actor=other)
    case = tell(taken, actor=t.worker())
    assert case.events.first().on_behalf_of is not None


def test_only_the_fees_official_decides(taken):
    case = tell(taken)
    for other in (t.worker(), t.official(), t.director(), t.guardian()):
        with pytest.raises(Refused):
            fee_cases.release([case], actor=other, at=t.AT, on=t.ON)
