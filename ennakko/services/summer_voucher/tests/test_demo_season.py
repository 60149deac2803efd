# SPDX-License-Identifier: EUPL-1.2
"""The demo's season of last year: made through the service's own actions, once, and nothing of it left hanging."""

from collections import Counter
from datetime import date

import polars as pl
import pytest
from django.core.management import call_command

from ennakko.kernel import organisations
from ennakko.kernel.cases.automation import closed_gates, gates, open_gates
from ennakko.kernel.cases.models import Decision
from ennakko.kernel.organisations import ports
from ennakko.kernel.organisations.ports import RegisteredOrganisation
from ennakko.kernel.payments.models import Batch, Line, Recovery
from ennakko.kernel.registers.permits import Permit, PermitTable, permits, set_permits
from ennakko.services.summer_voucher import demo, demo_season
from ennakko.services.summer_voucher.demo_employers import iban_of, plans, unit
from ennakko.services.summer_voucher.models import Claim, ClaimRow, Experiment, Voucher
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t
from ennakko.values import iban
from ennakko.values.business_id import compose
from ennakko.values.texts import text

pytestmark = pytest.mark.django_db
YOUTHS, FIRMS = 90, 40
NEVER_GIVEN = {9_000_205, 9_000_213, 9_000_221, 9_000_248}
IDS = [compose(number) for number in range(9_000_200, 9_000_244) if number not in NEVER_GIVEN][:FIRMS]


def persona(slug: str):
    return t.staff(slug.title(), {"ritva": t.HANDLER, "outi": t.OFFICIAL, "tuula": "finance"}[slug])


class Companies:
    """A business register that knows the town's companies."""

    def company(self, business_id: str) -> RegisteredOrganisation | None:
        return RegisteredOrganisation(
            business_id=business_id, name=f"Kesätyö {business_id} Oy", source="business-register", kind="company",
            form="16", form_text="Osakeyhtiö", industry="56302", industry_text="Kahvilat",
            street_address="Katu 1", postal_code="00500", post_office="Kaupunki", language="fi", founded=None,
        )  # fmt: skip


def town_of_companies(tmp_path) -> None:
    companies = pl.DataFrame(
        {
            "business_id": IDS, "name": [f"Kesätyö {one} Oy" for one in IDS], "form": ["oy"] * FIRMS,
            "industry": ["56302"] * FIRMS, "language": ["fi"] * FIRMS, "employees": [5] * FIRMS,
            "founded": [date(2010, 1, 1)] * FIRMS,
        }
    )  # fmt: skip
    people = [t.youth(6000 + number, date(2009, 1 + number % 12, 1 + number % 28)) for number in range(YOUTHS)]
    folder = t.write_snapshot(tmp_path / "town", people, on=t.ON, companies=companies)
    t.snapshots.take_into_use(folder, t.AT)


@pytest.fixture(scope="module")
def season(tmp_path_factory, django_db_setup, django_db_blocker):
    """Lived once, with transactions of its own; each test sees it and leaves nothing in it."""
    words = text(fi="koe", sv="prov", en="test")
    permit = Permit("incomes-register", "summer-voucher", frozenset({"income_month"}), words, words, date(2025, 5, 1))
    kept, opened, closed = permits(), {(service, kind): record for service, kind, record in gates()}, closed_gates()
    with django_db_blocker.unblock():
        open_gates({})
        set_permits(PermitTable((permit, *kept.in_earnest().permits)))
        town_of_companies(tmp_path_factory.mktemp("season"))
        companies_and_bank()
        with m.gate(is_open=False):
            made = demo_season.make_season(2025, persona=persona)
        open_gates(opened, closed)
        set_permits(kept)
        assert made is not None
        yield made
        call_command("flush", interactive=False, verbosity=0)


def companies_and_bank() -> None:
    outside = m.registers(wages=(m.wage(start=date(2025, 6, 9)),))
    ports.use(business_register=Companies(), tax_debts=outside, wages=outside)
    m.payment_ports.use(m.Bank())


