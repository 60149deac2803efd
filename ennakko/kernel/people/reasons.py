# SPDX-License-Identifier: EUPL-1.2
"""Why a contact choice is refused."""

from ennakko.values.texts import text

UNKNOWN_CHANNEL = text(
    fi="Valitse Suomi.fi-viestit, sähköposti, tekstiviesti tai kirje.",
    sv="Välj Suomi.fi-meddelanden, e-post, sms eller brev.",
    en="Choose Suomi.fi messages, e-mail, text message or letter.",
)
ONLY_SECURE = text(
    fi="Sinulla on turvakielto, joten lähetämme viestit vain Suomi.fi-viesteinä.",
    sv="Du har spärrmarkering, så vi skickar meddelanden bara som Suomi.fi-meddelanden.",
    en="You have a non-disclosure order, so we send messages only as Suomi.fi messages.",
)
ADDRESS_MISSING = text(
    fi="Anna sähköpostiosoite tai puhelinnumero valitsemaasi tapaa varten.",
    sv="Ange e-postadressen eller telefonnumret för det sätt du valde.",
    en="Give the e-mail address or phone number for the way you chose.",
)
