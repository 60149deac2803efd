# SPDX-License-Identifier: EUPL-1.2
"""What was read for the decision on a claim, as its letter tells it: what, what it said, from which register."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from ennakko import facts as known_facts
from ennakko.facts import sources
from ennakko.facts.organisation_kinds import KIND_NAMES
from ennakko.kernel.cases import ReadFact
from ennakko.kernel.cases.letter_words import YES_NO
from ennakko.kernel.cases.models import Decision
from ennakko.values.dates import format_date
from ennakko.values.money import format_money
from ennakko.values.texts import LANGUAGES, Text, text

HUNDREDTHS: Final = 100
READ: Final = (
    "work_start", "work_end", "hours", "pay_cents", "wages_confirmed", "voucher_year", "employer_kind", "tax_debt",
    "payment_plan",
)  # fmt: skip
REGISTER: Final[Mapping[str, str]] = {"employer_kind": "business-register", "wages_confirmed": "incomes-register"}
"""Facts that our own service worked out from what a register said: the register is named."""
NUMBER: Final = text(fi="setelin numero", sv="sedelns nummer", en="number of the voucher")
HOURS = text(fi="työtunnit", sv="arbetstimmar", en="hours of work")


def read_of(decision: Decision) -> tuple[ReadFact, ...]:
    """What the employer told and the registers said; what nobody knew is left out."""
    stored: Mapping[str, Any] = decision.facts.get("facts") or {}
    taxes_on = decision.facts.get("taxes_on")
    found = []
    if number := decision.case.data.get("number"):
        # Which of the employer's vouchers this is, without a name.
        found.append(ReadFact(NUMBER, _same(number), sources.EMPLOYER.title))
    for name in READ:
        value = stored.get(name)
        if value is None or (name == "payment_plan" and not stored.get("tax_debt")):
            continue
        fact = known_facts.get(name)
        as_of = date.fromisoformat(taxes_on) if taxes_on and name in ("tax_debt", "payment_plan") else None
        label = HOURS if name == "hours" else fact.label
        source = sources.get(REGISTER.get(name, fact.source)).title
        field = "free-text income" if name == "pay_cents" else "free-text"
        found.append(ReadFact(label, said_of(name, value), source, as_of, field))
    return tuple(found)


def said_of(name: str, value: Any) -> Text:
    """A stored fact as it is read."""
    if isinstance(value, bool):
        return YES_NO[value]
    if name == "employer_kind":
        return KIND_NAMES.get(value) or _same(value)
    if name == "pay_cents":
        return text(**{language: format_money(int(value), language) for language in LANGUAGES})
    if name in ("work_start", "work_end"):
        day = date.fromisoformat(value)
        return text(**{language: format_date(day, language) for language in LANGUAGES})
    if name == "hours":
        whole, part = divmod(int(value), HUNDREDTHS)
        decimals = f"{part:02d}".rstrip("0")
        points = {language: "." if language == "en" else "," for language in LANGUAGES}
        return text(**{each: f"{whole}{points[each]}{decimals}" if decimals else str(whole) for each in LANGUAGES})
    return _same(value)


def _same(value: Any) -> Text:
    return text(fi=str(value), sv=str(value), en=str(value))
