# SPDX-License-Identifier: EUPL-1.2
"""What is destroyed when its time is over: the applicant's identity first, so that nothing older holds it in place.

Unconfirmed applications go after a week, rejected ones after a year, every youth after five (act 14 §). A case and its
decision stay as a registered matter without a person; a voucher stays as a number and a sum for the accounts.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from ennakko.kernel import audit
from ennakko.kernel.access import Actor
from ennakko.kernel.cases.models import Case, Decision, InformationRequest, Letter, Note
from ennakko.kernel.messages.models import Message
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.models import Application
from ennakko.services.summer_voucher.states import ApplicationState, CaseState
from ennakko.values.dates import add_years

RETENTION = "summer-voucher"
UNCONFIRMED = timedelta(days=7)
LINK = timedelta(hours=12)
REJECTED_YEARS, YOUTH_YEARS = 1, 5
PORTION = 500


def destroy_old(*, on: date, at: datetime, wall: datetime, actor: Actor) -> dict[str, int]:
    """Destroy what may no longer be kept; how many of each. Safe to repeat and to interrupt."""
    return {
        "expired": _expire(wall),
        "unconfirmed": _destroy_unconfirmed(wall, actor=actor, at=at),
        "emptied": _empty_old(on, actor=actor, at=at),
    }


def _expire(wall: datetime) -> int:
    """Applications whose link is no longer good."""
    waiting = Application.objects.filter(state=ApplicationState.SUBMITTED, sent_wall__lte=wall - LINK)
    return waiting.update(state=ApplicationState.EXPIRED)


def _destroy_unconfirmed(wall: datetime, *, actor: Actor, at: datetime) -> int:
    destroyed = 0
    old = Application.objects.filter(~Q(state=ApplicationState.CONFIRMED), sent_wall__lt=wall - UNCONFIRMED)
    while True:
        with transaction.atomic():
            numbers = list(old.order_by("pk").values_list("pk", flat=True)[:PORTION])
            if not numbers:
                return destroyed
            about = [f"summer-voucher:application:{number}" for number in numbers]
            Message.objects.filter(about__in=about).delete()
            Application.objects.filter(pk__in=numbers).delete()
            _record(actor, "summer-voucher.destroy-unconfirmed", numbers, at)
        destroyed += len(numbers)


def _empty_old(on: date, *, actor: Actor, at: datetime) -> int:
    """Take the person out of applications that are old enough, the rejected ones earlier; how many."""
    rejected = Q(case__state=CaseState.REJECTED, case__closed_at__date__lt=add_years(on, -REJECTED_YEARS))
    emptied = 0
    old = Application.objects.filter(rejected | Q(sent_at__date__lt=add_years(on, -YOUTH_YEARS)), emptied_at=None)
    while True:
        with transaction.atomic():
            rows = list(old.select_related("case").select_for_update(of=("self",)).order_by("pk")[:PORTION])
            if not rows:
                return emptied
            for row in rows:
                _empty(row, at)
            _record(actor, "summer-voucher.empty", [row.pk for row in rows], at)
        emptied += len(rows)


def _empty(row: Application, at: datetime) -> None:
    row.person, row.identity_code_sealed, row.identity_code_index, row.email_index = None, None, "", ""
    row.first_name = row.last_name = row.search = row.email = row.phone = row.postcode = row.school = ""
    row.home_municipality = row.description = ""
    row.reasons, row.birth_date, row.emptied_at = [], None, at
    row.link_version += 1
    row.save()
    Message.objects.filter(about=f"summer-voucher:application:{row.pk}").delete()
    if row.case_id is None:
        return
    Message.objects.filter(about=f"case:{row.case_id}").delete()
    Note.objects.filter(case=row.case_id).delete()
    Letter.objects.filter(case=row.case_id).delete()
    InformationRequest.objects.filter(case=row.case_id).update(question="", answer=None)
    Decision.objects.filter(case=row.case_id).update(facts={}, justification="", content={})
    Case.objects.filter(pk=row.case_id).update(subject=None, facts={}, data={}, draft=None)


def _record(actor: Actor, action: str, numbers: list[int], at: datetime) -> None:
    said: dict[str, object] = {"rows": len(numbers), "digest": audit.rows_digest([number] for number in numbers)}
    audit.write(actor, action, f"service:{SERVICE}", at, {}, RETENTION, statement=said)
