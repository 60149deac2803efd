# SPDX-License-Identifier: EUPL-1.2
"""The employer's taxes as the register tells them: asked outside transactions, told in words as a machine's mark."""

from collections.abc import Iterator
from typing import Final

from django.core.cache import cache

from ennakko.kernel.organisations import ports
from ennakko.kernel.organisations.ports import TaxStanding
from ennakko.kernel.ready import Given, Ready
from ennakko.services.hiring_benefit.models import Application, TaxCheck
from ennakko.values.dates import format_date
from ennakko.values.texts import LANGUAGES, Text, text

KEPT_SECONDS: Final = 3600
NO_DEBT = text(
    fi="Ei verovelkaa verovelkarekisterissä {day}", sv="Ingen skatteskuld i skatteskuldregistret {day}",
    en="No tax debt in the tax debt register on {day}",
)  # fmt: skip
DEBT = text(
    fi="Verovelkarekisterissä on velka {day}", sv="Det finns en skuld i skatteskuldregistret {day}",
    en="There is a debt in the tax debt register on {day}",
)  # fmt: skip
PLAN = text(
    fi="Verovelasta on maksujärjestely {day}: arvioi, estääkö se lisän",
    sv="Det finns en betalningsuppgörelse om skatteskulden {day}: bedöm om den är ett hinder",
    en="There is a payment plan for the tax debt on {day}: judge whether it is an obstacle",
)
SILENT = text(
    fi="Verovelkarekisteri ei ole vastannut. Sitä kysytään itsestään uudelleen.",
    sv="Skatteskuldregistret har inte svarat. Det tillfrågas på nytt av sig själv.",
    en="The tax debt register has not answered. It is asked again by itself.",
)
BEFORE_PAYMENT = text(
    fi="{standing}. Pidätä erä, tai kirjoita perustelu, miksi se maksetaan.",
    sv="{standing}. Innehåll raten, eller skriv varför den betalas.",
    en="{standing}. Put the instalment on hold, or write why it is paid.",
)
SINCE_PROPOSED = text(
    fi="{standing}. Sitä ei tiedetty, kun lisää esitettiin: palauta hakemus käsittelyyn.",
    sv="{standing}. Det var inte känt när tillägget föreslogs: återför ansökan till handläggningen.",
    en="{standing}. This was not known when the benefit was proposed: send the application back to the handler.",
)


def in_use() -> bool:
    """Whether this deployment has the register at all; where it has not, a person looks, as the terms say."""
    return not isinstance(ports.tax_debts(), ports.NotWired)


def ask(business_id: str) -> TaxStanding | None:
    """What the register says now, or has said within the hour; None when it does not answer. Never in a transaction."""
    key = f"hiring-benefit:taxes:{business_id}"
    known: TaxStanding | None = cache.get(key)
    if known is not None:
        return known
    try:
        found = ports.tax_debts().standing(business_id)
    except ports.Unavailable:
        return None
    cache.set(key, found, KEPT_SECONDS)
    return found


_checks: Ready[TaxCheck] = Ready(
    lambda: TaxCheck.objects.filter(application=Given("application")).order_by("asked_at", "pk")
)


def latest(application: Application) -> TaxCheck | None:
    """The newest check of an application; one that was answered counts before one that waits."""
    rows = _checks.all(application=application.pk)
    return next((one for one in reversed(rows) if one.debt is not None), rows[-1] if rows else None)


def standing_of(check: TaxCheck) -> tuple[bool | None, Text]:
    """Whether the taxes are in order (None: a person says), and in words."""
    if check.debt is None or check.checked_on is None:
        return None, SILENT
    days = text(**{each: format_date(check.checked_on, each) for each in LANGUAGES})
    if not check.debt:
        return True, NO_DEBT.format(day=days)
    return (None, PLAN.format(day=days)) if check.payment_plan else (False, DEBT.format(day=days))


def lines(application: Application) -> Iterator[tuple[bool | None, Text]]:
    """The machine's line of the employer's taxes; none for an application of which nobody has asked."""
    check = latest(application)
    if check is not None:
        yield standing_of(check)
