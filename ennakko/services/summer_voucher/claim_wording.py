# SPDX-License-Identifier: EUPL-1.2
"""What employers and handlers read of a claim: answers to a look-up, states, events, what is asked of whom."""

from collections.abc import Mapping

from ennakko.services.summer_voucher.claim_states import ClaimState, ClaimVerb
from ennakko.values.texts import Text, text

NO_VOUCHER = text(
    fi="Tällä numerolla ja nimellä ei löydy seteliä. Tarkista setelin numero ja nuoren sukunimi.",
    sv="Ingen sedel hittas med numret och namnet. Kontrollera sedelns nummer och den ungas efternamn.",
    en="No voucher is found with this number and name. Check the voucher's number and the youth's surname.",
)
MISREAD = text(
    fi="Numerossa on jokin merkki väärin. Kirjoita se merkki merkiltä niin kuin setelissä, esimerkiksi 31n-022.",
    sv="Något tecken i numret är fel. Skriv det tecken för tecken som på sedeln, till exempel 31n-022.",
    en="A character of the number is wrong. Write it character by character as on the voucher, for example 31n-022.",
)
"""Told by the check characters alone, which anybody can count: it tells nothing of which numbers exist."""
TOO_MANY_TRIES = text(
    fi="Numeroita on kokeiltu liian monta. Tarkista numero nuorelta ja yritä tunnin kuluttua uudelleen.",
    sv="För många nummer har prövats. Kontrollera numret med den unga och försök igen om en timme.",
    en="Too many numbers have been tried. Check the number with the youth and try again in an hour.",
)
ALREADY_USED = text(
    fi="Seteli on jo käytetty. Kysy nuorelta, onko numero oikea.",
    sv="Sedeln har redan använts. Fråga den unga om numret är rätt.",
    en="The voucher has already been used. Ask the youth whether the number is right.",
)
USED_BY_YOU = text(
    fi="Olette jo hakeneet tällä setelillä: hakemus {reference}.",
    sv="Ni har redan ansökt med den här sedeln: ansökan {reference}.",
    en="You have already claimed with this voucher: claim {reference}.",
)
NOT_VALID = text(
    fi="Seteli ei ole voimassa. Pyydä nuorelta hänen voimassa oleva numeronsa.",
    sv="Sedeln gäller inte. Be den unga om det nummer som gäller.",
    en="The voucher is not valid. Ask the youth for the number that is valid.",
)
COLLEAGUE_WRITES = text(
    fi="Tällä setelillä on organisaatiossanne kesken toinen hakemus. Voit silti jatkaa.",
    sv="I er organisation finns en annan oavslutad ansökan med sedeln. Du kan ändå fortsätta.",
    en="Your organisation has another unfinished claim with this voucher. You can still go on.",
)
KEY_USED = text(
    fi="Tämä hakemus on jo lähetetty. Aloita uusi hakemus, jos haluat hakea lisää.",
    sv="Den här ansökan har redan skickats. Börja en ny ansökan om du vill ansöka om mer.",
    en="This claim has been sent already. Begin a new one if you want to claim more.",
)
TAKEN_MEANWHILE = text(
    fi="Toinen työnantaja ehti lähettää hakemuksen tällä setelillä. Kysy nuorelta, onko numero oikea.",
    sv="En annan arbetsgivare hann skicka en ansökan med sedeln. Fråga den unga om numret är rätt.",
    en="Another employer has just sent a claim with this voucher. Ask the youth whether the number is right.",
)
NOTHING_ASKED = text(
    fi="Hakemuksesta ei ole kysytty lisää, joten sitä ei voi muuttaa. Voit kirjoittaa käsittelijälle viestin.",
    sv="Inget mer har begärts om ansökan, så den kan inte ändras. Du kan skriva till handläggaren.",
    en="Nothing more was asked about the claim, so it cannot be changed. You can write to the handler.",
)
NO_RETURNED_PAYMENT = text(
    fi="Tästä hakemuksesta ei odota palautunut maksu.",
    sv="Ingen returnerad betalning väntar för den här ansökan.",
    en="No returned payment waits for this claim.",
)
WHAT_IS_NEEDED = text(
    fi="Hakemus on muuten kunnossa. Tarvitsemme vielä tämän:",
    sv="Ansökan är annars i ordning. Vi behöver ännu det här:",
    en="The claim is otherwise in order. We still need this:",
)

