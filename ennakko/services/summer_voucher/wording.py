# SPDX-License-Identifier: EUPL-1.2
"""What handlers and applicants read of an application: conditions in words, doubts, and the machine's question."""

from collections.abc import Mapping
from dataclasses import dataclass

from ennakko.services.summer_voucher.law.fields import OTHER_AGES
from ennakko.values.texts import Text, text

ASK_TO_EXPLAIN = text(
    fi="Rekisterit eivät kerro, että kesäseteli kuuluisi sinulle tänä vuonna. Kerro, miksi haet sitä.",
    sv="Registren visar inte att sommarsedeln hör till dig i år. Berätta varför du ansöker om den.",
    en="The registers do not show that the voucher is yours this year. Tell us why you apply for it.",
)
CONDITIONS: Mapping[str, Text] = {
    "no_identity_code": text(
        fi="Henkilötunnus on annettu", sv="Personbeteckningen har uppgetts", en="A personal identity code was given"
    ),
    "not_found": text(
        fi="Henkilö löytyy rekisteristä", sv="Personen finns i registret", en="The person is in the register"
    ),
    "dead": text(fi="Henkilö on elossa", sv="Personen lever", en="The person is alive"),
    "surname_differs": text(
        fi="Sukunimi on sama kuin rekisterissä", sv="Efternamnet är detsamma som i registret",
        en="The surname is the registered one",
    ),
    "group_not_open": text(
        fi="Ikäryhmä on tänä vuonna auki", sv="Åldersgruppen är öppen i år", en="The age group is open this year"
    ),
    "other_age": text(
        fi="Hakija täyttää tänä vuonna ryhmän iän", sv="Sökanden fyller gruppens ålder i år",
        en="The applicant turns the group's age this year",
    ),
    "not_resident": text(
        fi="Hakija asuu kaupungissa", sv="Sökanden bor i staden", en="The applicant lives in the city"
    ),
}  # fmt: skip
"""Code of the open question → the condition that it leaves open, as a sentence that holds or not."""
DOUBTS: Mapping[str, Text] = {
    "same_identity_code": text(
        fi="Samalla henkilötunnuksella on tänä vuonna toinenkin hakemus",
        sv="Det finns en annan ansökan med samma personbeteckning i år",
        en="There is another application with the same identity code this year",
    ),
    "same_email": text(
        fi="Samasta sähköpostiosoitteesta on tänä vuonna hakenut toinenkin nuori",
        sv="En annan ung har ansökt med samma e-postadress i år",
        en="Another youth has applied with the same e-mail address this year",
    ),
    "other_postcode": text(
        fi="Postinumero on rekisterissä toinen", sv="Postnumret är ett annat i registret",
        en="The postcode in the register is another",
    ),
    "no_address": text(
        fi="Rekisterissä ei ole osoitetta", sv="Registret har ingen adress", en="The register has no address"
    ),
    "unproven": text(
        fi="Hakija ei ole tunnistautunut vahvasti", sv="Sökanden har inte identifierat sig starkt",
        en="The applicant has not signed in strongly",
    ),
}  # fmt: skip
"""What a handler is warned of; those of STOPPING keep the machine from drafting an acceptance."""
STOPPING = frozenset({"same_identity_code", "same_email"})

ASKED: Mapping[str, Text] = {
    "awaiting_check": text(fi="Kone tarkistaa", sv="Maskinen kontrollerar", en="The machine checks"),
    "awaiting_handling": text(fi="Käsittele", sv="Handlägg", en="Handle"),
    "additional_information_requested": text(
        fi="Odota nuoren vastausta", sv="Vänta på den unga", en="Wait for the youth"
    ),
    "additional_information_provided": text(
        fi="Lue lisätiedot", sv="Läs tilläggsuppgifterna", en="Read the new information"
    ),
    "awaiting_decision": text(fi="Päätä", sv="Besluta", en="Decide"),
    "accepted": text(fi="Valmis", sv="Klar", en="Done"),
    "rejected": text(fi="Valmis", sv="Klar", en="Done"),
    "withdrawn": text(fi="Valmis", sv="Klar", en="Done"),
    "joined": text(fi="Valmis", sv="Klar", en="Done"),
}
"""State of a case → what is asked of whoever reads the queue."""
PROPOSED: Mapping[str, Text] = {
    "accepted": text(fi="Ehdotus: hyväksytään", sv="Förslag: godkänns", en="Proposal: accept"),
    "rejected": text(fi="Ehdotus: hylätään", sv="Förslag: avslås", en="Proposal: reject"),
}
STILL_CHECKING = text(fi="Tarkistus kesken", sv="Kontrollen pågår", en="Being checked")
NOTHING_OPEN = text(fi="Ehdot täyttyvät", sv="Villkoren uppfylls", en="The conditions hold")


@dataclass(frozen=True, slots=True)
class Shown:
    """A condition, reason or warning as it is shown: holds True (✓), False (✗) or None (not known), the paragraph."""

    code: str
    text: Text
    holds: bool | None
    cite: str


