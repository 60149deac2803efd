# SPDX-License-Identifier: EUPL-1.2
"""What the measurement of claims stands on, made inside the product: vouchers, employers, sessions; and the count.

`python -m bench.claims_town make 3000 500` prints one JSON line: what the clients are to send. `… count` tells what
stands afterwards.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ennakko.web.settings")

import django

django.setup()

from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from ennakko.kernel import clock, people  # noqa: E402
from ennakko.kernel.access import Actor  # noqa: E402
from ennakko.kernel.audit.models import Entry  # noqa: E402
from ennakko.kernel.bulk import insert_rows  # noqa: E402
from ennakko.kernel.cases.models import Case, CaseEvent  # noqa: E402
from ennakko.kernel.documents.models import Document  # noqa: E402
from ennakko.kernel.organisations.models import BankAccount, ContactPerson, Organisation  # noqa: E402
from ennakko.kernel.people.names import folded  # noqa: E402
from ennakko.services.summer_voucher.actions import claims  # noqa: E402
from ennakko.services.summer_voucher.actions.vouchers import draw_numbers  # noqa: E402
from ennakko.services.summer_voucher.claim_gathering import KINDS  # noqa: E402
from ennakko.services.summer_voucher.claim_states import ClaimState  # noqa: E402
from ennakko.services.summer_voucher.claim_values import documents_about  # noqa: E402
from ennakko.services.summer_voucher.law.number_2026 import encode  # noqa: E402
from ennakko.services.summer_voucher.models import Claim, ClaimRow, Voucher  # noqa: E402
from ennakko.services.summer_voucher.states import VoucherState  # noqa: E402
from ennakko.values.business_id import check_digit, compose  # noqa: E402
from ennakko.values.identity_code import compose as identity_code  # noqa: E402
from ennakko.web.demo_people import plant_staff  # noqa: E402

DAY = date(2026, 8, 20)
AT = datetime(2026, 8, 20, 9, tzinfo=UTC)
EMPLOYERS = 64
HANDLER = "ritva"
CSRF = "b" * 32
CONTACT = {"contact_name": "Petri Laakso", "contact_email": "petri@aamukaste.example", "contact_phone": "040 123 4567"}


def make(many: int, pages: int) -> dict[str, Any]:
    """An empty installation in August with vouchers and employers, each of whom the city knows; the claims to send."""
    call_command("migrate", verbosity=0)
    clock.demo.start(DAY, by="bench")
    plant_staff(at=AT, start=date(2026, 1, 1))
    employers = _employers()
    numbers = _vouchers(many + pages)
    sent = [
        _claim(employers[place % EMPLOYERS], employers[(place + 1) % EMPLOYERS], number)
        for place, number in enumerate(numbers)
    ]
    given = [
        Document(
            about=documents_about(organisation, one["key"], 1), kind=kind, name=f"{kind}.pdf",
            content_type="application/pdf", size=1000, sha256="0" * 64, state=Document.State.CLEAN, added_by="bench",
            added_at=AT,
        )
        for one in sent
        for organisation in (one["organisation"], one["rival"]["organisation"])
        for kind in KINDS
    ]  # fmt: skip
    Document.objects.bulk_create(given, batch_size=500)
    for one in sent[many:]:
        _begin(one)
    return {
        "claims": sent[:many],
        "pages": [{**one, "form": _form(one["body"])} for one in sent[many:]],
        "csrf": CSRF,
        "sessions": {one: _session(_employer_session(one)) for one, _ in employers},
        "staff": _session({"actor": {"kind": "staff", "reference": HANDLER, "person": None, "staff": None,
                                     "name": "Ritva", "strong": True}}),
    }  # fmt: skip


def _employers() -> list[tuple[str, str]]:
    numbers = (number for number in range(9_100_000, 9_200_000) if check_digit(number) is not None)
    found = []
    for number in numbers:
        # Numbers that end so owe taxes in the demo's register.
        if number % 100 in (7, 23, 57, 73):
            continue
        business_id, iban = compose(number), _iban(number)
        organisation = Organisation.objects.create(
            business_id=business_id, name=f"Yritys {number} Oy", search=folded(business_id, f"Yritys {number} Oy"),
            form="16", kind="company", industry="56302", street_address="Vaasankatu 12", postal_code="00500",
            post_office="HELSINKI", language="fi", source="business-register", fetched_at=AT, asked_at=AT,
            created_at=AT,
        )  # fmt: skip
        BankAccount.objects.create(
            organisation=organisation, iban=iban, valid_from=date(2025, 1, 1), added_by="bench", added_at=AT
        )
        ContactPerson.objects.create(
            organisation=organisation, name=CONTACT["contact_name"], email=CONTACT["contact_email"],
            phone=CONTACT["contact_phone"], added_by="bench", added_at=AT,
        )  # fmt: skip
        found.append((business_id, iban))
        if len(found) == EMPLOYERS:
            return found
    raise RuntimeError("Too few business ids.")


def _iban(number: int) -> str:
    account = f"{50_000_000_000_000 + number:014d}"
    return f"FI{98 - int(f'{account}151800') % 97:02d}{account}"


def _vouchers(many: int) -> list[int]:
    youths = [
        people.Known(
            key=10_000 + place, identity_code=identity_code(date(2010, 1, 1) + timedelta(days=place % 365),
            2 + place // 365), given_names="Aino", surname="Virtanen",
        )
        for place in range(many)
    ]  # fmt: skip
    people.ensure(youths, at=AT)
    numbers = draw_numbers(many)
    columns = (
        "id", "person", "year", "sequence", "number", "value_cents", "state", "state_at", "issued_at", "void_reason",
    )  # fmt: skip
    rows = [
        (place + 1, one.key, DAY.year, 1, numbers[place], 35_000, VoucherState.ISSUED, AT, AT, "")
        for place, one in enumerate(youths)
    ]
    insert_rows(Voucher, columns, rows)
    return numbers


def _claim(employer: tuple[str, str], rival: tuple[str, str], number: int) -> dict[str, Any]:
    row = {
        "number": encode(number), "surname": "Virtanen", "work_start": "8.6.2026", "work_end": "28.6.2026",
        "hours": "64", "pay": "620,00", "work_postal_code": "00500", "hired_without": "no",
    }  # fmt: skip
    key = secrets.token_hex(16)
    mine, theirs = (
        {"organisation": business_id, "body": {**CONTACT, "iban": iban, "rows": [row], "key": key}}
        for business_id, iban in (employer, rival)
    )
    return {**mine, "rival": theirs, "key": key}


def _begin(one: dict[str, Any]) -> None:
    """The draft of a claim as the page has saved it when the last button is pressed."""
    actor = Actor(
        "organisation", f"r{one['organisation']}", name="Petri", strong=True, organisation=one["organisation"],
        mandates=frozenset({"grants", "signatory"}),
    )  # fmt: skip
    claims.save_draft(one["body"], key=one["key"], actor=actor, at=AT, wall=clock.wall())


def _form(body: dict[str, Any]) -> dict[str, str]:
    """The page's last form."""
    own = {name: value for name, value in body.items() if name not in ("rows", "key")}
    row = {f"r0-{name}": value for name, value in body["rows"][0].items() if name not in ("number", "surname")}
    return {**own, **row, "language": "fi", "do": "send", "csrfmiddlewaretoken": CSRF}


