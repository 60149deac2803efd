# SPDX-License-Identifier: EUPL-1.2
"""Requests for rectification of places, pre-school and fees: who files, who prepares, which body, who is told."""

from dataclasses import replace

import pytest

from ennakko.kernel import cases, offers
from ennakko.kernel.access import ANONYMOUS, SYSTEM, Refused, visible
from ennakko.kernel.cases import rectification
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.messages.models import Message
from ennakko.services.childcare.actions import fee_cases
from ennakko.services.childcare.fees import Told
from ennakko.services.childcare.tests import families as t

pytestmark = pytest.mark.django_db
ACTORS = {
    "a guardian": t.guardian,
    "the other guardian": lambda: t.guardian(t.FATHER),
    "a guardian not strongly signed in": lambda: t.guardian(strong=False),
    "another family's guardian": lambda: t.guardian(22),
    "the child": lambda: t.guardian(t.CHILD),
    "nobody": lambda: ANONYMOUS,
    "a service adviser": t.worker,
    "the official of places": t.official,
    "the official of fees": t.fee_official,
    "the named clerk": t.clerk,
    "an adviser": t.adviser,
    "a head of a unit": t.supervisor,
    "the director": t.director,
    "an administrator": lambda: t.staff("Mirja", "administrator"),
    "the machine": lambda: SYSTEM("test"),
}
FAMILY = {"a guardian", "the other guardian"}
OF_PLACES = {"a service adviser", "the official of places", "the named clerk"}
OF_FEES = {"the official of fees", "the named clerk"}


def taken(tmp_path, form, **child):
    born = t.SIX if form == "preschool" else t.THREE
    t.town(tmp_path / "a", *t.family(born=born, **child), *t.family(21, born=born))
    t.units(near=2, band="preschool" if form == "preschool" else "three-to-five")
    offer, _other = t.offered(t.placed([t.CHILD, 21], form=form))
    return offers.answer(offer, "accepted", actor=t.guardian(), at=t.AT, on=t.ON)


def decided(tmp_path, kind, *, by=None, **child) -> Decision:
    """A decision on the place, the pre-school place or the fee of a child."""
    offer = taken(tmp_path, "preschool" if kind == "preschool-place" else "early-education", **child)
    case = Case.objects.get(offer=offer)
    by = by or (t.clerk() if child else t.official())
    if kind != "fee":
        return cases.decide(case, "accepted", actor=by, at=t.AT, on=t.ON)
    fee = fee_cases.tell_income(offer, Told(4, (None,)), actor=t.guardian(), at=t.AT, on=t.ON)
    return cases.decide(fee, "accepted", actor=t.clerk() if child else t.fee_official(), at=t.AT, on=t.ON)


def file(decision, actor):
    return rectification.file_rectification(decision, "Matka on liian pitkä.", actor=actor, at=t.AT, on=t.ON)


@pytest.mark.parametrize(
    ("kind", "body", "days"),
    [("place", "kasvatus", 30), ("preschool-place", "valvontavirasto", 14), ("fee", "kasvatus", 30)],
)
def test_each_decision_names_its_own_body_and_days(tmp_path, kind, body, days):
    decision = decided(tmp_path, kind)
    assert body in decision.appeal["body"]["fi"].casefold()
    assert decision.appeal["days"] == days
    assert rectification.can_be_contested(decision)


@pytest.mark.parametrize(("kind", "staff"), [("place", OF_PLACES), ("preschool-place", OF_PLACES), ("fee", OF_FEES)])
def test_the_guardians_file_and_their_own_staff_write_down_one_on_paper(tmp_path, kind, staff):
    decision = decided(tmp_path, kind)
    for who, actor in ACTORS.items():
        if who in FAMILY | staff:
            case = file(decision, actor())
            assert case.source == ("paper" if who in staff else "online")
            cases.move(case, "withdraw", actor=actor(), at=t.AT)
        else:
            with pytest.raises(Refused):
                file(decision, actor())


@pytest.mark.parametrize(("kind", "staff"), [("place", OF_PLACES), ("fee", OF_FEES)])
def test_each_sees_the_own_requests_and_nobody_elses(tmp_path, kind, staff):
    case = file(decided(tmp_path, kind), t.guardian())
    rows = Case.objects.filter(kind="rectification")
    for who, actor in ACTORS.items():
        mine = visible(actor(), "childcare.own-rectification", rows)
        assert list(mine) == ([case] if who in FAMILY | staff else []), who
        handled = visible(actor(), "childcare.handle-rectification", rows)
        assert list(handled) == ([case] if who in staff else []), who


def test_whoever_decided_prepares_nothing_and_the_body_decides(tmp_path):
    case = file(decided(tmp_path, "place"), t.guardian())
    with pytest.raises(Refused):
        rectification.propose(case, "unchanged", "Paikka on lähin vapaa.", actor=t.official(), at=t.AT, on=t.ON)
    rectification.propose(case, "unchanged", "Paikka on lähin vapaa.", actor=t.worker(), at=t.AT, on=t.ON)
    made = rectification.record_decision(
        case, "unchanged", "Paikka on lähin vapaa.", body="Lautakunta", section="12 §", decided_on=t.ON,
        actor=t.worker(), at=t.AT,
    )  # fmt: skip
    assert (made.appeal["body"]["fi"], made.appeal["days"]) == ("Helsingin hallinto-oikeus", 30)
    assert not rectification.can_be_contested(made)


def test_the_agency_that_decides_on_pre_school_tells_itself_how_its_decision_is_appealed(tmp_path):
    case = file(decided(tmp_path, "preschool-place"), t.guardian())
    rectification.propose(case, "unchanged", "Paikka on lähin vapaa.", actor=t.worker(), at=t.AT, on=t.ON)
    made = rectification.record_decision(
        case, "unchanged", "Perusteet.", body="Lupa- ja valvontavirasto", section="1", decided_on=t.ON,
        actor=t.worker(), at=t.AT,
    )  # fmt: skip
    assert "Viraston oma päätös" in made.appeal["instructions"]["fi"]


def test_the_guardians_are_told_and_the_child_is_not(tmp_path):
    Message.objects.all().delete()
    case = file(decided(tmp_path, "place"), t.guardian())
    told = Message.objects.filter(about=f"case:{case.pk}")
    assert set(told.values_list("person", flat=True)) == {t.MOTHER, t.FATHER}


def test_requests_about_a_protected_child_are_the_named_clerks_alone(tmp_path):
    decision = decided(tmp_path, "place", non_disclosure=True)
    for actor in (t.worker(), t.official(), t.fee_official()):
        with pytest.raises(Refused):
            file(decision, actor)
    case = file(decision, t.guardian())
    other = replace(t.clerk(), reference="toinen")
    assert visible(t.worker(), "childcare.handle-rectification", Case.objects.all()).count() == 0
    rectification.propose(case, "unchanged", "Perusteet.", actor=other, at=t.AT, on=t.ON)
