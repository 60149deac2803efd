# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with instalments, notices of changes, recoveries and the register of aid."""

from typing import Any

from django.db.models import Q

from ennakko.kernel.access import Action, acts_for, all_of, role, system
from ennakko.kernel.access.grants import Holds
from ennakko.kernel.access.mandates import EMPLOYMENT, GRANTS, SIGNATORY
from ennakko.kernel.access.roles import PROTECTED_CLERK
from ennakko.kernel.payments.access import FINANCE
from ennakko.services.hiring_benefit.access import FEW
from ennakko.services.hiring_benefit.models import Alteration
from ennakko.services.hiring_benefit.reasons import CLERKS
from ennakko.services.hiring_benefit.roles import HANDLER, OFFICIAL
from ennakko.services.hiring_benefit.states_money import (
    ASSURE,
    HANDLE_CHANGES,
    OWN_CHANGE,
    PAY,
    PAYMENTS,
    RECOVER,
    TELL,
)
from ennakko.values.texts import text

AID_REGISTER, INVOICES, SEE_PAYMENTS, ARCHIVE = (
    f"hiring-benefit.{name}" for name in ("report-aid", "invoice-recoveries", "see-payments", "deliver-to-archive")
)  # fmt: skip
EMPLOYER = acts_for("organisation", SIGNATORY, GRANTS, EMPLOYMENT)


def _is_protected(case: Any) -> bool:
    """Whether the employee of an application, or of a notice about one, is under non-disclosure."""
    alteration = getattr(case, "hiring_benefit_alteration", None)
    application = alteration.application if alteration is not None else None
    application = application or getattr(case, "hiring_benefit_application", None)
    person = getattr(getattr(application, "employee", None), "person", None)
    return bool(getattr(person, "non_disclosure", False))


PROTECTED = Q(pk__in=FEW.values("application__case")) | Q(
    pk__in=Alteration.objects.filter(application__in=FEW.values("application")).order_by().values("case")
)
OPEN = Holds(lambda case: not _is_protected(case), ~PROTECTED, CLERKS)
CLERK = role(PROTECTED_CLERK)
STAFF = (all_of(role(HANDLER), OPEN), all_of(role(OFFICIAL), OPEN), CLERK)

MONEY_ACTIONS = (
    Action(
        PAYMENTS,
        text(fi="Käsittele maksueriä", sv="Handlägg betalningsrater", en="Handle instalments"),
        who=STAFF,
    ),
    Action(
        SEE_PAYMENTS,
        text(fi="Katso maksueriä ja muutosilmoituksia", sv="Se betalningsrater och ändringsanmälningar",
             en="See instalments and notices of changes"),
        who=STAFF,
    ),
    Action(
        ASSURE,
        text(fi="Toimita palkkalaskelma", sv="Lämna in lönespecifikationen", en="Give the payslip"),
        who=(EMPLOYER,),
    ),
    Action(
        PAY,
        text(fi="Pyydä palkkalaskelma ja kirjaa maksu", sv="Begär lönespecifikation och bokför betalning",
             en="Ask for payslips and record payments"),
        who=(system,),
    ),
    Action(
        TELL,
        text(fi="Ilmoita työsuhteen muutoksesta", sv="Anmäl en ändring i anställningen",
             en="Tell of a change in the employment"),
        who=(EMPLOYER, *STAFF),
    ),
    Action(
        OWN_CHANGE,
        text(fi="Muuta tai peru muutosilmoitus", sv="Ändra eller återta anmälan om ändring",
             en="Change or take back a notice of a change"),
        who=(EMPLOYER,),
    ),
    Action(
        HANDLE_CHANGES,
        text(fi="Käsittele muutosilmoituksia", sv="Handlägg anmälningar om ändringar", en="Handle notices of changes"),
        who=STAFF,
    ),
    Action(
        RECOVER,
        text(fi="Päätä takaisinperinnästä", sv="Besluta om återkrav", en="Decide on recovery"),
        who=(all_of(role(OFFICIAL), OPEN), CLERK),
    ),
    Action(
        INVOICES,
        text(fi="Laadi takaisinperinnän laskutusluettelo", sv="Gör upp faktureringslistan för återkrav",
             en="Make the invoice list of recoveries"),
        who=(role(FINANCE), role(HANDLER)),
    ),
    Action(
        AID_REGISTER,
        text(fi="Ilmoita de minimis -tukirekisteriin", sv="Rapportera till de minimis-registret",
             en="Report to the register of de minimis aid"),
        who=(role(HANDLER), role(OFFICIAL), system),
    ),
    Action(
        ARCHIVE,
        text(fi="Huolehdi, että asiat menevät arkistoon", sv="Se till att ärendena når arkivet",
             en="See that matters reach the archive"),
        who=STAFF,
    ),
)  # fmt: skip
