# SPDX-License-Identifier: EUPL-1.2
"""The payment list and the lists for reports: columns, bytes that stay, purpose and log."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from ennakko.kernel import audit
from ennakko.kernel.access import Refused
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.payments.formats import payment_format
from ennakko.kernel.payments.models import Batch
from ennakko.services.summer_voucher.actions import claim_exports, claim_handling
from ennakko.services.summer_voucher.law import exports
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t

pytestmark = pytest.mark.django_db
WHEN = {"at": m.CLAIM_AT, "on": m.CLAIM_DAY}


@pytest.fixture(autouse=True)
def _a_town_with_a_cafe(tmp_path, settings):
    settings.VAR = tmp_path
    t.town(tmp_path / "a", t.youth(1, names=("Aino", "Öhman")), t.youth(2), t.youth(3, non_disclosure=True))
    t.released()
    m.registers()
    m.organisation()
    with m.gate(is_open=False):
        yield


def claimed(person: int, **told) -> None:
    key = f"k{person}"
    m.documents_for(key)
    surname = m.voucher(person).person.surname
    m.send(m.row(m.voucher(person), surname=surname), key=key, **told)


def released() -> None:
    for case in Case.objects.filter(kind="claim"):
        who = t.clerk() if "irtanen3" in str(case.data) else t.official()
        claim_handling.release([case], actor=who, **WHEN)


def sheet(content: bytes) -> list[list]:
    page = load_workbook(BytesIO(content)).active
    assert page.title == "Setelit"
    return [[cell if cell is not None else "" for cell in row] for row in page.iter_rows(values_only=True)]


def test_the_payment_list_has_the_columns_that_a_robot_reads_and_the_same_bytes_each_time():
    claimed(1)
    claimed(2)
    released()
    content = m.pay()
    header, first, second = sheet(content)
    assert tuple(header) == exports.PAYMENT_COLUMNS_2026
    row = dict(zip(header, first, strict=True))
    assert (row["Järjestys"], row["Saatu pvm"], row["Nuoren nimi"]) == (1, "20/08/2026", "Aino Öhman")
    assert (row["Y-tunnus"], row["Tilinumero"], row["Summa (€)"]) == (m.CAFE, m.IBAN, 350)
    assert row["Liite: Työsopimus 1"].startswith("http")
    assert row["Liite: Työsopimus 2"] == ""
    assert row[exports.GROUP_COLUMN] == "9. luokkalainen"
    assert row[exports.CALCULATION_COLUMN] == "laskettu"
    assert (second[0], row["Tarkastaja etunimi"]) == (2, "")
    batch = Batch.objects.get()
    form = payment_format(batch.format)
    lines = list(batch.lines.order_by("number"))
    assert form.write(batch, lines) == form.write(batch, lines) == content
    assert form.file_name(batch) == "talpa-kesasetelihakemukset_2026-08-20_12-00-00.xlsx"


def test_a_foreign_account_and_a_protected_youth_stand_in_the_last_columns():
    claimed(
        3, iban=m.FOREIGN_IBAN, bic="HABAEE2X", payee_name="Merituul OÜ", payee_address="Pärnu mnt 10",
        bank_name="Swedbank", bank_address="Liivalaia 8",
    )  # fmt: skip
    released()
    header, row = sheet(m.pay())
    told = dict(zip(header, row, strict=True))
    assert (told["Maksunsaajan nimi"], told["Pankin SWIFT / BIC koodi"]) == ("Merituul OÜ", "HABAEE2X")
    assert told[exports.NON_DISCLOSURE_COLUMN] == "Kyllä"
    assert told["Nuoren nimi"] == "Virtanen3", "only what the employer wrote"


def test_the_report_has_its_41_columns_and_its_purpose_is_logged_for_everybody_in_it():
    claimed(1)
    claimed(3)
    looks = len(audit.reads_of(1))
    made = claim_exports.export("annual", "reporting", purpose="Vuosikertomus", actor=t.handler(), **WHEN)
    header, first, hidden = sheet(made.content)
    assert tuple(header) == exports.REPORTING_COLUMNS
    row = dict(zip(header, first, strict=True))
    assert (row["Työtunnit"], row["Maksettu palkka (€)"], row["Olisitko palkannut?"]) == ("64,00", "620,00", "Ei")
    assert row["Henkilötunnus"] == ""
    assert "irtanen" not in str(hidden)
    assert len(audit.reads_of(1)) == looks + 1
    assert "Vuosikertomus" in audit.reads_of(1)[0].reason
    assert (made.rows, made.name) == (2, "reporting-kesasetelihakemukset_2026-08-20_12-00-00.xlsx")


def test_lists_that_are_empty_unknown_or_without_purpose_are_told_and_others_get_none():
    claimed(1)
    give = {"actor": t.handler(), **WHEN}
    for kind, columns, purpose in (
        ("annual", "reporting", " "), ("annual-previous", "talpa", "x"), ("all", "talpa", "x"), ("annual", "x", "x"),
    ):  # fmt: skip
        with pytest.raises(NotNow):
            claim_exports.export(kind, columns, purpose=purpose, **give)
    released()
    with pytest.raises(NotNow):
        claim_exports.export("unhandled", "talpa", purpose="x", **give)
    header, row = sheet(claim_exports.export("annual", "talpa", purpose="x", **give).content)
    assert tuple(header) == exports.PAYMENT_COLUMNS
    assert len(row) == 30
    for other in (t.director(), m.employer(), t.resident(1), t.staff("Tuula", "finance")):
        with pytest.raises(Refused):
            claim_exports.export("annual", "talpa", purpose="x", **(give | {"actor": other}))


def test_nobodys_text_becomes_a_formula():
    m.organisation(m.GARDEN, "=HYPERLINK(1)")
    m.documents_for("k", business_id=m.GARDEN)
    m.send(m.row(m.voucher(2), description="=1+1"), actor=m.employer(m.GARDEN), key="k")
    made = claim_exports.export("annual", "reporting", purpose="x", actor=t.handler(), **WHEN)
    page = load_workbook(BytesIO(made.content)).active
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}
