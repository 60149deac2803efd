# SPDX-License-Identifier: EUPL-1.2
"""What an employer is told of a condition that does not hold or is not known: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ennakko.values.texts import Text, text

FAILS: Final[Mapping[str, Text]] = {
    "r1_voucher": text(
        fi="Tällä numerolla ja nimellä ei löydy seteliä. Tarkista setelin numero ja nuoren sukunimi.",
        sv="Ingen sedel hittas med numret och namnet. Kontrollera sedelns nummer och den ungas efternamn.",
        en="No voucher is found with this number and name. Check the voucher's number and the youth's surname.",
    ),
    "r2_unused": text(
        fi="Seteli ei ole enää käytettävissä. Pyydä nuorelta hänen voimassa oleva numeronsa.",
        sv="Sedeln kan inte längre användas. Be den unga om det nummer som gäller.",
        en="The voucher can no longer be used. Ask the youth for the number that is valid.",
    ),
    "r2_used": text(
        fi="Seteli on jo käytetty hakemuksessa {used_by}. Tarkista setelin numero.",
        sv="Sedeln har redan använts i ansökan {used_by}. Kontrollera sedelns nummer.",
        en="The voucher has already been used in the claim {used_by}. Check the voucher's number.",
    ),
    "r2_used_up": text(
        fi="Seteli on jo käytetty. Kysy nuorelta, onko numero oikea. Jos on, pyydä häntä ottamaan yhteyttä meihin.",
        sv="Sedeln har redan använts. Fråga den unga om numret är rätt. Är det rätt, be hen kontakta oss.",
        en="The voucher has already been used. Ask the youth if the number is right. If so, ask them to contact us.",
    ),
    "r2_season": text(
        fi="Seteli on vuodelta {voucher_year}. Sen hakuaika päättyi {deadline}, joten siitä ei makseta enää.",
        sv="Sedeln är från år {voucher_year}. Ansökningstiden gick ut {deadline}, så den betalas inte längre.",
        en="The voucher is from {voucher_year}. Its claims closed on {deadline}, so it is no longer paid.",
    ),
    "r3_employer": text(
        fi="Seteliä ei makseta kunnalle, valtiolle eikä yksityishenkilölle.",
        sv="Sedeln betalas inte till kommuner, staten eller privatpersoner.",
        en="The voucher is not paid to municipalities, state bodies or private persons.",
    ),
    "r4_period": text(
        fi="Työ pitää tehdä {season_start}–{season_end}. Tarkista alkamis- ja päättymispäivä.",
        sv="Arbetet ska utföras {season_start}–{season_end}. Kontrollera datumen.",
        en="The work must be done between {season_start} and {season_end}. Check the dates.",
    ),
    "r4_order": text(
        fi="Työ päättyy ennen kuin se alkaa. Tarkista alkamis- ja päättymispäivä.",
        sv="Arbetet upphör innan det börjar. Kontrollera datumen.",
        en="The work ends before it begins. Check the dates.",
    ),
    "r5_hours": text(
        fi="Tunteja on {hours}, ja setelin ehto on vähintään {least_hours}. Tarkista tunnit.",
        sv="Timmarna är {hours}, och sedelns villkor är minst {least_hours}. Kontrollera timmarna.",
        en="There are {hours} hours, and the voucher needs at least {least_hours}. Check the hours.",
    ),
    "r6_weekly": text(
        fi="Työtä on keskimäärin alle {least_a_week} tuntia viikossa. Käsittelijä katsoo, oliko työ jaksoissa.",
        sv="Arbetstiden är i snitt under {least_a_week} timmar per vecka. En handläggare ser om arbetet var uppdelat.",
        en="The work is under {least_a_week} hours a week on average. A handler looks if it was in several periods.",
    ),
    "r7_pay": text(
        fi="Näistä tunneista pitää maksaa vähintään {needed}. Tarkista palkka.",
        sv="För timmarna ska minst {needed} betalas. Kontrollera lönen.",
        en="For these hours at least {needed} must be paid. Check the pay.",
    ),
    "r8_lawful": text(
        fi="Työaika näyttää ylittävän nuoren iän mukaiset rajat. Käsittelijä katsoo työsopimuksen.",
        sv="Arbetstiden ser ut att överskrida gränserna för den ungas ålder. En handläggare ser på arbetsavtalet.",
        en="The working time seems to pass the limits of the youth's age. A handler looks at the contract.",
    ),
    "r9_deadline": text(
        fi="Hakuaika päättyi {deadline}. Hakemus saapui {claimed_on}, joten sitä ei voi hyväksyä.",
        sv="Ansökningstiden gick ut {deadline}. Ansökan kom in {claimed_on} och kan inte godkännas.",
        en="Claims closed on {deadline}. This one arrived on {claimed_on} and cannot be accepted.",
    ),
    "r10_taxes": text(
        fi="Verovelkarekisterissä on merkintä velasta. Käsittelijä selvittää, onko maksujärjestelyä.",
        sv="I skatteskuldregistret finns en anteckning om skuld. En handläggare utreder om det finns en plan.",
        en="The Tax Debt Register has an entry of debt. A handler finds out whether there is a payment arrangement.",
    ),
    "r11_proof": text(
        fi="Lisää työsopimus ja palkkalaskelma.",
        sv="Bifoga arbetsavtalet och lönespecifikationen.",
        en="Attach the employment contract and the payslip.",
    ),
    "r12_room": text(
        fi="Setelien raja tai vuoden määräraha on täynnä. Hakemus jää jonoon, ja käsittelijä ottaa yhteyttä.",
        sv="Gränsen för sedlar eller årets anslag är fullt. Ansökan står i kö, och en handläggare tar kontakt.",
        en="The limit of vouchers or the year's budget is full. The claim stays in a queue; a handler is in touch.",
    ),
    "r13_account": text(
        fi="Tarkista tilinumero. Ulkomaisesta tilistä tarvitaan myös saajan ja pankin tiedot.",
        sv="Kontrollera kontonumret. För ett utländskt konto behövs också uppgifter om mottagare och bank.",
        en="Check the account number. A foreign account also needs the details of the payee and the bank.",
    ),
    "r14_apart": text(
        fi="Käsittelijä katsoo hakemuksen, koska nuori edustaa työnantajaa tai tili on toisellakin työnantajalla.",
        sv="En handläggare ser på ansökan, eftersom den unga företräder arbetsgivaren eller kontot delas med en annan.",
        en="A handler looks at the claim, as the youth represents the employer or another employer has the account.",
    ),
}
"""By condition, what is said when it does not hold; the blanks are facts and figures of the rule."""

REFUSED: Final[Mapping[str, Text]] = {
    "r1_voucher": text(
        fi="Hakemuksessa annetulla numerolla ja sukunimellä ei löydy seteliä.",
        sv="Ingen sedel hittas med det nummer och det efternamn som uppgavs i ansökan.",
        en="No voucher is found with the number and the surname given in the claim.",
    ),
    "r2_unused": text(
        fi="Seteli ei ollut enää käytettävissä.",
        sv="Sedeln kunde inte längre användas.",
        en="The voucher could no longer be used.",
    ),
    "r2_used": text(
        fi="Seteli on jo käytetty hakemuksessa {used_by}.",
        sv="Sedeln har redan använts i ansökan {used_by}.",
        en="The voucher has already been used in the claim {used_by}.",
    ),
    "r2_used_up": text(
        fi="Seteli on jo käytetty.", sv="Sedeln har redan använts.", en="The voucher has already been used."
    ),
    "r4_period": text(
        fi="Työtä ei ole tehty setelin aikana {season_start}–{season_end}.",
        sv="Arbetet har inte utförts under sedelns tid {season_start}–{season_end}.",
        en="The work was not done in the voucher's time, between {season_start} and {season_end}.",
    ),
    "r4_order": text(
        fi="Työn ilmoitettu päättymispäivä on ennen alkamispäivää.",
        sv="Arbetets uppgivna slutdag är före dess första dag.",
        en="The last day given for the work is before its first day.",
    ),
    "r5_hours": text(
        fi="Tunteja on {hours}, ja setelin ehto on vähintään {least_hours}.",
        sv="Timmarna är {hours}, och sedelns villkor är minst {least_hours}.",
        en="There are {hours} hours, and the voucher needs at least {least_hours}.",
    ),
    "r7_pay": text(
        fi="Maksettu palkka on pienempi kuin setelin ehto, joka näistä tunneista on vähintään {needed}.",
        sv="Den betalda lönen är lägre än sedelns villkor, som för timmarna är minst {needed}.",
        en="The pay is lower than the voucher's condition, which for these hours is at least {needed}.",
    ),
}
"""The same as the reason of a refusal, once the employer has said that the claim is right: nothing is left to do."""

NOT_KNOWN: Final = text(
    fi="Tätä ei voitu tarkistaa vielä. Käsittelijä tarkistaa sen.",
    sv="Det här kunde inte kontrolleras ännu. En handläggare kontrollerar det.",
    en="This could not be checked yet. A handler checks it.",
)
WAITS: Final = text(
    fi="Tämä tarkistetaan, kun seteli on löytynyt.",
    sv="Det här kontrolleras när sedeln har hittats.",
    en="This is checked when the voucher has been found.",
)
NOT_TOLD: Final = text(
    fi="Tieto puuttuu. Täytä se.", sv="Uppgiften saknas. Fyll i den.", en="This is missing. Fill it in."
)
NOT_DECIDED: Final = text(
    fi="Vuoden {voucher_year} ehdoista ei ole päätöstä. Käsittelijä katsoo hakemuksen, kun ne on päätetty.",
    sv="Villkoren för {voucher_year} är inte beslutade. En handläggare ser på ansökan när de har beslutats.",
    en="The conditions of {voucher_year} are not decided. A handler looks at the claim when they are.",
)
