# SPDX-License-Identifier: EUPL-1.2
"""Who may do what in early education: every action by every kind of actor."""

import pytest

from ennakko.kernel.access import ANONYMOUS, SYSTEM, verdict
from ennakko.services.childcare.access_offers import OFFER_ACTIONS
from ennakko.services.childcare.tests import families as t

pytestmark = pytest.mark.django_db
WHO = {
    "anonymous": ("answer",),
    "worker": ("answer", "see-offer", "own-place", "call", "counter", "handle", "tell-income"),
    "adviser": ("answer", "see-offer", "own-place", "call", "counter"),
    "official": ("handle", "decide", "figures"),
    "fee official": ("tell-income", "handle-fees", "decide-fees"),
    "supervisor": (),
    "director": ("figures",),
    "clerk": ("answer", "see-offer", "own-place", "call", "handle", "decide", "tell-income", "handle-fees",
              "decide-fees"),
    "system": ("own-place", "handle", "handle-fees", "figures"),
    "administrator": (),
    "other handler": (),
}  # fmt: skip
ACTORS = {
    "anonymous": lambda: ANONYMOUS, "worker": t.worker, "adviser": t.adviser, "official": t.official,
    "fee official": t.fee_official, "supervisor": t.supervisor, "director": t.director, "clerk": t.clerk,
    "system": lambda: SYSTEM("test"), "administrator": lambda: t.staff("Mirja", "administrator"),
    "other handler": lambda: t.staff("Ritva", "summer-voucher.handler"),
}  # fmt: skip


@pytest.mark.parametrize("kind", WHO)
def test_each_kind_of_staff_may_do_exactly_what_the_table_says(kind):
    may = {one.name for one in OFFER_ACTIONS if verdict(ACTORS[kind](), one.name).allowed}
    assert may == {f"childcare.{name}" for name in WHO[kind]}


def test_a_guardian_may_do_what_concerns_the_own_child_and_nobody_elses(tmp_path):
    t.town(tmp_path / "a", *t.family(11), *t.family(21))
    t.units(near=2)
    first, second = t.offered(t.placed([11, 21]))
    for name in ("answer", "see-offer", "object"):
        assert verdict(t.guardian(12), f"childcare.{name}", first).allowed
        assert verdict(t.guardian(13), f"childcare.{name}", first).allowed
        assert not verdict(t.guardian(12), f"childcare.{name}", second).allowed
        assert not verdict(t.guardian(12, strong=False), f"childcare.{name}", first).allowed
        assert not verdict(t.guardian(11), f"childcare.{name}", first).allowed
    for name in ("handle", "decide", "decide-fees", "figures", "call", "counter"):
        assert not verdict(t.guardian(12), f"childcare.{name}").allowed


def test_a_refusal_says_why_in_every_language():
    for one in OFFER_ACTIONS:
        for kind in ACTORS:
            answer = verdict(ACTORS[kind](), one.name)
            assert answer.allowed or all((answer.reason.fi, answer.reason.sv, answer.reason.en))
