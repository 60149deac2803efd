# SPDX-License-Identifier: EUPL-1.2
"""The profile of one municipality: its names, contacts, bodies, appeals, look and enabled services, as typed values."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, TypeVar

from ennakko.municipalities import automation
from ennakko.municipalities.automation import OnRecord
from ennakko.municipalities.reading import ProfileError, Section
from ennakko.rules.errors import near_names
from ennakko.values import business_id
from ennakko.values.periods import Period
from ennakko.values.texts import LANGUAGES, Text

__all__ = [
    "Appeal", "Body", "Contact", "Demo", "Names", "Profile", "ProfileError", "ServiceRule", "Theme", "chosen", "known",
    "load",
]  # fmt: skip

FOLDER = Path(__file__).parent
Found = TypeVar("Found")
Remedy = Literal["rectification", "municipal-appeal", "administrative-appeal"]
REMEDIES: tuple[Remedy, ...] = ("rectification", "municipal-appeal", "administrative-appeal")


@dataclass(frozen=True, slots=True)
class Names:
    """The municipality's name in the forms that sentences need."""

    name: Text
    genitive: Text
    inside: Text
    into: Text
    city: Text
    city_genitive: Text
    resident: Text


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to turn to, and how; addresses where the office receives letters and visitors."""

    name: Text
    phone: str
    email: str
    hours: Text
    web: str = ""
    street_address: Text | None = None
    postal_address: Text | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """A board of the municipality or a court, by its id."""

    id: str
    name: Text
    court: bool


@dataclass(frozen=True, slots=True)
class ServiceRule:
    """When a decision sent one way is held to have been received: days after sending."""

    id: str
    days: int
    text: Text
    cite: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """How decisions of some types may be appealed while the row is in force.

    `body` is None where nobody has decided it yet: then `ask` says whom to ask. `published`: whether the decision is
    shown to the members of the municipality.
    """

    decisions: tuple[str, ...]
    period: Period
    remedy: Remedy
    act: Text
    body: Body | None
    ask: Text | None
    days: int
    service_rules: tuple[ServiceRule, ...]
    published: bool
    text: Text


@dataclass(frozen=True, slots=True)
class Theme:
    """The look: two colours (#rrggbb), the wave shape, and a static file for the logo where the city owns one."""

    brand: str
    accent: str
    koros: str
    logo: str = ""


@dataclass(frozen=True, slots=True)
class Payments:
    """How payment batches are let go: by a named official or by the machine; above a sum two officials are needed."""

    release: Literal["official", "automatic"] = "official"
    second_approval_above_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Demo:
    """How the demonstration shows the municipality: how many residents its made-up registers hold."""

    residents: int = 20_000


@dataclass(frozen=True, slots=True)
class Profile:
    """One municipality as data: what another city changes to use the product.

    `districts_file`: the shapes of its districts (GeoJSON: code, name_fi, name_sv) where it has its own.
    `service_names`: what it calls a service by a name of its own, by the service's id.
    """

    id: str
    code: str
    business_id: str
    languages: tuple[str, ...]
    names: Names
    contact: Contact
    registry: Contact
    data_protection: Contact
    bodies: tuple[Body, ...]
    appeals: tuple[Appeal, ...]
    theme: Theme
    services: tuple[str, ...]
    permits_file: Path
    parameter_files: tuple[Path, ...]
    automation: OnRecord
    supposed_permits_file: Path | None = None
    payments: Payments = Payments()
    demo: Demo = Demo()
    districts_file: Path | None = None
    service_names: Mapping[str, Text] = field(default_factory=dict)

    def body(self, body_id: str) -> Body:
        """The board or court of this id; raises KeyError."""
        return next(body for body in self.bodies if body.id == body_id)

    def appeal(self, decision: str, on: date) -> Appeal:
        """How a decision of this type, made on this day, may be appealed; raises KeyError where no row says."""
        for row in self.appeals:
            if decision in row.decisions and row.period.contains(on):
                return row
        raise KeyError(f"{self.id}/appeals.toml has no row for {decision} on {on}")


def known() -> tuple[str, ...]:
    """The municipalities that have a profile."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/profile.toml")))


def chosen() -> str:
    """The municipality of this deployment: ENNAKKO_MUNICIPALITY, else the one whose profile says `default = true`."""
    named = os.environ.get("ENNAKKO_MUNICIPALITY", "")
    if named:
        return named
    for name in known():
        about = tomllib.loads((FOLDER / name / "profile.toml").read_text("utf-8")).get("municipality", {})
        if about.get("default") is True:
            return name
    raise ProfileError("No municipality is the default. Set ENNAKKO_MUNICIPALITY, or default = true in a profile.toml.")


def load(name: str, folder: Path = FOLDER, *, demo: bool = False) -> Profile:
    """The profile of a municipality by its folder's name; raises ProfileError naming file, key and what to write.

    `demo`: with what the demonstration alone has: records for automatic decisions, permits that it supposes.
    """
    place = folder / name
    if not (place / "profile.toml").is_file():
        raise ProfileError(f"There is no municipality {name}.{near_names(name, known())}")
    whole = Section.read(place / "profile.toml").only(
        "municipality", "contact", "registry", "data_protection", "boards", "courts", "theme", "services",
        "payments", "demo",
    )  # fmt: skip
    about = whole.section("municipality").only(
        "code", "business_id", "languages", "default", *Names.__slots__
    )  # fmt: skip
    bodies = _bodies(whole)
    about_services = whole.section("services").only("enabled", "names")
    services = about_services.strings("enabled")
    supposed = place / "demo" / "permits.toml"
    return Profile(
        id=name,
        code=_code(about),
        business_id=_business_id(about),
        languages=_languages(about),
        names=Names(**{form: about.text(form) for form in Names.__slots__}),
        contact=_contact(whole.section("contact")),
        registry=_contact(whole.section("registry")),
        data_protection=_contact(whole.section("data_protection")),
        bodies=bodies,
        appeals=_appeals(Section.read(place / "appeals.toml"), {body.id: body for body in bodies}),
        theme=_theme(whole.section("theme")),
        services=services,
        permits_file=_existing(place / "permits.toml"),
        parameter_files=tuple(_existing(place / "parameters" / f"{service}.toml") for service in services),
        automation=automation.read(place, demo=demo),
        supposed_permits_file=supposed if demo and supposed.is_file() else None,
        payments=_payments(whole.section("payments")) if whole.has("payments") else Payments(),
        demo=Demo(whole.section("demo").only("residents").number("residents")) if whole.has("demo") else Demo(),
        service_names=_service_names(about_services, services),
        districts_file=shapes if (shapes := place / "districts.geojson").is_file() else None,
    )


def _service_names(about: Section, enabled: tuple[str, ...]) -> dict[str, Text]:
    """What the municipality calls its services; a name for one that it does not have is refused."""
    if not about.has("names"):
        return {}
    names = about.section("names").only(*enabled)
    return {service: names.text(service) for service in enabled if names.has(service)}


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise ProfileError(f"{path} is missing: an enabled service needs it.")
    return path


def _code(about: Section) -> str:
    code = about.string("code")
    if not re.fullmatch(r"[0-9]{3}", code):
        raise ProfileError(f'{about.where}: code must be three digits in quotation marks, for example "091".')
    return code


def _business_id(about: Section) -> str:
    value = about.string("business_id")
    if not business_id.is_valid(value):
        raise ProfileError(f"{about.where}: business_id {value} is not a business ID such as 0201256-6.")
    return value


def _languages(about: Section) -> tuple[str, ...]:
    languages = about.strings("languages")
    missing = [language for language in LANGUAGES if language not in languages]
    if missing:
        raise ProfileError(f"{about.where}: languages lacks {', '.join(missing)}; the pages exist in all of them.")
    return languages


def _contact(section: Section) -> Contact:
    section.only(*Contact.__slots__)
    return Contact(
        name=section.text("name"),
        phone=section.string("phone"),
        email=section.string("email"),
        hours=section.text("hours"),
        web=section.string("web") if section.has("web") else "",
        street_address=section.text("street_address") if section.has("street_address") else None,
        postal_address=section.text("postal_address") if section.has("postal_address") else None,
    )


def _bodies(whole: Section) -> tuple[Body, ...]:
    found: list[Body] = []
    for kind in ("boards", "courts"):
        for name, section in whole.sections(kind):
            if any(body.id == name for body in found):
                raise ProfileError(f"{section.where}: {name} is both a board and a court. Give them different names.")
            found.append(Body(name, section.only("name").text("name"), kind == "courts"))
    return tuple(found)


def _theme(section: Section) -> Theme:
    section.only(*Theme.__slots__)
    for key in ("brand", "accent"):
        if not re.fullmatch(r"#[0-9a-f]{6}", section.string(key)):
            raise ProfileError(f'{section.where}: {key} must be a colour such as "#0000bf".')
    logo = section.string("logo") if section.has("logo") else ""
    return Theme(section.string("brand"), section.string("accent"), section.string("koros"), logo)


def _payments(section: Section) -> Payments:
    section.only("release", "second_approval_above")
    release = section.string("release") if section.has("release") else "official"
    if release not in ("official", "automatic"):
        raise ProfileError(f'{section.where}: release is "official" or "automatic", not "{release}".')
    above = section.number("second_approval_above") * 100 if section.has("second_approval_above") else None
    return Payments("automatic" if release == "automatic" else "official", above)


def _appeals(file: Section, bodies: dict[str, Body]) -> tuple[Appeal, ...]:
    file.only("service_rules", "appeal")
    rules = {
        name: ServiceRule(name, section.number("days"), section.text("text"), section.string("cite"))
        for name, section in (
            (name, each.only("days", "text", "cite")) for name, each in file.sections("service_rules")
        )
    }
    rows = tuple(_appeal(row, bodies, rules) for row in file.rows("appeal"))
    for number, row in enumerate(rows):
        for other in rows[:number]:
            both = set(row.decisions) & set(other.decisions)
            if both and row.period.overlap(other.period):
                raise ProfileError(
                    f"{file.where}: two rows say how {', '.join(sorted(both))} is appealed from {row.period.start}. "
                    "End the earlier one with until."
                )
    return rows


_APPEAL_KEYS = (
    "decisions", "from", "until", "remedy", "act", "body", "not_decided", "ask", "days", "service_rules", "published",
    "text",
)  # fmt: skip


def _appeal(row: Section, bodies: dict[str, Body], rules: dict[str, ServiceRule]) -> Appeal:
    row.only(*_APPEAL_KEYS)
    start, end = row.day("from"), row.day("until") if row.has("until") else None
    if end is not None and end < start:
        raise ProfileError(f"{row.where}: until ({end}) is before from ({start}).")
    open_question = row.yes_or_no("not_decided")
    if open_question == row.has("body"):
        raise ProfileError(f"{row.where}: write body = …, or not_decided = true and ask = {{ fi, sv, en }}.")
    return Appeal(
        decisions=row.strings("decisions"),
        period=Period(start, end),
        remedy=_remedy(row),
        act=row.text("act"),
        body=None if open_question else _one_of(row, "body", row.string("body"), bodies),
        ask=row.text("ask") if open_question else None,
        days=row.number("days"),
        service_rules=tuple(_one_of(row, "service_rules", name, rules) for name in row.strings("service_rules")),
        published=row.yes_or_no("published"),
        text=row.text("text"),
    )


def _remedy(row: Section) -> Remedy:
    written = row.string("remedy")
    for remedy in REMEDIES:
        if remedy == written:
            return remedy
    raise ProfileError(f"{row.where}: remedy {written} is not known. Write one of {', '.join(REMEDIES)}.")


def _one_of(row: Section, key: str, name: str, known_ones: dict[str, Found]) -> Found:
    if name not in known_ones:
        raise ProfileError(f"{row.where}: {key} names {name}, which the profile lacks.{near_names(name, known_ones)}")
    return known_ones[name]
