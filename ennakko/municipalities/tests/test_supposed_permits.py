# SPDX-License-Identifier: EUPL-1.2
"""Permits that only the demonstration supposes: they stand in the place of absent ones, and can be taken away."""

from datetime import date
from pathlib import Path

from django.conf import settings

from ennakko.kernel.registers.permits import Permit, PermitTable
from ennakko.municipalities import profile
from ennakko.values.texts import text

ON = date(2026, 8, 20)
WORDS = text(fi="laki", sv="lag", en="act")


def permit(*, absent: bool) -> Permit:
    granted = None if absent else date(2026, 1, 1)
    return Permit(
        "incomes-register",
        "summer-voucher",
        frozenset({"income_month"}),
        WORDS,
        WORDS,
        granted,
        absent=absent,
        ask=WORDS,
    )


def test_a_supposed_permit_stands_in_the_place_of_the_absent_one_and_is_marked() -> None:
    lacking = PermitTable((permit(absent=True),))
    assert lacking.missing("summer-voucher", ["income_month"], ON) is not None
    with_it = lacking.supposing(PermitTable((permit(absent=False),)))
    assert with_it.missing("summer-voucher", ["income_month"], ON) is None
    assert [(one.absent, one.trial) for one in with_it.permits] == [(False, True)]
    assert with_it.in_earnest() == PermitTable()


def test_only_the_demonstration_supposes_permits_that_the_city_has_not() -> None:
    assert profile.load(settings.MUNICIPALITY).supposed_permits_file is None
    supposed = profile.load(settings.MUNICIPALITY, demo=True).supposed_permits_file
    assert supposed is not None
    rows = PermitTable.load(Path(supposed)).permits
    assert [(one.source, one.purpose) for one in rows] == [
        ("incomes-register", "summer-voucher"),
        ("population-register", "hiring-benefit-letter"),
        ("family-benefits", "childcare"),
        ("incomes-register", "hiring-benefit"),
        ("move-notifications", "childcare"),
    ]
    assert all("Vain esittelyssä" in one.act.fi for one in rows)
