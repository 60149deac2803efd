# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from ennakko.kernel.payments import (
    KeyTaken,
    NewLine,
    NotPayable,
    cancel_line,
    lines_of,
    lines_of_many,
    lines_of_organisation,
    make_batch,
    pay_again,
    plan_lines,
)
from ennakko.kernel.payments import reasons as r
from ennakko.kernel.payments.models import Line
from ennakko.kernel.payments.tests import paying as p

pytestmark = pytest.mark.django_db


def test_the_same_key_planned_again_is_the_same_line():
    first, again = p.line(), p.line()
    assert first == again
    assert Line.objects.count() == 1
    assert (first.state, first.standing, first.year) == ("planned", "planned", 2026)
    assert first.payee == p.payee()
    assert first.data == {"young": "Nelli Nuori"}


@pytest.mark.parametrize(
    "other",
    [
        {"amount_cents": 1}, {"about": "case:2"}, {"payee": p.payee(iban=p.OTHER_IBAN)}, {"instalment": 2},
        {"due": p.ON + timedelta(1)}, {"data": {"young": "Another"}},
    ],
)  # fmt: skip
def test_a_key_cannot_mean_another_payment(other):
    p.line()
    with pytest.raises(KeyTaken):
        p.line(**other)
    assert Line.objects.count() == 1


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"amount_cents": 0}, r.NO_SUM),
        ({"amount_cents": -5}, r.NO_SUM),
        ({"payee": p.payee(name="  ")}, r.NO_PAYEE),
        ({"payee": p.payee(name="A" * 257)}, r.NO_PAYEE),
        ({"payee": p.payee(iban="FI2112345600000786")}, r.BAD_ACCOUNT),
        ({"payee": p.payee(iban="")}, r.BAD_ACCOUNT),
        ({"payee": p.payee(iban="EE382200221020145685")}, r.FOREIGN_INCOMPLETE),
    ],
)
def test_what_cannot_be_paid_is_not_planned(other, reason):
    with pytest.raises(NotPayable) as refused:
        p.line(**other)
    assert refused.value.reason == reason
    assert not Line.objects.exists()


def test_an_account_is_kept_as_banks_write_it():
    assert p.line(payee=p.payee(iban="fi21 1234 5600 0007 85")).iban == p.IBAN


def test_of_many_lines_either_all_are_planned_or_none():
    good = NewLine(key="a", service="sample", about="case:1", payee=p.payee(), amount_cents=1, due=p.ON, text="x")
    with pytest.raises(NotPayable), transaction.atomic():
        plan_lines([good, replace(good, key="b", amount_cents=0)], at=p.AT)
    assert not Line.objects.exists()
    with transaction.atomic():
        assert plan_lines([good, replace(good, key="b")], at=p.AT) == 2
        assert plan_lines([good, replace(good, key="c")], at=p.AT) == 1
    with pytest.raises(KeyTaken), transaction.atomic():
        plan_lines([replace(good, key="d"), replace(good, amount_cents=2)], at=p.AT)
    assert sorted(Line.objects.values_list("key", flat=True)) == ["a", "b", "c"]


@pytest.mark.django_db(transaction=True)
def test_a_payment_is_planned_only_with_its_decision():
    with pytest.raises(RuntimeError, match="transaction of the decision"):
        plan_lines([], at=p.AT)


def test_personal_data_does_not_stand_in_the_clear_beside_the_payee():
    p.line(payee=p.payee(address="Salainen katu 1"), concerns=(17,))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM payments_line")
        stored = repr([bytes(value) if isinstance(value, memoryview) else value for value in cursor.fetchone()])
    assert "Nelli" not in stored
    assert "Salainen" not in stored
    assert Line.objects.get().concerns == (17,)


def test_a_planned_line_can_be_cancelled_with_a_reason_and_is_not_paid():
    line = p.line()
    with pytest.raises(NotPayable, match="Write the reason"):
        cancel_line(line, reason=" ", actor=p.finance(), at=p.AT, on=p.ON)
    cancelled = cancel_line(line, reason="Päätös kumottiin", actor=p.finance(), at=p.AT, on=p.ON)
    assert cancel_line(line, reason="again", actor=p.finance(), at=p.AT, on=p.ON).reason == "Päätös kumottiin"
    assert (cancelled.state, cancelled.ended_by, cancelled.closed_on) == ("cancelled", "staff:aino", p.ON)
    assert make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE) is None


