# SPDX-License-Identifier: EUPL-1.2
"""Forms that were begun: whose they are, sealed, upgraded when read, told of and dropped when nobody comes back."""

from base64 import b64encode
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from ennakko.kernel import documents
from ennakko.kernel.access import ANONYMOUS, Refused
from ennakko.kernel.cases import drafts
from ennakko.kernel.cases.draft_keeping import drop_old, warn
from ennakko.kernel.cases.drafts import DraftChanged, FormKind, draft_of, drafts_of, drop_draft, save_draft
from ennakko.kernel.cases.models import Draft
from ennakko.kernel.cases.tests import matters as m
from ennakko.kernel.documents.tests.make import pdf
from ennakko.kernel.messages.models import Message
from ennakko.kernel.organisations.models import ContactPerson, Organisation

pytestmark = pytest.mark.django_db
FORM = FormKind("test-matter", "claim", "3", m.t("Claim"))
PLAIN = replace(FORM, id="plain", personal=False)
AINO, PETRI, JENNI = m.resident(1), m.employee(), m.employee("Jenni Jokela")
SECRET = {"surname": "Virtanen", "hours": "64"}


@pytest.fixture(autouse=True)
def _forms(monkeypatch):
    monkeypatch.setattr(drafts, "_kinds", {})
    drafts.register_form(FORM)
    drafts.register_form(PLAIN)


def saved(data=SECRET, *, kind=FORM, owner=PETRI, organisation=m.CAFE, **more):
    return save_draft(kind, "k1", data, owner=owner, organisation=organisation, at=more.pop("at", m.AT), **more)


def test_what_was_filled_in_stands_there_again_and_the_last_saving_counts():
    first = saved()
    second = saved({"surname": "Virtanen"}, at=m.AT + timedelta(hours=1))
    found = draft_of(FORM, "k1", owner=PETRI, organisation=m.CAFE)
    assert found == second
    assert (found.id, found.data, found.revision) == (first.id, {"surname": "Virtanen"}, 2)
    assert found.about == f"draft:{first.id}"
    assert draft_of(FORM, "k2", owner=PETRI, organisation=m.CAFE) is None


def test_personal_data_are_sealed_and_the_rest_stands_as_it_is():
    saved()
    saved({"season": "2026"}, kind=PLAIN)
    sealed, plain = Draft.objects.get(form="claim"), Draft.objects.get(form="plain")
    assert sealed.data is None
    assert b"Virtanen" not in bytes(sealed.sealed)
    assert (plain.data, plain.sealed) == ({"season": "2026"}, None)


def test_colleagues_share_an_organisations_draft_and_others_do_not_see_it():
    saved()
    assert draft_of(FORM, "k1", owner=JENNI, organisation=m.CAFE).saved_by_name == "Petri Laakso"
    saved({"hours": "65"}, owner=JENNI)
    assert [one.saved_by_name for one in drafts_of(FORM, owner=PETRI, organisation=m.CAFE)] == ["Jenni Jokela"]
    assert drafts_of(FORM, owner=m.employee(organisation=m.OTHER), organisation=m.OTHER) == ()
    for stranger in (m.employee(organisation=m.OTHER), AINO, m.staff(), ANONYMOUS):
        with pytest.raises(Refused):
            draft_of(FORM, "k1", owner=stranger, organisation=m.CAFE)
        with pytest.raises(Refused):
            saved(owner=stranger)


def test_a_persons_draft_is_theirs_alone_and_nobody_unknown_has_one():
    save_draft(FORM, "k1", SECRET, owner=AINO, at=m.AT)
    assert draft_of(FORM, "k1", owner=AINO).data == SECRET
    assert draft_of(FORM, "k1", owner=m.resident(2)) is None
    assert draft_of(FORM, "k1", owner=PETRI) is None
    with pytest.raises(Refused):
        save_draft(FORM, "k1", SECRET, owner=ANONYMOUS, at=m.AT)


def test_two_people_do_not_overwrite_each_other_without_knowing():
    read = saved()
    saved({"hours": "65"}, owner=JENNI, revision=read.revision)
    with pytest.raises(DraftChanged, match="Jenni Jokela") as told:
        saved({"hours": "66"}, revision=read.revision)
    assert told.value.now.data == {"hours": "65"}
    assert saved({"hours": "66"}, revision=told.value.now.revision).data == {"hours": "66"}


def renamed(data):
    return {"work_hours": data.pop("hours"), **data}


def in_cents(data):
    return {**data, "pay_cents": round(float(data["pay"]) * 100)}


def test_an_older_draft_is_upgraded_step_by_step_when_it_is_read():
    older = replace(FORM, version="1")
    saved({"hours": "64", "pay": "620"}, kind=older)
    newer = replace(FORM, upgrades={"1": renamed, "2": in_cents})
    found = draft_of(newer, "k1", owner=PETRI, organisation=m.CAFE)
    assert (found.data, found.upgraded) == ({"work_hours": "64", "pay": "620", "pay_cents": 62000}, True)
    saved({"work_hours": "1", "pay": "6"}, kind=replace(FORM, version="2"))
    found = draft_of(newer, "k1", owner=PETRI, organisation=m.CAFE)
    assert found.data == {"work_hours": "1", "pay": "6", "pay_cents": 600}
    saved({"pay_cents": 1}, kind=newer)
    assert not draft_of(newer, "k1", owner=PETRI, organisation=m.CAFE).upgraded


