# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace

import pytest

from ennakko.kernel.access import ANONYMOUS, SYSTEM, Refused, verdict
from ennakko.services.summer_voucher.access import ACTIONS
from ennakko.services.summer_voucher.models import Voucher
from ennakko.services.summer_voucher.queries import own, own_data
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t

pytestmark = pytest.mark.django_db
WHO = {
    "anonymous": ("answer", "apply", "own-application"),
    "resident": ("answer", "see-own", "apply", "own-application", "reissue"),
    "handler": ("answer", "apply", "own-application", "handle", "counter", "reissue", "void", "call",
                "handle-claims", "export-claims"),
    "official": ("anticipate", "release", "apply", "handle", "decide", "figures", "handle-claims", "decide-claims",
                 "export-claims", "register-experiment"),
    "director": ("apply", "figures"),
    "adviser": ("answer", "apply", "own-application", "counter", "call"),
    "clerk": ("answer", "apply", "handle", "decide", "reissue", "void", "call", "handle-claims", "decide-claims"),
    "system": ("anticipate", "apply", "check", "handle", "void", "figures", "check-claims", "handle-claims",
               "register-experiment"),
    "administrator": ("apply",),
    "finance": ("apply",),
    "employer": ("apply", "claim", "own-claim", "answer-same-again"),
    "employer without mandate": ("apply",),
}  # fmt: skip


def actor(kind: str):
    return {
        "anonymous": lambda: ANONYMOUS, "resident": lambda: t.resident(1), "handler": t.handler,
        "official": t.official, "director": t.director, "adviser": lambda: t.staff("Joonas", "adviser"),
        "clerk": t.clerk, "system": lambda: SYSTEM("test"), "administrator": lambda: t.staff("Mirja", "administrator"),
        "finance": lambda: t.staff("Tuula", "finance"),
        "employer": m.employer, "employer without mandate": lambda: replace(m.employer(), mandates=frozenset()),
    }[kind]()  # fmt: skip


@pytest.mark.parametrize("kind", WHO)
def test_each_kind_of_actor_may_do_exactly_what_the_table_says(kind):
    may = {one.name for one in ACTIONS if verdict(actor(kind), one.name).allowed}
    assert may == {f"summer-voucher.{name}" for name in WHO[kind]}


def test_a_refusal_says_why_in_every_language():
    for one in ACTIONS:
        for kind in WHO:
            answer = verdict(actor(kind), one.name)
            assert answer.allowed or all((answer.reason.fi, answer.reason.sv, answer.reason.en))


def test_a_voucher_is_its_holders_own_and_only_after_a_strong_sign_in(tmp_path):
    t.town(tmp_path / "a", t.youth(1), t.youth(2))
    t.released()
    voucher = Voucher.objects.get(person=1)
    assert own.number_of(t.resident(1), voucher)
    for other in (t.resident(2), t.resident(1, strong=False), t.resident(None, name="Vieras"), ANONYMOUS, t.handler()):
        with pytest.raises(Refused):
            own.number_of(other, voucher)
    with pytest.raises(Refused):
        own.page_of(t.resident(2), voucher.offer, on=t.ON)


def test_own_data_is_given_to_nobody_else():
    for other in (ANONYMOUS, t.handler(), t.director(), t.resident(1, strong=False)):
        with pytest.raises(Refused):
            own_data.own_data(other)


def test_figures_are_not_for_residents_or_handlers():
    from ennakko.services.summer_voucher import figures

    for other in (ANONYMOUS, t.resident(1), t.handler(), t.clerk()):
        for read in (figures.tiles, figures.forecast, figures.near_misses, figures.by_week):
            with pytest.raises(Refused):
                read(other, on=t.ON)
