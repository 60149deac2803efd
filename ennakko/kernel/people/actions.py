# SPDX-License-Identifier: EUPL-1.2
"""People get a row, choose how they are reached, and are sealed again when the keys change."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction

from ennakko.kernel import audit, keys
from ennakko.kernel.access.actors import Actor
from ennakko.kernel.access.grants import owner_at, role, system
from ennakko.kernel.access.roles import ADVISER
from ennakko.kernel.access.tables import Action, Refused, register_actions, require
from ennakko.kernel.audit.actions import KEPT_FOR_GOOD
from ennakko.kernel.bulk import among, insert_rows, pointed_at
from ennakko.kernel.people import reasons
from ennakko.kernel.people.models import Person
from ennakko.kernel.people.names import folded
from ennakko.values.texts import text

CHOOSE_CONTACT = "people.choose-contact"
RETENTION = "people"
CHANNELS = ("", "suomifi", "email", "sms", "letter")

register_actions(
    Action(
        CHOOSE_CONTACT,
        text(fi="Valitse, miten sinut tavoittaa", sv="Välj hur du nås", en="Choose how to be reached"),
        who=(owner_at("key"), role(ADVISER), system),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the registers know of a person who now gets a row; `identity_code` in clear, empty when unknown."""

    key: int
    identity_code: str = ""
    given_names: str = ""
    surname: str = ""
    language: str = "fi"
    email: str = ""
    phone: str = ""
    suomifi_messages: bool = False
    non_disclosure: bool = False


_COLUMNS = (
    "key", "identity_code_sealed", "identity_code_index", "given_names", "surname", "search", "language", "channel",
    "email", "phone", "suomifi_messages", "non_disclosure", "chosen_at", "created_at",
)  # fmt: skip


def ensure(rows: Iterable[Known], *, at: datetime) -> int:
    """Give each person a row, or bring the registers' part of it up to date; how many rows are new.

    Language, e-mail and phone follow the register until the person chooses themselves. 12,000 people in under a second.
    """
    known = {row.key: row for row in rows}
    if not known:
        return 0
    with transaction.atomic():
        existing = _existing(list(known))
        new = [row for key, row in known.items() if key not in existing]
        insert_rows(Person, _COLUMNS, (_new_row(row, at) for row in new), unique=("key",))
        changed = [key for key, stored in existing.items() if stored != _compared(known[key], stored)]
        for key in changed:
            _refresh(known[key])
    return len(new)


_Stored = tuple[str, str, bool, bool, str, str, str, bool, bool]


def _existing(wanted: list[int]) -> dict[int, _Stored]:
    """What is stored of the people who have a row already."""
    rows = Person.objects.filter(key__in=among(wanted)).values_list(
        "key", "given_names", "surname", "suomifi_messages", "non_disclosure", "language", "email", "phone",
        "chosen_at", "identity_code_index",
    )  # fmt: skip
    return {
        key: (given, surname, mailbox, protected, language, email, phone, chosen_at is not None, bool(index))
        for key, given, surname, mailbox, protected, language, email, phone, chosen_at, index in rows
    }


def _compared(known: Known, stored: _Stored) -> _Stored:
    """The row as it should be stored now."""
    chosen, has_code = stored[7], stored[8]
    language, email, phone = stored[4:7] if chosen else (known.language, known.email, known.phone)
    return (
        known.given_names, known.surname, known.suomifi_messages, known.non_disclosure, language, email, phone, chosen,
        has_code or bool(known.identity_code),
    )  # fmt: skip


def _refresh(known: Known) -> None:
    row = Person.objects.select_for_update().get(pk=known.key)
    row.given_names, row.surname = known.given_names, known.surname
    row.search = folded(known.surname, known.given_names)
    row.suomifi_messages, row.non_disclosure = known.suomifi_messages, known.non_disclosure
    if row.chosen_at is None:
        row.language, row.email, row.phone = known.language, known.email, known.phone
    if known.identity_code and not row.identity_code_index:
        row.identity_code_sealed = seal_code(known.key, known.identity_code)
        row.identity_code_index = keys.index_of(known.identity_code)
    row.save()


