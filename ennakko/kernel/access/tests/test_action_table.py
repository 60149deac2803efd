# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db.models import Q

from ennakko.kernel.access import (
    ANONYMOUS,
    SYSTEM,
    Action,
    Actor,
    Refused,
    acts_for,
    all_of,
    anyone,
    buttons,
    for_organisation,
    grant_also,
    guardian,
    guardianships_from,
    owner,
    owner_at,
    register_actions,
    require,
    resident,
    role,
    signed_in,
    staff,
    strong,
    system,
    tables,
    verdict,
    visible,
)
from ennakko.kernel.access.grants import Grant, Holds, NotThemselves, children_of
from ennakko.kernel.access.models import RoleGrant, StaffMember
from ennakko.kernel.access.tables import UnknownAction
from ennakko.kernel.purposes.models import Objection
from ennakko.values.texts import text

AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
TITLE = text(fi="Tee", sv="Gör", en="Do")
AINO = Actor(kind="resident", reference="s1", person=1, strong=True)
OTHER = Actor(kind="resident", reference="s2", person=2)
PARENT = Actor(kind="resident", reference="s3", person=3, strong=True)
HANDLER = Actor(kind="staff", reference="h", staff=10, roles=frozenset({"test.handler"}), strong=True)
DIRECTOR = Actor(kind="staff", reference="d", staff=11, roles=frozenset({"test.director"}))
ACTING = Actor(
    kind="organisation", reference="s1", person=1, strong=True, organisation="9000001-1",
    mandates=frozenset({"signatory", "grants"}),
)  # fmt: skip
CLERK = Actor(
    kind="organisation", reference="s4", strong=True, organisation="9000001-1", mandates=frozenset({"employment"})
)
WEAK = Actor(kind="organisation", reference="s5", organisation="9000001-1", mandates=frozenset({"grants"}))
EVERYONE = (ANONYMOUS, AINO, OTHER, PARENT, ACTING, CLERK, WEAK, HANDLER, DIRECTOR, SYSTEM("job"))


@pytest.fixture(autouse=True)
def _own_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_actions", {})
    monkeypatch.setattr("ennakko.kernel.access.grants._children", [])
    guardianships_from(lambda person: frozenset({1}) if person == 3 else frozenset())


def act(*who: Grant, name: str = "test.do") -> str:
    register_actions(Action(name, TITLE, who))
    return name


GRANTS = {
    "anyone": (anyone, EVERYONE),
    "resident": (resident, (AINO, OTHER, PARENT)),
    "signed in": (signed_in, (AINO, OTHER, PARENT, ACTING, CLERK, WEAK, HANDLER, DIRECTOR)),
    "for an organisation": (for_organisation, (ACTING, CLERK, WEAK)),
    "staff": (staff, (HANDLER, DIRECTOR)),
    "system": (system, (SYSTEM("job"),)),
    "owner": (owner, (AINO,)),
    "guardian": (guardian, (PARENT,)),
    "role": (role("test.handler"), (HANDLER,)),
    "strong": (all_of(signed_in, strong), (AINO, PARENT, ACTING, CLERK, HANDLER)),
}


@pytest.mark.django_db
@pytest.mark.parametrize("grant", GRANTS)
def test_a_grant_lets_the_same_actors_through_for_one_object_and_for_a_list(grant):
    granted, expected = GRANTS[grant]
    mine = Objection.objects.create(person=1, purpose="p", made_at=AT)
    name = act(granted)
    for actor in EVERYONE:
        answer = verdict(actor, name, mine)
        assert answer.allowed == (actor in expected), actor
        assert visible(actor, name, Objection.objects.all()).exists() == answer.allowed, actor
        assert granted.filter(actor, Objection.objects.all()).exists() == answer.allowed, actor


ACTS_FOR = {
    "any mandate": (acts_for("subject"), (ACTING, CLERK)),
    "a mandate among several": (acts_for("subject", "signatory", "grants"), (ACTING,)),
    "a mandate that one lacks": (acts_for("subject", "employment"), (CLERK,)),
}


@pytest.mark.django_db
@pytest.mark.parametrize("grant", ACTS_FOR)
def test_a_mandate_lets_one_act_for_its_own_organisation_and_for_no_other(grant):
    granted, expected = ACTS_FOR[grant]
    own, other = (StaffMember.objects.create(subject=one, name=one) for one in ("9000001-1", "9000003-8"))
    name = act(granted)
    for actor in EVERYONE:
        assert verdict(actor, name, own).allowed == (actor in expected), actor
        assert verdict(actor, name).allowed == (actor in expected), actor
        assert not verdict(actor, name, other).allowed, actor
        assert list(visible(actor, name, StaffMember.objects.all())) == ([own] if actor in expected else []), actor


@pytest.mark.django_db
def test_an_organisation_without_a_name_or_without_mandates_opens_nothing():
    StaffMember.objects.create(subject="", name="")
    name = act(acts_for("subject"))
    for nobody in (replace(ACTING, organisation=""), replace(ACTING, mandates=frozenset())):
        assert not verdict(nobody, name).allowed
        assert not visible(nobody, name, StaffMember.objects.all()).exists()


def test_a_refusal_names_the_mandates_in_words():
    words = verdict(CLERK, act(acts_for("organisation", "grants", "signatory"))).reason
    assert "right to sign for the organisation, mandate to apply for grants and subsidies" in words.en
    assert "nimenkirjoitusoikeus" in words.fi
    assert "namnteckningsrätt" in words.sv


