# SPDX-License-Identifier: EUPL-1.2
"""Why an instalment, a notice of a change or a recovery does not go on now, in words for whoever asked."""

from ennakko.services.hiring_benefit.states_money import INSTALMENT_NAMES
from ennakko.values.texts import Text, text

NOTHING_LEFT = text(
    fi="Maksuerästä ei ole takaisinperinnän jälkeen mitään maksettavaa. Peru erä.",
    sv="Efter återkravet finns inget att betala av raten. Återkalla raten.",
    en="After the recovery nothing of the instalment is left to pay. Cancel the instalment.",
)
ONLY_EARLIER = text(
    fi="Eräpäivää voi vain aikaistaa, eikä sitä voi siirtää menneisyyteen.",
    sv="Förfallodagen kan bara tidigareläggas, och inte till en dag som har gått.",
    en="The day can only be moved earlier, and not into the past.",
)
NOT_MOVED_NOW = text(
    fi="Tämän erän päivää ei voi enää siirtää.",
    sv="Dagen för den här raten kan inte längre flyttas.",
    en="The day of this instalment can no longer be moved.",
)
NEEDS_ASSURANCE = text(
    fi="Vahvista, että työsuhde jatkuu ja palkka on maksettu.",
    sv="Bekräfta att anställningen fortsätter och att lönen har betalats.",
    en="Confirm that the employment goes on and the pay has been paid.",
)
NEEDS_PAYSLIP = text(
    fi="Lisää palkkalaskelma viimeksi maksetusta palkasta.",
    sv="Bifoga lönespecifikationen över den senast betalda lönen.",
    en="Add the payslip of the latest pay.",
)
NOT_GRANTED = text(
    fi="Muutoksesta voi ilmoittaa, kun lisä on myönnetty.",
    sv="En ändring kan anmälas när tillägget har beviljats.",
    en="A change can be told once the benefit has been granted.",
)
NEEDS_JUSTIFICATION = text(
    fi="Kirjoita perustelu, miksi lisää ei peritä takaisin.",
    sv="Skriv varför tillägget inte återkrävs.",
    en="Write why the benefit is not recovered.",
)
SUM_TOO_LARGE = text(
    fi="Takaisin ei voi periä enempää kuin on myönnetty eikä jo peritty.",
    sv="Mer än det som har beviljats och inte redan återkrävts kan inte återkrävas.",
    en="No more can be recovered than was granted and is not recovered already.",
)
SUM_WRONG = text(
    fi="Kirjoita summa kokonaisina euroina, esimerkiksi 1500.",
    sv="Skriv summan i hela euro, till exempel 1500.",
    en="Write the sum in whole euros, for example 1500.",
)
DAYS_WRONG = text(
    fi="Takaisinperinnän päivien on oltava lisän jaksolla, ensimmäinen ennen viimeistä.",
    sv="Dagarna för återkravet måste ligga inom stödperioden, den första före den sista.",
    en="The days to recover must be within the benefit's period, the first before the last.",
)
DAYS_OVERLAP = text(
    fi="Päivät menevät päällekkäin toisen muutosilmoituksen kanssa ({days}).",
    sv="Dagarna överlappar en annan ändringsanmälan ({days}).",
    en="The days overlap with another notice ({days}).",
)
NO_DAYS = text(
    fi="Muutoksen väliin ei jää päiviä, joilta lisää voisi periä. Esitä, ettei peritä.",
    sv="Ändringen lämnar inga dagar att återkräva för. Föreslå att inget återkrävs.",
    en="The change leaves no days to recover for. Propose that nothing is recovered.",
)
BELOW_LIMIT = text(
    fi="Summa on enintään {above}, joten sitä ei peritä. Esitä, ettei peritä.",
    sv="Summan är högst {above} och återkrävs därför inte. Föreslå att inget återkrävs.",
    en="The sum is at most {above}, so it is not recovered. Propose that nothing is recovered.",
)
PAYMENT_UNDER_WAY = text(
    fi="Perittävä erä on juuri maksussa. Odota maksupalautetta ja päätä sitten.",
    sv="Raten som ska återkrävas betalas just nu. Vänta på betalningsbeskedet och besluta sedan.",
    en="The instalment to recover from is just being paid. Wait for the confirmation, then decide.",
)
ALREADY_INVOICED = text(
    fi="Takaisinperintä on jo laskutettu. Sitä ei voi enää perua täällä.",
    sv="Återkravet har redan fakturerats. Det kan inte längre annulleras här.",
    en="The recovery has been invoiced already. It can no longer be annulled here.",
)
SECOND_GONE = text(
    fi="Toinen erä on jo hyväksytty tai maksettu vähennettynä. Palauta se ensin odottamaan.",
    sv="Andra raten har redan godkänts eller betalats med avdraget. För först tillbaka den till väntan.",
    en="The second instalment has been accepted or paid with the deduction already. Put it back first.",
)
NOT_CHANGED_NOW = text(
    fi="Ilmoitusta ei voi enää muuttaa: sitä käsitellään jo. Kirjoita käsittelijälle.",
    sv="Anmälan kan inte längre ändras: den handläggs redan. Skriv till handläggaren.",
    en="The notice can no longer be changed: it is being handled. Write to the handler.",
)
NO_INDUSTRY = text(
    fi="Anna yrityksen toimiala (TOL), ennen kuin lisä myönnetään de minimis -tukena.",
    sv="Ange företagets näringsgren (TOL) innan tillägget beviljas som de minimis-stöd.",
    en="Give the company's industry (TOL) before the benefit is granted as de minimis aid.",
)
NOT_DECIDED = text(
    fi="Takaisinperinnästä ei ole vielä päätetty.", sv="Inget beslut om återkrav har fattats ännu.",
    en="Nothing has been decided on recovery yet.",
)  # fmt: skip
NEEDS_A_REASON = text(
    fi="Kirjoita perustelu.", sv="Skriv en motivering.", en="Write the reason."
)  # fmt: skip
NOTHING_TO_INVOICE = text(
    fi="Laskutettavaa ei ole nyt.", sv="Det finns inget att fakturera nu.", en="There is nothing to invoice now."
)  # fmt: skip


def not_from(state: str) -> Text:
    """The instalment is in a state from which this cannot be done."""
    name = INSTALMENT_NAMES[state]
    return text(
        fi=f"Maksuerälle ei voi tehdä tätä nyt: sen tila on ”{name.fi}”.",
        sv=f"Detta kan inte göras med raten nu: dess status är ”{name.sv}”.",
        en=f"This cannot be done to the instalment now: its state is “{name.en}”.",
    )
