# SPDX-License-Identifier: EUPL-1.2
"""One record for each organisation: from its register, kept when registers are silent, found by any of its names."""

from datetime import timedelta

import pytest

from ennakko.kernel import audit, organisations
from ennakko.kernel.organisations.asking import NoSuchBusinessId, refresh_stale
from ennakko.kernel.organisations.models import Organisation
from ennakko.kernel.organisations.tests.outside import AT, CAFE, CLUB, Register, answering, registered
from ennakko.values.business_id import compose

pytestmark = pytest.mark.django_db


def test_the_business_register_tells_of_a_company_and_the_associations_are_not_asked():
    companies, associations = Register({CAFE: registered()}), Register()
    with answering(companies, associations):
        row = organisations.ensure(CAFE, at=AT)
    assert (row.name, row.kind, row.industry, row.post_office) == ("Kahvila Öljy Oy", "company", "56302", "Helsinki")
    assert (row.source, row.stale, row.fetched_at) == ("business-register", False, AT)
    assert associations.asked == []


def test_an_association_is_found_in_its_own_register():
    club = registered(CLUB, "Måsarna rf", kind="association", source="association-register", language="sv")
    with answering(Register(), Register({CLUB: club})):
        row = organisations.ensure(CLUB, at=AT)
    assert (row.name, row.kind, row.language, row.source) == ("Måsarna rf", "association", "sv", "association-register")


def test_when_both_registers_are_silent_the_mandates_name_is_enough_and_a_job_asks_again():
    companies = Register({CAFE: registered()}, silent=True)
    with answering(companies, Register(silent=True)):
        row = organisations.ensure(CAFE, at=AT, name="Kahvila Aamukaste Oy")
        assert (row.name, row.stale, row.source, row.street_address) == ("Kahvila Aamukaste Oy", True, "mandate", "")
        companies.silent = False
        assert refresh_stale(at=AT + timedelta(hours=1)) == (1, 1)
    row.refresh_from_db()
    assert (row.name, row.stale, row.street_address) == ("Kahvila Öljy Oy", False, "Vaasankatu 12")


def test_a_register_that_is_silent_while_the_other_knows_nothing_leaves_the_record_to_be_asked_again():
    with answering(Register(silent=True), Register()):
        assert organisations.ensure(CAFE, at=AT, name="Kahvila").stale


def test_what_no_register_knows_is_kept_by_name_and_not_asked_at_every_step():
    companies = Register()
    with answering(companies, Register()):
        row = organisations.ensure(CAFE, at=AT, name="Uusi seurakunta")
        organisations.ensure(CAFE, at=AT + timedelta(minutes=5), name="Uusi seurakunta")
    assert (row.name, row.stale, row.source) == ("Uusi seurakunta", False, "mandate")
    assert companies.asked == [CAFE]


def test_a_silent_register_is_left_to_rest_and_then_asked_again():
    companies = Register(silent=True)
    with answering(companies, Register(silent=True)):
        for minutes in (0, 1, 9, 11):
            organisations.ensure(CAFE, at=AT + timedelta(minutes=minutes))
    assert len(companies.asked) == 2


def test_a_record_older_than_a_week_is_brought_up_to_date_when_somebody_comes():
    companies = Register({CAFE: registered()})
    with answering(companies):
        organisations.ensure(CAFE, at=AT)
        companies.knows[CAFE] = registered(name="Kahvila Iltarusko Oy", street_address="Fleminginkatu 3")
        assert organisations.ensure(CAFE, at=AT + timedelta(days=6)).name == "Kahvila Öljy Oy"
        row = organisations.ensure(CAFE, at=AT + timedelta(days=8))
    assert (row.name, row.street_address) == ("Kahvila Iltarusko Oy", "Fleminginkatu 3")
    latest = audit.entries_about(f"organisation:{CAFE}")[0]
    assert latest.details == {"subject": f"organisation:{CAFE}", "source": "business-register",
                              "changed": ["name", "street_address"]}  # fmt: skip


def test_not_found_on_refreshing_leaves_everything_as_it_was():
    companies = Register({CAFE: registered()})
    with answering(companies, Register()):
        before = organisations.ensure(CAFE, at=AT)
        companies.knows.clear()
        after = organisations.refresh(CAFE, at=AT + timedelta(days=30))
    assert (after.name, after.street_address, after.source) == (before.name, before.street_address, before.source)
    assert not after.stale


def test_an_address_that_the_register_lacks_today_is_not_erased():
    companies = Register({CAFE: registered()})
    with answering(companies):
        organisations.ensure(CAFE, at=AT)
        companies.knows[CAFE] = registered(street_address="", postal_code="", post_office="")
        assert organisations.refresh(CAFE, at=AT).street_address == "Vaasankatu 12"


def test_the_job_stops_at_the_third_silence_in_a_row():
    companies = Register(silent=True)
    ids = [compose(number) for number in (9_000_001, 9_000_003, 9_000_004, 9_000_005, 9_000_006)]
    with answering(companies, Register(silent=True)):
        for one in ids:
            organisations.ensure(one, at=AT)
        companies.asked.clear()
        assert refresh_stale(at=AT) == (3, 0)
    assert len(companies.asked) == 3


@pytest.mark.parametrize("wrong", ["", "9000001-2", "90000011", "9000001-1 ", "٩٠٠٠٠٠١-١", "FI90000011"])
def test_what_is_no_business_id_gets_no_record_and_asks_nobody(wrong):
    companies = Register()
    with answering(companies), pytest.raises(NoSuchBusinessId):
        organisations.ensure(wrong, at=AT, name="Joku")
    assert companies.asked == []
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    "words", ["öljy", "ÖLJY kahvila", "9000001-1", "90000011", "oy öl", "morgondagg", "  Kahvila  "]
)
def test_an_organisation_is_found_by_either_name_in_any_case_and_by_its_id(words):
    with answering(Register({CAFE: registered(name_sv="Café Morgondagg Ab")})):
        organisations.ensure(CAFE, at=AT)
    assert [row.pk for row in organisations.find(words)] == [CAFE]


@pytest.mark.parametrize("words", ["", "   ", "oljy", "kahvila sokeri", "9000003-8", "%", "_"])
def test_other_words_find_nothing(words):
    with answering(Register({CAFE: registered()})):
        organisations.ensure(CAFE, at=AT)
    assert not organisations.find(words).exists()


def test_known_asks_nobody_and_makes_nothing():
    companies = Register({CAFE: registered()})
    with answering(companies):
        assert organisations.known(CAFE) is None
    assert companies.asked == []


def test_many_records_are_one_query(django_assert_num_queries):
    with answering(Register()):
        organisations.ensure(CAFE, at=AT)
        organisations.ensure(CLUB, at=AT)
    with django_assert_num_queries(1):
        assert set(organisations.known_many([CAFE, CLUB, "1234567-1"])) == {CAFE, CLUB}
