# SPDX-License-Identifier: EUPL-1.2
"""Who may do what in the hiring benefit."""

from typing import Any

from django.db.models import Q

from ennakko.kernel.access import Action, acts_for, all_of, owner_at, role, strong, system
from ennakko.kernel.access.grants import Holds
from ennakko.kernel.access.mandates import EMPLOYMENT, GRANTS, SIGNATORY
from ennakko.kernel.access.roles import ADVISER, PROTECTED_CLERK
from ennakko.kernel.cases.models import Case
from ennakko.kernel.people.models import Person
from ennakko.kernel.ready import Given, Ready
from ennakko.services.hiring_benefit.models import Employee
from ennakko.services.hiring_benefit.reasons import CLERKS
from ennakko.services.hiring_benefit.roles import DIRECTOR as DIRECTOR
from ennakko.services.hiring_benefit.roles import HANDLER as HANDLER
from ennakko.services.hiring_benefit.roles import OFFICIAL as OFFICIAL
from ennakko.services.hiring_benefit.roles import ROLES as ROLES
from ennakko.services.hiring_benefit.states import DECIDE, HANDLE, OWN
from ennakko.values.texts import text

APPLY, CONFIRM, PAPER, CHECK = (
    f"hiring-benefit.{name}" for name in ("apply", "confirm-employment", "enter-paper", "check-applications")
)  # fmt: skip
EMPLOYER = acts_for("organisation", SIGNATORY, GRANTS, EMPLOYMENT)
"""Somebody who acts for the employer, with any of the mandates by which its matters may be run."""


_protected: Ready[Employee] = Ready(
    lambda: Employee.objects.filter(application__case=Given("case"), person__non_disclosure=True).only("pk")
)


def _is_protected(case: Any) -> bool:
    return isinstance(case, Case) and case.pk is not None and bool(_protected.all(case=case.pk))


FEW = Employee.objects.filter(person__in=Person.objects.filter(non_disclosure=True).order_by().values("pk")).order_by()
"""The employees under non-disclosure: looked up from those few people, not among the thousands of other employees."""
PROTECTED = Q(pk__in=FEW.values("application__case"))
OPEN_EMPLOYEE = Holds(lambda case: not _is_protected(case), ~PROTECTED, CLERKS)
"""Cases whose employee is not under non-disclosure: the others one named clerk handles."""
CLERK = role(PROTECTED_CLERK)
HANDLERS = (all_of(role(HANDLER), OPEN_EMPLOYEE), all_of(role(OFFICIAL), OPEN_EMPLOYEE), CLERK, system)

ACTIONS = (
    Action(
        APPLY,
        text(fi="Hae palkkauslisää", sv="Ansök om anställningstillägg", en="Apply for the hiring benefit"),
        who=(EMPLOYER,),
    ),
    Action(
        OWN,
        text(fi="Katso ja täydennä hakemusta", sv="Se och komplettera ansökan", en="See and complete the application"),
        who=(EMPLOYER,),
    ),
    Action(
        CONFIRM,
        text(fi="Vahvista työsuhteesi", sv="Bekräfta din anställning", en="Confirm your employment"),
        who=(all_of(owner_at("person"), strong),),
    ),
    Action(
        PAPER,
        text(fi="Kirjaa paperihakemus", sv="Registrera en pappersansökan", en="Enter a paper application"),
        who=(role(HANDLER), role(ADVISER)),
    ),
    Action(
        CHECK,
        text(fi="Tarkista hakemukset", sv="Kontrollera ansökningarna", en="Check applications"),
        who=(system,),
    ),
    Action(
        HANDLE,
        text(fi="Käsittele hakemuksia", sv="Handlägg ansökningar", en="Handle applications"),
        who=HANDLERS,
    ),
    Action(
        DECIDE,
        text(fi="Päätä hakemuksista", sv="Besluta om ansökningar", en="Decide applications"),
        who=(all_of(role(OFFICIAL), OPEN_EMPLOYEE), CLERK),
    ),
    Action(
        "hiring-benefit.previous-benefits",
        text(fi="Pidä kirjaa aiemmista lisistä", sv="För bok över tidigare tillägg",
             en="Keep the register of earlier benefits"),
        who=(role(HANDLER), role(OFFICIAL), CLERK, system),
    ),
    Action(
        "hiring-benefit.order-letter",
        text(fi="Tilaa lisäkirje", sv="Beställ ett tilläggsbrev", en="Order the benefit letter"),
        who=(all_of(owner_at("person"), strong), role(ADVISER), CLERK),
    ),
    Action(
        "hiring-benefit.use-letter",
        text(fi="Käytä lisäkirjeen koodia", sv="Använd tilläggsbrevets kod", en="Use the code of a benefit letter"),
        who=(EMPLOYER,),
    ),
    Action(
        "hiring-benefit.figures",
        text(fi="Katso palkkauslisän tilannetta", sv="Se anställningstilläggets läge", en="See the benefit's figures"),
        who=(role(DIRECTOR), role(OFFICIAL), system),
    ),
    Action(
        "hiring-benefit.release-estimates",
        text(fi="Päästä arviosta kertovat viestit matkaan", sv="Frisläpp meddelanden om uppskattningen",
             en="Release messages about the estimate"),
        who=(role(OFFICIAL),),
    ),
    Action(
        "hiring-benefit.statistics",
        text(fi="Lue tilastoaineisto", sv="Läs statistikmaterialet", en="Read the statistics"),
        who=(role(DIRECTOR), role(OFFICIAL), system),
    ),
    Action(
        "hiring-benefit.tell-employment",
        text(fi="Kerro, jatkuuko työ", sv="Berätta om arbetet fortsätter", en="Tell whether the work goes on"),
        who=(acts_for("application__organisation", SIGNATORY, GRANTS, EMPLOYMENT),),
    ),
)  # fmt: skip
