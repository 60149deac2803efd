# SPDX-License-Identifier: EUPL-1.2
import pytest
from django.core.checks import Error

from ennakko.kernel import keys
from ennakko.kernel.keys import KeyRingError
from ennakko.kernel.people.apps import keys_are_set

OLD, NEW = "1:QUFBQUFBQUFBQUFBQUFBQQ==", "2:QkJCQkJCQkJCQkJCQkJCQg=="


def test_the_highest_key_seals_and_the_others_still_open(settings):
    settings.ENNAKKO_DATA_KEY = OLD
    sealed = keys.seal("010110A900X", context="person 1")
    settings.ENNAKKO_DATA_KEY = f"{OLD},{NEW}"
    assert keys.key_ids() == (2, 1)
    assert keys.unseal(sealed, context="person 1") == "010110A900X"
    assert (keys.sealed_with(sealed), keys.sealed_with(keys.seal("x", context="c"))) == (1, 2)
    settings.ENNAKKO_DATA_KEY = NEW
    with pytest.raises(KeyRingError, match="Key 1 is not in"):
        keys.unseal(sealed, context="person 1")


def test_the_same_text_is_sealed_differently_each_time():
    assert keys.seal("x", context="c") != keys.seal("x", context="c")


@pytest.mark.parametrize(
    "change", [lambda sealed: sealed[:-1], lambda sealed: sealed[:-1] + b"\0", lambda sealed: b"\0\0abc"]
)
def test_a_changed_seal_does_not_open(change):
    with pytest.raises(KeyRingError):
        keys.unseal(change(keys.seal("x" * 5, context="c")), context="c")


def test_each_use_has_a_key_of_its_own():
    assert len({keys.data_key(), keys.index_key(), keys.audit_key()}) == 3
    assert {len(key) for key in (keys.data_key(), keys.index_key(), keys.audit_key())} == {32}


def test_hashes_under_every_key_are_known_for_looking_up(settings):
    settings.ENNAKKO_DATA_KEY = f"{OLD},{NEW}"
    assert keys.indexes_of("x") == (keys.index_of("x", key_id=2), keys.index_of("x", key_id=1))
    assert keys.reference_of("person:1") == keys.references_of("person:1")[0] != keys.reference_of("person:2")


def test_a_deployment_without_keys_of_its_own_is_refused(settings, monkeypatch):
    monkeypatch.delenv("ENNAKKO_DATA_KEY", raising=False)
    settings.ENNAKKO_DATA_KEY = ""
    assert [type(found) for found in keys_are_set(None)] == [Error]
    settings.ENNAKKO_DATA_KEY = "nonsense"
    assert "is a list like" in keys_are_set(None)[0].msg
    settings.ENNAKKO_DATA_KEY = NEW
    assert keys_are_set(None) == []


def test_a_key_given_twice_is_refused(settings):
    settings.ENNAKKO_DATA_KEY = f"{OLD},{OLD}"
    with pytest.raises(KeyRingError, match="twice"):
        keys.current_id()
