# SPDX-License-Identifier: EUPL-1.2
"""The embedded twins of the outside systems, with what the demo city and its personas know."""

from collections.abc import Sequence
from functools import lru_cache

import polars as pl
from django.urls import NoReverseMatch, reverse

from ennakko.connectors.association_register.embedded import EmbeddedAssociationRegister
from ennakko.connectors.business_register.embedded import EmbeddedBusinessRegister
from ennakko.connectors.clamav.embedded import EmbeddedScanner
from ennakko.connectors.companies_of_city import row_of
from ennakko.connectors.decision_archive.embedded import EmbeddedArchive
from ennakko.connectors.finance.embedded import DemoBank
from ennakko.connectors.incomes_register.embedded import EmbeddedWages
from ennakko.connectors.mandates.embedded import EmbeddedMandates
from ennakko.connectors.tax_debts.embedded import EmbeddedTaxDebts
from ennakko.demo_city.data import FOLDER
from ennakko.demo_city.personas import PERSONAS
from ennakko.kernel.documents import ports as documents
from ennakko.kernel.organisations import ports as organisations
from ennakko.kernel.organisations.ports import MandatedOrganisation, Unavailable
from ennakko.kernel.payments import ports as payments
from ennakko.kernel.records import decision_archive

PAGE = "demo-mandates"
"""The route of the demo's page on which an organisation is chosen; where there is none the choice is made here."""


def wire() -> None:
    """Use the embedded twins."""
    documents.use(EmbeddedScanner())
    payments.use(DemoBank())
    decision_archive.use(EmbeddedArchive())
    organisations.use(
        business_register=EmbeddedBusinessRegister(industry),
        association_register=EmbeddedAssociationRegister(industry),
        mandates=EmbeddedMandates(held_by, page),
        tax_debts=EmbeddedTaxDebts(),
        wages=EmbeddedWages(),
    )


def held_by(identity_code: str) -> Sequence[MandatedOrganisation]:
    """The organisations that a persona may act for, by its identity code; nobody else may act for any."""
    return [
        MandatedOrganisation(business_id, _name(business_id), mandates)
        for persona in PERSONAS
        if persona.identity_code == identity_code
        for business_id, mandates in persona.mandates
    ]


def page() -> str:
    """The address of the demo's page; "" where it has none."""
    try:
        return reverse(PAGE)
    except NoReverseMatch:
        return ""


def industry(code: str) -> str:
    """The Finnish words of a TOL 2008 code; "" for an unknown one."""
    return _industries().get(code, "")


@lru_cache(maxsize=1)
def _industries() -> dict[str, str]:
    frame = pl.read_csv(FOLDER / "industries.csv.gz", schema_overrides={"code": pl.String})
    return dict(frame.select("code", "name_fi").iter_rows())


def _name(business_id: str) -> str:
    try:
        row = row_of(business_id, "e-authorisations")
    except Unavailable:
        row = None
    return business_id if row is None else str(row["name"])