@pytest.mark.parametrize("data", [{}, {"pay": "much"}, {"pay": None, "hours": []}])
def test_an_old_draft_that_does_not_fit_the_upgrade_keeps_what_it_has(data, caplog):
    saved(data, kind=replace(FORM, version="2"))
    newer = replace(FORM, upgrades={"1": renamed, "2": in_cents})
    assert draft_of(newer, "k1", owner=PETRI, organisation=m.CAFE).data == data
    assert "could not be upgraded" in caplog.text


def test_a_version_that_nobody_knows_any_more_keeps_what_it_has():
    saved(kind=replace(FORM, version="forgotten"))
    newer = replace(FORM, upgrades={"1": renamed})
    assert draft_of(newer, "k1", owner=PETRI, organisation=m.CAFE).data == SECRET


def test_a_dropped_draft_takes_its_documents_with_it_and_the_form_is_told():
    told = []
    form = replace(FORM, on_drop=lambda organisation, key: told.append((organisation, key)))
    begun = saved(kind=form)
    documents.store(pdf(), about=begun.about, kind="payslip", name="p.pdf", actor=PETRI, at=m.AT)
    assert drop_draft(form, "k1", owner=JENNI, organisation=m.CAFE)
    assert not drop_draft(form, "k1", owner=JENNI, organisation=m.CAFE)
    assert documents.of(begun.about) == []
    assert told == [(m.CAFE, "k1")]


def at_noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=12)


def run(day: date) -> tuple[int, int]:
    return warn(day, at=at_noon(day)), drop_old(day, at=at_noon(day))


def a_contact() -> None:
    row = Organisation.objects.create(business_id=m.CAFE, name="Café", search="cafe", created_at=m.AT)
    ContactPerson.objects.create(organisation=row, name="Petri", email="petri@posti.example", added_at=m.AT)


def test_its_holder_is_told_a_week_before_and_then_it_is_dropped():
    a_contact()
    begun = saved(at=at_noon(m.ON))
    last_quiet = m.ON + timedelta(days=53)
    assert run(last_quiet) == (0, 0)
    told_on = last_quiet + timedelta(days=1)
    assert run(told_on) == (1, 0)
    assert run(told_on) == (0, 0)
    (message,) = Message.objects.all()
    dropped_on = told_on + timedelta(days=7)
    assert (message.email, message.data["until"], message.about) == (
        "petri@posti.example", dropped_on.isoformat(), begun.about,
    )  # fmt: skip
    assert run(dropped_on - timedelta(days=1)) == (0, 0)
    assert run(dropped_on) == (0, 1)
    assert not Draft.objects.exists()
    assert not Message.objects.exists()


def test_saving_again_gives_it_all_its_days_again():
    saved(at=at_noon(m.ON))
    later = m.ON + timedelta(days=58)
    run(later)
    saved(at=at_noon(later))
    assert run(later + timedelta(days=53)) == (0, 0)
    assert Draft.objects.get().warned_at is None


def test_after_an_outage_the_warning_goes_first_and_its_days_run():
    m.person(1, email="aino@posti.example")
    save_draft(FORM, "k1", SECRET, owner=AINO, at=at_noon(m.ON))
    much_later = m.ON + timedelta(days=400)
    assert run(much_later) == (1, 0)
    assert Message.objects.get().person == 1
    assert run(much_later + timedelta(days=6)) == (0, 0)
    assert run(much_later + timedelta(days=7)) == (0, 1)


def test_a_holder_who_cannot_be_told_has_it_dropped_all_the_same():
    saved(at=at_noon(m.ON))
    told_on = m.ON + timedelta(days=54)
    assert run(told_on) == (1, 0)
    assert not Message.objects.exists()
    assert run(told_on + timedelta(days=7)) == (0, 1)


def test_drafts_are_sealed_again_when_the_deployment_has_a_new_key(settings):
    old, new = ("1:" + b64encode(bytes([number]) * 16).decode() for number in (1, 2))
    settings.ENNAKKO_DATA_KEY = old
    saved()
    settings.ENNAKKO_DATA_KEY = f"2:{new[2:]},{old}"
    assert (drafts.reseal(), drafts.reseal()) == (1, 0)
    settings.ENNAKKO_DATA_KEY = f"2:{new[2:]}"
    assert draft_of(FORM, "k1", owner=PETRI, organisation=m.CAFE).data == SECRET


@pytest.mark.parametrize("changes", [{"warned_days": 60}, {"warned_days": 0}, {"upgrades": {"3": dict}}])
def test_a_form_that_makes_no_sense_is_refused(changes):
    with pytest.raises(ValueError, match="test-matter claim"):
        replace(FORM, **changes)


def test_a_form_declared_twice_differently_is_refused():
    with pytest.raises(ValueError, match="twice"):
        drafts.register_form(replace(FORM, kept_days=90))
