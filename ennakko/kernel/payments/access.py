# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with payments. Auditors read and change nothing."""

from ennakko.kernel.access import Action, StaffRole, register_actions, register_roles, role, system
from ennakko.values.texts import text

FINANCE = "finance"
AUDITOR = "auditor"

SEE = "payments.see"
READ_FILE = "payments.read-file"
MAKE = "payments.make"
RELEASE = "payments.release"
SEND = "payments.send"
DISSOLVE = "payments.dissolve"
CONFIRM = "payments.confirm"
SETTLE = "payments.settle"

register_roles(StaffRole(FINANCE, text(fi="Maksuliikenne", sv="Betalningsrörelse", en="Finance")))
register_actions(
    Action(
        SEE,
        text(fi="Katso maksuja", sv="Se betalningar", en="See payments"),
        who=(role(FINANCE), role(AUDITOR), system),
    ),
    Action(
        READ_FILE,
        text(fi="Lataa maksutiedosto", sv="Ladda ner betalningsfilen", en="Download the payment file"),
        who=(role(FINANCE), role(AUDITOR)),
    ),
    Action(
        MAKE,
        text(fi="Kokoa maksatuserä nyt", sv="Sammanställ omgången nu", en="Make the batch now"),
        who=(role(FINANCE), system),
    ),
    Action(
        RELEASE,
        text(fi="Vapauta maksuun", sv="Frisläpp för betalning", en="Release for payment"),
        who=(role(FINANCE),),
    ),
    Action(
        SEND,
        text(fi="Lähetä maksatuserä", sv="Skicka omgången", en="Send the batch"),
        who=(role(FINANCE), system),
    ),
    Action(
        DISSOLVE,
        text(fi="Pura maksatuserä", sv="Upplös omgången", en="Dissolve the batch"),
        who=(role(FINANCE),),
    ),
    Action(
        CONFIRM,
        text(fi="Kirjaa maksupalaute", sv="Anteckna betalningsbesked", en="Record confirmations"),
        who=(role(FINANCE), system),
    ),
    Action(
        SETTLE,
        text(fi="Selvitä poikkeava palaute", sv="Red ut ett avvikande besked", en="Settle an odd confirmation"),
        who=(role(FINANCE),),
    ),
)