def _new_row(known: Known, at: datetime) -> tuple[object, ...]:
    code = known.identity_code
    return (
        known.key, seal_code(known.key, code) if code else None, keys.index_of(code) if code else None,
        known.given_names, known.surname, folded(known.surname, known.given_names), known.language, "",
        known.email, known.phone, known.suomifi_messages, known.non_disclosure, None, at,
    )  # fmt: skip


def seal_code(key: int, code: str) -> bytes:
    """An identity code sealed to the row of its person."""
    return keys.seal(code, context=f"person {key}")


def _batches(items: list[int], size: int) -> Iterable[list[int]]:
    stream = iter(items)
    while some := list(islice(stream, size)):
        yield some


def choose_contact(
    person: Person, *, by: Actor, at: datetime, language: str, channel: str, email: str = "", phone: str = ""
) -> Person:
    """Store how the person wants to be reached; from now on the register does not change it. Raises Refused.

    `channel` is "" (the city chooses), "suomifi", "email", "sms" or "letter".
    """
    require(by, CHOOSE_CONTACT, person)
    if channel not in CHANNELS:
        raise Refused(reasons.UNKNOWN_CHANNEL, CHOOSE_CONTACT)
    if person.non_disclosure and channel in ("email", "sms", "letter"):
        raise Refused(reasons.ONLY_SECURE, CHOOSE_CONTACT)
    if (channel == "email" and not email) or (channel == "sms" and not phone):
        raise Refused(reasons.ADDRESS_MISSING, CHOOSE_CONTACT)
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        row.language, row.channel, row.email, row.phone, row.chosen_at = language, channel, email, phone, at
        row.save()
        said = {"language": language, "channel": channel}
        audit.write(by, "people.choose-contact", f"person:{row.key}", at, said, RETENTION)
    return row


def forget(persons: Iterable[int], *, by: Actor, at: datetime, reason: str) -> int:
    """Destroy the rows of people who have no offer or case with us any more; how many. One audit entry for all.

    Those whom any row of ours still names stay.
    """
    wanted, destroyed = sorted(set(persons)), 0
    with transaction.atomic():
        for some in _batches(wanted, 5000):
            needed = pointed_at(Person, some)
            destroyed += Person.objects.filter(key__in=among(key for key in some if key not in needed)).delete()[0]
        if destroyed:
            said = {"people": destroyed, "reason": reason}
            audit.write(by, "people.forget", "people", at, {}, KEPT_FOR_GOOD, statement=said)
    return destroyed


def rotate_keys(*, by: Actor, at: datetime, progress: Callable[[int], object] | None = None, size: int = 1000) -> int:
    """Seal and index again, under the key in use, every identity code sealed under another; how many.

    Works in batches, each its own transaction: it can be stopped and started again at any time.
    """
    changed, last = 0, -1
    while True:
        with transaction.atomic():
            rows = list(
                Person.objects.select_for_update()
                .filter(key__gt=last, identity_code_sealed__isnull=False)
                .order_by("key")[:size]
            )
            if not rows:
                said = {"key": keys.current_id(), "rows": changed}
                audit.write(by, "people.rotate-keys", "keys", at, {}, KEPT_FOR_GOOD, statement=said)
                return changed
            old = [row for row in rows if keys.sealed_with(bytes(row.identity_code_sealed or b"")) != keys.current_id()]
            for row in old:
                code = keys.unseal(bytes(row.identity_code_sealed or b""), context=f"person {row.key}")
                row.identity_code_sealed, row.identity_code_index = seal_code(row.key, code), keys.index_of(code)
            Person.objects.bulk_update(old, ["identity_code_sealed", "identity_code_index"], batch_size=200)
            changed, last = changed + len(old), rows[-1].key
        if progress is not None:
            progress(changed)