def _employer_session(business_id: str) -> dict[str, Any]:
    who = {
        "kind": "resident", "reference": f"r{business_id}", "person": None, "staff": None, "name": "Petri",
        "strong": True,
    }  # fmt: skip
    acting = {"organisation": business_id, "name": "Yritys Oy", "mandates": ["grants", "signatory"], "use": 1}
    return {"actor": who, "acting": acting}


def _session(content: dict[str, Any]) -> str:
    session = SessionStore()
    session.update(content)
    session.create()
    return str(session.session_key)


def count() -> dict[str, int]:
    """What stands after the sending: nothing may be there twice, nothing half."""
    used = ClaimRow.objects.filter(holds=True)
    return {
        "claims": Claim.objects.count(),
        "cases": Case.objects.filter(kind="claim").count(),
        "with_draft": Case.objects.filter(kind="claim", draft__isnull=False).count(),
        "decided": Case.objects.filter(kind="claim", state=ClaimState.ACCEPTED).count(),
        "vouchers_used": Voucher.objects.filter(state=VoucherState.USED).count(),
        "rows_that_hold": used.count(),
        "vouchers_held": used.values("voucher").distinct().count(),
        "entries": Entry.objects.filter(action="summer-voucher.claim").count(),
        "numbers": Case.objects.filter(kind="claim").values("number").distinct().count(),
    }


def grow(many: int) -> dict[str, int]:
    """As many claims in the queue, each like one that was sent, in every open state; how many there are."""
    models = list(Case.objects.filter(kind="claim").order_by("pk")[:200])
    rows = {row.case_id: row for row in ClaimRow.objects.select_related("claim").filter(case__in=models)}
    missing = many - Case.objects.filter(kind="claim").count()
    states = (ClaimState.READY, ClaimState.READY, ClaimState.AWAITING_HANDLING, ClaimState.AWAITING_DECISION)
    taken = ClaimRow.objects.order_by("-pk").values_list("pk", flat=True)[0] * 10
    begun, cases, held, events = [], [], [], []
    for place in range(max(missing, 0)):
        case, number = models[place % len(models)], taken + place
        row, sent = rows[case.pk], AT - timedelta(hours=place % 240)
        claim = row.claim
        state = states[place % len(states)]
        begun.append(_copy(Claim, claim, pk=number, key=f"grown-{place}", reference=f"G{place:07d}", sent_at=sent))
        cases.append(
            _copy(Case, case, pk=number, number=f"KS-2025-{place:06d}", state=state, opened_at=sent, state_at=sent,
                  due=DAY + timedelta(days=place % 40 - 10))
        )  # fmt: skip
        held.append(
            _copy(ClaimRow, row, pk=number, claim_id=number, case_id=number, voucher_id=None, holds=False,
                  search=f"{row.search} {place}", risk=place % 4)
        )  # fmt: skip
        events.append(CaseEvent(case_id=number, sequence=1, verb="open", by="bench", at=sent, to_state=str(state)))
    for model, made in ((Claim, begun), (Case, cases), (ClaimRow, held), (CaseEvent, events)):
        model._base_manager.bulk_create(made, batch_size=500)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return {"claims": Case.objects.filter(kind="claim").count()}


def _copy(model: Any, row: Any, **changes: Any) -> Any:
    known = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    key = model._meta.pk.attname
    return model(**{**known, key: changes.pop("pk"), **changes})


def main() -> None:
    """One of the three, told on the command line."""
    task, *more = sys.argv[1:]
    said = make(int(more[0]), int(more[1])) if task == "make" else grow(int(more[0])) if task == "grow" else count()
    print(json.dumps(said))


if __name__ == "__main__":
    main()
