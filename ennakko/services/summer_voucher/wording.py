# SPDX-License-Identifier: EUPL-1.2
"""What handlers and applicants read of an application: conditions in words, doubts, and the machine's question."""

from collections.abc import Mapping

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