def test_a_mandate_that_does_not_exist_is_refused_when_it_is_written():
    with pytest.raises(ValueError, match="No such mandate: wages"):
        acts_for("organisation", "wages")


@pytest.mark.django_db
def test_grants_are_alternatives_and_lists_hold_the_rows_of_each():
    Objection.objects.bulk_create(Objection(person=person, purpose="p", made_at=AT) for person in (1, 2, 3))
    name = act(owner, guardian, role("test.handler"))
    seen = {
        actor.reference: sorted(visible(actor, name, Objection.objects.all()).values_list("person", flat=True))
        for actor in EVERYONE
        if actor.kind != "organisation"
    }
    assert seen == {"": [], "s1": [1], "s2": [2], "s3": [1, 3], "h": [1, 2, 3], "d": [], "job": []}


@pytest.mark.django_db
def test_a_path_through_many_rows_shows_each_row_once():
    boss, member = (StaffMember.objects.create(subject=subject, name=subject) for subject in ("b", "m"))
    for role_name in ("a", "b"):
        RoleGrant.objects.create(staff=member, role=role_name, valid_from=AT.date(), granted_at=AT, granted_by=boss)
    as_boss = Actor(kind="resident", reference="x", person=boss.pk)
    name = act(owner_at("grants__granted_by"))
    assert list(visible(as_boss, name, StaffMember.objects.all())) == [member]
    assert verdict(as_boss, name, member).allowed
    assert not verdict(as_boss, name, boss).allowed


@pytest.mark.django_db
def test_whoever_handled_it_does_not_decide_it():
    one, two = (StaffMember.objects.create(subject=subject, name=subject) for subject in ("1", "2"))
    handled = RoleGrant.objects.create(staff=one, role="r", valid_from=AT.date(), granted_at=AT, granted_by=two)
    name = act(all_of(staff, NotThemselves("staff")))
    for member, allowed in ((one, False), (two, True)):
        actor = Actor(kind="staff", reference=member.subject, staff=member.pk)
        assert verdict(actor, name, handled).allowed == allowed
        assert visible(actor, name, RoleGrant.objects.all()).exists() == allowed
    refused = verdict(Actor(kind="staff", reference="1", staff=one.pk), name, handled)
    assert "colleague" in refused.reason.en


@pytest.mark.django_db
def test_a_condition_on_the_row_is_given_once_for_objects_and_once_for_lists():
    still = text(fi="Vielä voimassa", sv="Ännu i kraft", en="Still in force")
    in_force = Holds(lambda row: row.withdrawn_at is None, Q(withdrawn_at__isnull=True), still)
    name = act(all_of(owner, in_force))
    old = Objection.objects.create(person=1, purpose="p", made_at=AT, withdrawn_at=AT)
    new = Objection.objects.create(person=1, purpose="p", made_at=AT)
    assert list(visible(AINO, name, Objection.objects.all())) == [new]
    assert verdict(AINO, name, old).reason.en == "Still in force"


def test_a_refusal_says_why_in_every_language():
    act(owner, role("test.handler"))
    with pytest.raises(Refused) as refusal:
        require(ANONYMOUS, "test.do")
    assert refusal.value.action == "test.do"
    assert "Sign in as yourself" in refusal.value.reason.en
    assert "test.handler" in refusal.value.reason.sv
    assert "pääkäyttäjä" in refusal.value.reason.fi.lower()


def test_a_refusal_names_only_what_was_missing():
    act(all_of(resident, strong))
    assert "bank codes" in verdict(OTHER, "test.do").reason.en
    assert "Sign in first" not in verdict(OTHER, "test.do").reason.en


def test_buttons_are_the_actions_one_may_do_in_the_order_asked():
    for name, grant in (("test.a", staff), ("test.b", anyone), ("test.c", owner)):
        act(grant, name=name)
    assert [button.name for button in buttons(HANDLER, None, ["test.b", "test.c", "test.a"])] == ["test.b", "test.a"]


def test_a_service_may_let_its_own_roles_do_an_action_of_the_kernel():
    act(owner)
    assert not verdict(DIRECTOR, "test.do").allowed
    grant_also("test.do", role("test.director"))
    grant_also("test.do", role("test.director"))
    assert verdict(DIRECTOR, "test.do").allowed
    assert len(tables.action("test.do").who) == 2


def test_an_unknown_action_lists_near_names():
    act(owner, name="summer-voucher.decide")
    with pytest.raises(UnknownAction, match=r"summer-voucher\.decide"):
        verdict(AINO, "summer-voucher.decid")


def test_an_action_stands_once_in_the_table_and_names_somebody():
    act(owner)
    with pytest.raises(ValueError, match="twice"):
        act(anyone)
    with pytest.raises(ValueError, match="nobody"):
        act(name="test.nobody")


def test_without_a_register_nobody_is_a_guardian(monkeypatch):
    monkeypatch.setattr("ennakko.kernel.access.grants._children", [])
    assert children_of(3) == frozenset()


def test_an_actor_is_a_subject_of_the_log_without_their_name():
    assert [actor.subject for actor in (ANONYMOUS, AINO, ACTING, CLERK, HANDLER, SYSTEM("job"))] == [
        "anonymous",
        "person:1",
        "person:1",
        "organisation-user:s4",
        "staff:h",
        "system:job",
    ]


def test_a_refusal_names_the_machine_only_where_nobody_else_may() -> None:
    assert "by itself" not in verdict(DIRECTOR, act(role("test.handler"), system)).reason.en
    assert "by itself" in verdict(DIRECTOR, act(system, name="test.alone")).reason.en
