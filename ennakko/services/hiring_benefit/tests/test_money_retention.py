# SPDX-License-Identifier: EUPL-1.2
"""What followed a benefit in money goes with it: instalments, notices with their own cases, the archive's events."""

from datetime import date, timedelta

import pytest

from ennakko.kernel.cases.models import Case, CaseEvent
from ennakko.kernel.payments.models import Line
from ennakko.services.hiring_benefit.actions import retention
from ennakko.services.hiring_benefit.models import AidReport, Alteration, Application, ArchiveEvent, Instalment
from ennakko.services.hiring_benefit.tests import purse as p
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db


def test_after_its_time_nothing_but_the_accounting_and_the_numbers_are_left():
    application = p.granted(de_minimis=True)
    p.bank()
    change = p.recovered(p.told(application, last_day=date(2026, 4, 30))).case
    ArchiveEvent.objects.create(application=application, state="case_opened", at=t.WALL)
    late = p.ON + timedelta(days=retention.KEPT_DAYS + 1)
    assert retention.destroy_old(on=late - timedelta(days=2), at=t.AT, actor=p.MACHINE)["decided"] == 0
    assert retention.destroy_old(on=late, at=t.AT, actor=p.MACHINE)["decided"] == 1
    for model in (Application, Instalment, Alteration, AidReport, ArchiveEvent):
        assert not model.objects.exists(), model
    for case in Case.objects.all():
        assert case.emptied_at is not None
    assert not CaseEvent.objects.filter(case=change.pk).exclude(by="").exclude(by_name="").exists()
    assert Line.objects.get().amount_cents == 900_000
