# SPDX-License-Identifier: EUPL-1.2
"""The fixed words of a decision letter."""

from collections.abc import Mapping

from ennakko.values.texts import Text, text

LABELS: Mapping[str, Text] = {
    "decision": text(fi="Päätös", sv="Beslut", en="Decision"),
    "number": text(fi="Asian numero", sv="Ärendets nummer", en="Number of the matter"),
    "party": text(fi="Asianosainen", sv="Part", en="Party"),
    "arrived": text(fi="Saapunut", sv="Kom in", en="Arrived"),
    "decided_on": text(fi="Päätöspäivä", sv="Beslutsdag", en="Date of the decision"),
    "decided_by": text(fi="Päätöksen tekijä", sv="Beslutsfattare", en="Decided by"),
    "amount": text(fi="Määrä", sv="Belopp", en="Amount"),
    "reasons": text(fi="Perustelut", sv="Motivering", en="Reasons"),
    "rule": text(fi="Sovellettu säännös", sv="Tillämpad bestämmelse", en="Provision applied"),
    "read": text(fi="Mistä tiedot luettiin", sv="Varifrån uppgifterna är", en="What was read, and from where"),
    "automatic": text(
        fi="Päätös tehtiin automaattisesti", sv="Beslutet fattades automatiskt", en="Decided automatically"
    ),
    "responsible": text(
        fi="Vastuuhenkilö: {name}, {office}.", sv="Ansvarig: {name}, {office}.", en="Responsible: {name}, {office}."
    ),
    "by_machine": text(fi="Automaattinen päätös", sv="Automatiskt beslut", en="Automatic decision"),
    "appeal": text(fi="Miten haet muutosta", sv="Så här söker du ändring", en="How to appeal"),
    "last_day": text(
        fi="Muutosta voi hakea viimeistään {until}.",
        sv="Ändring kan sökas senast {until}.",
        en="You can appeal until {until}.",
    ),
    "body": text(fi="Kuka ratkaisee", sv="Vem avgör", en="Who decides"),
    "registry": text(fi="Mihin vaatimus toimitetaan", sv="Vart begäran lämnas", en="Where to hand it in"),
    "act": text(fi="Laki", sv="Lag", en="Act"),
    "contact": text(fi="Yhteystiedot", sv="Kontaktuppgifter", en="Contact"),
    "holds": text(fi="Täyttyy", sv="Uppfylls", en="Met"),
    "fails": text(fi="Ei täyty", sv="Uppfylls inte", en="Not met"),
    "open": text(fi="Ei tiedossa", sv="Inte känt", en="Not known"),
    "as_of": text(fi="tilanne {day}", sv="läget {day}", en="as of {day}"),
    "own_rules": text(fi="säännöt", sv="reglerna", en="rules"),
    "page": text(fi="Päätös {number}", sv="Beslut {number}", en="Decision {number}"),
}
COUNTED: Mapping[str, Text] = {
    "post": text(
        fi="Päätös lähetettiin postissa {sent}. Tiedon katsotaan tulleen {received}, jollei muuta näytetä.",
        sv="Beslutet skickades per post {sent}. Delgivningen anses ha skett {received}, om inte något annat visas.",
        en="The decision was posted on {sent}. Notice is deemed received on {received}, unless shown otherwise.",
    ),
    "electronic": text(
        fi="Päätös lähetettiin sähköisesti {sent}. Tiedon katsotaan tulleen {received}, jollei muuta näytetä.",
        sv="Beslutet skickades elektroniskt {sent}. Delgivningen anses ha skett {received}, om inte annat visas.",
        en="The decision was sent electronically on {sent}. Notice is deemed received on {received}, unless shown "
        "otherwise.",
    ),
    "handed": text(
        fi="Päätös annettiin käteen {sent}.",
        sv="Beslutet överlämnades {sent}.",
        en="The decision was handed over on {sent}.",
    ),
}
DAYS_FROM = text(
    fi="Aika on {days} päivää siitä, kun sait päätöksen tiedoksi. Tiedoksisaantipäivää ei lasketa mukaan.",
    sv="Tiden är {days} dagar från delgivningen. Dagen för delgivningen räknas inte med.",
    en="The time is {days} days from receiving notice. The day of receiving it is not counted.",
)
WILL_BE_COUNTED = text(
    fi="Viimeinen päivä kirjataan, kun päätös lähtee. Sähköisen viestin katsotaan tulleen {electronic} päivän ja "
    "kirjeen {post} päivän kuluttua lähettämisestä, jollei muuta näytetä.",
    sv="Sista dagen antecknas när beslutet skickas. Ett elektroniskt meddelande anses ha kommit {electronic} dagar "
    "och ett brev {post} dagar efter att det skickades, om inte något annat visas.",
    en="The last day is recorded when the decision leaves. An electronic message is deemed to arrive {electronic} days "
    "and a letter {post} days after sending, unless shown otherwise.",
)
NOT_A_WORKING_DAY = text(
    fi="Jos viimeinen päivä on lauantai, pyhäpäivä, itsenäisyyspäivä, vapunpäivä, jouluaatto tai juhannusaatto, voit "
    "toimia vielä seuraavana arkipäivänä (laki 150/1930, 5 §).",
    sv="Om sista dagen är en lördag, helgdag, självständighetsdagen, första maj, julafton eller midsommarafton kan du "
    "ännu agera följande vardag (lag 150/1930, 5 §).",
    en="If the last day is a Saturday, a church holiday, Independence Day, 1 May, Christmas or Midsummer Eve, you can "
    "still act on the next working day (Act 150/1930, section 5).",
)
YES_NO = {
    True: text(fi="kyllä", sv="ja", en="yes"),
    False: text(fi="ei", sv="nej", en="no"),
    None: text(fi="ei tiedossa", sv="inte känt", en="not known"),
}
