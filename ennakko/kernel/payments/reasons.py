# SPDX-License-Identifier: EUPL-1.2
"""Why something cannot be done to a payment now, in words for whoever asked."""

from ennakko.values.texts import Text, text

NO_SUM = text(
    fi="Maksettava summa ei ole yli nollan.",
    sv="Summan som ska betalas är inte större än noll.",
    en="The sum to pay is not above zero.",
)
NO_PAYEE = text(
    fi="Maksun saajan nimi puuttuu tai on yli 256 merkkiä.",
    sv="Betalningsmottagarens namn saknas eller är längre än 256 tecken.",
    en="The payee's name is missing, or longer than 256 characters.",
)
BAD_ACCOUNT = text(
    fi="Tilinumero ei ole oikea IBAN-tilinumero. Tarkista se.",
    sv="Kontonumret är inte ett riktigt IBAN-nummer. Kontrollera det.",
    en="The account number is not a correct IBAN. Check it.",
)
FOREIGN_INCOMPLETE = text(
    fi="Ulkomaiselle tilille tarvitaan pankin BIC-tunnus.",
    sv="För ett utländskt konto behövs bankens BIC-kod.",
    en="A foreign account needs the bank's BIC code.",
)
NOT_RETURNED = text(
    fi="Vain palautuneen tai perutun maksun voi maksaa uudelleen.",
    sv="Bara en returnerad eller annullerad betalning kan betalas på nytt.",
    en="Only a payment that was returned or cancelled can be paid again.",
)
REPLACED = text(
    fi="Tämä maksu on jo maksettu tai maksetaan jo uudelleen toisella rivillä.",
    sv="Betalningen har redan gjorts om, eller görs om, på en annan rad.",
    en="This payment has been made again already, or is being made, on another line.",
)
TOO_LATE_TO_CANCEL = text(
    fi="Maksua ei voi enää perua: se on jo maksatuserässä tai maksettu. Pura erä, jos sitä ei ole lähetetty; "
    "maksetun voi periä takaisin.",
    sv="Betalningen kan inte längre annulleras: den finns redan i en omgång eller är betald. Upplös omgången om den "
    "inte har skickats; det betalda kan återkrävas.",
    en="The payment can no longer be cancelled: it is in a batch or paid. Dissolve the batch if it has not been sent; "
    "what is paid can be claimed back.",
)
NEEDS_A_REASON = text(
    fi="Kirjoita perustelu, enintään 500 merkkiä.",
    sv="Skriv en motivering, högst 500 tecken.",
    en="Write the reason, 500 characters at most.",
)
NOT_PAID = text(
    fi="Takaisin voi periä vain sen, mikä on maksettu.",
    sv="Bara det som har betalats kan återkrävas.",
    en="Only what has been paid can be claimed back.",
)
MORE_THAN_PAID = text(
    fi="Takaisin ei voi periä enempää kuin on maksettu ja perimättä.",
    sv="Mer än det som har betalats och inte redan återkrävs kan inte återkrävas.",
    en="No more can be claimed back than was paid and is not claimed already.",
)
NEEDS_A_DECISION = text(
    fi="Anna päätös, jonka nojalla maksu peritään takaisin.",
    sv="Ange beslutet som återkravet grundar sig på.",
    en="Give the decision by which the payment is claimed back.",
)
RECOVERY_ENDED = text(
    fi="Takaisinperintä on jo päättynyt.",
    sv="Återkravet är redan avslutat.",
    en="The recovery has ended already.",
)
NEEDS_OFFICIAL = text(
    fi="Maksatuserän vapauttaa nimetty työntekijä.",
    sv="En namngiven anställd frisläpper omgången.",
    en="A named official releases the batch.",
)
NOT_WAITING = text(
    fi="Maksatuserä ei odota vapauttamista.",
    sv="Omgången väntar inte på frisläppning.",
    en="The batch is not waiting for release.",
)
NOT_YOUR_OWN = text(
    fi="Erässä on maksu, jonka päätöksen olet tehnyt itse. Pyydä toista työntekijää vapauttamaan erä.",
    sv="I omgången finns en betalning som du själv har fattat beslutet om. Be en kollega frisläppa omgången.",
    en="The batch holds a payment that you decided yourself. Ask a colleague to release the batch.",
)
SECOND_PAIR = text(
    fi="Olet jo hyväksynyt tämän erän. Näin suuri erä tarvitsee myös toisen hyväksyjän.",
    sv="Du har redan godkänt omgången. En så stor omgång behöver också en annan som godkänner.",
    en="You have approved this batch already. A batch this large needs another approver too.",
)
NOT_RELEASED = text(
    fi="Maksatuserää ei ole vielä vapautettu maksuun.",
    sv="Omgången har inte frisläppts för betalning ännu.",
    en="The batch has not been released for payment yet.",
)
HANDED_OVER = text(
    fi="Maksatuserää ei voi purkaa: se on lähetetty, tai lähetys on kesken eikä tiedetä, onko se perillä.",
    sv="Omgången kan inte upplösas: den har skickats, eller sändningen pågår och ingen vet om den har kommit fram.",
    en="The batch cannot be dissolved: it has been sent, or is being sent and nobody knows whether it has arrived.",
)
NO_TRANSFER = text(
    fi="Yhteyttä maksujärjestelmään ei ole. Lataa tiedosto, toimita se ja merkitse erä lähetetyksi.",
    sv="Det finns ingen förbindelse till betalningssystemet. Ladda ner filen, leverera den och märk omgången som "
    "skickad.",
    en="There is no connection to the payment system. Download the file, deliver it and mark the batch as sent.",
)
HAS_TRANSFER = text(
    fi="Tämä erä lähtee maksujärjestelmään itsestään; käsin sitä ei merkitä.",
    sv="Omgången går till betalningssystemet av sig själv; den märks inte för hand.",
    en="This batch goes to the payment system by itself; it is not marked by hand.",
)
FILE_CHANGED = text(
    fi="Tallennettu maksutiedosto ei ole se, joka kirjoitettiin. Sitä ei lähetetä. Ilmoita pääkäyttäjälle.",
    sv="Den lagrade betalningsfilen är inte den som skrevs. Den skickas inte. Meddela administratören.",
    en="The stored payment file is not the one that was written. It is not sent. Tell the administrator.",
)
FILE_DESTROYED = text(
    fi="Tiedosto on hävitetty, koska sen säilytysaika on päättynyt.",
    sv="Filen har förstörts eftersom dess förvaringstid är slut.",
    en="The file has been destroyed, because the time it is kept is over.",
)
NO_FILE = text(
    fi="Erän tiedostoa ei ole vielä kirjoitettu. Yritä hetken kuluttua uudelleen.",
    sv="Omgångens fil har inte skrivits ännu. Försök igen om en stund.",
    en="The batch's file has not been written yet. Try again in a moment.",
)
SETTLED_ALREADY = text(
    fi="Tämä on jo selvitetty.",
    sv="Det här är redan utrett.",
    en="This has been settled already.",
)
UNKNOWN_CHOICE = text(
    fi="Valitse jokin annetuista vaihtoehdoista.",
    sv="Välj ett av alternativen.",
    en="Choose one of the alternatives.",
)
PAID_LATER = text(
    fi="Kirjoita päivä, jona maksettiin. Se ei voi olla tulevaisuudessa.",
    sv="Skriv dagen då betalningen gjordes. Den kan inte ligga i framtiden.",
    en="Write the day of the payment. It cannot be in the future.",
)
NOTHING_WAITS = text(
    fi="Mikään näistä riveistä ei odota maksupalautetta.",
    sv="Ingen av dessa rader väntar på betalningsbesked.",
    en="None of these lines waits for a confirmation.",
)
NOTHING_DUE = text(
    fi="Maksettavaa ei ole nyt.",
    sv="Det finns inget att betala nu.",
    en="There is nothing to pay now.",
)

