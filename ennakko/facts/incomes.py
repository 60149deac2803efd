# SPDX-License-Identifier: Apache-2.0
"""What the Incomes Register knows of a person's income (Act 53/2018); amounts in cents."""

from ennakko.rules.facts_api import fact
from ennakko.values.texts import text

_SOURCE = "incomes-register"

income_month = fact(
    "income_month", "money", unknown=True, sensitivity="special", source=_SOURCE,
    label=text(fi="tulot kuukaudessa", sv="inkomster per månad", en="income of a month"),
    ask=text(
        fi="Paljonko tulosi ovat kuukaudessa?",
        sv="Hur stora är dina inkomster per månad?",
        en="How much is your income a month?",
    ),
)  # fmt: skip
income_year = fact(
    "income_year", "money", unknown=True, sensitivity="special", source=_SOURCE,
    label=text(fi="tulot vuodessa", sv="inkomster per år", en="income of a year"),
    ask=text(
        fi="Paljonko tulosi ovat vuodessa?",
        sv="Hur stora är dina inkomster per år?",
        en="How much is your income a year?",
    ),
)  # fmt: skip
