# SPDX-License-Identifier: EUPL-1.2
"""A case to which a service's row points stays as a number without a person."""

from datetime import UTC, date, datetime

import pytest

from ennakko.kernel.access import SYSTEM
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.retention import destroy_closed
from ennakko.kernel.people.models import Person
from ennakko.services.summer_voucher.models import Voucher

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 15, 9, tzinfo=UTC)


def test_a_case_with_a_voucher_is_emptied_once_and_the_voucher_kept_for_the_accounts():
    Person.objects.create(key=1, created_at=AT)
    case = Case.objects.create(
        service="summer-voucher", kind="application", number="KS-1", subject_id=1, state="accepted", state_at=AT,
        opened_at=AT, opened_by="resident:1", closed_at=AT, data={"phone": "0401234567"}, facts={"grade": 9},
    )  # fmt: skip
    Voucher.objects.create(
        id=1, case=case, year=2026, number=123456, value_cents=35000, state="issued", state_at=AT, issued_at=AT
    )
    later = datetime(2032, 1, 1, tzinfo=UTC)
    assert destroy_closed(date(2032, 1, 1), at=later, actor=SYSTEM("cases")) == 1
    left = Case.objects.get()
    assert (left.number, left.subject, left.data, left.facts, left.opened_by) == ("KS-1", None, {}, {}, "")
    assert left.emptied_at == later
    assert Voucher.objects.get().case == left
    assert not Person.objects.exists()
    assert destroy_closed(date(2032, 1, 1), at=later, actor=SYSTEM("cases")) == 0
