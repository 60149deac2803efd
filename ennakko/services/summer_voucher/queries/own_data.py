# SPDX-License-Identifier: EUPL-1.2
"""Everything the service knows of one person, as they get it (General Data Protection Regulation, articles 15, 20)."""

from collections.abc import Iterable
from typing import Any

from ennakko.kernel import audit, messages, purposes
from ennakko.kernel.access import Actor, Refused
from ennakko.kernel.access.reasons import STRONG
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.queries import thread
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.people.models import Person
from ennakko.services.summer_voucher.actions.storing import identity_code_of
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.law import number_2026 as number
from ennakko.services.summer_voucher.models import Application, CallRequest, ClaimRow, Voucher
from ennakko.services.summer_voucher.queries.applications import own_cases

SHOWN_OF_APPLICATION = (
    "reference", "year", "state", "source", "proven", "first_name", "last_name", "birth_date", "home_municipality",
    "email", "phone", "postcode", "school", "is_unlisted_school", "language", "target_group", "reasons", "description",
    "sent_at", "confirmed_at",
)  # fmt: skip
SHOWN_OF_PERSON = (
    "given_names", "surname", "language", "channel", "email", "phone", "suomifi_messages", "non_disclosure",
    "created_at",
)  # fmt: skip


def own_data(actor: Actor) -> dict[str, Any]:
    """JSON values: contact, offers with facts and history, vouchers with numbers, applications, decisions, messages.

    For somebody signed in strongly, also one whom the registers do not know. Raises Refused for others.
    """
    if actor.kind != "resident" or not actor.strong:
        raise Refused(STRONG, "summer-voucher.see-own")
    cases = own_cases(actor)
    own = Voucher.objects.filter(case__in=cases)
    if actor.person is not None:
        own = own | Voucher.objects.filter(person=actor.person)
    held = list(own.order_by("year", "sequence"))
    used = _used(held)
    about = [f"case:{case.pk}" for case in cases] + [f"voucher:{one.pk}" for one in held]
    return {
        "service": SERVICE,
        "person": _person(actor.person),
        "offers": _offers(actor.person),
        "vouchers": [{**_voucher(one), "claims": used.get(one.pk, [])} for one in held],
        "applications": [_application(case) for case in cases],
        "messages": _messages(actor.person, about),
        "said_of_the_use_of_data": _said(actor.person),
        "looked_up": _looked_up(actor.person),
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _person(key: int | None) -> dict[str, Any] | None:
    row = Person.objects.filter(pk=key).first() if key is not None else None
    return None if row is None else {name: _plain(getattr(row, name)) for name in SHOWN_OF_PERSON}


def _offers(key: int | None) -> list[dict[str, Any]]:
    rows = Offer.objects.filter(subject=key, service=SERVICE, run__complete_at__isnull=False) if key is not None else ()
    calls = set(CallRequest.objects.filter(offer__in=[row.pk for row in rows]).values_list("offer", flat=True))
    return [
        {
            "year": int(row.round), "state": row.state, "facts": row.facts, "conditions": row.steps,
            "content": row.content, "corrections": row.corrections, "answer": row.answer,
            "answered_at": _plain(row.answered_at), "answer_by": _plain(row.answer_by), "snapshot": row.run.snapshot,
            "rule_version": row.run.rule_version_id, "asked_to_be_called": row.pk in calls,
            "history": [{"what": one.verb, "at": _plain(one.at)} for one in row.events.order_by("at", "id")],
        }
        for row in rows
    ]  # fmt: skip


def _voucher(row: Voucher) -> dict[str, Any]:
    return {
        "year": row.year, "number": number.encode(row.number), "value_cents": row.value_cents, "state": row.state,
        "issued_at": _plain(row.issued_at), "state_at": _plain(row.state_at), "void_reason": row.void_reason,
    }  # fmt: skip


def _used(held: list[Voucher]) -> dict[int, list[dict[str, Any]]]:
    """What employers have told of the youth's work in claims of each voucher, and what became of those."""
    found: dict[int, list[dict[str, Any]]] = {}
    rows = ClaimRow.objects.filter(voucher__in=[one.pk for one in held]).select_related("claim", "case")
    for row in rows.order_by("pk"):
        if row.voucher_id is None:
            continue
        found.setdefault(row.voucher_id, []).append(
            {
                "employer": row.claim.employer_name, "business_id": row.claim.organisation,
                "sent_at": _plain(row.claim.sent_at), "case": row.case.number if row.case is not None else "",
                "state": row.case.state if row.case is not None else "", "work_start": _plain(row.work_start),
                "work_end": _plain(row.work_end), "hours": None if row.hours is None else row.hours / 100,
                "pay_cents": row.pay_cents, "tasks": row.description, "surname_told": row.surname_typed,
                "checked": (row.case.facts if row.case is not None else {}).get("facts", {}),
            }
        )  # fmt: skip
    return found


def _application(case: Case) -> dict[str, Any]:
    row = Application.objects.get(case=case)
    told = {name: _plain(getattr(row, name)) for name in SHOWN_OF_APPLICATION}
    decisions = [
        {
            "outcome": one.outcome, "at": _plain(one.decided_at), "by": one.decided_by_name, "reasons": one.reasons,
            "justification": one.justification, "facts": one.facts, "appeal": one.appeal,
        }
        for one in case.decisions.order_by("decided_at")
    ]  # fmt: skip
    asked = [
        {"question": one.question, "due": _plain(one.due), "answer": one.answer}
        for one in case.information_requests.order_by("asked_at")
    ]
    notes = case.notes.order_by("at")
    return {
        **told,
        "identity_code": identity_code_of(row) if row.proven else "",
        "case": case.number,
        "case_state": case.state,
        "register_said": case.facts,
        "asked": asked,
        "decisions": decisions,
        # A note is a part of the file too; only its author's name is left out.
        "notes": [{"at": _plain(one.at), "text": one.text} for one in notes],
        "history": [{"what": one.verb, "at": _plain(one.at), "words": one.words} for one in thread(case)],
    }


def _messages(key: int | None, about: Iterable[str]) -> list[dict[str, Any]]:
    views = []
    if key is not None:
        subjects = _subjects(key)
        views = [one for one in messages.messages_of(key, most=1000) if one.about in subjects]
    seen = {one.id for one in views}
    views += [one for place in about for one in messages.messages_about(place) if one.id not in seen]
    return [
        {
            "at": _plain(one.planned_at), "sent_at": _plain(one.sent_at), "channel": one.channel,
            "subject": one.subject, "text": one.body,
        }
        for one in sorted(views, key=lambda one: one.planned_at)
    ]  # fmt: skip


def _subjects(key: int) -> frozenset[str]:
    """What this service's messages to a person are about."""
    told = Offer.objects.filter(service=SERVICE, recipients__person=key)
    found = [f"offer:{pk}" for pk in told.values_list("pk", flat=True)]
    found += [f"case:{pk}" for pk in Case.objects.filter(service=SERVICE, subject=key).values_list("pk", flat=True)]
    found += [f"voucher:{pk}" for pk in Voucher.objects.filter(person=key).values_list("pk", flat=True)]
    return frozenset(found)


def _said(key: int | None) -> list[dict[str, Any]]:
    if key is None:
        return []
    own = [one for one in purposes.of_person(key) if one.purpose.service == SERVICE]
    return [{"purpose": one.purpose.id, "objected_at": _plain(one.objected_at)} for one in own]


def _looked_up(key: int | None) -> list[dict[str, Any]]:
    if key is None:
        return []
    return [
        {"at": _plain(one.at), "by": one.actor_kind, "facts": list(one.facts), "reason": one.reason}
        for one in audit.reads_of(key)
        if one.purpose == SERVICE
    ]
