# SPDX-License-Identifier: EUPL-1.2
"""What is wrong in an employer's claim, one case at a time: each has its own answer, and nobody loses anything by it.

A number that nobody has and somebody else's voucher are answered alike, on purpose: the answer must not tell which
numbers exist (act 15 § 1). Wrong check characters anybody can see, and they are told as what they are.
"""

from datetime import date

import pytest

from ennakko.kernel import documents
from ennakko.kernel.cases import NotNow
from ennakko.kernel.documents.tests import make
from ennakko.services.summer_voucher.actions import claim_handling
from ennakko.services.summer_voucher.claim_values import documents_about
from ennakko.services.summer_voucher.claim_wording import KEY_USED
from ennakko.services.summer_voucher.law.number_2026 import encode
from ennakko.services.summer_voucher.models import ClaimRow, Voucher
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t

pytestmark = pytest.mark.django_db
LAST_YEARS = 77


@pytest.fixture(autouse=True)
def _a_town_with_two_employers(tmp_path, settings):
    settings.VAR = tmp_path
    t.town(tmp_path / "a", t.youth(1), t.youth(2))
    t.released()
    m.registers()
    m.organisation()
    m.organisation(m.GARDEN, "Ekholms Trädgård Ab")
    with m.gate(is_open=False):
        yield


def misread(number: str) -> str:
    """The number with its last character read wrong."""
    return number[:-1] + ("x" if number[-1] != "x" else "y")


def of_last_year() -> Voucher:
    Voucher.objects.create(
        id=LAST_YEARS, person_id=2, year=2025, number=99_123_456, value_cents=35_000, state="issued", state_at=t.AT,
        issued_at=t.AT,
    )  # fmt: skip
    return Voucher.objects.select_related("person").get(pk=LAST_YEARS)


CORRECTED = {
    "wrong check digits": (
        lambda v: {"number": misread(encode(v.number))}, "number", "Numerossa on jokin merkki väärin."
    ),
    "nobody's number": (
        lambda v: {"number": encode(v.number + 1)}, "number", "Tällä numerolla ja nimellä ei löydy seteliä."
    ),
    "somebody else's voucher": (
        lambda v: {"surname": "Toinen"}, "number", "Tällä numerolla ja nimellä ei löydy seteliä."
    ),
    "the end before the start": (
        lambda v: {"work_start": "28.6.2026", "work_end": "8.6.2026"}, "work_start",
        "Työ päättyy ennen kuin se alkaa."
    ),
    "outside the season": (lambda v: {"work_end": "31.8.2026"}, "work_start", "Työ pitää tehdä 1.6.2026–15.8.2026."),
    "too few hours": (lambda v: {"hours": "59,5"}, "hours", "Tunteja on 59,5, ja setelin ehto on vähintään 60."),
    "too little pay": (lambda v: {"pay": "499,99"}, "pay", "Näistä tunneista pitää maksaa vähintään 533,34\xa0€."),
    "hours in words": (lambda v: {"hours": "kuusikymmentä"}, "hours", "Kirjoita tunnit numeroina"),
    "a day that is not": (lambda v: {"work_end": "31.6.2026"}, "work_end", "Kirjoita päivä muodossa"),
}  # fmt: skip


@pytest.mark.parametrize("what", CORRECTED)
def test_what_can_be_a_slip_is_corrected_beside_its_field_and_nothing_is_stored(what):
    wrong, field, words = CORRECTED[what]
    voucher = m.voucher()
    sent = m.send(m.row(voucher, **wrong(voucher)))
    assert not sent.taken
    found = [one for one in sent.refusals if one.field == field]
    assert len(found) == 1
    assert found[0].row == 0
    assert found[0].text.fi.startswith(words)
    assert all(found[0].text.in_(language) for language in ("sv", "en"))
    assert not ClaimRow.objects.exists()
    assert m.voucher().state == "issued"


