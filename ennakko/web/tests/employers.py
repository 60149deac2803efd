# SPDX-License-Identifier: EUPL-1.2
"""Employers and staff at the pages of claims: signed in at once, and what they write in the forms."""

from datetime import date
from typing import Any

from django.test import Client

from ennakko.kernel.access import SYSTEM, Actor, grant_role, staff_actor
from ennakko.kernel.access.models import StaffMember
from ennakko.kernel.ui.checker import flaws
from ennakko.services.summer_voucher.actions import claims
from ennakko.services.summer_voucher.claim_files import KINDS
from ennakko.services.summer_voucher.models import Voucher
from ennakko.services.summer_voucher.queries.vouchers import shown
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t
from ennakko.web.signin.session import ACTING, KEY

HOME = "/organisation/summer-voucher/"
BEGIN, QUEUE = f"{HOME}begin/", "/summer-voucher/claims/"
LANGUAGES = ("fi", "sv", "en")
WAYS = {
    "contact_name": "Petri Laakso", "contact_email": "petri@aamukaste.example", "contact_phone": "040 123 4567",
    "language": "fi", "iban": m.IBAN, "street_address": "Vaasankatu 12", "postal_code": "00500",
    "post_office": "Helsinki",
}  # fmt: skip
"""What an employer of whom nothing is known writes once."""


def comes(actor: Actor) -> Client:
    """A browser in which somebody is signed in: an employer, a youth or a member of staff."""
    client, organisation = Client(), actor.kind == "organisation"
    for role in sorted(actor.roles - _roles_of(actor)):
        member = StaffMember.objects.get(pk=actor.staff)
        grant_role(member, role=role, by=SYSTEM("test"), at=t.AT, start=date(2020, 1, 1))
    session = client.session
    session[KEY] = {
        "kind": "resident" if organisation else actor.kind, "reference": actor.reference, "person": actor.person,
        "staff": actor.staff, "name": actor.name, "strong": True,
    }  # fmt: skip
    if organisation:
        session[ACTING] = {
            "organisation": actor.organisation, "name": "Kahvila Aamukaste Oy", "mandates": sorted(actor.mandates),
            "use": 0,
        }  # fmt: skip
    session.save()
    return client


def _roles_of(actor: Actor) -> frozenset[str]:
    known = staff_actor(actor.reference, on=m.CLAIM_DAY) if actor.staff is not None else None
    return known.roles if known is not None else frozenset()


def reads(client: Client, address: str, *, status: int = 200, language: str = "fi", data: Any = None) -> str:
    """A page that is sound, opened or answered to a form."""
    headers = {"accept-language": language}
    answer = client.get(address, headers=headers) if data is None else client.post(address, data, headers=headers)
    assert answer.status_code == status, (address, answer.status_code, answer.headers.get("Location"))
    html = answer.content.decode()
    assert flaws(html, language=language) == [], address
    return html


def led(client: Client, address: str, data: Any) -> str:
    """Where a form that was taken leads."""
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return str(answer.headers["Location"])


def begins(client: Client, held: Voucher, **told: str) -> str:
    """A claim begun with a voucher; the address of its page."""
    surname = held.person.surname if held.person else ""
    return led(client, BEGIN, {"number": shown(held), "surname": surname} | told)


def row(position: int = 0, **told: Any) -> dict[str, Any]:
    """What the page's form of one youth holds."""
    known = {
        "work_start": "2026-06-08", "work_end": "2026-06-28", "hours": "64", "pay": "620,00", "hired_without": "no",
    }  # fmt: skip
    return {f"r{position}-{name}": value for name, value in (known | told).items()}


def papers(position: int = 0) -> dict[str, Any]:
    """Contract and payslip in the page's form."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from ennakko.kernel.documents.tests.make import pdf

    return {f"r{position}-{kind}": SimpleUploadedFile(f"{kind}.pdf", pdf(), "application/pdf") for kind in KINDS}


def claimed(
    person: int, *, key: str = "", papers: bool = True, actor: Actor | None = None, ways: dict[str, str] | None = None,
    **told: Any,
) -> claims.Sent:  # fmt: skip
    """A claim of a youth's voucher, sent without the pages; `ways` are contact and account."""
    key = key or f"k{person}"
    if papers:
        m.documents_for(key, business_id=(actor or m.employer()).organisation)
    sent = m.send(m.row(m.voucher(person), **told), actor=actor, key=key, **(ways or {}))
    assert sent.claim is not None, sent
    return sent


def case_of(sent: claims.Sent, position: int = 0) -> Any:
    """The case of a sent row, as it is now."""
    case = sent.rows[position].case
    assert case is not None
    case.refresh_from_db()
    return case


def a_town(folder: Any, *, youths: int = 6) -> None:
    """A town with vouchers, the café known to the city, and registers that answer."""
    t.town(folder, *(t.youth(person) for person in range(1, youths + 1)), t.youth(30, non_disclosure=True))
    t.released()
    m.registers()
    m.organisation()
