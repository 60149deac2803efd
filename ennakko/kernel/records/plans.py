# SPDX-License-Identifier: EUPL-1.2
"""The records plan of each kind of case: its class, publicity and retention (Act 906/2019 ch. 6).

The register of matters: Information Management Act 906/2019 25–26 §. How long: its 21 §. What is archived: Archives
Act 831/1994 8 §, by the National Archives' decision.
"""

from dataclasses import dataclass
from typing import Literal

from ennakko.values.texts import Text, text

Publicity = Literal["public", "partly-secret", "secret"]
PUBLICITY: dict[str, Text] = {
    "public": text(fi="julkinen", sv="offentlig", en="public"),
    "partly-secret": text(
        fi="osittain salassa pidettävä", sv="delvis sekretessbelagd", en="partly secret"
    ),
    "secret": text(fi="salassa pidettävä", sv="sekretessbelagd", en="secret"),
}  # fmt: skip


class PlanError(ValueError):
    """A records plan cannot be used; the message says what to write."""


@dataclass(frozen=True, slots=True)
class RecordsPlan:
    """How the matters of one kind of case are kept.

    `task_class` is a code of the municipal task classification; `title` what the register calls such a matter, to be
    read by anybody. `secrecy_ground` names act, section and point, and is needed unless all is public. Days are counted
    from the closing of the matter. `archive`: kept for good; destroyed here only once it is transferred.
    `attachments_days`: when what was sent in goes, if earlier than the matter. `party_public`: the register names the
    organisation that a matter is about to anybody. `secrecy_years`: how long what is secret stays so (621/1999 31 §:
    25 years, for private life 50 from death, or 100).
    """

    case_kind: str
    task_class: str
    title: Text
    publicity: Publicity
    secrecy_ground: Text | None
    retention_days: int
    archive: bool = False
    attachments_days: int | None = None
    party_public: bool = False
    secrecy_years: int = 25

    def __post_init__(self) -> None:
        if self.publicity not in PUBLICITY:
            raise PlanError(f"{self.case_kind}: publicity is one of {', '.join(PUBLICITY)}, not {self.publicity!r}.")
        if (self.publicity == "public") != (self.secrecy_ground is None):
            raise PlanError(
                f"{self.case_kind}: name the secrecy_ground (act, section, point) of what is {self.publicity}, "
                "and none of what is public."
            )
        if not self.task_class.replace(" ", "").isdigit():
            raise PlanError(f"{self.case_kind}: task_class is digits in pairs, as 14 02; not {self.task_class!r}.")
        if self.retention_days < 1:
            raise PlanError(f"{self.case_kind}: it is kept for {self.retention_days} days; give at least one.")
        if self.attachments_days is not None and not 1 <= self.attachments_days <= self.retention_days:
            raise PlanError(f"{self.case_kind}: attachments_days is from one to retention_days, or left out.")


_plans: dict[tuple[str, str], RecordsPlan] = {}


def register_plans(service: str, *plans: RecordsPlan) -> None:
    """Start-up tells how a service's matters are kept; the same kind of case twice, differently, is an error."""
    for plan in plans:
        if _plans.setdefault((service, plan.case_kind), plan) != plan:
            raise PlanError(f"{service}: the records plan of {plan.case_kind} is given twice, differently.")


def plan_of(service: str, kind: str) -> RecordsPlan | None:
    """The plan of a service's kind of case; None where none is registered (a manifest without it is refused)."""
    return _plans.get((service, kind))


def plans() -> dict[tuple[str, str], RecordsPlan]:
    """Every plan, by service and kind of case."""
    return dict(_plans)


OWN_PLAN = RecordsPlan(
    "information-request",
    "07",
    text(fi="Tietopyyntö", sv="Begäran om information", en="Request for information"),
    "public",
    None,
    5 * 365,
)
"""Requests for information are matters too; the register names nobody who asked. Five years is our reading."""