@pytest.mark.parametrize(
    ("what", "on", "words"),
    [
        ("a late claim", date(2026, 12, 1), "Hakuaika päättyi 30.11.2026. Hakemus saapui 1.12.2026"),
        ("a voucher of last year", date(2026, 8, 20), "Seteli on vuodelta 2025. Sen hakuaika päättyi 30.11.2025"),
    ],
)
def test_what_cannot_be_corrected_is_taken_in_and_refused_by_a_person_with_the_reason_told(what, on, words):
    voucher = of_last_year() if "last year" in what else m.voucher()
    sent = m.send(m.row(voucher), on=on)
    assert sent.rows[0].case.state == "awaiting_handling"
    assert sent.rows[0].judged.outcome == "reject"
    assert any(one.text.fi.startswith(words) for one in sent.rows[0].judged.failing())


def test_a_used_voucher_names_ones_own_claim_and_never_another_employers():
    first = m.send(m.row(m.voucher()), key="first")
    again = m.send(m.row(m.voucher()), key="again")
    assert [one.text.fi for one in again.refusals] == [
        f"Seteli on jo käytetty hakemuksessa {first.claim.reference}. Tarkista setelin numero."
    ]
    other = m.send(m.row(m.voucher()), key="other", actor=m.employer(m.GARDEN, "Henrik"), iban=m.OTHER_IBAN)
    (told,) = other.refusals
    assert (told.field, told.rule) == ("number", "r2_unused")
    assert told.text.fi.startswith("Seteli on jo käytetty. Kysy nuorelta, onko numero oikea.")
    assert first.claim.reference not in told.text.fi
    assert m.CAFE not in told.text.fi


def test_who_hires_themselves_goes_to_a_person_and_is_told_so():
    m.documents_for("k1")
    sent = m.send(m.row(m.voucher()), actor=m.employer(person=1))
    (failing,) = sent.rows[0].judged.failing()
    assert (failing.rule, sent.rows[0].case.state) == ("r14_apart", "awaiting_handling")
    assert failing.text.fi.startswith("Käsittelijä katsoo hakemuksen, koska nuori edustaa työnantajaa")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("palkka.pdf", lambda: make.pdf() + b" " * (10 * 2**20), "Tiedosto on liian suuri: enintään 10 megatavua."),
        ("palkka.pdf", lambda: b"MZ\x90\x00" + b"0" * 400, "Tiedoston nimi on kuin PDF, PNG tai JPEG, mutta sisältö"),
        ("palkka.pdf", make.archive, "Tiedoston nimi on kuin PDF, PNG tai JPEG, mutta sisältö on jotakin muuta."),
    ],
)
def test_a_giant_or_disguised_attachment_is_refused_with_what_to_do(name, content, words):
    with pytest.raises(documents.NotTaken) as refused:
        documents.store(
            content(), about=documents_about(m.CAFE, "k1", 1), kind="payslip", name=name, actor=m.employer(),
            at=m.CLAIM_AT,
        )  # fmt: skip
    assert refused.value.reason.fi.startswith(words)
    assert not documents.of(documents_about(m.CAFE, "k1", 1))


def test_a_replayed_request_gives_the_first_answer_and_another_content_under_its_key_is_told():
    first = m.send(m.row(m.voucher()))
    again = m.send(m.row(m.voucher()))
    assert (again.claim, again.again) == (first.claim, True)
    other = m.send(m.row(m.voucher(), hours="70"))
    assert (other.taken, other.reason) == (False, KEY_USED)
    assert ClaimRow.objects.count() == 1


def test_of_two_handlers_at_once_the_second_is_told_what_the_first_did():
    m.documents_for("k1")
    case = m.send(m.row(m.voucher()), actor=m.employer(person=1)).rows[0].case
    seen_by_the_second = type(case).objects.get(pk=case.pk)
    claim_handling.propose_rejection(case, "Nuori edustaa.", actor=t.handler(), at=m.CLAIM_AT, on=m.CLAIM_DAY)
    with pytest.raises(NotNow) as told:
        claim_handling.propose_acceptance(
            seen_by_the_second, actor=t.staff("Raija", t.HANDLER), at=m.CLAIM_AT, on=m.CLAIM_DAY
        )
    assert "Odottaa päätöstä" in told.value.reason.fi
    case.refresh_from_db()
    assert case.draft["outcome"] == "rejected"
