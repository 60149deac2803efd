# SPDX-License-Identifier: EUPL-1.2
"""What to mend in an account or a contact person, in words for the one who gave it."""

import re

from ennakko.values.texts import text

BIC_FORM = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")

WRONG_IBAN = text(
    fi="Tilinumerossa on virhe. Tarkista se: suomalainen tilinumero alkaa FI ja siinä on sen jälkeen 16 numeroa.",
    sv="Kontonumret är fel. Kontrollera det: ett finländskt kontonummer börjar med FI och har sedan 16 siffror.",
    en="The account number is wrong. Check it: a Finnish one begins with FI, followed by 16 digits.",
)
WRONG_BIC = text(
    fi="BIC-koodissa on 8 tai 11 merkkiä, esimerkiksi SWEDSESS.",
    sv="BIC-koden har 8 eller 11 tecken, till exempel SWEDSESS.",
    en="A BIC has 8 or 11 characters, for example SWEDSESS.",
)
FOREIGN_FIELD = {
    "bic": text(
        fi="Ulkomaiselle tilille tarvitaan pankin BIC-koodi.",
        sv="För ett utländskt konto behövs bankens BIC-kod.",
        en="For an account abroad, give the bank's BIC.",
    ),
    "payee_name": text(
        fi="Ulkomaiselle tilille tarvitaan maksunsaajan nimi.",
        sv="För ett utländskt konto behövs betalningsmottagarens namn.",
        en="For an account abroad, give the payee's name.",
    ),
    "payee_address": text(
        fi="Ulkomaiselle tilille tarvitaan maksunsaajan osoite.",
        sv="För ett utländskt konto behövs betalningsmottagarens adress.",
        en="For an account abroad, give the payee's address.",
    ),
    "bank_name": text(
        fi="Ulkomaiselle tilille tarvitaan pankin nimi.",
        sv="För ett utländskt konto behövs bankens namn.",
        en="For an account abroad, give the bank's name.",
    ),
    "bank_address": text(
        fi="Ulkomaiselle tilille tarvitaan pankin käyntiosoite.",
        sv="För ett utländskt konto behövs bankens besöksadress.",
        en="For an account abroad, give the bank's street address.",
    ),
}
NAME_MISSING = text(
    fi="Kirjoita yhteyshenkilön nimi.", sv="Skriv kontaktpersonens namn.", en="Write the contact person's name."
)
WRONG_EMAIL = text(
    fi="Kirjoita sähköpostiosoite muodossa nimi@esimerkki.fi.",
    sv="Skriv e-postadressen i formen namn@exempel.fi.",
    en="Write the e-mail address in the form name@example.fi.",
)
TOO_LONG = text(
    fi="Tähän mahtuu {most} merkkiä. Lyhennä.",
    sv="Här ryms {most} tecken. Förkorta.",
    en="There is room for {most} characters here. Shorten it.",
)
