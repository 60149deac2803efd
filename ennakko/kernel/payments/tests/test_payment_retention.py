# SPDX-License-Identifier: EUPL-1.2
import os
from datetime import date

import pytest
from django.db import transaction

from ennakko.kernel import audit, keys
from ennakko.kernel.payments import NotPayable, batching, end_recovery, forget, pay_again, recover, retention, totals
from ennakko.kernel.payments.models import BatchFile, Line, Received
from ennakko.kernel.payments.states import RecoveryState
from ennakko.kernel.payments.tests import paying as p

pytestmark = pytest.mark.django_db
KEPT, OVER = date(2032, 12, 31), date(2033, 1, 1)


def destroyed(on: date) -> int:
    return retention.destroy_old(on, at=p.AT, actor=p.MACHINE)


def settled(count: int = 2) -> None:
    batch = p.sent_batch(count)
    p.hear(*(p.says(batch, number) for number in range(1, count + 1)))


def test_a_payment_is_kept_six_years_from_the_end_of_its_year_and_then_only_its_sum():
    settled()
    assert destroyed(KEPT) == 0
    assert Line.objects.first().payee.name == "Kahvila Käpy Oy"
    assert destroyed(OVER) == 2
    assert destroyed(OVER) == 0
    line = Line.objects.order_by("pk").first()
    assert (line.payee_name, line.iban, line.business_id, bytes(line.details), line.data) == ("", "", "", b"", {})
    assert line.amount_cents == 35_000
    assert totals(year=2026).paid.cents == 70_000
    with pytest.raises(NotPayable):
        batching.content_of(line.batch)
    assert bytes(BatchFile.objects.get().sealed) == b""
    assert BatchFile.objects.get().sha256
    assert audit.verify().ok


def test_a_file_stays_until_its_last_line_is_old():
    batch = p.sent_batch(2)
    p.hear(p.says(batch, 1))
    Line.objects.filter(state="paid").update(closed_on=date(2020, 5, 1))
    assert destroyed(OVER) == 1
    assert batching.content_of(batch)
    p.hear(p.says(batch, 2))
    assert destroyed(OVER) == 1
    with pytest.raises(NotPayable):
        batching.content_of(batch)


def test_what_is_unsettled_or_being_claimed_back_is_kept_whatever_its_age():
    batch = p.sent_batch(3)
    p.line(7)
    p.hear(p.says(batch, 1), p.says(batch, 2, "returned"))
    paid, returned = Line.objects.get(state="paid"), Line.objects.get(state="returned")
    with transaction.atomic():
        claim = recover(paid, 100, key="r", decision="HEL 2026-1", reason="osa", actor=p.MACHINE, at=p.AT)
    assert destroyed(date(2050, 1, 1)) == 0
    end_recovery(claim, outcome=RecoveryState.RECOVERED, actor=p.MACHINE, at=p.AT, on=date(2030, 1, 1))
    assert destroyed(date(2036, 12, 31)) == 0
    assert destroyed(date(2037, 1, 1)) == 1
    pay_again(returned, key="again", due=p.ON, at=p.AT, actor=p.MACHINE)
    assert destroyed(date(2050, 1, 1)) == 1
    assert Line.objects.filter(emptied_at=None).count() == 3


def test_reasons_told_by_the_bank_go_with_their_line_and_loose_ones_when_they_are_old():
    batch = p.sent_batch(1)
    p.hear(p.says(batch, 1, "returned", reason="Nelli Nuori on kuollut"), p.says("x-1", 1, reason="Nelli"))
    pay_again(Line.objects.get(), key="again", due=p.ON, at=p.AT, actor=p.MACHINE)
    destroyed(OVER)
    assert set(Received.objects.values_list("reason", flat=True)) == {""}
    assert Line.objects.get(state="returned").reason == ""


def test_a_matter_can_be_forgotten_first_and_the_payment_stays():
    settled(2)
    p.line(3)
    paid = Line.objects.get(key="sample:1")
    assert forget(["case:1", "case:3"], actor=p.MACHINE, at=p.AT) == 1
    assert forget(["case:1", "case:3"], actor=p.MACHINE, at=p.AT) == 0
    after = Line.objects.get(pk=paid.pk)
    assert (after.data, after.concerns, after.payee) == ({}, (), paid.payee)
    assert Line.objects.get(key="sample:3").data == {"young": "Nelli Nuori"}
    assert Line.objects.get(key="sample:2").data == {"young": "Nelli Nuori"}
    # What was planned once is not planned again, though its contents can no longer be compared.
    assert p.line(1).pk == paid.pk


def test_lines_and_files_are_sealed_again_under_a_new_key(settings):
    settings.ENNAKKO_DATA_KEY = "1:" + _secret()
    settled()
    batch = Line.objects.first().batch
    content = batching.content_of(batch)
    settings.ENNAKKO_DATA_KEY = "2:" + _secret() + "," + settings.ENNAKKO_DATA_KEY
    assert retention.rotate_keys(by=p.MACHINE, at=p.AT) == 3
    assert retention.rotate_keys(by=p.MACHINE, at=p.AT) == 0
    settings.ENNAKKO_DATA_KEY = settings.ENNAKKO_DATA_KEY.partition(",")[0]
    assert {keys.sealed_with(bytes(line.details)) for line in Line.objects.all()} == {2}
    assert batching.content_of(batch) == content
    assert Line.objects.first().payee.name == "Kahvila Käpy Oy"


def _secret() -> str:
    import base64

    return base64.b64encode(os.urandom(16)).decode()
