# SPDX-License-Identifier: EUPL-1.2
"""Who may do what in the register of matters."""

from ennakko.kernel.access.grants import anyone, role, staff, system
from ennakko.kernel.access.roles import DATA_PROTECTION_OFFICER, PROTECTED_CLERK, StaffRole, register_roles
from ennakko.kernel.access.tables import Action, register_actions
from ennakko.values.texts import text

REGISTRAR = "registrar"
OFFICIAL = "records-official"
AUDITOR = "auditor"

SEE = "records.see-register"
READ = "records.read-documents"
ASK = "records.ask-for-information"
HANDLE = "records.handle-requests"
GIVE = "records.give-information"
REFUSE = "records.refuse-information"
TRANSFER = "records.transfer"
ARCHIVE = "records.archive-document"
DESTROY = "records.destroy"

register_roles(
    StaffRole(REGISTRAR, text(fi="Kirjaaja", sv="Registrator", en="Registrar")),
    StaffRole(
        OFFICIAL,
        text(
            fi="Tietopyynnöistä päättävä viranhaltija",
            sv="Tjänsteinnehavare som beslutar om begäran om information",
            en="Official who decides on requests for information",
        ),
    ),
)
register_actions(
    Action(
        SEE,
        text(fi="Katso asiarekisteri", sv="Se ärenderegistret", en="See the register of matters"),
        who=(
            role(REGISTRAR),
            role(OFFICIAL),
            role(AUDITOR),
            role(DATA_PROTECTION_OFFICER),
            role(PROTECTED_CLERK),
        ),
    ),
    Action(
        READ,
        text(fi="Lue asiakirjat", sv="Läs handlingarna", en="Read the documents"),
        who=(role(REGISTRAR), role(OFFICIAL), role(PROTECTED_CLERK)),
    ),
    Action(
        ASK,
        text(fi="Pyydä tietoja asiakirjasta", sv="Begär uppgifter ur en handling", en="Ask for information"),
        who=(anyone,),
    ),
    Action(
        HANDLE,
        text(fi="Käsittele tietopyyntöjä", sv="Behandla begäran om information", en="Handle requests for information"),
        who=(role(REGISTRAR), role(OFFICIAL), role(PROTECTED_CLERK)),
    ),
    Action(
        GIVE,
        text(fi="Anna tiedot", sv="Lämna ut uppgifterna", en="Give the information"),
        who=(role(REGISTRAR), role(OFFICIAL)),
    ),
    # Refusing is a decision of the authority, open to appeal (621/1999 14 § 1 and 3 mom., 33 §).
    Action(
        REFUSE,
        text(fi="Päätä tietojen epäämisestä", sv="Besluta att vägra uppgifter", en="Decide to refuse information"),
        who=(role(OFFICIAL),),
    ),
    Action(
        TRANSFER,
        text(fi="Siirrä arkistoon", sv="Överför till arkivet", en="Transfer to the archive"),
        who=(role(REGISTRAR),),
    ),
    Action(
        ARCHIVE,
        text(fi="Tallenna asiakirja", sv="Spara handlingen", en="Keep the document"),
        who=(staff, system),
    ),
    Action(
        DESTROY,
        text(fi="Hävitä vanhat asiat", sv="Förstör gamla ärenden", en="Destroy old matters"),
        who=(system,),
    ),
)