ASKED_OF_STAFF: Mapping[str, Text] = {
    ClaimState.SUBMITTED: text(fi="Kone tarkistaa", sv="Maskinen kontrollerar", en="The machine checks"),
    ClaimState.READY: text(fi="Päätä", sv="Besluta", en="Decide"),
    ClaimState.AWAITING_HANDLING: text(fi="Käsittele", sv="Handlägg", en="Handle"),
    ClaimState.INFORMATION_REQUESTED: text(
        fi="Odota työnantajan vastausta", sv="Vänta på arbetsgivaren", en="Wait for the employer"
    ),
    ClaimState.INFORMATION_PROVIDED: text(fi="Lue lisätiedot", sv="Läs tilläggen", en="Read the new information"),
    ClaimState.AWAITING_DECISION: text(fi="Päätä", sv="Besluta", en="Decide"),
    ClaimState.ACCEPTED: text(fi="Valmis", sv="Klar", en="Done"),
    ClaimState.REJECTED: text(fi="Valmis", sv="Klar", en="Done"),
    ClaimState.WITHDRAWN: text(fi="Valmis", sv="Klar", en="Done"),
}
"""State of a claim → what is asked of whoever reads the queue."""
SHORT: Mapping[str, Text] = {
    "r1_voucher": text(fi="Numero tai sukunimi", sv="Numret eller efternamnet", en="Number or surname"),
    "r2_unused": text(fi="Seteli käytetty tai ei voimassa", sv="Sedeln använd eller ogiltig",
                      en="Voucher used or not valid"),
    "r2_season": text(fi="Aiemman vuoden seteli", sv="En tidigare årssedel", en="Voucher of an earlier year"),
    "r3_employer": text(fi="Työnantaja ei voi käyttää seteliä", sv="Arbetsgivaren får inte använda sedeln",
                        en="Employer may not use the voucher"),
    "r4_period": text(fi="Työn ajankohta", sv="Arbetsperioden", en="Period of work"),
    "r5_hours": text(fi="Työtunnit", sv="Arbetstimmarna", en="Hours of work"),
    "r6_weekly": text(fi="Vähän tunteja viikossa", sv="Få timmar per vecka", en="Few hours a week"),
    "r7_pay": text(fi="Palkka", sv="Lönen", en="Pay"),
    "r8_lawful": text(fi="Nuoren työaika", sv="Den ungas arbetstid", en="Working time of the young"),
    "r9_deadline": text(fi="Myöhässä", sv="För sent", en="Late"),
    "r10_taxes": text(fi="Verovelka", sv="Skatteskuld", en="Tax debt"),
    "r11_proof": text(fi="Liitteet", sv="Bilagorna", en="Attachments"),
    "r12_room": text(fi="Määräraha tai raja", sv="Anslaget eller gränsen", en="Budget or limit"),
    "r13_account": text(fi="Tilinumero", sv="Kontonumret", en="Account"),
    "r14_apart": text(fi="Nuori edustaa työnantajaa, tai yhteinen tili",
                      sv="Den unga företräder arbetsgivaren, eller gemensamt konto",
                      en="Youth represents the employer, or a shared account"),
}  # fmt: skip
"""Condition → the phrase of the queue for one that is open."""
NOTHING_OPEN = text(fi="Kaikki ehdot täyttyvät", sv="Alla villkor uppfylls", en="All conditions hold")
WAITS_FOR_REGISTER = text(
    fi="Odottaa rekisterin vastausta", sv="Väntar på svar från registret", en="Waits for a register's answer"
)
PROPOSED: Mapping[str, Text] = {
    "accepted": text(fi="Ehdotus: maksetaan", sv="Förslag: betalas", en="Proposal: pay"),
    "rejected": text(fi="Ehdotus: hylätään", sv="Förslag: avslås", en="Proposal: reject"),
}
CLAIM_EVENTS: Mapping[str, Text] = {
    "open": text(fi="Hakemus saapui", sv="Ansökan kom in", en="Claim arrived"),
    ClaimVerb.CLEAR: text(
        fi="Kone totesi ehtojen täyttyvän",
        sv="Maskinen fann att villkoren uppfylls",
        en="The machine found the conditions to hold",
    ),
    ClaimVerb.REFER: text(fi="Siirtyi käsittelijälle", sv="Gick till handläggare", en="Went to a handler"),
    ClaimVerb.REQUEST: text(fi="Odottaa lisätietoja", sv="Väntar på tilläggsuppgifter", en="Waits for information"),
    ClaimVerb.PROVIDE: text(fi="Lisätiedot saatiin", sv="Tilläggsuppgifter kom in", en="Information was given"),
    ClaimVerb.LAPSE: text(fi="Vastausta ei tullut ajoissa", sv="Inget svar kom i tid", en="No answer came in time"),
    ClaimVerb.PROPOSE: text(
        fi="Käsittelijä teki ehdotuksen", sv="Handläggaren gav ett förslag", en="The handler made a proposal"
    ),
    ClaimVerb.RETURN: text(fi="Palautettiin käsittelijälle", sv="Skickades tillbaka", en="Sent back to the handler"),
    ClaimVerb.ACCEPT: text(fi="Hyväksyttiin", sv="Godkändes", en="Accepted"),
    ClaimVerb.REJECT: text(fi="Hylättiin", sv="Avslogs", en="Rejected"),
    ClaimVerb.WITHDRAW: text(fi="Peruttiin", sv="Återtogs", en="Withdrawn"),
    "amend": text(fi="Työnantaja täydensi hakemusta", sv="Arbetsgivaren kompletterade", en="The employer amended"),
    "recheck": text(fi="Kone tarkisti uudelleen", sv="Maskinen kontrollerade på nytt", en="The machine checked again"),
    "rectify": text(
        fi="Päätöstä oikaistiin: summa maksetaan",
        sv="Beslutet ändrades: summan betalas",
        en="The decision was changed: the sum is paid",
    ),
    "not-free": text(
        fi="Päätöstä oikaistiin, mutta seteli on käytetty toisessa hakemuksessa: käsittelijä hoitaa asian",
        sv="Beslutet ändrades, men sedeln har använts i en annan ansökan: en handläggare sköter saken",
        en="The decision was changed, but another claim has used the voucher: a handler sees to it",
    ),
    "paid": text(fi="Maksettiin", sv="Betalades", en="Paid"),
    "returned": text(fi="Maksu palautui pankista", sv="Betalningen returnerades", en="The payment came back"),
    "account": text(fi="Uusi tilinumero annettiin", sv="Nytt kontonummer gavs", en="Another account was given"),
}
"""Verb → what the timeline says of it."""
PAYMENT: Mapping[str, Text] = {
    "planned": text(fi="Odottaa maksuerää", sv="Väntar på utbetalning", en="Waiting to be paid"),
    "batched": text(fi="Maksuerässä", sv="I en utbetalningsomgång", en="In a batch"),
    "sent": text(fi="Lähetetty maksettavaksi", sv="Skickad för betalning", en="Sent to be paid"),
    "paid": text(fi="Maksettu", sv="Betald", en="Paid"),
    "returned": text(fi="Maksu palautui: anna toinen tili", sv="Betalningen kom tillbaka: ge ett annat konto",
                     en="Payment came back: give another account"),
    "cancelled": text(fi="Maksu peruttu", sv="Betalningen inställd", en="Payment cancelled"),
    "recovering": text(fi="Peritään takaisin", sv="Återkrävs", en="Being recovered"),
    "recovered": text(fi="Peritty takaisin", sv="Återkrävd", en="Recovered"),
}  # fmt: skip
"""State of a payment line → how the employer reads it."""
LABELS: Mapping[str, Text] = {
    "work_start": text(fi="Työ alkoi", sv="Arbetet började", en="Work began"),
    "work_end": text(fi="Viimeinen työpäivä", sv="Sista arbetsdagen", en="Last day of work"),
    "hours": text(fi="Työtunnit", sv="Arbetstimmar", en="Hours of work"),
    "pay": text(fi="Bruttopalkka", sv="Bruttolön", en="Gross pay"),
    "work_postal_code": text(fi="Työpaikan postinumero", sv="Arbetsplatsens postnummer", en="Postcode of the work"),
    "job_type": text(fi="Työn laji", sv="Typ av arbete", en="Kind of work"),
    "description": text(fi="Työtehtävät", sv="Arbetsuppgifter", en="Tasks"),
    "hired_without": text(
        fi="Olisiko palkattu ilman seteliä", sv="Skulle ha anställts utan sedeln", en="Hired without the voucher"
    ),
    "tax_debt": text(fi="Verovelkaa", sv="Skatteskuld", en="Tax debt"),
    "account": text(fi="Tili", sv="Konto", en="Account"),
    "shared_with": text(fi="Sama tili myös", sv="Samma konto också", en="Same account also"),
}
"""What the desk shows of a claim, and what an employer may correct."""
JOB_TYPE_NAMES: Mapping[str, Text] = {
    "sports_and_leisure": text(fi="Liikunta ja vapaa-aika", sv="Idrott och fritid", en="Sports and leisure"),
    "maintenance_and_construction": text(
        fi="Huolto ja rakentaminen", sv="Underhåll och byggande", en="Maintenance and construction"
    ),
    "restaurant_and_cafe": text(fi="Ravintola ja kahvila", sv="Restaurang och kafé", en="Restaurant and café"),
    "retail": text(fi="Kauppa", sv="Handel", en="Retail"),
    "office_and_media": text(fi="Toimisto ja viestintä", sv="Kontor och media", en="Office and media"),
    "gardening_and_agriculture": text(
        fi="Puutarha ja maatalous", sv="Trädgård och jordbruk", en="Gardening and agriculture"
    ),
    "service": text(fi="Palvelutyö", sv="Servicearbete", en="Service work"),
    "other": text(fi="Muu työ", sv="Annat arbete", en="Other work"),
}
"""Kind of work → its name."""
HIRED_WITHOUT_NAMES: Mapping[str, Text] = {
    "yes": text(fi="Kyllä", sv="Ja", en="Yes"),
    "no": text(fi="Ei", sv="Nej", en="No"),
    "maybe": text(fi="Ehkä", sv="Kanske", en="Maybe"),
}
"""Whether the youth would have been hired without the voucher → the answer's words."""
