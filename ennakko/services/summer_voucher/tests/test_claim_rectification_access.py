# SPDX-License-Identifier: EUPL-1.2
"""Who asks for a decision on a claim to be changed, and who registers a request that came on paper."""

from dataclasses import replace

import pytest

from ennakko.kernel.access import ANONYMOUS, SYSTEM, Refused
from ennakko.kernel.cases import rectification
from ennakko.kernel.cases.models import Case, Decision
from ennakko.services.summer_voucher.actions import claim_handling
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t

pytestmark = pytest.mark.django_db
PROTECTED = 3
ACTORS = {
    "the employer": m.employer,
    "a colleague of the employer": lambda: m.employer(name="Jenni Koivu"),
    "another employer": lambda: m.employer(m.GARDEN, "Henrik"),
    "the employer's person without a mandate": lambda: replace(m.employer(), mandates=frozenset()),
    "the employer's person not strongly signed in": lambda: replace(m.employer(), strong=False),
    "the youth": lambda: t.resident(1),
    "nobody": lambda: ANONYMOUS,
    "a handler": t.handler,
    "the official": t.official,
    "the named clerk": t.clerk,
    "an adviser": lambda: t.staff("Joonas", "adviser"),
    "finance": lambda: t.staff("Tuula", "finance"),
    "the director": t.director,
    "an administrator": lambda: t.staff("Mirja", "administrator"),
    "the machine": lambda: SYSTEM("test"),
}
MAY = {"the employer", "a colleague of the employer", "a handler", "the official", "the named clerk"}
MAY_OF_THE_PROTECTED = {"the employer", "a colleague of the employer", "the named clerk"}


@pytest.fixture(autouse=True)
def _a_town(tmp_path, settings):
    settings.VAR = tmp_path
    t.town(tmp_path / "a", t.youth(1), t.youth(PROTECTED, non_disclosure=True))
    t.released()
    m.registers()
    m.organisation()
    m.organisation(m.GARDEN, "Ekholms Trädgård Ab")
    with m.gate(is_open=False):
        yield


def rejected(person: int = 1) -> Decision:
    """A claim rejected by the official, proposed by a handler; of the protected, both by the named clerks."""
    case = m.send(m.row(m.voucher(person), hours="20", confirmed=True)).rows[0].case
    proposer = t.clerk() if person == PROTECTED else t.handler()
    decider = t.staff("Suvi", "protected-clerk") if person == PROTECTED else t.official()
    claim_handling.propose_rejection(case, "Tunteja on 20.", actor=proposer, at=m.CLAIM_AT, on=m.CLAIM_DAY)
    case = Case.objects.get(pk=case.pk)
    return claim_handling.decide(case, "rejected", actor=decider, at=m.CLAIM_AT, on=m.CLAIM_DAY)


def file(decision: Decision, who: str) -> Case:
    return rectification.file_rectification(
        decision, "Tunteja oli 62.", actor=ACTORS[who](), at=m.CLAIM_AT, on=m.CLAIM_DAY
    )


@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize(("person", "may"), [(1, MAY), (PROTECTED, MAY_OF_THE_PROTECTED)])
def test_the_employers_people_file_and_those_who_prepare_register_what_came_on_paper(who, person, may):
    decision = rejected(person)
    if who not in may:
        with pytest.raises(Refused) as refused:
            file(decision, who)
        assert all(refused.value.reason.in_(language) for language in ("fi", "sv", "en"))
        assert not Case.objects.filter(contested=decision).exists()
        return
    case = file(decision, who)
    source = "paper" if ACTORS[who]().kind == "staff" else "online"
    assert (case.source, case.organisation, case.opened_by) == (source, m.CAFE, ACTORS[who]().subject)


def test_whoever_decided_registers_but_does_not_prepare_the_answer():
    case = file(rejected(), "the official")
    with pytest.raises(Refused):
        rectification.propose(case, "unchanged", "Ehto ei täyty.", actor=t.official(), at=m.CLAIM_AT, on=m.CLAIM_DAY)
    rectification.propose(case, "unchanged", "Ehto ei täyty.", actor=t.handler(), at=m.CLAIM_AT, on=m.CLAIM_DAY)
