# SPDX-License-Identifier: EUPL-1.2
"""Who may change what of an organisation: whoever acts for it with a mandate that carries that far."""

from ennakko.kernel.access.grants import acts_for, system
from ennakko.kernel.access.mandates import GRANTS, SIGNATORY
from ennakko.kernel.access.tables import Action, register_actions
from ennakko.values.texts import text

RETENTION = "organisations"
SEE = "organisations.see"
CHANGE_ACCOUNT = "organisations.change-account"
CHANGE_CONTACT = "organisations.change-contact"
PREFER = "organisations.prefer"

register_actions(
    Action(
        SEE,
        text(fi="Katso organisaation tietoja", sv="Se organisationens uppgifter", en="See the organisation's details"),
        who=(acts_for("business_id"),),
    ),
    Action(
        CHANGE_ACCOUNT,
        text(fi="Muuta tilinumeroa", sv="Ändra kontonumret", en="Change the bank account"),
        who=(acts_for("business_id", SIGNATORY, GRANTS), system),
    ),
    Action(
        CHANGE_CONTACT,
        text(fi="Muuta yhteyshenkilöä", sv="Ändra kontaktpersonen", en="Change the contact person"),
        who=(acts_for("business_id"), system),
    ),
    Action(
        PREFER,
        text(
            fi="Päätä, mitä organisaatiolle tarjotaan",
            sv="Bestäm vad organisationen erbjuds",
            en="Decide what the organisation is offered",
        ),
        who=(acts_for("business_id"), system),
    ),
)
