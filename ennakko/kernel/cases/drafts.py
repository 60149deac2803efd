# SPDX-License-Identifier: EUPL-1.2
"""Forms that were begun and not sent: kept by version, upgraded when they are read, dropped when nobody comes back.

A draft is a person's own or an organisation's, whose people share it. It binds nobody and holds nothing: a voucher in a
draft is anybody's still. What holds personal data is sealed.
"""

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from ennakko.kernel import documents, keys
from ennakko.kernel.access import Actor, Refused
from ennakko.kernel.access import reasons as access_reasons
from ennakko.kernel.bulk import remove
from ennakko.kernel.cases import reasons
from ennakko.kernel.cases.models import Draft
from ennakko.kernel.ready import Given, Ready
from ennakko.values.texts import Text

log = logging.getLogger("ennakko.drafts")
Upgrade = Callable[[dict[str, Any]], dict[str, Any]]


def _nothing_follows(organisation: str, key: str) -> None:
    """For forms that keep nothing beside the draft."""


@dataclass(frozen=True, slots=True)
class FormKind:
    """A form of a service, in its present version.

    `upgrades`: for each older version, oldest first, what makes of its values those of the version after it. A field
    that a version adds is simply missing from an old draft, and is asked. `personal`: whether drafts are sealed.
    `kept_days` from the last saving, and `warned_days` before that its holder is told; `title` as people know the form.
    `on_drop(organisation, key)` runs in the transaction in which a draft is thrown away, by hand or by time.
    """

    service: str
    id: str
    version: str
    title: Text
    upgrades: Mapping[str, Upgrade] = field(default_factory=dict)
    personal: bool = True
    kept_days: int = 60
    warned_days: int = 7
    on_drop: "Callable[[str, str], None]" = _nothing_follows

    def __post_init__(self) -> None:
        if self.version in self.upgrades:
            raise ValueError(f"{self.service} {self.id}: the present version {self.version} needs no upgrade.")
        if not 0 < self.warned_days < self.kept_days:
            raise ValueError(f"{self.service} {self.id}: the warning comes before the draft is dropped, not after.")


_kinds: dict[tuple[str, str], FormKind] = {}


def register_form(kind: FormKind) -> FormKind:
    """Start-up tells of a form, so that its drafts are kept no longer than it says."""
    if _kinds.setdefault((kind.service, kind.id), kind) != kind:
        raise ValueError(f"The form {kind.service} {kind.id} is declared twice, differently.")
    return kind


def form_kinds() -> tuple[FormKind, ...]:
    """Every form of which drafts are kept."""
    return tuple(_kinds[key] for key in sorted(_kinds))


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft as it is read: its values in the present version, whoever saved them last, and when.

    `id` names it (its documents are about `draft:<id>`); `revision` is given back with the next saving. `upgraded`:
    the values came from an older version.
    """

    id: UUID
    key: str
    data: dict[str, Any]
    revision: int
    saved_at: datetime
    saved_by_name: str
    upgraded: bool = False

    @property
    def about(self) -> str:
        """What its documents are about."""
        return f"draft:{self.id}"


class DraftChanged(Exception):
    """Somebody else saved the draft meanwhile; `now` is what stands there, `reason` says so."""

    def __init__(self, now: Begun) -> None:
        super().__init__(reasons.DRAFT_CHANGED.en.format(name=now.saved_by_name))
        self.now = now
        self.reason = reasons.DRAFT_CHANGED.format(name=now.saved_by_name)


def save_draft(
    kind: FormKind,
    key: str,
    data: Mapping[str, Any],
    *,
    owner: Actor,
    at: datetime,
    organisation: str = "",
    revision: int | None = None,
) -> Begun:
    """Keep what was filled in so far, in the place of what stood there.

    Raises Refused where the organisation is not the one that `owner` acts for, and DraftChanged where somebody else has
    saved since `revision` was read (None: whatever stands there is replaced). JSON values only.
    """
    whose = _whose(owner, organisation)
    with transaction.atomic():
        row = _rows(kind, whose).select_for_update().filter(key=key).first()
        if row is not None and revision is not None and row.revision != revision:
            raise DraftChanged(_read(kind, row))
        if row is None:
            row = Draft(id=uuid4(), service=kind.service, form=kind.id, key=key, begun_at=at, revision=0, **whose)
        row.version, row.revision, row.saved_at, row.warned_at = kind.version, row.revision + 1, at, None
        row.saved_by_name, row.person = owner.name, owner.person
        row.data, row.sealed = (None, _sealed(row, data)) if kind.personal else (dict(data), None)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:  # two began the same form in the same moment: the first one stands
            found = _rows(kind, whose).filter(key=key).first()
            if found is None:
                raise
            raise DraftChanged(_read(kind, found)) from None
    return _read(kind, row)


def draft_of(kind: FormKind, key: str, *, owner: Actor, organisation: str = "") -> Begun | None:
    """What was filled in so far, in the form's present version; None where nothing was. Raises Refused."""
    row = _one.first(service=kind.service, form=kind.id, key=key, **_whose(owner, organisation))
    return None if row is None else _read(kind, row)