LABELS: Mapping[str, Text] = {
    "surname": text(fi="Sukunimi", sv="Efternamn", en="Surname"),
    "first_name": text(fi="Etunimet", sv="Förnamn", en="First names"),
    "birth_date": text(fi="Syntymäaika", sv="Födelsetid", en="Date of birth"),
    "municipality": text(fi="Kotikunta", sv="Hemkommun", en="Home municipality"),
    "postcode": text(fi="Postinumero", sv="Postnummer", en="Postcode"),
    "school": text(fi="Koulu", sv="Skola", en="School"),
    "target_group": text(fi="Ikäryhmä", sv="Åldersgrupp", en="Age group"),
    "email": text(fi="Sähköposti", sv="E-post", en="E-mail"),
    "phone": text(fi="Puhelin", sv="Telefon", en="Phone"),
    "language": text(fi="Asiointikieli", sv="Språk", en="Language"),
}
"""What the desk shows of an application."""
EVENTS: Mapping[str, Text] = {
    "open": text(fi="Hakemus avattiin", sv="Ansökan öppnades", en="Application opened"),
    "clear": text(
        fi="Kone ehdotti hyväksymistä", sv="Maskinen föreslog godkännande", en="The machine proposed to accept"
    ),
    "refer": text(fi="Siirtyi käsittelijälle", sv="Gick till handläggare", en="Went to a handler"),
    "request_information": text(fi="Odottaa lisätietoja", sv="Väntar på tilläggsuppgifter", en="Waits for information"),
    "provide_information": text(fi="Lisätiedot saatiin", sv="Tilläggsuppgifter kom in", en="Information was given"),
    "lapse": text(fi="Vastausta ei tullut ajoissa", sv="Inget svar kom i tid", en="No answer came in time"),
    "propose": text(
        fi="Käsittelijä teki ehdotuksen", sv="Handläggaren gav ett förslag", en="The handler made a proposal"
    ),
    "return": text(fi="Palautettiin käsittelijälle", sv="Skickades tillbaka", en="Sent back to the handler"),
    "accept": text(fi="Hyväksyttiin", sv="Godkändes", en="Accepted"),
    "reject": text(fi="Hylättiin", sv="Avslogs", en="Rejected"),
    "withdraw": text(fi="Peruttiin", sv="Återtogs", en="Withdrawn"),
    "join": text(fi="Seteli oli jo olemassa", sv="Sedeln fanns redan", en="There was a voucher already"),
    "assign": text(fi="Otettiin käsittelyyn", sv="Togs till handläggning", en="Taken in hand"),
    "give_back": text(fi="Palautettiin jonoon", sv="Tillbaka i kön", en="Given back to the queue"),
    "ask": text(fi="Kysyttiin lisätietoja", sv="Tilläggsuppgifter begärdes", en="More information was asked for"),
    "answer": text(fi="Vastattiin kysymykseen", sv="Frågan besvarades", en="The question was answered"),
    "write": text(fi="Viesti", sv="Meddelande", en="Letter"),
    "note": text(fi="Sisäinen muistiinpano", sv="Intern anteckning", en="Internal note"),
    "file_note": text(fi="Muistiinpano", sv="Anteckning", en="Note"),
}
"""Verb → what the timeline says of it."""
YES = text(fi="kyllä", sv="ja", en="yes")
NO = text(fi="ei", sv="nej", en="no")
GROUPS: Mapping[str, Text] = {
    "hki_15": text(
        fi="8. luokkalainen (täyttää 15)", sv="Elev i årskurs 8 (fyller 15)", en="8th grade (turns 15)"
    ),
    "primary_target_group": text(
        fi="9. luokkalainen (täyttää 16)", sv="Elev i årskurs 9 (fyller 16)", en="9th grade (turns 16)"
    ),
    "secondary_target_group": text(
        fi="Toisen asteen 1. vuosi (täyttää 17)", sv="Andra stadiets första år (fyller 17)",
        en="First year of upper secondary (turns 17)",
    ),
    "hki_18": text(
        fi="Toisen asteen 2. vuosi (täyttää 18)", sv="Andra stadiets andra år (fyller 18)",
        en="Second year of upper secondary (turns 18)",
    ),
    **{
        group: text(fi=f"Täyttää tänä vuonna {age}", sv=f"Fyller {age} i år", en=f"Turns {age} this year")
        for group, age in OTHER_AGES.items()
    },
}  # fmt: skip
"""Age group of the form → its name."""
REASON_NAMES: Mapping[str, Text] = {
    "student_in_city_but_not_resident": text(
        fi="Käyn koulua kaupungissa, mutta asun muualla", sv="Jag går i skola i staden men bor på annan ort",
        en="I go to school in the city but live elsewhere",
    ),
    "moving_to_city": text(
        fi="Muutan kaupunkiin ennen kesää", sv="Jag flyttar till staden före sommaren",
        en="I am moving to the city before the summer",
    ),
    "underage_or_overage": text(
        fi="Olen nuorempi tai vanhempi kuin ikäryhmä", sv="Jag är yngre eller äldre än åldersgruppen",
        en="I am younger or older than the age group",
    ),
    "personal_info_differs_from_vtj": text(
        fi="Tietoni ovat väestötietojärjestelmässä toiset", sv="Mina uppgifter är andra i befolkningsdatasystemet",
        en="My details in the population register are different",
    ),
    "unlisted_school": text(
        fi="Kouluni ei ole luettelossa", sv="Min skola finns inte i listan", en="My school is not on the list"
    ),
    "other": text(fi="Muu syy", sv="Annan orsak", en="Another reason"),
}  # fmt: skip
"""Reason of the form → its words."""
