# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with employers' claims: the rows of the access table that concern organisations."""

from typing import Any

from django.db.models import Q

from ennakko.kernel.access import Action, acts_for, all_of, role, system
from ennakko.kernel.access.grants import Holds
from ennakko.kernel.access.mandates import EMPLOYMENT, GRANTS, SIGNATORY
from ennakko.kernel.access.roles import PROTECTED_CLERK
from ennakko.kernel.people.models import Person
from ennakko.services.summer_voucher.models import ClaimRow, Voucher
from ennakko.services.summer_voucher.reasons import CLERKS
from ennakko.services.summer_voucher.roles import HANDLER, OFFICIAL
from ennakko.values.texts import text

EMPLOYER = acts_for("organisation", SIGNATORY, GRANTS, EMPLOYMENT)
"""Somebody who acts for the employer, with any of the mandates by which its matters may be run."""


def _known_protected(case: Any) -> bool:
    row = getattr(case, "summer_voucher_claim_row", None)
    voucher = getattr(row, "voucher", None)
    return bool(getattr(getattr(voucher, "person", None), "non_disclosure", False))


_protected = Person.objects.filter(non_disclosure=True).values("key")
_theirs = Voucher.objects.filter(person__in=_protected).values("pk")
PROTECTED = Q(pk__in=ClaimRow.objects.filter(voucher__in=_theirs, case__isnull=False).order_by().values("case"))
"""The cases of the few: looked up from them step by step; a join would go through the thousands of others."""
OPEN_YOUTH = Holds(lambda case: not _known_protected(case), ~PROTECTED, CLERKS)
"""Claims of a voucher whose holder is not under non-disclosure: the others one named clerk handles."""
CLERK = role(PROTECTED_CLERK)

CLAIM_ACTIONS = (
    Action(
        "summer-voucher.claim",
        text(fi="Hae kesäsetelin summaa", sv="Ansök om sommarsedelns summa", en="Claim the voucher's sum"),
        who=(EMPLOYER,),
    ),
    Action(
        "summer-voucher.own-claim",
        text(fi="Täydennä tai peru hakemus", sv="Komplettera eller återta ansökan", en="Add to or withdraw the claim"),
        who=(EMPLOYER,),
    ),
    Action(
        "summer-voucher.check-claims",
        text(fi="Tarkista työnantajien hakemukset", sv="Kontrollera arbetsgivarnas ansökningar",
             en="Check employers' claims"),
        who=(system,),
    ),
    Action(
        "summer-voucher.handle-claims",
        text(fi="Käsittele työnantajien hakemuksia", sv="Handlägg arbetsgivarnas ansökningar",
             en="Handle employers' claims"),
        who=(all_of(role(HANDLER), OPEN_YOUTH), all_of(role(OFFICIAL), OPEN_YOUTH), CLERK, system),
    ),
    Action(
        "summer-voucher.decide-claims",
        text(fi="Päätä työnantajien hakemuksista", sv="Besluta om arbetsgivarnas ansökningar",
             en="Decide employers' claims"),
        who=(all_of(role(OFFICIAL), OPEN_YOUTH), CLERK),
    ),
    Action(
        "summer-voucher.export-claims",
        text(fi="Lataa hakemukset taulukkona", sv="Ladda ner ansökningarna som tabell",
             en="Download the claims as a table"),
        who=(role(HANDLER), role(OFFICIAL)),
    ),
    Action(
        "summer-voucher.register-experiment",
        text(fi="Kirjaa kokeilu", sv="Registrera ett försök", en="Register an experiment"),
        who=(role(OFFICIAL), system),
    ),
    Action(
        "summer-voucher.answer-same-again",
        text(fi="Vastaa ”Samoin ensi kesänä” -ehdotukseen", sv="Svara på förslaget ”Likadant i sommar”",
             en="Answer the “Same again” proposal"),
        who=(EMPLOYER,),
    ),
)  # fmt: skip