ODDITIES: dict[str, Text] = {
    "unknown-batch": text(
        fi="erää ei tunneta", sv="omgången är okänd", en="the batch is not known"
    ),
    "unknown-line": text(
        fi="erässä ei ole tätä riviä", sv="omgången har ingen sådan rad", en="the batch has no such line"
    ),
    "not-sent": text(
        fi="erää ei ole lähetetty", sv="omgången har inte skickats", en="the batch has not been sent"
    ),
    "unknown-state": text(
        fi="palautteen laji on outo", sv="beskedet är av okänt slag", en="the confirmation is of an unknown kind"
    ),
    "another-sum": text(
        fi="summa on eri kuin lähetetty", sv="summan är en annan än den skickade", en="the sum is not what was sent"
    ),
    "no-day": text(fi="maksupäivä puuttuu", sv="betalningsdagen saknas", en="the day of payment is missing"),
    "paid-twice": text(
        fi="maksettu jo toisena päivänä", sv="redan betald en annan dag", en="already paid on another day"
    ),
    "paid-after-return": text(
        fi="maksettu, vaikka palautui", sv="betald trots att den returnerades", en="paid, though it was returned"
    ),
    "returned-after-payment": text(
        fi="palautui, vaikka maksettiin", sv="returnerades trots att den betalades", en="returned, though it was paid"
    ),
    "service-failed": text(
        fi="palvelu ei osannut käsitellä palautetta", sv="tjänsten kunde inte behandla beskedet",
        en="the service could not take the confirmation",
    ),
}  # fmt: skip
NO_REASON_TOLD = text(
    fi="Pankki ei kertonut syytä.", sv="Banken angav ingen orsak.", en="The bank did not tell the reason."
)
BEING_RECOVERED = text(
    fi="Maksua peritään takaisin tai se on jo peritty. Päätä ensin takaisinperintä.",
    sv="Betalningen återkrävs eller har redan återkrävts. Avsluta först återkravet.",
    en="The payment is being claimed back, or has been. End the recovery first.",
)
DISSOLVE_FIRST = text(
    fi="Sama maksu on uudelleen maksatuserässä, joka ei ole vielä lähtenyt. Pura ensin se erä.",
    sv="Samma betalning finns på nytt i en omgång som inte har gått iväg. Upplös först den omgången.",
    en="The same payment is again in a batch that has not left yet. Dissolve that batch first.",
)
SERVICE_FAILS = text(
    fi="Palvelu ei pystynyt ottamaan palautetta vastaan, eikä mitään muutettu. Ilmoita pääkäyttäjälle.",
    sv="Tjänsten kunde inte ta emot beskedet, och inget ändrades. Meddela administratören.",
    en="The service could not take the confirmation, and nothing was changed. Tell the administrator.",
)


def still_odd(oddity: str) -> Text:
    """Trying again came to the same."""
    why = ODDITIES[oddity]
    return text(
        fi=f"Palaute on edelleen poikkeava: {why.fi}.",
        sv=f"Beskedet är fortfarande avvikande: {why.sv}.",
        en=f"The confirmation is still odd: {why.en}.",
    )


PAID_AFTER_ALL = "paid-after-all"
MACHINE: dict[str, Text] = {
    PAID_AFTER_ALL: text(
        fi="alkuperäinen maksu olikin mennyt perille",
        sv="den ursprungliga betalningen hade ändå kommit fram",
        en="the original payment had arrived after all",
    ),
}
