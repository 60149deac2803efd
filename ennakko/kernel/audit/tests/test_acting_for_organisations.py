# SPDX-License-Identifier: EUPL-1.2
"""What somebody does for an organisation is theirs, and the organisation's: the log keeps both, pseudonymously."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import SYSTEM, Actor
from ennakko.kernel.audit.models import Entry, Read

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
PETRI = Actor(
    kind="organisation", reference="p1", person=17, name="Petri", strong=True, organisation="9000001-1",
    mandates=frozenset({"signatory"}),
)  # fmt: skip
HIMSELF = Actor(kind="resident", reference="p1", person=17, name="Petri", strong=True)


def wrote(actor: Actor) -> Entry:
    with transaction.atomic():
        return audit.write(actor, "claims.send", "claim:1", AT, {}, "claims")


def test_the_human_being_stays_the_actor_and_the_organisation_stands_beside():
    for_organisation, for_himself = wrote(PETRI), wrote(HIMSELF)
    assert for_organisation.actor_reference == for_himself.actor_reference
    assert for_organisation.actor_kind == "organisation"
    assert for_organisation.organisation_reference
    assert not for_himself.organisation_reference
    assert "9000001" not in str(Entry.objects.values().get(pk=1))


def test_what_was_done_for_an_organisation_is_found_by_it():
    wrote(PETRI)
    wrote(HIMSELF)
    assert [one.number for one in audit.entries_for("9000001-1")] == [1]
    assert audit.entries_for("9000002-2") == ()


def test_an_organisation_struck_from_an_entry_is_found():
    wrote(PETRI)
    Entry.objects.update(organisation_reference="")
    assert not audit.verify().ok


def test_an_organisation_struck_from_a_read_is_found():
    audit.read(PETRI, "summer-voucher", 5, ["name"], "s", AT, "voucher looked up")
    audit.seal(AT)
    assert audit.verify().ok
    Read.objects.update(organisation_reference="")
    assert not audit.verify().ok


def test_an_erased_read_names_no_organisation():
    audit.read(PETRI, "summer-voucher", 5, ["name"], "s", AT, "voucher looked up")
    audit.erase("reads", AT + timedelta(days=1), actor=SYSTEM("retention"), at=AT, reason="kept long enough")
    assert Read.objects.get().organisation_reference == ""
    assert audit.verify().ok