def test_a_year_that_nobody_has_decided_has_no_season(tmp_path):
    t.town(tmp_path / "town", t.youth(6001))
    assert demo_season.make_season(2027, persona=persona) is None
    assert not Voucher.objects.exists()


def test_the_same_vouchers_are_claimed_alike_every_time(tmp_path):
    town_of_companies(tmp_path)
    days = {"first": date(2025, 7, 17), "deadline": date(2025, 11, 30)}
    assert plans([3, 1, 2], year=2025, **days) == plans([1, 2, 3], year=2025, **days)
    assert unit("a", 1) == unit("a", 1) != unit("a", 2)
    assert all(iban.is_valid(iban_of(one, nth=nth)) for one in IDS for nth in (0, 1))


def test_a_season_is_lived_to_its_end_and_stands_only_once(season):
    assert season.given == YOUTHS
    assert season.gave_up == 0
    assert 20 <= season.rows <= 60
    assert ClaimRow.objects.filter(year=2025).count() == season.rows
    assert demo_season.make_season(2025, persona=persona) is None
    assert ClaimRow.objects.count() == season.rows
    states = Counter(ClaimRow.objects.values_list("case__state", flat=True))
    assert set(states) <= {"accepted", "rejected", "withdrawn"}
    assert states["accepted"] > states["rejected"]


def test_every_rejection_is_a_named_officials_with_its_reasons_and_nobody_decides_what_they_prepared(season):
    rejected = Decision.objects.filter(outcome="rejected")
    assert rejected.exists()
    for one in Decision.objects.all():
        assert (one.decided_by, one.automatic) == ("staff:outi", False)
    for one in rejected:
        assert one.justification
        assert one.case.events.filter(verb="propose", by="staff:ritva").exists()


def test_what_was_accepted_was_paid_once_and_confirmed_and_one_sum_is_claimed_back(season):
    accepted = ClaimRow.objects.filter(case__state="accepted")
    paid = Line.objects.filter(state="paid")
    returned = Line.objects.filter(state="returned", replaced_by__isnull=True)
    assert paid.count() + returned.count() == accepted.count()
    assert sum(line.amount_cents for line in paid) == 35_000 * paid.count()
    assert set(Batch.objects.values_list("state", flat=True)) == {"settled"}
    assert Recovery.objects.get().amount_cents == 35_000


def test_the_nudge_was_registered_before_anybody_was_told_and_its_result_stands(season):
    one = Experiment.objects.get()
    assert (one.pk, one.members) == ("nudge-2025-05-15", season.reminded)
    assert sum(arm["members"] for arm in one.result.values()) == one.members
    used = sum(arm["used"] for arm in one.result.values())
    assert Voucher.objects.filter(year=2025, state="used").count() <= used <= season.rows


def test_employers_type_three_fields_or_fewer_once_the_city_knows_them(season):
    again = {}
    for claim in Claim.objects.order_by("sent_at").filter(key__startswith="demo-2025-"):
        again.setdefault(claim.organisation, []).append(claim)
    later = [claim for claims in again.values() for claim in claims[1:] if claim.rows.count() == 1]
    assert later
    assert all(claim.typed_fields <= 3 for claim in later)
    for business_id in again:
        row = organisations.known(business_id)
        assert organisations.account_of(row, t.ON) is not None
        assert organisations.contact_of(row) is not None


def test_last_years_employers_are_asked_in_april_and_some_have_answered(season):
    companies_and_bank()
    asked = demo._same_again(t.ON, persona)
    states = Counter(demo.Offer.objects.filter(organisation__gt="").values_list("state", flat=True))
    assert asked == sum(states.values()) == Claim.objects.filter(
        rows__case__state="accepted").values("organisation").distinct().count()  # fmt: skip
    assert states["accepted"] >= 1
    assert states["released"] + states["sent"] >= 1