def test_a_line_in_a_batch_cannot_be_cancelled():
    line = p.line()
    make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE)
    with pytest.raises(NotPayable) as refused:
        cancel_line(line, reason="late", actor=p.finance(), at=p.AT, on=p.ON)
    assert refused.value.reason == r.TOO_LATE_TO_CANCEL
    assert p.states() == ["batched"]


def test_a_returned_line_is_paid_again_once_to_a_corrected_account():
    p.hear(p.says(p.sent_batch(1), 1, "returned", reason="Tili suljettu"))
    old = Line.objects.get()
    assert (old.state, old.reason) == ("returned", "Tili suljettu")
    corrected = p.payee(iban=p.OTHER_IBAN)
    new = pay_again(old, key="sample:1:2", payee=corrected, due=p.ON, at=p.AT, actor=p.finance())
    assert (new.iban, new.replaces, new.amount_cents, new.about) == (p.OTHER_IBAN, old, 35_000, "case:1")
    assert new.data == old.data
    assert pay_again(old, key="sample:1:2", payee=corrected, due=p.ON, at=p.AT, actor=p.finance()) == new
    with pytest.raises(NotPayable) as refused:
        pay_again(old, key="sample:1:3", due=p.ON, at=p.AT, actor=p.finance())
    assert refused.value.reason == r.REPLACED
    cancel_line(new, reason="wrong again", actor=p.finance(), at=p.AT, on=p.ON)
    assert pay_again(old, key="sample:1:3", due=p.ON, at=p.AT, actor=p.finance()).state == "planned"


def test_what_was_not_returned_is_not_paid_again():
    batch = p.sent_batch(1)
    (line,) = lines_of("case:1")
    for confirmation in (None, p.says(batch, 1)):
        if confirmation:
            p.hear(confirmation)
        with pytest.raises(NotPayable) as refused:
            pay_again(line, key="again", due=p.ON, at=p.AT, actor=p.finance())
        assert refused.value.reason == r.NOT_RETURNED


def test_the_key_of_another_payment_cannot_replace_a_line():
    p.hear(p.says(p.sent_batch(2), 1, "returned"))
    with pytest.raises(KeyTaken):
        pay_again(lines_of("case:1")[0], key="sample:2", due=p.ON, at=p.AT, actor=p.finance())


def test_the_database_itself_refuses_two_replacements_and_a_number_given_twice():
    p.hear(p.says(p.sent_batch(3), 1, "returned"))
    old = Line.objects.get(state="returned")
    pay_again(old, key="again", due=p.ON, at=p.AT, actor=p.finance())
    other = p.line(9)
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.filter(pk=other.pk).update(replaces=old)
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.filter(number=3).update(number=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.filter(number=3).update(state="planned")


def test_lines_of_many_matters_come_in_one_query(django_assert_num_queries):
    p.lines(3)
    p.line(10, about="case:1", instalment=2)
    with django_assert_num_queries(1):
        found = lines_of_many(["case:1", "case:3", "case:99"])
    assert {about: [line.key for line in lines] for about, lines in found.items()} == {
        "case:1": ["sample:1", "sample:10"], "case:3": ["sample:3"], "case:99": [],
    }  # fmt: skip


def test_an_organisation_sees_what_it_has_got_and_will_get(django_assert_num_queries):
    p.lines(2)
    p.line(3, payee=p.payee(business_id="0201256-6"))
    cancel_line(p.line(4), reason="no", actor=p.finance(), at=p.AT, on=p.ON)
    p.line(5, due=p.ON + timedelta(30))
    with django_assert_num_queries(1):
        own = lines_of_organisation("0112038-9")
    assert [line.key for line in own] == ["sample:5", "sample:2", "sample:1"]
    assert lines_of_organisation("") == []
