# SPDX-License-Identifier: EUPL-1.2
"""What youths and organisations get of their own data in claims."""

import json

import pytest

from ennakko.kernel.access import Refused
from ennakko.services.summer_voucher.actions import claim_handling, claims
from ennakko.services.summer_voucher.queries import organisation_data, own_data
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_claim(tmp_path, settings):
    settings.VAR = tmp_path
    t.town(tmp_path / "a", t.youth(1), t.youth(2))
    t.released()
    m.registers()
    m.organisation()
    m.documents_for()
    with m.gate(is_open=False):
        case = m.send(m.row(m.voucher(), description="Kassalla")).rows[0].case
    claim_handling.release([case], actor=t.official(), at=m.CLAIM_AT, on=m.CLAIM_DAY)


def test_a_youth_sees_what_an_employer_told_of_the_work():
    found = own_data.own_data(t.resident(1))
    (claim,) = found["vouchers"][0]["claims"]
    assert (claim["employer"], claim["hours"], claim["pay_cents"]) == ("Kahvila Aamukaste Oy", 64.0, 62000)
    assert (claim["state"], claim["tasks"]) == ("accepted", "Kassalla")
    assert m.IBAN not in json.dumps(found)
    assert own_data.own_data(t.resident(2))["vouchers"][0]["claims"] == []


def test_an_organisation_gets_all_of_its_own_and_nothing_of_others():
    claims.save_draft(m.claim(m.row(m.voucher(2))), key="d", actor=m.employer(), at=m.CLAIM_AT, wall=t.WALL)
    found = json.loads(json.dumps(organisation_data.organisation_data(m.employer())))
    (claim,) = found["claims"]
    (row,) = claim["vouchers"]
    assert (claim["iban"], row["state"], row["payments"][0]["cents"]) == (m.IBAN, "accepted", 35000)
    assert len(row["documents"]) == 2
    assert [one["key"] for one in found["drafts"]] == ["d"]
    assert found["messages"]
    m.organisation(m.GARDEN, "Toinen Oy")
    other = organisation_data.organisation_data(m.employer(m.GARDEN))
    assert (other["claims"], other["drafts"], other["messages"]) == ([], [], [])
    for nobody in (t.handler(), t.resident(1), t.director()):
        with pytest.raises(Refused):
            organisation_data.organisation_data(nobody)
