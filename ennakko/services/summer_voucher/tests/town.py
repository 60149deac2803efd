# SPDX-License-Identifier: EUPL-1.2
"""A town of a few people for the voucher's tests, its actors, and an application sent and confirmed."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from ennakko.kernel.access import ANONYMOUS, SYSTEM, Actor
from ennakko.kernel.access.models import StaffMember
from ennakko.kernel.registers import snapshots
from ennakko.kernel.registers.tests.small_city import Resident, write_snapshot
from ennakko.services.summer_voucher import offer
from ennakko.services.summer_voucher.access import HANDLER, OFFICIAL
from ennakko.services.summer_voucher.actions import applications
from ennakko.services.summer_voucher.links import token_of
from ennakko.services.summer_voucher.models import Application
from ennakko.values.identity_code import compose

ON = date(2026, 4, 15)
AT = datetime(2026, 4, 15, 9, tzinfo=UTC)
WALL = datetime(2026, 11, 22, 9, tzinfo=UTC)
MACHINE = SYSTEM("test")
SIXTEEN, SEVENTEEN, FIFTEEN = date(2010, 5, 21), date(2009, 3, 17), date(2011, 9, 2)
STRANGER = compose(date(2010, 1, 28), 950)


def youth(person: int, born: date = SIXTEEN, **told: Any) -> Resident:
    known = {"names": ("Aino", f"Virtanen{person}"), "email": f"a{person}@posti.example"}
    return Resident(person, born, **(known | told))


def town(folder: Path, *residents: Resident, on: date = ON) -> snapshots.Snapshot:
    return snapshots.take_into_use(write_snapshot(folder, residents, on=on), AT)


def resident(person: int | None, *, name: str = "Aino Virtanen", strong: bool = True) -> Actor:
    return Actor("resident", f"r{person or name}", person=person, name=name, strong=strong)


def staff(name: str, *roles: str) -> Actor:
    member, _ = StaffMember.objects.get_or_create(subject=name.lower(), defaults={"name": name, "email": ""})
    return Actor("staff", member.subject, staff=member.pk, roles=frozenset(roles), name=name, strong=True)


def handler() -> Actor:
    return staff("Ritva", HANDLER)


def official() -> Actor:
    return staff("Outi", OFFICIAL)


def director() -> Actor:
    return staff("Harri", "director")


def clerk() -> Actor:
    return staff("Sirpa", "protected-clerk")


def released(on: date = ON) -> offer.AnticipateReport:
    """The year's vouchers made and sent out by the official."""
    report = offer.anticipate(on=on, at=AT, actor=MACHINE)
    run = offer.Run.objects.get(pk=report.run)
    offer.release(run, actor=official(), at=AT, on=on)
    return report


def form(**told: Any) -> dict[str, Any]:
    return {
        "first_name": "Leevi",
        "last_name": "Harju",
        "social_security_number": STRANGER,
        "email": "leevi@posti.example",
        "school": "Ressun lukio",
        "is_unlisted_school": False,
        "phone_number": "+46 70 123 45 67",
        "postcode": "02150",
        "language": "fi",
        "target_group": "primary_target_group",
        "additional_info_user_reasons": ["student_in_city_but_not_resident"],
        "additional_info_description": "Käyn koulua täällä.",
    } | told


def sent(address: str = "192.0.2.1", **told: Any) -> Application:
    received = applications.apply(form(**told), actor=ANONYMOUS, at=AT, on=ON, wall=WALL, address=address)
    assert received.application is not None, received
    return received.application


def confirmed(**told: Any) -> Application:
    row = sent(**told)
    done = applications.confirm(
        token_of(row, "confirm"), actor=ANONYMOUS, at=AT, on=ON, wall=WALL + timedelta(minutes=5)
    )
    assert done.outcome == "confirmed"
    row.refresh_from_db()
    return row


def checked(**told: Any) -> Application:
    """An application confirmed and looked at by the machine."""
    from ennakko.services.summer_voucher.actions import checking

    row = confirmed(**told)
    assert row.case is not None
    checking.check_case(row.case, at=AT, on=ON, actor=MACHINE)
    return Application.objects.select_related("case").get(pk=row.pk)
