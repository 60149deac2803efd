# SPDX-License-Identifier: EUPL-1.2
"""Matters and documents for tests."""

from datetime import UTC, date, datetime

from django.db import transaction

from ennakko.kernel.access import Actor
from ennakko.kernel.documents import ports
from ennakko.kernel.records import archive_document, close_matter, make_pdf, open_matter
from ennakko.kernel.records.models import Matter, MatterDocument
from ennakko.kernel.records.plans import RecordsPlan, register_plans
from ennakko.kernel.records.sahke import Sender
from ennakko.values.texts import Text, text

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
ON = date(2026, 5, 4)
REGISTRAR = Actor(kind="staff", reference="r", roles=frozenset({"registrar"}), name="Kirsi Kirjaaja")
OFFICIAL = Actor(kind="staff", reference="o", roles=frozenset({"records-official"}), name="Ville Viranhaltija")
CITIZEN = Actor(kind="resident", reference="c", person=17, name="Aino Asukas", strong=True)
SENDER = Sender("Testikunta", "Kirjaamo", "kirjaamo@example.fi", "09 1234")
GROUND = text(fi="621/1999, 24 § 1 momentti 25 kohta", sv="621/1999, 24 § 1 mom. 25 p.", en="621/1999, s. 24")
PAGE = (
    "<h1>Päätös</h1><dl><dt>Hakija</dt><dd data-field='person-name'>Matti Meikäläinen</dd>"
    "<dt>Henkilötunnus</dt><dd data-field='identity-code'>131052-308T</dd><dt>Summa</dt><dd>350 €</dd></dl>"
    "<p>Matin hakemus hyväksytään, koska hän muutti kuntaan.</p>"
)


def t(word: str) -> Text:
    return text(fi=word, sv=word, en=word)


register_plans(
    "test-records",
    RecordsPlan("grant", "02 05 01", t("Avustus"), "public", None, 730, party_public=True),
    RecordsPlan("benefit", "14 01", t("Etuus"), "partly-secret", GROUND, 730, attachments_days=365, secrecy_years=100),
    RecordsPlan("plan", "10 02", t("Kaava"), "public", None, 30, archive=True),
)


class Clean:
    """A scanner that finds everything clean."""

    def scan(self, content: bytes) -> bool:
        return True


def scanned() -> None:
    """Let every file be found clean."""
    ports.use(Clean())


def matter(
    kind: str = "grant", *, number: str = "TEST-2026-1", on: date = ON, closed: date | None = None,
    case: int | None = None, organisation: str = "",
) -> Matter:  # fmt: skip
    """A matter in the register; `about` test:<number>, or case:<case>."""
    about = "" if case is not None else f"test:{number}"
    row = open_matter(
        service="test-records", kind=kind, number=number, on=on, case=case, about=about, organisation=organisation
    )
    assert row is not None
    if closed is not None:
        with transaction.atomic():
            close_matter(row.about, on=closed, outcome="accepted")
        row.refresh_from_db()
    return row


def letter(of: Matter, *, page: str = PAGE, key: str = "") -> MatterDocument:
    """A decision kept of a matter."""
    pdf = make_pdf(page, language="fi", title="Päätös")
    return archive_document(
        of,
        "decision",
        pdf,
        key=key or f"letter:{of.pk}",
        title="Päätös",
        language="fi",
        actor=OFFICIAL,
        at=AT,
        html=page,
    )