def drafts_of(kind: FormKind, *, owner: Actor, organisation: str = "") -> tuple[Begun, ...]:
    """Every draft of a form that a person or an organisation has, the last saved first. Raises Refused."""
    rows = _rows(kind, _whose(owner, organisation)).order_by("-saved_at", "key")
    return tuple(_read(kind, row) for row in rows)


def _given() -> "QuerySet[Draft]":
    return Draft.objects.filter(
        service=Given("service"), form=Given("form"), owner=Given("owner"), organisation=Given("organisation"),
        key=Given("key"),
    )  # fmt: skip


_one: Ready[Draft] = Ready(_given)
_locked: Ready[Draft] = Ready(lambda: _given().select_for_update().only("pk", "organisation", "key"))


def drop_draft(kind: FormKind, key: str, *, owner: Actor, organisation: str = "") -> bool:
    """Throw a draft away (its form was sent, or nobody wants it); whether there was one. Raises Refused.

    What was attached to it goes too, unless it was moved to what the draft became.
    """
    whose = _whose(owner, organisation)
    with transaction.atomic(savepoint=False):
        row = _locked.first(service=kind.service, form=kind.id, key=key, **whose)
        if row is None:
            return False
        destroy(kind, [row])
    return True


def destroy(kind: FormKind, rows: "list[Draft]") -> None:
    """Destroy drafts of a form with what was attached to them, in the caller's transaction."""
    for row in rows:
        kind.on_drop(row.organisation, row.key)
    documents.destroy(about=[f"draft:{row.pk}" for row in rows])
    for row in rows:
        remove(Draft, {"pk": row.pk})


def _whose(owner: Actor, organisation: str) -> dict[str, str]:
    if organisation:
        if owner.kind != "organisation" or owner.organisation != organisation:
            raise Refused(access_reasons.ACTS_FOR, "cases.draft")
        return {"organisation": organisation, "owner": ""}
    if owner.kind == "anonymous":
        raise Refused(access_reasons.SIGNED_IN, "cases.draft")
    return {"organisation": "", "owner": owner.subject}


def _rows(kind: FormKind, whose: Mapping[str, str]) -> Any:
    return Draft.objects.filter(service=kind.service, form=kind.id, **whose)


def _context(row: Draft) -> str:
    return f"draft {row.service} {row.form} {row.pk}"


def _sealed(row: Draft, data: Mapping[str, Any]) -> bytes:
    return keys.seal(json.dumps(dict(data), ensure_ascii=False), context=_context(row))


def reseal() -> int:
    """Seal again, under the key in use, the drafts that were sealed under an older one; how many."""
    done = 0
    for key in list(Draft.objects.filter(sealed__isnull=False).order_by("id").values_list("pk", flat=True)):
        with transaction.atomic():
            row = Draft.objects.select_for_update().filter(pk=key, sealed__isnull=False).first()
            if row is None or keys.sealed_with(bytes(row.sealed or b"")) == keys.current_id():
                continue
            row.sealed = keys.seal(keys.unseal(bytes(row.sealed or b""), context=_context(row)), context=_context(row))
            row.save(update_fields=["sealed"])
        done += 1
    return done


def _read(kind: FormKind, row: Draft) -> Begun:
    stored = row.data if row.sealed is None else json.loads(keys.unseal(bytes(row.sealed), context=_context(row)))
    values: dict[str, Any] = dict(stored or {})
    upgraded = row.version != kind.version
    if upgraded:
        values = _upgraded(kind, row.version, values)
    return Begun(row.pk, row.key, values, row.revision, row.saved_at, row.saved_by_name, upgraded)


def _upgraded(kind: FormKind, version: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values in the present version. A version of which nobody knows keeps what it has: the form asks the rest."""
    for upgrade in _from(kind, version):
        try:
            values = upgrade(dict(values))
        except (LookupError, TypeError, ValueError):
            log.exception("A draft of %s %s, version %s, could not be upgraded.", kind.service, kind.id, version)
            return values
    return values


def _from(kind: FormKind, version: str) -> Iterator[Upgrade]:
    reached = False
    for old, upgrade in kind.upgrades.items():
        reached = reached or old == version
        if reached:
            yield upgrade


def kept_until(kind: FormKind, saved_at: datetime) -> datetime:
    """When a draft is dropped unless somebody saves it again."""
    return saved_at + timedelta(days=kind.kept_days)
