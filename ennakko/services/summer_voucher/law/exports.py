# SPDX-License-Identifier: EUPL-1.2
"""The columns of the lists that the city's finance and reporting read, in order (act 23 §).

A robot reads the payment list by the order of its columns: a column is never moved nor renamed, only added at the end.
The headings are Finnish whatever the reader's language, as the lists are files of the city's own systems.
"""

from __future__ import annotations

from datetime import date
from typing import Final

CONTRACT_COLUMNS: Final = tuple(f"Liite: Työsopimus {number}" for number in range(1, 6))
PAYSLIP_COLUMNS: Final = tuple(f"Liite: Palkkalaskelma {number}" for number in range(1, 6))
FOREIGN_ACCOUNT_COLUMNS: Final = (
    "Maksunsaajan nimi",
    "Maksunsaajan osoite",
    "Pankin SWIFT / BIC koodi",
    "Pankin nimi",
    "Pankin käyntiosoite",
)
NON_DISCLOSURE_COLUMN: Final = "VTJ-tietojen luovutuskielto (ts. turvakielto)"
GROUP_COLUMN: Final = "Erikoistapaus (esim yhdeksäsluokkalainen)"
CALCULATION_COLUMN: Final = "Erikoistapauksen laskentatila"

PAYMENT_COLUMNS: Final[tuple[str, ...]] = (
    "Järjestys",
    "Saatu pvm",
    "Hakemuksen kieli",
    "Setelin numero",
    GROUP_COLUMN,
    "",
    "Nuoren nimi",
    "",
    "Työnantaja",
    "Y-tunnus",
    "Työnantajan lähiosoite",
    "Työnantajan postinumero",
    "Työnantajan kunta",
    "",
    *CONTRACT_COLUMNS,
    *PAYSLIP_COLUMNS,
    "Tilinumero",
    "Summa (€)",
    "Tarkastaja etunimi",
    "Tarkastaja sukunimi",
    "Hyväksyjä etunimi",
    "Hyväksyjä sukunimi",
)
"""The payment list of 30 columns; the empty ones are there, with no heading."""

PAYMENT_COLUMNS_2026: Final[tuple[str, ...]] = (
    *PAYMENT_COLUMNS,
    NON_DISCLOSURE_COLUMN,
    *FOREIGN_ACCOUNT_COLUMNS,
    CALCULATION_COLUMN,
)
"""The payment list of 37 columns, with foreign accounts: the seven of 2026 stand at the end."""

REPORTING_COLUMNS: Final[tuple[str, ...]] = (
    "Järjestys",
    "Saatu pvm",
    "Hakemuksen kieli",
    "Setelin numero",
    GROUP_COLUMN,
    "",
    "Nuoren nimi",
    "Henkilötunnus",
    "Koulu",
    "Kotipostinumero",
    "Puhelin",
    "Kotikaupunki",
    NON_DISCLOSURE_COLUMN,
    "",
    "Työnantaja muoto",
    "Työnantaja",
    "Työnantajan lähiosoite",
    "Työnantajan postinumero",
    "Työnantajan kunta",
    "Yhdyshenkilön sähköposti",
    "Yhdyshenkilön Puhelin",
    "Laskuttajan sähköposti",
    "Laskuttajan Puhelin",
    "Yrityksen toimiala",
    "",
    "Työn suorituspaikan postinumero",
    "Työsuhteen aloituspäivämäärä",
    "Työsuhteen päättymispäivämäärä",
    "Työtunnit",
    "Maksettu palkka (€)",
    "Muut edut",
    "Työtehtävät",
    "Olisitko palkannut?",
    "Työnantajan kokemus",
    "Muuta",
    *FOREIGN_ACCOUNT_COLUMNS,
    CALCULATION_COLUMN,
)
"""The report of 41 columns; benefits, experience and "other" have no source any more and stay empty."""

YOUTH_COLUMNS: Final[tuple[str, ...]] = (
    "Hakupvm",
    "Tunniste",
    "Hakemuksen tila",
    "Hakuvuosi",
    "Kesäsetelinro",
    "Erikoistapaus",
    "Syntymävuosi",
    "Syntymäpvm",
    "Etunimi",
    "Sukunimi",
    "VTJ-sukunimi",
    "Koulu",
    "Listaamaton koulu?",
    "Sähköposti",
    "Puhelinnro",
    "Postinro",
    "VTJ-kotikunta",
    "Lisätietosyyt",
    "Lisätiedot",
    "Kieli",
    "Vahvistettu",
    "Lisätiedot annettu",
    "Käsitelty",
    CALCULATION_COLUMN,
)
"""The list of the young's applications, 24 columns; only confirmed applications stand in it."""

SHEET: Final = "Setelit"
ORDER: Final = ("submitted_at", "created_at", "id")
"""How the rows stand: by arrival, and never by chance. The first column numbers them from 1."""

RECEIVED_FORMAT: Final = "dd/mm/yyyy"
WORK_DAY_FORMAT: Final = "dd.mm.yyyy"
RECEIVED_COLUMNS: Final = frozenset({"Saatu pvm"})
WORK_DAY_COLUMNS: Final = frozenset({"Työsuhteen aloituspäivämäärä", "Työsuhteen päättymispäivämäärä"})

UNHANDLED, ANNUAL, ANNUAL_PREVIOUS = "unhandled", "annual", "annual-previous"
KINDS: Final = (UNHANDLED, ANNUAL, ANNUAL_PREVIOUS)
"""What stands in a list: what was not exported yet; a year; the year before. Only the first marks what it exported."""

COLUMN_SETS: Final = {"talpa": PAYMENT_COLUMNS, "reporting": REPORTING_COLUMNS}

GIVEN, CALCULATED, UNSETTLED = "annettu", "laskettu", "selvittämätön"
"""How the age group of a row is known: told by the youth; worked out from the age; not settled."""

GROUP_NAMES: Final = {
    "hki_15": "8. luokkalainen",
    "primary_target_group": "9. luokkalainen",
    "secondary_target_group": "Toisen asteen ensimmäisen vuoden opiskelija",
    "hki_18": "Toisen asteen toisen vuoden opiskelija",
}
"""The age groups by the names that the lists use."""


def written_day(day: date, column: str) -> str:
    """A day as a column writes it: received 01/02/2021, days of work 01.02.2021."""
    return f"{day:%d/%m/%Y}" if column in RECEIVED_COLUMNS else f"{day:%d.%m.%Y}"


def file_name(moment: str) -> str:
    """The name of a payment list made at a moment written as 2026-08-18_09-30-00."""
    return f"talpa-kesasetelihakemukset_{moment}.xlsx"


def group_and_calculation(
    *, declared: str, age: int | None, gave_age_as_reason: bool, groups: dict[str, int]
) -> tuple[str, str]:
    """The age group's name and how it is known; ("", "selvittämätön") where it is not (act 23 § 3).

    `groups`: group → the age that its members reach during the year. `age` None: the birth date is not known.
    """
    if declared:
        return GROUP_NAMES.get(declared, declared), GIVEN
    of_age = next((group for group, reached in groups.items() if reached == age), None)
    if gave_age_as_reason or of_age is None:
        return "", UNSETTLED
    return GROUP_NAMES[of_age], CALCULATED
