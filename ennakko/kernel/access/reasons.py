# SPDX-License-Identifier: EUPL-1.2
"""Why somebody may not act, in words for the one who was refused."""

from ennakko.values.texts import LANGUAGES, Text, text

EVERYBODY = text(fi="Kaikki voivat tehdä tämän.", sv="Alla kan göra detta.", en="Anybody can do this.")
OWNER = text(
    fi="Vain asianosainen itse voi tehdä tämän. Kirjaudu sisään omilla tunnuksillasi.",
    sv="Bara personen själv kan göra detta. Logga in med dina egna uppgifter.",
    en="Only the person concerned can do this. Sign in as yourself.",
)
GUARDIAN = text(
    fi="Huoltaja voi tehdä tämän lapsensa puolesta.",
    sv="En vårdnadshavare kan göra detta för sitt barn.",
    en="A guardian can do this for their child.",
)
ACTS_FOR = text(
    fi="Organisaation puolesta valtuuden saanut voi tehdä tämän. Valitse organisaatio, jonka puolesta asioit.",
    sv="Den som har fullmakt för organisationen kan göra detta. Välj den organisation som du företräder.",
    en="Somebody with a mandate for the organisation can do this. Choose the organisation that you act for.",
)
ACTS_FOR_WITH = text(
    fi="Tähän tarvitaan organisaation valtuus: {mandates}. Valtuuden voi antaa osoitteessa suomi.fi/valtuudet.",
    sv="Detta kräver en fullmakt för organisationen: {mandates}. Fullmakt ges på suomi.fi/fullmakter.",
    en="This needs a mandate for the organisation: {mandates}. A mandate is given at suomi.fi/e-authorizations.",
)
RESIDENT = text(
    fi="Kirjaudu ensin sisään.",
    sv="Logga in först.",
    en="Sign in first.",
)
SIGNED_IN = RESIDENT
STAFF = text(
    fi="Vain kaupungin työntekijä voi tehdä tämän.",
    sv="Bara stadens anställda kan göra detta.",
    en="Only the city's staff can do this.",
)
SYSTEM = text(
    fi="Järjestelmä tekee tämän itse.",
    sv="Systemet gör detta självt.",
    en="The system does this by itself.",
)
STRONG = text(
    fi="Tämä vaatii vahvan tunnistautumisen, esimerkiksi pankkitunnuksilla.",
    sv="Detta kräver stark identifiering, till exempel med bankkoder.",
    en="This needs strong identification, for example with bank codes.",
)
ROLE = text(
    fi="Tähän tarvitaan rooli ”{role}”. Pääkäyttäjä voi antaa sen.",
    sv="Detta kräver rollen ”{role}”. En administratör kan ge den.",
    en="This needs the role “{role}”. An administrator can give it.",
)
NOT_THEMSELVES = text(
    fi="Saman asian käsittelijä ei voi tehdä tätä. Pyydä toista työntekijää.",
    sv="Den som har handlagt ärendet kan inte göra detta. Be en kollega.",
    en="Whoever handled this matter cannot do this. Ask a colleague.",
)
NOT_YOUR_OWN_ROLES = text(
    fi="Et voi antaa rooleja itsellesi. Pyydä toista pääkäyttäjää.",
    sv="Du kan inte ge dig själv roller. Be en annan administratör.",
    en="You cannot give roles to yourself. Ask another administrator.",
)
LAST_ADMINISTRATOR = text(
    fi="Viimeistä pääkäyttäjää ei voi poistaa. Anna rooli ensin toiselle.",
    sv="Den sista administratören kan inte tas bort. Ge först rollen till någon annan.",
    en="The last administrator cannot be removed. Give the role to somebody else first.",
)
UNKNOWN_ROLE = text(
    fi="Roolia ”{role}” ei ole. Roolit ovat: {known}.",
    sv="Rollen ”{role}” finns inte. Rollerna är: {known}.",
    en="There is no role “{role}”. The roles are: {known}.",
)
ALREADY_GRANTED = text(
    fi="Hänellä on jo tämä rooli samaan aikaan.",
    sv="Personen har redan rollen under samma tid.",
    en="They already have this role during that time.",
)
ENDS_BEFORE_IT_STARTS = text(
    fi="Päättymispäivä on ennen alkamispäivää. Tarkista päivät.",
    sv="Slutdagen är före startdagen. Kontrollera datumen.",
    en="The end date is before the start date. Check the dates.",
)
NOT_ACTIVE = text(
    fi="Työntekijän tunnus ei ole käytössä.",
    sv="Den anställdas konto är inte i bruk.",
    en="This member of staff is not active.",
)
ALLOWED = text(fi="Voit tehdä tämän.", sv="Du kan göra detta.", en="You can do this.")


def joined(*reasons: Text) -> Text:
    """Several reasons in one text, each once."""
    unique = list(dict.fromkeys(reasons))
    words = {language: " ".join(dict.fromkeys(reason.in_(language) for reason in unique)) for language in LANGUAGES}
    return text(fi=words["fi"], sv=words["sv"], en=words["en"])
