# SPDX-License-Identifier: EUPL-1.2
"""A new data key: names and codes are sealed and indexed again, and found and read as before."""

import base64
import os
from datetime import date

import pytest

from ennakko.kernel import keys
from ennakko.services.hiring_benefit import employees
from ennakko.services.hiring_benefit.actions import previous, resealing
from ennakko.services.hiring_benefit.models import Employee, PreviousBenefit
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db


def _secret() -> str:
    return base64.b64encode(os.urandom(16)).decode()


def test_employees_and_the_register_of_earlier_benefits_are_sealed_again_under_a_new_key(settings) -> None:
    settings.ENNAKKO_DATA_KEY = "1:" + _secret()
    t.an_application()
    previous.add(
        t.CAFE, t.EMPLOYEE, start=date(2025, 1, 1), end=date(2025, 6, 30), source="Paperi", actor=t.handler(), at=t.AT
    )
    settings.ENNAKKO_DATA_KEY = "2:" + _secret() + "," + settings.ENNAKKO_DATA_KEY
    assert resealing.rotate_keys(by=t.MACHINE, at=t.AT) == 2
    assert resealing.rotate_keys(by=t.MACHINE, at=t.AT) == 0
    settings.ENNAKKO_DATA_KEY = settings.ENNAKKO_DATA_KEY.partition(",")[0]
    employee, earlier = Employee.objects.get(), PreviousBenefit.objects.get()
    assert employees.name_of(employee) == "Noora Salo"
    assert employees.code_of(employee) == t.EMPLOYEE
    assert employee.name_index == employees.name_index("Noora", "Salo")
    assert employee.identity_code_index == earlier.identity_code_index == keys.index_of(t.EMPLOYEE)
    code = keys.unseal(bytes(earlier.identity_code_sealed), context=previous.context_of(t.CAFE))
    assert code == t.EMPLOYEE


def test_an_emptied_row_stays_empty(settings) -> None:
    settings.ENNAKKO_DATA_KEY = "1:" + _secret()
    t.an_application()
    Employee.objects.update(first_name_sealed=None, last_name_sealed=None, identity_code_sealed=None, name_index="")
    settings.ENNAKKO_DATA_KEY = "2:" + _secret() + "," + settings.ENNAKKO_DATA_KEY
    assert resealing.rotate_keys(by=t.MACHINE, at=t.AT) == 0
    assert employees.name_of(Employee.objects.get()) == ""
