# SPDX-License-Identifier: EUPL-1.2
"""What the history of instalments and of notices of changes is told in."""

from ennakko.services.hiring_benefit.law.alterations_2026 import SUSPENSION, TERMINATION
from ennakko.services.hiring_benefit.states_money import ANNUL, ChangeVerb, InstalmentVerb
from ennakko.values.texts import Text, text

MONEY_EVENTS: dict[str, Text] = {
    InstalmentVerb.REQUEST: text(
        fi="Palkkalaskelma pyydettiin", sv="Lönespecifikationen begärdes", en="The payslip was asked for"
    ),
    InstalmentVerb.RESPOND: text(
        fi="Työnantaja toimitti palkkalaskelman", sv="Arbetsgivaren lämnade lönespecifikationen",
        en="The employer gave the payslip",
    ),
    InstalmentVerb.ACCEPT: text(
        fi="Maksuerä hyväksyttiin maksuun", sv="Raten godkändes för betalning", en="The instalment was accepted"
    ),
    InstalmentVerb.HOLD: text(fi="Maksuerä pidätettiin", sv="Raten innehölls", en="The instalment was put on hold"),
    InstalmentVerb.WAIT: text(
        fi="Maksuerä palautettiin odottamaan", sv="Raten fördes tillbaka till väntan",
        en="The instalment was put back to wait",
    ),
    InstalmentVerb.CANCEL: text(fi="Maksuerä peruttiin", sv="Raten återkallades", en="The instalment was cancelled"),
    InstalmentVerb.FAIL: text(
        fi="Maksu palautui pankista", sv="Betalningen returnerades", en="The bank returned the payment"
    ),
    InstalmentVerb.PAID: text(fi="Maksuerä maksettiin", sv="Raten betalades", en="The instalment was paid"),
    InstalmentVerb.COMPLETE: text(fi="Maksuerä on valmis", sv="Raten är avslutad", en="The instalment is complete"),
    "move_instalment": text(
        fi="Maksuerän päivää aikaistettiin", sv="Ratens dag tidigarelades", en="The instalment was moved earlier"
    ),
    "change_told": text(
        fi="Työsuhteen muutoksesta ilmoitettiin", sv="En ändring i anställningen anmäldes",
        en="A change in the employment was told",
    ),
    "change_handled": text(
        fi="Muutosilmoitus käsiteltiin", sv="Anmälan om ändring behandlades", en="The notice of a change was handled"
    ),
    "deduction_annulled": text(
        fi="Maksuerän vähennys peruttiin", sv="Avdraget från raten annullerades",
        en="The deduction from the instalment was annulled",
    ),
}  # fmt: skip
"""Verbs in the history of an application's case."""

CHANGE_EVENTS: dict[str, Text] = {
    "open": text(fi="Ilmoitus saapui", sv="Anmälan kom in", en="The notice arrived"),
    "correct_change": text(fi="Ilmoitusta korjattiin", sv="Anmälan korrigerades", en="The notice was corrected"),
    ChangeVerb.OPEN: text(fi="Otettiin käsittelyyn", sv="Togs till handläggning", en="Taken into handling"),
    ChangeVerb.PROPOSE: text(
        fi="Ratkaisua esitettiin", sv="Ett avgörande föreslogs", en="An outcome was proposed"
    ),
    ChangeVerb.RETURN: text(
        fi="Päättäjä palautti käsittelyyn", sv="Beslutsfattaren återförde ärendet", en="Sent back by the decision maker"
    ),
    ChangeVerb.RECOVER: text(
        fi="Päätettiin periä takaisin", sv="Beslut om återkrav fattades", en="It was decided to recover"
    ),
    ChangeVerb.LEAVE: text(
        fi="Päätettiin olla perimättä", sv="Beslut: inget återkrävs", en="It was decided not to recover"
    ),
    ChangeVerb.CANCEL: text(fi="Ilmoitus peruttiin", sv="Anmälan annullerades", en="The notice was cancelled"),
    ChangeVerb.TAKE_BACK: text(
        fi="Työnantaja perui ilmoituksen", sv="Arbetsgivaren återtog anmälan", en="The employer took the notice back"
    ),
    ANNUL: text(
        fi="Takaisinperintä kumottiin", sv="Återkravet upphävdes", en="The recovery was annulled"
    ),
    "assign": text(fi="Käsittelijä vaihtui", sv="Handläggaren byttes", en="The handler changed"),
    "give_back": text(fi="Palautettiin jonoon", sv="Återfördes till kön", en="Put back in the queue"),
}  # fmt: skip
"""Verbs in the history of a notice's own case."""

KIND_WORDS: dict[str, Text] = {
    TERMINATION: text(fi="Työ päättyi", sv="Arbetet upphörde", en="The work ended"),
    SUSPENSION: text(fi="Työ keskeytyi", sv="Arbetet avbröts", en="The work was broken off"),
}
