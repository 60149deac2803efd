# SPDX-License-Identifier: EUPL-1.2
"""What of an instalment goes to payments: the payee, the words on the statement, all that the payment file tells."""

from datetime import date
from typing import Any

from ennakko.kernel import organisations
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.payments import Payee
from ennakko.services.hiring_benefit import finance_columns
from ennakko.services.hiring_benefit.models import Application, Instalment


def period_of(application: Application, decision: Decision) -> tuple[date, date]:
    """The days of the benefit as they were decided; those of the application where the decision names none."""
    start, end = (decision.content.get(name) for name in ("start", "end"))
    return (
        date.fromisoformat(start) if start else application.start,
        date.fromisoformat(end) if end else application.end,
    )


def payee(application: Application, on: date | None = None) -> Payee:
    """Who is paid: the account of the application; from a day on the one that the employer has then."""
    street, postal_code, post_office = address_of(application)
    account = organisations.account_of(application.organisation, on) if on is not None else None
    return Payee(
        name=account.payee_name or application.employer_name if account is not None else application.employer_name,
        business_id=application.organisation,
        iban=account.iban if account is not None else application.iban,
        bic=account.bic if account is not None else "",
        street=street, postal_code=postal_code, post_office=post_office,
    )  # fmt: skip


def address_of(application: Application) -> tuple[str, str, str]:
    """Street address, postal code and post office: the one that the employer gave, else the register's."""
    if application.other_street_address:
        return application.other_street_address, application.other_postal_code, application.other_post_office
    return application.street_address, application.postal_code, application.post_office


def words(case: Case, instalment: Instalment) -> str:
    """The message of the payment, as it stands on the payee's statement."""
    return f"Palkkauslisä {case.number}, {instalment.number}. erä"


def concerns(application: Application) -> tuple[int, ...]:
    """The person whose data the row tells of: a case number is hers too."""
    person = application.employee.person_id
    return () if person is None else (person,)


def data_of(instalment: Instalment, application: Application, case: Case, on: date) -> dict[str, Any]:
    """What the payment file tells of the row: JSON values, complete, so that the file never changes afterwards.

    What the municipality decides of the file is that of the day `on` on which the payment is planned.
    """
    decision = instalment.decision
    matter = getattr(application, "archived_matter", None)
    street, postal_code, post_office = address_of(application)
    handler = case.handler
    return {
        "case": case.number,
        "employer_kind": application.employer_kind,
        "employer": application.employer_name,
        "business_id": application.organisation,
        "street_address": street,
        "postal_code": postal_code,
        "post_office": post_office,
        "instalment": instalment.number,
        "decision_maker": decision.decided_by_name,
        "decision_maker_title": decision.decided_by_title,
        # The archive's section where it has told it; a decision that is made here is known by its number.
        "section": matter.section if matter is not None and matter.section else case.number,
        "decided_on": decision.on.isoformat(),
        "inspector": handler.name if handler is not None else "",
        **finance_columns.given(finance_columns.PAYMENT_LIST, on),
    }
