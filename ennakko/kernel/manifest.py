# SPDX-License-Identifier: EUPL-1.2
"""A service's whole surface in one value: who owns it, what it may read and why, who does what, how long it keeps what.

`register` checks it before anything of it is put to use: a rule that reads a fact which no purpose of the service names
is refused, as are names of others and gaps in the retention table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ennakko import facts
from ennakko.facts import sources
from ennakko.kernel import messages
from ennakko.kernel.access import Action, StaffRole, register_actions, register_roles
from ennakko.kernel.access.tables import actions as known_actions
from ennakko.kernel.cases import CaseType, register_case_type
from ennakko.kernel.cases.numbering import use_prefix
from ennakko.kernel.cases.retention import keep_cases
from ennakko.kernel.figures.registry import Figure, register_figures
from ennakko.kernel.jobs.registry import Job, register_jobs
from ennakko.kernel.offers import OfferKind, register_offer_kind
from ennakko.kernel.payments.formats import PaymentFormat, register_payment_formats
from ennakko.kernel.purposes import Purpose, register_purposes
from ennakko.kernel.records.plans import RecordsPlan, register_plans
from ennakko.kernel.resealing import Sealed, register_sealed
from ennakko.rules import registry
from ennakko.rules.errors import RuleError, UnknownRule, near_names
from ennakko.rules.facts_api import RESIDENT
from ennakko.values.texts import Text


class ManifestError(ValueError):
    """The manifest cannot be used; the message names service and row and says what to write."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long one kind of record is kept, from what moment, and by what rule or decision."""

    what: str
    days: int
    counted_from: Text
    basis: Text


@dataclass(frozen=True, slots=True)
class Messages:
    """The folder of a service's message templates, and the fields of each by key."""

    folder: Path
    fields: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service. Every collection may be empty; whether a machine may decide is the municipality's to put on record.

    `owner` is the unit that runs it, `in_whose_name` the authority or enterprise that decides. `reads`: for each
    purpose id the facts it may read, whatever the municipality's permits then allow. `rules`: ids of the rules in
    `law/`. `routes`: module path of its URL configuration. `retention` rows are needed for what
    it keeps: "offers" with an offer kind, "cases" with case types. `number_prefix`: the letters before its cases'
    numbers ("KS": KS-2026-000011); its id in capitals where none are given. `sealed`: what it keeps under the
    deployment's keys.
    """

    id: str
    names: Text
    owner: Text
    in_whose_name: Text
    purposes: tuple[Purpose, ...] = ()
    reads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    roles: tuple[StaffRole, ...] = ()
    actions: tuple[Action, ...] = ()
    rules: tuple[str, ...] = ()
    jobs: tuple[Job, ...] = ()
    offer_kinds: tuple[OfferKind, ...] = ()
    case_types: tuple[CaseType, ...] = ()
    records: tuple[RecordsPlan, ...] = ()
    payment_formats: tuple[PaymentFormat, ...] = ()
    messages: Messages | None = None
    routes: str | None = None
    figures: tuple[Figure, ...] = ()
    retention: tuple[Retention, ...] = ()
    number_prefix: str = ""
    sealed: tuple[Sealed, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of the transparency notice: for which purpose the service reads which fact, from which source."""

    purpose: Purpose
    fact: str
    label: Text
    source: Text
    rules: tuple[str, ...]


_services: dict[str, Service] = {}
_called: dict[str, Text] = {}


def call_services(names: Mapping[str, Text]) -> None:
    """Start-up gives the municipality's own names of services, by id, before any service is registered."""
    _called.clear()
    _called.update(names)


def register(service: Service) -> Service:
    """Check a manifest and put all of it to use; raises ManifestError and then nothing of it is used."""
    service = replace(service, names=_called.get(service.id, service.names))
    known = _services.get(service.id)
    if known is not None:
        if known != service:
            raise ManifestError(f"The service {service.id} is registered twice, with different manifests.")
        return known
    _check_names(service)
    _check_reads(service)
    _check_actions(service)
    _check_retention(service)
    _check_records(service)
    register_purposes(*service.purposes)
    register_roles(*service.roles)
    register_actions(*service.actions)
    if service.messages is not None:
        messages.register_templates(service=service.id, folder=service.messages.folder, fields=service.messages.fields)
    for kind in service.offer_kinds:
        register_offer_kind(kind)
    for case_type in service.case_types:
        register_case_type(case_type)
    register_payment_formats(*service.payment_formats)
    register_plans(service.id, *service.records)
    for row in service.retention:
        if row.what == "cases":
            keep_cases(service.id, days=row.days)
    register_jobs(*service.jobs)
    register_figures(*service.figures)
    register_sealed(*service.sealed)
    if service.number_prefix:
        use_prefix(service.id, service.number_prefix)
    _services[service.id] = service
    return service


def services() -> tuple[Service, ...]:
    """Every registered service, in order of registration."""
    return tuple(_services.values())


def service(id: str) -> Service:
    """A registered service; raises ManifestError with near names."""
    if id not in _services:
        raise ManifestError(f"There is no service {id!r}. {near_names(id, _services)}")
    return _services[id]


