# SPDX-License-Identifier: EUPL-1.2
"""What is kept of organisations, and until when."""

from datetime import date, timedelta

import pytest

from ennakko.kernel import audit, organisations
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.organisations.models import Aid, BankAccount, ContactPerson, MandateUse, Organisation
from ennakko.kernel.organisations.retention import destroy_old
from ennakko.kernel.organisations.tests.outside import (
    AT,
    CAFE,
    FINNISH,
    ON,
    OTHER_FINNISH,
    Register,
    acting,
    answering,
)

pytestmark = pytest.mark.django_db
CITY = SYSTEM("retention")


@pytest.fixture
def cafe() -> Organisation:
    with answering(Register()):
        row = organisations.ensure(CAFE, at=AT, name="Kahvila")
    who = acting()
    organisations.acting_began(row, actor=who, at=AT, wall=AT)
    for name, iban, on in (("Jenni", FINNISH, ON), ("Petri", OTHER_FINNISH, ON + timedelta(days=10))):
        organisations.use_contact(row, name=name, email="k@example.fi", actor=who, at=AT, on=on)
        organisations.use_account(row, iban, actor=who, at=AT, on=on)
    organisations.record_aid(row, reference="a", granter="K", granted_on=ON, amount_cents=1, actor=CITY, at=AT)
    return row


def left(on: date) -> tuple[int, int, int, int]:
    """Mandate uses, contact people, accounts and aid that are left on a day."""
    wall = AT + (on - ON)
    destroy_old(on=on, wall=wall, at=wall, actor=CITY)
    return tuple(model.objects.count() for model in (MandateUse, ContactPerson, BankAccount, Aid))  # type: ignore[return-value]


def test_each_thing_goes_when_its_own_time_is_up_and_what_is_in_use_stays(cafe):
    assert left(ON + timedelta(days=10 + 365)) == (1, 2, 2, 1)
    assert left(ON + timedelta(days=10 + 366)) == (1, 1, 2, 1)
    assert left(date(2031, 6, 1)) == (1, 1, 2, 1)
    assert left(date(2031, 6, 3)) == (0, 1, 2, 1)
    assert left(date(2032, 6, 10)) == (0, 1, 2, 1)
    assert left(date(2032, 6, 11)) == (0, 1, 1, 1)
    assert left(date(2036, 6, 1)) == (0, 1, 1, 1)
    assert left(date(2036, 6, 2)) == (0, 1, 1, 0)
    assert organisations.known(CAFE) == cafe
    assert organisations.contact_of(cafe).name == "Petri"
    assert audit.verify().ok


def test_nothing_destroyed_is_no_entry_in_the_log(cafe):
    before = audit.verify().entries
    left(ON)
    assert audit.verify().entries == before
