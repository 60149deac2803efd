# SPDX-License-Identifier: EUPL-1.2
"""A rejected claim whose decision another body changes is paid after all; nothing else is."""

import pytest

from ennakko.kernel.cases import history, rectification
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.payments.models import Line
from ennakko.services.summer_voucher.actions import claim_handling
from ennakko.services.summer_voucher.models import ClaimRow, Voucher
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t

pytestmark = pytest.mark.django_db
WHEN = {"at": m.CLAIM_AT, "on": m.CLAIM_DAY}


@pytest.fixture(autouse=True)
def _a_town(tmp_path, settings):
    settings.VAR = tmp_path
    t.town(tmp_path / "a", t.youth(1))
    t.released()
    m.registers()
    m.organisation()
    m.organisation(m.GARDEN, "Ekholms Trädgård Ab")
    with m.gate(is_open=False):
        yield


def rejected() -> Case:
    case = m.send(m.row(m.voucher(), hours="20", confirmed=True)).rows[0].case
    claim_handling.propose_rejection(case, "Tunteja on 20.", actor=t.handler(), **WHEN)
    claim_handling.decide(Case.objects.get(pk=case.pk), "rejected", actor=t.official(), **WHEN)
    return Case.objects.get(pk=case.pk)


def reviewed(case: Case, outcome: str) -> Decision:
    """What the body decided of the employer's request, as a handler writes it down."""
    request = rectification.file_rectification(
        Decision.objects.get(case=case), "Tunteja oli 62.", actor=m.employer(), **WHEN
    )
    rectification.propose(request, outcome, "Tunteja oli 62.", actor=t.handler(), **WHEN)
    return rectification.record_decision(
        request, outcome, "Tunteja oli 62.", body="Jaosto", section="12 §", decided_on=m.CLAIM_DAY,
        actor=t.handler(), at=m.CLAIM_AT,
    )  # fmt: skip


def told(case: Case) -> list[str]:
    return [event.verb for event in case.events.order_by("sequence")]


def test_a_changed_rejection_is_accepted_its_voucher_used_and_its_sum_planned():
    case = rejected()
    assert m.voucher().state == "issued"
    reviewed(case, "rectified")
    case = Case.objects.get(pk=case.pk)
    row = ClaimRow.objects.get(case=case)
    assert (case.state, case.closed_at is not None, row.holds, row.value_cents) == ("accepted", True, True, 35_000)
    assert Voucher.objects.get(pk=row.voucher_id).state == "used"
    line = Line.objects.get()
    assert (line.about, line.amount_cents, line.data["decided_by"]) == (f"case:{case.pk}", 35_000, "Jaosto")
    assert told(case)[-2:] == ["review", "rectify"]
    assert "Päätöstä oikaistiin: summa maksetaan" in [one.title.fi for one in history.timeline(case)]


def test_a_changed_rejection_whose_voucher_another_employer_has_used_is_left_to_a_person():
    case = rejected()
    m.send(m.row(m.voucher()), actor=m.employer(m.GARDEN), iban=m.OTHER_IBAN, key="k2")
    reviewed(case, "rectified")
    case = Case.objects.get(pk=case.pk)
    assert (case.state, told(case)[-1], Line.objects.count()) == ("rejected", "not-free", 0)
    assert not ClaimRow.objects.get(case=case).holds


@pytest.mark.parametrize("outcome", ["unchanged", "not_examined"])
def test_a_rejection_that_stands_pays_nothing(outcome):
    case = rejected()
    reviewed(case, outcome)
    case = Case.objects.get(pk=case.pk)
    assert (case.state, told(case)[-1], Line.objects.count()) == ("rejected", "review", 0)
    assert m.voucher().state == "issued"
