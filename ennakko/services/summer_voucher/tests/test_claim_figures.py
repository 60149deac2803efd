# SPDX-License-Identifier: EUPL-1.2
"""The director's figures of claims: right, and nothing small or of the protected in them."""

from datetime import date, timedelta

import pytest

from ennakko.kernel.access import Refused
from ennakko.kernel.figures import show
from ennakko.kernel.registers import PermitMissing
from ennakko.services.summer_voucher import figures_claims as figures
from ennakko.services.summer_voucher.actions import claim_handling, claim_retention, nudges
from ennakko.services.summer_voucher.models import ClaimRow, ClaimStatistic
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t

pytestmark = pytest.mark.django_db
USED, PEOPLE = 7, 16


@pytest.fixture(autouse=True)
def _a_season(tmp_path, settings):
    settings.VAR = tmp_path
    youths = [t.youth(person) for person in range(1, PEOPLE + 1)]
    t.town(tmp_path / "a", *youths, t.youth(30, non_disclosure=True))
    t.released()
    m.registers()
    m.organisation()
    with m.gate(is_open=False):
        yield


def claim(person: int, *, accept: bool = True, hours_later: int = 2, **told) -> None:
    key = f"k{person}"
    m.documents_for(key)
    case = m.send(m.row(m.voucher(person), **told), key=key).rows[0].case
    if accept:
        claim_handling.release([case], actor=t.official() if person != 30 else t.clerk(),
                               at=m.CLAIM_AT + timedelta(hours=hours_later), on=m.CLAIM_DAY)  # fmt: skip


def season() -> None:
    for person in range(1, USED + 1):
        claim(person, hired_without="yes" if person <= 5 else "no")


def test_the_overview_counts_a_year():
    season()
    found = figures.overview(t.director(), year=2026)
    assert (found.given, found.used, found.uptake_percent) == (16, 7, 44), "the protected is in no figure"
    assert (found.sent, found.accepted, found.rejected, found.waiting) == (7, 7, 0, 0)
    assert (found.accepted_cents, found.committed_cents) == (7 * 35000, 7 * 35000)
    assert (found.automatic_percent, found.median_hours) == (0, 2.0)
    assert found.deadweight_percent is None, "two answered otherwise: too few to be told"
    assert found.employers is None, "one employer"
    assert (found.budget_cents, found.budget_ask) == (None, None)
    assert found.fields_saved == sum(18 - row.claim.typed_fields for row in ClaimRow.objects.select_related("claim"))
    assert found.minutes_saved == found.fields_saved * 15 // 60


def test_a_budget_that_nobody_has_decided_says_whom_to_ask():
    assert figures.overview(t.director(), year=2027).budget_ask.fi


def test_uptake_by_district_and_language_passes_the_gate_without_the_protected():
    season()
    claim(30, surname="virtanen30")
    for dimension in ("district", "language"):
        gated = figures.uptake_by(t.director(), dimension, year=2026, on=m.CLAIM_DAY)
        assert (gated.shown(answer="used"), gated.shown(answer="unused"), gated.shown()) == ("7", "9", "16")
    with pytest.raises(PermitMissing):
        figures.uptake_by(t.director(), "school", year=2026, on=m.CLAIM_DAY)
    with pytest.raises(ValueError, match="district"):
        figures.uptake_by(t.director(), "surname", year=2026, on=m.CLAIM_DAY)
    assert show("summer-voucher.uptake", on=m.CLAIM_DAY).gated.shown(answer="used") == "7"


def test_a_claim_of_the_protected_changes_no_figure_now_nor_after_its_destruction():
    season()
    read = (figures.overview, figures.speed, figures.top_reasons, figures.experiments_of)
    nudges.register(date(2026, 5, 15), actor=m.MACHINE, at=t.AT + timedelta(days=30), on=date(2026, 5, 15), seed=1)

    def all_figures():
        tables = [figures.claims_by(t.director(), one, year=2026).frame for one in figures.OF_CLAIMS]
        return repr([*(one(t.director(), year=2026) for one in read), *map(str, tables)])

    before = all_figures()
    claim(30, surname="virtanen30", hired_without="yes")
    assert ClaimRow.objects.filter(voucher__person=30, case__state="accepted").exists()
    assert all_figures() == before
    claim_retention.count(
        ClaimRow.objects.filter(voucher__person=30).select_related("case", "claim", "voucher__person")
    )
    assert not ClaimStatistic.objects.exists()


def test_what_was_typed_for_a_handful_of_claims_is_not_told():
    for person in (1, 2, 3, 4):
        claim(person)
    few = figures.overview(t.director(), year=2026)
    assert (few.fields_saved, few.minutes_saved, few.keystrokes_left, few.fields_typed) == (None, None, None, None)
    claim(5)
    assert figures.overview(t.director(), year=2026).minutes_saved is not None


def test_few_are_hidden():
    for person in (1, 2):
        claim(person)
    found = figures.overview(t.director(), year=2026)
    assert (found.used, found.accepted, found.uptake_percent, found.median_hours) == (None, None, None, None)
    assert (found.accepted_cents, found.committed_cents) == (None, None)
    gated = figures.uptake_by(t.director(), "district", year=2026, on=m.CLAIM_DAY)
    assert gated.shown(answer="used") == "–"
    assert figures.claims_by(t.director(), "industry", year=2026).shown(industry="56") == "–"


def test_claims_are_counted_by_industry_and_answer_also_after_retention():
    season()
    by_industry = figures.claims_by(t.director(), "industry", year=2026)
    assert by_industry.shown(industry="56") == "7"
    assert by_industry.frame.filter(industry="56")["cents"].to_list() == [7 * 35000]
    ClaimStatistic.objects.create(year=2026, dimension="industry", value="56", outcome="accepted", rows=10, cents=5)
    assert figures.claims_by(t.director(), "industry", year=2026).shown(industry="56") == "17"
    assert figures.speed(t.director(), year=2026).shown(time="same_day") == "7"


def test_what_kept_claims_waiting_is_told():
    for person in range(1, 6):
        m.send(m.row(m.voucher(person)), key=f"k{person}")
    assert figures.top_reasons(t.director(), year=2026) == [("r11_proof", 5)]


def test_an_experiments_effect_is_told_only_when_its_counts_may_be():
    day = date(2026, 5, 15)
    nudges.register(day, actor=m.MACHINE, at=t.AT + timedelta(days=30), on=day, seed=1)
    (none_yet,) = figures.experiments_of(t.director(), year=2026)
    assert none_yet.members == 16
    assert none_yet.effect is not None
    assert none_yet.effect.points == 0.0
    claim(1)
    (few,) = figures.experiments_of(t.director(), year=2026)
    assert few.effect is None
    assert all(used is None for _, _, used in few.arms if used != 0)


def test_figures_are_for_directors_and_officials():
    for other in (t.handler(), t.clerk(), m.employer(), t.resident(1), t.staff("Tuula", "finance")):
        for read in (figures.overview, figures.speed, figures.experiments_of, figures.top_reasons):
            with pytest.raises(Refused):
                read(other, year=2026)
        with pytest.raises(Refused):
            figures.uptake_by(other, "district", year=2026, on=m.CLAIM_DAY)
        with pytest.raises(Refused):
            figures.claims_by(other, "industry", year=2026)
