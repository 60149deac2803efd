# SPDX-License-Identifier: EUPL-1.2
"""The hiring benefit's whole surface: registered when the municipality's figures, permits and appeals are known."""

from pathlib import Path

from ennakko.kernel.api.interface import api as interface
from ennakko.kernel.figures.past_cases import register_past_cases
from ennakko.kernel.manifest import Messages, Retention, Service, register
from ennakko.kernel.organisations.hiring import payments_show_hiring
from ennakko.kernel.purposes import Purpose
from ennakko.kernel.records import RecordsPlan
from ennakko.kernel.resealing import Sealed
from ennakko.services.hiring_benefit import telling, telling_handler, telling_money
from ennakko.services.hiring_benefit.access import ACTIONS, ROLES
from ennakko.services.hiring_benefit.access_money import MONEY_ACTIONS
from ennakko.services.hiring_benefit.actions.resealing import rotate_keys
from ennakko.services.hiring_benefit.alteration_kind import PLAN as ALTERATION_PLAN
from ennakko.services.hiring_benefit.alteration_kind import alteration_type
from ennakko.services.hiring_benefit.api_apply import router as applications_router
from ennakko.services.hiring_benefit.api_estimate import router as estimate_router
from ennakko.services.hiring_benefit.api_money import router as money_router
from ennakko.services.hiring_benefit.api_statistics import router as statistics_router
from ennakko.services.hiring_benefit.case_kind import BENEFIT_CASE, benefit_type
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.figures import FIGURES
from ennakko.services.hiring_benefit.jobs_apply import APPLY_JOBS
from ennakko.services.hiring_benefit.jobs_handler import HANDLER_JOBS
from ennakko.services.hiring_benefit.jobs_look import LOOK_JOBS
from ennakko.services.hiring_benefit.jobs_money import MONEY_JOBS
from ennakko.services.hiring_benefit.letter_manifest import (
    LETTER_FIELDS,
    LETTER_PURPOSE,
    LETTER_READS,
    LETTER_RETENTION,
)
from ennakko.services.hiring_benefit.past_cases import GROUPS, past_cases
from ennakko.services.hiring_benefit.payment_file import FORMAT
from ennakko.services.hiring_benefit.rectification import PLAN as RECTIFICATION_PLAN
from ennakko.services.hiring_benefit.rectification import rectification
from ennakko.values.texts import text

KEPT_DAYS = 3651
RECTIFICATION = rectification()
READ = ("income_month", "municipality", "unemployed_since")
OWN = (
    "aid_cents", "applied_on", "benefit_cents", "employer_kind", "granted_on", "overlaps_earlier", "rules_of",
    "service_need_assessed", "used_days",
)  # fmt: skip
TOLD = (
    "apprenticeship", "benefit_end", "benefit_start", "business_activity", "disability_subsidy", "labour_market_days",
    "manager_available", "pay_subsidy", "weekly_hours",
)  # fmt: skip

SERVICE_MANIFEST = Service(
    id=SERVICE,
    names=text(fi="Palkkauslisä", sv="Anställningstillägg", en="Hiring benefit"),
    owner=text(fi="Työllisyyspalvelut", sv="Sysselsättningstjänsterna", en="Employment services"),
    in_whose_name=text(fi="Kunta", sv="Kommunen", en="The municipality"),
    purposes=(
        Purpose(
            id=SERVICE,
            title=text(
                fi="Tuki työnantajalle, joka palkkaa työttömän asukkaan",
                sv="Stöd till en arbetsgivare som anställer en arbetslös invånare",
                en="Support to an employer who hires an unemployed resident",
            ),
            legal_basis=text(
                fi="Kuntalaki 410/2015, 7 §; tietosuoja-asetus 6 artikla 1 kohta e alakohta",
                sv="Kommunallagen 410/2015, 7 §; dataskyddsförordningen artikel 6.1 e",
                en="Local Government Act 410/2015, section 7; General Data Protection Regulation, Article 6(1)(e)",
            ),
            anticipates=False,
            service=SERVICE,
        ),
        LETTER_PURPOSE,
    ),
    reads={SERVICE: (*READ, *OWN, *TOLD), **LETTER_READS},
    roles=ROLES,
    actions=(*ACTIONS, *RECTIFICATION.actions, *MONEY_ACTIONS),
    case_types=(benefit_type(), alteration_type(), RECTIFICATION.case_type),
    records=(
        RecordsPlan(
            BENEFIT_CASE, "14",
            text(fi="Palkkauslisän hakemus", sv="Ansökan om anställningstillägg",
                 en="Application for the hiring benefit"),
            "partly-secret",
            # Our reading: the employee is a client of the employment services (25), the pay tells of her income (23),
            # the employer's accounts and contracts may be business secrets (20).
            text(fi="Julkisuuslaki 621/1999, 24 § 1 momentti 20, 23 ja 25 kohta",
                 sv="Offentlighetslagen 621/1999, 24 § 1 mom. 20, 23 och 25 punkten",
                 en="Openness Act 621/1999, section 24, subsection 1, points 20, 23 and 25"),
            KEPT_DAYS, secrecy_years=100,
        ),
        RECTIFICATION_PLAN,
        ALTERATION_PLAN,
    ),
    messages=Messages(
        Path(__file__).parent / "messages",
        {**LETTER_FIELDS, **telling.FIELDS, **telling_handler.FIELDS, **telling_money.MONEY_FIELDS},
    ),
    retention=(
        Retention(
            "cases", KEPT_DAYS,
            text(fi="päätöksestä", sv="från beslutet", en="the decision"),
            text(fi="Palkkauslisän ehdot 21 §", sv="Anställningstilläggets villkor 21 §",
                 en="Conditions of the benefit, 21 §"),
        ),
        LETTER_RETENTION,
    ),
    payment_formats=(FORMAT,),
    jobs=(*APPLY_JOBS, *HANDLER_JOBS, *MONEY_JOBS, *LOOK_JOBS),
    figures=FIGURES,
    number_prefix="HL",
    sealed=(
        Sealed(
            SERVICE,
            text(fi="Palkkauslisän työntekijät", sv="Anställningstilläggets arbetstagare",
                 en="Employees of the hiring benefit"),
            rotate_keys,
        ),
    ),
    rules=(
        "hiring-benefit.eligible", "hiring-benefit.amount", "hiring-benefit.instalments", "hiring-benefit.recovery",
        "hiring-benefit.previous-benefits", "hiring-benefit.de-minimis", "hiring-benefit.days360",
        "hiring-benefit.application", "hiring-benefit.alteration", "hiring-benefit.decision",
    ),
)  # fmt: skip

register(SERVICE_MANIFEST)
interface.add_router(f"/{SERVICE}/estimate", estimate_router)
interface.add_router(f"/{SERVICE}/applications", applications_router)
interface.add_router(f"/{SERVICE}/statistics", statistics_router)
register_past_cases(f"{SERVICE}.amount", past_cases, groups=GROUPS)
payments_show_hiring(SERVICE)
interface.add_router(f"/{SERVICE}", money_router)
