# SPDX-License-Identifier: EUPL-1.2
"""A reform of the claims' conditions counted on the claims that there have been: cost, who loses, by what."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ennakko.kernel.audit.queries import reads_of
from ennakko.services.summer_voucher.actions import claims
from ennakko.services.summer_voucher.past_claims import past_claims
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t

pytestmark = pytest.mark.django_db(transaction=True)
REFORM = '[parameters."summer-voucher.min_pay"]\n2026-01-01 = { euros = 600 }\n'


@pytest.fixture(autouse=True)
def _a_town(tmp_path, settings):
    settings.VAR = tmp_path
    settings.DEMO = False
    people = [t.youth(number, district="101" if number < 8 else "102") for number in range(1, 16)]
    t.town(tmp_path / "a", *people, t.youth(20, non_disclosure=True))
    t.released()
    m.registers()
    m.organisation()
    with m.gate(is_open=False):
        yield


def sent(person: int, pay: str, **told) -> claims.Sent:
    m.documents_for(f"k{person}")
    return m.send(m.row(m.voucher(person), hours="60", pay=pay, **told), key=f"k{person}")


def simulated(tmp_path, *arguments: str, reform: str = REFORM) -> dict:
    (tmp_path / "reform.toml").write_text(reform)
    out = StringIO()
    call_command("simulate", str(tmp_path / "reform.toml"), *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_a_higher_least_pay_takes_the_voucher_from_those_who_paid_less(tmp_path):
    for person in range(1, 8):
        sent(person, "550")
    for person in range(8, 15):
        sent(person, "700")
    found = simulated(tmp_path, "--by", "district")
    assert (found["rule"], found["cases"], found["unknown"]) == ("summer-voucher.claim-conditions", 14, 0)
    assert found["baseline"]["cost_cents"] == 14 * 35_000
    assert found["reform"]["cost_cents"] == 7 * 35_000
    assert (found["winners"], found["losers"], found["lost"]) == (0, 7, 7)
    by = {row["district"]: (row["losers"], row["cost"]) for row in found["by"]}
    assert by == {"101": (7, -7 * 35_000), "102": (0, 0)}


def test_small_groups_are_hidden_and_another_group_is_refused_with_those_there_are(tmp_path):
    for person in range(1, 5):
        sent(person, "550")
    (row,) = simulated(tmp_path, "--by", "industry")["by"]
    assert (row["losers"], row["cost"]) == (None, None)
    with pytest.raises(CommandError, match="Group them by district, industry, employer_kind, year"):
        simulated(tmp_path, "--by", "colour")


def test_the_protected_and_what_was_taken_back_are_not_counted_and_reading_is_logged(tmp_path):
    taken_back = sent(1, "550")
    claims.withdraw(taken_back.rows[0].case, actor=m.employer(), at=m.CLAIM_AT)
    sent(20, "550")
    sent(2, "550")
    assert [case["person"] for case in past_claims()] == [2]
    simulated(tmp_path)
    assert any(read.reason == "a reform counted on past cases" for read in reads_of(2))
    assert not any(read.reason == "a reform counted on past cases" for read in reads_of(1))


def test_where_there_are_no_claims_it_says_how_to_give_some(tmp_path):
    with pytest.raises(CommandError, match=r"no past cases of summer-voucher\.claim-conditions yet: give some with"):
        simulated(tmp_path)


def test_claims_of_a_file_are_counted_alike(tmp_path):
    sent(1, "550")
    given = tmp_path / "cases.jsonl"
    given.write_text("".join(json.dumps(case) + "\n" for case in past_claims()))
    found = simulated(tmp_path, "--cases", str(given))
    assert (found["cases"], found["losers"], found["cost_cents"]) == (1, 1, -35_000)
