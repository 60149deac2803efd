# SPDX-License-Identifier: EUPL-1.2
"""A planted youth under non-disclosure and one who objects: they stand nowhere they must not."""

import json

import pytest

from ennakko.kernel import offers, purposes
from ennakko.kernel.access import Refused
from ennakko.kernel.cases.models import Case
from ennakko.kernel.figures import show
from ennakko.kernel.messages import messages_about
from ennakko.kernel.messages.models import Message
from ennakko.kernel.offers.models import Offer, Recipient
from ennakko.services.summer_voucher import figures, offer
from ennakko.services.summer_voucher.actions import handling, vouchers
from ennakko.services.summer_voucher.models import Voucher
from ennakko.services.summer_voucher.queries import applications as queries
from ennakko.services.summer_voucher.queries import own
from ennakko.services.summer_voucher.tests import town as t

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_demo(settings):
    settings.DEMO = True


SECRET = t.youth(1, non_disclosure=True, names=("Salainen", "Suojattu"), guardians=(9,))


def with_neighbours(tmp_path):
    t.town(tmp_path / "a", SECRET, *(t.youth(person) for person in range(10, 20)))
    t.released()


def test_the_entitlement_is_the_same(tmp_path):
    with_neighbours(tmp_path)
    assert Voucher.objects.filter(person=1, state="issued").exists()
    assert own.page_of(t.resident(1), own.offer_of(t.resident(1), on=t.ON), on=t.ON).number


def test_no_guardian_is_told_and_no_list_search_or_count_has_them(tmp_path):
    with_neighbours(tmp_path)
    assert set(Recipient.objects.filter(offer__subject=1).values_list("person", flat=True)) == {1}
    assert 1 not in offers.queries.listed(offer.SERVICE).values_list("subject", flat=True)
    assert not offers.queries.search(offer.SERVICE, "Suojattu").exists()
    assert messages_about(f"offer:{Offer.objects.get(subject=1).pk}") == ()
    shown = figures.tiles(t.director(), on=t.ON)
    assert (shown.entitled, shown.received) == (10, 10)
    assert figures.forecast(t.director(), on=t.ON).vouchers == 10
    for dimension in ("district", "language"):
        assert figures.answers_by(t.director(), dimension, on=t.ON).shown() == "10"
    assert figures.what_if(t.director(), ages=(16,), value_cents=40000, on=t.ON, at=t.AT).then == 10
    assert show("summer-voucher.answers", on=t.ON).gated.shown() == "10"


def test_their_application_is_in_no_queue_and_the_named_clerk_alone_handles_it(tmp_path):
    t.town(tmp_path / "a", SECRET, t.youth(2))
    row = t.checked(social_security_number=SECRET.code, last_name="Väärä", email="joku@posti.example")
    case = Case.objects.get(pk=row.case.pk)
    assert case.subject_id == 1
    assert not queries.queue(t.handler(), on=t.ON).exists()
    assert not queries.queue(t.handler(), on=t.ON, words=case.number).exists()
    with pytest.raises(Refused):
        queries.desk(t.handler(), case, at=t.AT, on=t.ON)
    with pytest.raises(Refused):
        queries.protected(t.handler())
    assert list(queries.protected(t.clerk())) == [case]
    handling.propose_acceptance(case, actor=t.clerk(), at=t.AT, on=t.ON)
    case.refresh_from_db()
    with pytest.raises(Refused):
        handling.decide(case, "accepted", actor=t.official(), at=t.AT, on=t.ON)
    handling.decide(case, "accepted", actor=t.clerk(), at=t.AT, on=t.ON)
    with pytest.raises(Refused):
        vouchers.reissue(Voucher.objects.get(), actor=t.handler(), at=t.AT)


def test_no_message_tells_their_name_and_only_their_own_key_is_told(tmp_path):
    t.town(tmp_path / "a", SECRET, t.youth(2))
    row = t.checked(social_security_number=SECRET.code, last_name="Suojattu", email="joku@posti.example")
    handling.decide(Case.objects.get(pk=row.case.pk), "accepted", actor=t.clerk(), at=t.AT, on=t.ON)
    for message in Message.objects.all():
        assert "Suojattu" not in json.dumps(message.data) + message.subject + message.body
        if message.template != "summer-voucher.confirm":
            assert (message.person, message.email) == (1, "")


def test_one_who_objects_has_no_row_offer_message_or_place_in_the_figures(tmp_path):
    objecting = t.youth(1, names=("Kieltävä", "Kaisa"))
    t.town(tmp_path / "a", objecting, *(t.youth(person) for person in range(10, 20)))
    purposes.object_to(1, offer.SERVICE, t.resident(1), t.AT)
    t.released()
    assert not Offer.objects.filter(subject=1).exists()
    assert not Message.objects.filter(person=1).exists()
    assert not Voucher.objects.filter(person=1).exists()
    assert figures.tiles(t.director(), on=t.ON).entitled == 10
    assert own.next_look(t.resident(1), on=t.ON, at=t.AT) is None


def test_one_who_objects_may_still_apply(tmp_path):
    objecting = t.youth(1, names=("Kieltävä", "Kaisa"))
    t.town(tmp_path / "a", objecting)
    purposes.object_to(1, offer.SERVICE, t.resident(1), t.AT)
    row = t.checked(social_security_number=objecting.code, last_name="Kaisa")
    assert row.case.state == "awaiting_decision"
