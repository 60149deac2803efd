# SPDX-License-Identifier: EUPL-1.2
import pytest

from ennakko.kernel.cases import numbering, queries
from ennakko.kernel.cases.numbering import as_registered, next_number, use_prefix
from ennakko.kernel.cases.tests import matters as m

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _prefixes(monkeypatch):
    monkeypatch.setattr(numbering, "_prefixes", {})
    m.registered(monkeypatch)


def test_a_number_is_a_short_prefix_a_year_and_a_running_number():
    use_prefix(m.SERVICE, "TM")
    assert [next_number(m.SERVICE, 2026) for _ in range(2)] == ["TM-2026-000001", "TM-2026-000002"]
    assert next_number(m.SERVICE, 2027) == "TM-2027-000001"


def test_numbers_of_an_older_prefix_stay_are_found_and_are_not_given_again():
    old = m.a_case()
    assert old.number == "TEST-MATTER-2026-000001"
    use_prefix(m.SERVICE, "TM")
    new = m.a_case()
    assert new.number == "TM-2026-000002"
    assert list(queries.search(m.SERVICE, "test-matter-2026-000001")) == [old]
    assert list(queries.search(m.SERVICE, " tm 2026/2 ")) == [new]


@pytest.mark.parametrize(
    ("written", "registered"),
    [
        ("KS-2026-000011", "KS-2026-000011"), ("ks 2026-11", "KS-2026-000011"), ("ks2026", "ks2026"),
        (" ks  2026 / 11 ", "KS-2026-000011"), ("summer-voucher-2026-000011", "SUMMER-VOUCHER-2026-000011"),
        ("summer voucher 2026 11", "SUMMER-VOUCHER-2026-000011"), ("Virtanen", "Virtanen"), ("", ""),
        ("Åke 2026-1", "ÅKE-2026-000001"), ("KS-26-1", "KS-26-1"), ("KS-2026-12345678", "KS-2026-12345678"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(written, registered):
    assert as_registered(written) == registered


@pytest.mark.parametrize("prefix", ["", "ks", "KS1", "TOOLONGPREFIX", "K S"])
def test_a_prefix_that_cannot_be_one_is_refused(prefix):
    with pytest.raises(ValueError, match="capital letters"):
        use_prefix(m.SERVICE, prefix)


def test_two_services_do_not_share_a_prefix():
    use_prefix(m.SERVICE, "TM")
    use_prefix(m.SERVICE, "TM")
    with pytest.raises(ValueError, match="another service"):
        use_prefix("other", "TM")
