# SPDX-License-Identifier: EUPL-1.2
import json
from datetime import timedelta

import pytest

from ennakko.kernel import offers
from ennakko.kernel.cases.models import Case
from ennakko.kernel.messages.models import Message
from ennakko.services.summer_voucher.actions import applications, handling, retention
from ennakko.services.summer_voucher.law import number_2026 as number
from ennakko.services.summer_voucher.models import Application, Voucher
from ennakko.services.summer_voucher.queries import own, own_data
from ennakko.services.summer_voucher.tests import town as t

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_demo(settings):
    settings.DEMO = True


def destroy(**later) -> dict[str, int]:
    on = later.pop("on", t.ON)
    return retention.destroy_old(on=on, at=t.AT, wall=t.WALL + timedelta(**later), actor=t.MACHINE)


def test_everything_about_a_youth_is_in_their_export_and_nothing_of_others(tmp_path):
    t.town(tmp_path / "a", t.youth(1), t.youth(2))
    t.released()
    given = own.offer_of(t.resident(1), on=t.ON)
    offers.answer(given, "declined", actor=t.resident(1), at=t.AT, on=t.ON)
    told = own_data.own_data(t.resident(1))
    written = json.dumps(told, ensure_ascii=False)
    (offer,) = told["offers"]
    assert (offer["answer"], offer["facts"]["birth_date"]) == ("declined", "2010-05-21")
    assert [one["what"] for one in offer["history"]] == ["make", "release", "decline"]
    assert told["vouchers"][0]["number"] == number.encode(Voucher.objects.get(person=1).number)
    assert len(told["messages"]) == 1
    assert told["looked_up"]
    assert "Virtanen2" not in written


def test_one_whom_the_registers_do_not_know_gets_the_applications_they_sent(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    leevi = t.resident(None, name="Leevi Harju")
    values = {name: t.form()[name] for name in applications.FIELDS["signed-in"]}
    received = applications.apply_signed_in(
        values, identity_code=t.STRANGER, actor=leevi, at=t.AT, on=t.ON, wall=t.WALL
    )
    handling.propose_rejection(received.application.case, "Asuu muualla.", actor=t.handler(), at=t.AT, on=t.ON)
    handling.decide(Case.objects.get(), "rejected", actor=t.official(), at=t.AT, on=t.ON)
    (told,) = own_data.own_data(leevi)["applications"]
    assert (told["identity_code"], told["email"]) == (t.STRANGER, "leevi@posti.example")
    assert told["decisions"][0]["justification"] == "Asuu muualla."
    assert own_data.own_data(t.resident(None, name="Muu Vieras"))["applications"] == []


def test_an_unconfirmed_application_goes_after_a_week_with_its_message(tmp_path):
    t.sent()
    assert destroy(hours=12)["expired"] == 1
    assert destroy(days=7)["unconfirmed"] == 0
    assert destroy(days=7, seconds=1)["unconfirmed"] == 1
    assert not Application.objects.exists()
    assert not Message.objects.exists()


def test_a_rejected_application_is_emptied_after_a_year_and_the_matter_stays(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    row = t.checked()
    handling.note(row.case, "Muistiinpano", actor=t.handler(), at=t.AT)
    handling.propose_rejection(row.case, "Asuu muualla.", actor=t.handler(), at=t.AT, on=t.ON)
    handling.decide(Case.objects.get(), "rejected", actor=t.official(), at=t.AT, on=t.ON)
    assert destroy(on=t.ON.replace(year=2027))["emptied"] == 0
    assert destroy(on=t.ON.replace(year=2027) + timedelta(days=1))["emptied"] == 1
    row = Application.objects.get(pk=row.pk)
    assert (row.last_name, row.email, row.identity_code_sealed, row.birth_date) == ("", "", None, None)
    case = Case.objects.get()
    assert (case.state, case.facts, case.subject) == ("rejected", {}, None)
    decision = case.decisions.get()
    assert (decision.outcome, decision.justification) == ("rejected", "")
    assert not Message.objects.exists()


def test_everything_of_a_youth_is_emptied_after_five_years_though_the_voucher_stays(tmp_path):
    known = t.youth(1, names=("Aino", "Virtanen"))
    t.town(tmp_path / "a", known)
    row = t.checked(social_security_number=known.code, last_name="Virtanen")
    handling.decide(row.case, "accepted", actor=t.official(), at=t.AT, on=t.ON)
    assert destroy(on=t.ON.replace(year=2031))["emptied"] == 0
    assert destroy(on=t.ON.replace(year=2031) + timedelta(days=1))["emptied"] == 1
    assert Voucher.objects.get().value_cents == 35000
    assert destroy(on=t.ON.replace(year=2031) + timedelta(days=2))["emptied"] == 0
