# SPDX-License-Identifier: EUPL-1.2
"""One command seals everything again under a new key; what is sealed is on the list or looked to otherwise."""

import base64
import os
from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import BinaryField

from ennakko.kernel import keys
from ennakko.kernel.resealing import Sealed, register_sealed, sealed_kinds
from ennakko.services.hiring_benefit.actions import previous
from ennakko.services.hiring_benefit.models import Employee, PreviousBenefit
from ennakko.services.hiring_benefit.tests import town as benefit
from ennakko.services.summer_voucher.actions.storing import identity_code_of
from ennakko.services.summer_voucher.models import Application
from ennakko.services.summer_voucher.tests import town as voucher

BY_KIND = {
    "people.identity-codes": {"people.Person.identity_code_sealed"},
    "payments": {"payments.Line.details", "payments.BatchFile.sealed"},
    "hiring-benefit": {
        "hiring_benefit.Employee.first_name_sealed", "hiring_benefit.Employee.last_name_sealed",
        "hiring_benefit.Employee.identity_code_sealed", "hiring_benefit.PreviousBenefit.identity_code_sealed",
    },
    "summer-voucher": {"summer_voucher.Application.identity_code_sealed"},
}  # fmt: skip
OTHERWISE = {
    "cases.Draft.sealed",  # the nightly job of drafts
    "records.OutsideToken.sealed",  # written anew each time a token is renewed
    "audit.CoveragePart.keys", "childcare.RoundInput.packed",  # not sealed
}  # fmt: skip


def _ring(*numbers: int) -> list[str]:
    return [f"{number}:{base64.b64encode(os.urandom(16)).decode()}" for number in numbers]


def _rotated() -> str:
    told = StringIO()
    call_command("rotate_keys", stdout=told)
    return told.getvalue()


def test_every_sealed_column_is_on_the_list_or_is_looked_to_otherwise() -> None:
    columns = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, BinaryField)
    }
    listed = set().union(*BY_KIND.values())
    assert columns == listed | OTHERWISE
    assert {kind.id for kind in sealed_kinds()} == set(BY_KIND)


@pytest.mark.django_db
def test_the_services_rows_open_with_the_new_key_alone(settings) -> None:
    settings.DEMO = True
    old, new = _ring(1, 2)
    settings.ENNAKKO_DATA_KEY = old
    benefit.an_application()
    previous.add(
        benefit.CAFE, benefit.EMPLOYEE, start=date(2025, 1, 1), end=date(2025, 6, 30), source="Paperi",
        actor=benefit.handler(), at=benefit.AT,
    )  # fmt: skip
    row = voucher.sent(social_security_number=voucher.STRANGER)
    before = row.email_index
    settings.ENNAKKO_DATA_KEY = f"{new},{old}"
    told = _rotated()
    assert "Employees of the hiring benefit: 2 now use key 2." in told
    assert "Applications for the voucher: 1 now use key 2." in told
    assert "Employees of the hiring benefit: 0 now use key 2." in _rotated()
    settings.ENNAKKO_DATA_KEY = new
    for sealed in (Employee.objects.get(), PreviousBenefit.objects.get(), Application.objects.get()):
        assert keys.sealed_with(bytes(sealed.identity_code_sealed)) == 2
        assert sealed.identity_code_index
    row.refresh_from_db()
    assert identity_code_of(row) == voucher.STRANGER
    assert row.email_index not in ("", before)


def test_two_kinds_cannot_have_one_name() -> None:
    first = sealed_kinds()[0]
    register_sealed(first)
    with pytest.raises(ValueError, match=first.id):
        register_sealed(Sealed(first.id, first.title, sealed_kinds()[1].again))