def notice(service: Service) -> tuple[Reading, ...]:
    """What a service reads of people, made from its rules and its purposes: the base of its privacy notice."""
    lines = []
    for purpose in service.purposes:
        for name in service.reads.get(purpose.id, ()):
            fact = facts.get(name)
            by = tuple(rule for rule in service.rules if name in _inputs(rule))
            lines.append(Reading(purpose, name, fact.label, sources.get(fact.source).title, by))
    return tuple(lines)


def _inputs(rule: str) -> tuple[str, ...]:
    found = registry.get(rule)
    if not isinstance(found, type):
        return ()  # a procedure takes what its caller gives it and reads no register
    return tuple(dict.fromkeys(ref.name for ref in found.inputs()))


def _check_names(service: Service) -> None:
    if not service.id or not all(part.isalnum() and part.islower() for part in service.id.split("-")):
        raise ManifestError(f"A service's id is small letters and hyphens, as summer-voucher; not {service.id!r}.")
    named: list[tuple[str, Iterable[str]]] = [
        ("role", (role.id for role in service.roles)),
        ("action", (action.name for action in service.actions)),
        ("rule", service.rules),
        ("job", (job.name for job in service.jobs)),
        ("figure", (figure.id for figure in service.figures)),
        ("payment file", (form.id for form in service.payment_formats)),
    ]
    for what, names in named:
        for name in names:
            if not name.startswith(f"{service.id}."):
                raise ManifestError(f"{service.id}: the {what} {name!r} must be named {service.id}.….")
    owned = [(purpose.id, purpose.service) for purpose in service.purposes]
    owned += [("its way of offering", kind.service) for kind in service.offer_kinds]
    owned += [(case_type.id, case_type.service) for case_type in service.case_types]
    owned += [(form.id, form.service) for form in service.payment_formats]
    for what, owner in owned:
        if owner != service.id:
            raise ManifestError(f"{service.id}: {what} says it belongs to {owner!r}.")


def _check_reads(service: Service) -> None:
    purposes = {purpose.id for purpose in service.purposes}
    for purpose in service.reads:
        if purpose not in purposes:
            raise ManifestError(f"{service.id}: it reads for the purpose {purpose!r}, which it does not declare.")
    named = {name for names in service.reads.values() for name in names}
    for name in sorted(named):
        try:
            facts.get(name)
        except RuleError as error:
            raise ManifestError(f"{service.id}: {error}") from error
    for rule in service.rules:
        try:
            read = _inputs(rule)
        except UnknownRule as error:
            raise ManifestError(f"{service.id}: {error}") from error
        unnamed = [name for name in read if name not in named and facts.get(name).source != RESIDENT]
        if unnamed:
            raise ManifestError(
                f"{service.id}: the rule {rule} reads {', '.join(unnamed)}, which no purpose of the service names. "
                f"Add to reads: {{<purpose>: (…, {', '.join(repr(name) for name in unnamed)})}}, or leave it unread."
            )


def _check_actions(service: Service) -> None:
    known = {action.name for action in (*known_actions(), *service.actions)}
    needed: list[tuple[str, str | None]] = []
    for kind in service.offer_kinds:
        needed += [("answer_action", kind.answer_action), ("release_action", kind.release_action)]
    for case_type in service.case_types:
        needed += [(move.verb, move.action) for move in case_type.states.moves]
        needed += [
            ("handle_action", case_type.handle_action),
            ("decide_action", case_type.decide_action),
            ("own_action", case_type.own_action),
        ]
    for what, name in needed:
        if name is not None and name not in known:
            raise ManifestError(f"{service.id}: {what} is {name!r}, which is no action. {near_names(name, known)}")


def _check_retention(service: Service) -> None:
    kept = {row.what for row in service.retention}
    for what, there in (("offers", service.offer_kinds), ("cases", service.case_types)):
        if there and what not in kept:
            raise ManifestError(f"{service.id}: say how long {what} are kept: Retention({what!r}, days=…, …).")
    for row in service.retention:
        if row.days < 1:
            raise ManifestError(f"{service.id}: {row.what} are kept for {row.days} days; give at least one.")


def _check_records(service: Service) -> None:
    kinds, planned = [case_type.id for case_type in service.case_types], [plan.case_kind for plan in service.records]
    for kind in kinds:
        if planned.count(kind) != 1:
            raise ManifestError(
                f"{service.id}: give the cases {kind!r} one records plan: class, publicity, secrecy, retention "
                f"(RecordsPlan({kind!r}, …) in records)."
            )
    for kind in planned:
        if kind not in kinds:
            raise ManifestError(f"{service.id}: records plans for {kind!r}, which is none of its case types.")
    kept = max((row.days for row in service.retention if row.what == "cases"), default=0)
    for plan in service.records:
        if plan.retention_days < kept:
            raise ManifestError(
                f"{service.id}: the matter {plan.case_kind!r} goes after {plan.retention_days} days, before its case "
                f"({kept} days). A matter is kept at least as long as its case."
            )
