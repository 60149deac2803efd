# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace

import pytest

from ennakko.kernel import manifest
from ennakko.kernel.access import Action, StaffRole, anyone
from ennakko.kernel.cases import numbering
from ennakko.kernel.offers import OfferKind, kinds
from ennakko.kernel.purposes import Purpose
from ennakko.kernel.registers.tests import youth_rule  # noqa: F401 — registers the rules
from ennakko.values.texts import text


def t(word: str):
    return text(fi=word, sv=word, en=word)


PURPOSE = Purpose(
    id="test-youth-manifest", title=t("Test"), legal_basis=t("act"), anticipates=True, service="test-youth"
)
SERVICE = manifest.Service(
    id="test-youth",
    names=t("Test"),
    owner=t("Unit"),
    in_whose_name=t("City"),
    purposes=(),
    rules=(),
)
READING = replace(
    SERVICE,
    purposes=(PURPOSE,),
    reads={"test-youth-manifest": ("birth_date", "municipality", "test_given")},
    rules=("test-youth.entitled",),
)
KIND = OfferKind(service="test-youth", title=t("Test"), answer_action="test-youth.answer")


@pytest.fixture(autouse=True)
def _nothing_registered(monkeypatch):
    monkeypatch.setattr(manifest, "_services", {})
    monkeypatch.setattr(kinds, "_kinds", {})


def test_a_service_is_registered_whole_and_tells_what_it_reads():
    registered = manifest.register(READING)
    assert manifest.services() == (registered,)
    assert manifest.register(READING) is registered
    lines = {line.fact: line.rules for line in manifest.notice(registered)}
    assert lines == dict.fromkeys(("birth_date", "municipality", "test_given"), ("test-youth.entitled",))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reads": {"test-youth-manifest": ("birth_date",)}}, "municipality, test_given, which no purpose"),
        ({"reads": {"another": ("birth_date",)}}, "which it does not declare"),
        ({"reads": {"test-youth-manifest": ("birthdate",)}}, "birth_date"),
        ({"rules": ("test-youth.entitle",)}, "test-youth.entitled"),
        ({"rules": ("other.rule",)}, "must be named test-youth"),
        ({"id": "Test Youth"}, "small letters"),
        ({"roles": (StaffRole("handler", t("h")),)}, "must be named test-youth"),
        ({"actions": (Action("other.do", t("do"), who=(anyone,)),)}, "must be named test-youth"),
        ({"offer_kinds": (replace(KIND, service="other"),)}, "belongs to 'other'"),
        ({"offer_kinds": (replace(KIND, answer_action="test-youth.anser"),)}, "which is no action.*test-youth.answer"),
        ({"offer_kinds": (KIND,)}, "how long offers are kept"),
        ({"retention": (manifest.Retention("offers", 0, t("end"), t("act")),)}, "at least one"),
    ],
)
def test_a_manifest_that_does_not_hold_is_refused_and_nothing_of_it_is_used(changes, said):
    with pytest.raises(manifest.ManifestError, match=said):
        manifest.register(replace(READING, **changes))
    assert manifest.services() == ()
    assert kinds.offer_kinds() == ()


def test_the_same_id_with_another_manifest_is_refused():
    manifest.register(SERVICE)
    with pytest.raises(manifest.ManifestError, match="twice"):
        manifest.register(replace(SERVICE, owner=t("Another unit")))


def test_cases_are_numbered_by_the_prefix_that_the_manifest_gives(monkeypatch):
    monkeypatch.setattr(numbering, "_prefixes", {})
    manifest.register(replace(SERVICE, number_prefix="TY"))
    assert numbering.prefix_of(SERVICE.id) == "TY"


def test_an_unknown_service_lists_near_ones():
    manifest.register(SERVICE)
    with pytest.raises(manifest.ManifestError, match="test-youth"):
        manifest.service("test-yout")


def test_a_municipality_may_call_a_service_by_a_name_of_its_own(monkeypatch):
    monkeypatch.setattr(manifest, "_called", {})
    manifest.call_services({"test-youth": t("Own")})
    assert manifest.register(SERVICE).names == t("Own")
    assert manifest.service("test-youth").names == t("Own")
    assert manifest.register(SERVICE).names == t("Own")
