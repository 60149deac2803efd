# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from ennakko.kernel import messages, people
from ennakko.kernel.messages import Addressee, Planned
from ennakko.kernel.messages.models import ClerkDesk, DeliveredCopy, Message
from ennakko.kernel.messages.templates import TemplateError
from ennakko.kernel.messages.tests.outside import DATA, offer_templates

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ennakko.kernel.messages.templates._templates", {})
    offer_templates(tmp_path)


def test_twelve_thousand_messages_are_planned_in_few_statements(django_assert_max_num_queries):
    people.ensure([people.Known(key=number, language="sv") for number in range(1, 12_001)], at=AT)
    rows = [
        Planned(to=number, template="test.offer", key=f"offer:{number}:made", data=DATA, about=f"offer:{number}")
        for number in range(1, 12_001)
    ]
    with django_assert_max_num_queries(40):
        assert messages.plan_many(rows, at=AT) == 12_000
    assert messages.plan_many(rows, at=AT) == 0
    assert Message.objects.filter(language="sv", state="planned").count() == 12_000
    assert Message.objects.get(key="offer:7:made").data == DATA


def test_the_same_key_is_planned_once():
    assert messages.plan(1, template="test.offer", data=DATA, at=AT, key="offer:1:made")
    assert not messages.plan(2, template="test.offer", data=DATA, at=AT, key="offer:1:made")
    assert Message.objects.get().person == 1


def test_a_message_goes_with_the_change_that_is_rolled_back():
    def changed_and_failed() -> None:
        with transaction.atomic():
            messages.plan(1, template="test.offer", data=DATA, at=AT, key="k")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        changed_and_failed()
    assert not Message.objects.exists()


@pytest.mark.parametrize("data", [{"name": "Aino"}, DATA | {"extra": 1}])
def test_data_that_does_not_fit_the_template_is_refused_before_anything_is_written(data):
    with pytest.raises(TemplateError, match=r"test\.offer needs name, until, value"):
        messages.plan_many(
            [
                Planned(to=1, template="test.offer", key="a", data=DATA),
                Planned(to=2, template="test.offer", key="b", data=data),
            ],
            at=AT,
        )
    assert not Message.objects.exists()


def test_somebody_outside_the_registers_is_reached_at_the_address_they_gave():
    messages.plan(Addressee(email="x@example.org"), template="test.offer", data=DATA, at=AT, key="k", language="en")
    row = Message.objects.get()
    assert (row.person, row.email, row.language) == (None, "x@example.org", "en")


def test_a_cancelled_message_is_planned_no_more():
    messages.plan(1, template="test.offer", data=DATA, at=AT, key="k", about="offer:1")
    messages.plan(2, template="test.offer", data=DATA, at=AT, key="l", about="offer:2")
    assert messages.cancel(about="offer:1") == 1
    assert messages.messages_of(1) == ()
    assert len(messages.messages_of(2)) == 1


def test_my_page_shows_a_message_before_it_is_sent():
    messages.plan(1, template="test.offer", data=DATA, at=AT, key="k", about="offer:1", language="en")
    messages.plan(1, template="test.offer", data=DATA, at=AT + timedelta(days=1), key="l", language="fi")
    assert [view.subject for view in messages.messages_of(1)] == ["Hei Aino", "Hello Aino"]
    assert [view.about for view in messages.messages_about("offer:1")] == ["offer:1"]


def test_messages_go_with_what_they_told_of():
    for number in (1, 2):
        messages.plan(1, template="test.offer", data=DATA, at=AT, key=f"k{number}", about=f"offer:{number}")
    row = Message.objects.get(key="k1")
    ClerkDesk.objects.create(message=row, reason="refused", put_at=AT)
    DeliveredCopy.objects.create(
        reference="k1", channel="email", address="a", subject="s", body="b", received_at=AT
    )  # fmt: skip
    assert messages.destroy(about=["offer:1", "offer:3"]) == 1
    assert [one.key for one in Message.objects.all()] == ["k2"]
    assert (ClerkDesk.objects.exists(), DeliveredCopy.objects.exists()) == (False, False)


def test_a_message_on_its_way_is_not_destroyed_under_its_worker():
    messages.plan(1, template="test.offer", data=DATA, at=AT, key="k", about="offer:1")
    Message.objects.update(state="sending")
    assert messages.destroy(about=["offer:1"]) == 0
