# SPDX-License-Identifier: EUPL-1.2
"""The sentences of the fee's trace."""

from typing import Final

from ennakko.values.texts import text

TITLE: Final = text(fi="Varhaiskasvatuksen maksu", sv="Avgiften för småbarnspedagogik", en="The fee of early education")
BASE: Final = text(
    fi="Nuorimman lapsen kokoaikainen maksu on osuus tulorajan ylittävistä tuloista, enintään enimmäismaksu.",
    sv="Det yngsta barnets heltidsavgift är en andel av inkomsterna över gränsen, högst den högsta avgiften.",
    en="The youngest child's full-time fee is a share of the income above the limit, at most the highest fee.",
)
UNTOLD: Final = text(
    fi="Kaikkia tuloja ei ole ilmoitettu: maksu on enimmäismaksu.",
    sv="Alla inkomster är inte uppgivna: avgiften är den högsta avgiften.",
    en="Not all incomes are told: the fee is the highest fee.",
)
ALL_TOLD: Final = text(
    fi="Tulot on ilmoitettu: maksu lasketaan niistä.",
    sv="Inkomsterna är uppgivna: avgiften räknas ut av dem.",
    en="The incomes are told: the fee is calculated from them.",
)
OPEN: Final = text(
    fi="Tulorajoja ei ole vahvistettu tälle päivälle: maksua ei voi laskea.",
    sv="Inkomstgränserna är inte fastställda för denna dag: avgiften kan inte räknas ut.",
    en="The income limits are not decided for this day: the fee cannot be calculated.",
)
CHILD: Final = text(
    fi="Lapsen maksu sisarusjärjestyksen ja palvelun tarpeen mukaan; pienintä maksua pienempää ei peritä.",
    sv="Barnets avgift enligt syskonordningen och behovet av service; en mindre avgift än den minsta tas inte ut.",
    en="The child's fee by the order of siblings and the need of service; less than the lowest fee is not collected.",
)
OPTION: Final = text(
    fi="Palvelulla on oma maksunsa.", sv="Servicen har en egen avgift.", en="The service has a fee of its own."
)
ALTERED: Final = text(
    fi="Alennukset, huojennukset ja korotukset on laskettu järjestyksessä.",
    sv="Nedsättningar, lättnader och höjningar har räknats i ordning.",
    en="Discounts, reliefs and increases are applied in order.",
)
VOUCHER: Final = text(
    fi="Palvelusetelin arvo palvelun ja tuen tarpeen mukaan.",
    sv="Servicesedelns värde enligt behovet av service och stöd.",
    en="The value of the voucher by the need of service and support.",
)
