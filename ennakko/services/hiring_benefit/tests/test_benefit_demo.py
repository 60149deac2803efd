# SPDX-License-Identifier: EUPL-1.2
"""What the demo's year is drawn from: the same every time, with accounts that could be real ones."""

from ennakko.services.hiring_benefit.demo_people import CHANGES, FEWEST, LATE_WAYS, MOST, iban_of, shares_of, unit
from ennakko.values.iban import is_valid


def test_accounts_have_their_check_digits_and_belong_to_their_employer():
    made = [iban_of(f"900000{number}-1") for number in range(10)]
    assert all(is_valid(one) for one in made)
    assert len(set(made)) == 10
    assert made[0] == iban_of("9000000-1")


def test_what_is_drawn_follows_from_its_parts_alone():
    assert unit("a", 1) == unit("a", 1) != unit("a", 2)
    assert all(0 <= unit(number) < 1 for number in range(100))


def test_every_way_of_an_application_is_there_and_most_are_granted():
    for residents in (3_000, 674_500):
        shares = shares_of(residents)
        ways = [shares.way(number) for number in range(shares.applications)]
        assert set(ways) == {*LATE_WAYS, "refused", "cancelled", "granted"}
        assert ways.count("granted") > shares.applications / 2
        assert {shares.way(number) for number in shares.ended} == {"granted"}
        assert len(shares.ended) >= len(CHANGES)


def test_a_village_has_a_third_of_a_citys_year():
    assert shares_of(674_500).applications == MOST
    assert shares_of(3_000).applications <= (MOST + FEWEST) / 4
