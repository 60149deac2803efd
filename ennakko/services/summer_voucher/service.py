# SPDX-License-Identifier: EUPL-1.2
"""The summer voucher's whole surface: registered when the municipality's figures, permits and appeals are known."""

from pathlib import Path

from ennakko.kernel.api.interface import api as interface
from ennakko.kernel.figures.past_cases import register_past_cases
from ennakko.kernel.manifest import Messages, Retention, Service, register
from ennakko.kernel.organisations.hiring import payments_show_hiring
from ennakko.kernel.purposes import Purpose
from ennakko.kernel.records import RecordsPlan
from ennakko.kernel.registers import register_own_facts
from ennakko.kernel.resealing import Sealed
from ennakko.rules.parameters import default_book
from ennakko.services.summer_voucher import claim_scanning, figures, figures_claims, same_again
from ennakko.services.summer_voucher.access import ACTIONS, ROLES
from ennakko.services.summer_voucher.actions.resealing import rotate_keys
from ennakko.services.summer_voucher.api import router
from ennakko.services.summer_voucher.api_claims import router as claims_router
from ennakko.services.summer_voucher.case_kind import case_type
from ennakko.services.summer_voucher.claim_kind import claim_type
from ennakko.services.summer_voucher.claim_payment_file import formats
from ennakko.services.summer_voucher.claim_telling import CLAIM_FIELDS
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.jobs import JOBS
from ennakko.services.summer_voucher.law.claim_rules import ClaimConditions
from ennakko.services.summer_voucher.law.same_again import SameAgain
from ennakko.services.summer_voucher.offer import KEPT_DAYS, offer_kind
from ennakko.services.summer_voucher.past_claims import GROUPS, RULE, past_claims
from ennakko.services.summer_voucher.queries import vouchers
from ennakko.services.summer_voucher.rectification import PLAN as RECTIFICATION_PLAN
from ennakko.services.summer_voucher.rectification import rectification
from ennakko.services.summer_voucher.telling import FIELDS
from ennakko.values.texts import text

RECTIFICATION = rectification()
READ = ("birth_date", "municipality", "alive", "voucher_given")
CLAIM_READ = tuple(
    dict.fromkeys(ref.name for rule in (ClaimConditions, SameAgain) for ref in rule.inputs() if ref.name not in READ)
)
"""What claims and proposals to employers are judged by."""

SERVICE_MANIFEST = Service(
    id=SERVICE,
    names=text(fi="Kesäseteli", sv="Sommarsedeln", en="Summer job voucher"),
    owner=text(fi="Työllisyyspalvelut", sv="Sysselsättningstjänsterna", en="Employment services"),
    in_whose_name=text(fi="Kunta", sv="Kommunen", en="The municipality"),
    purposes=(
        Purpose(
            id=SERVICE,
            title=text(
                fi="Kesäsetelin tarjoaminen nuorelle hakematta",
                sv="Att erbjuda unga en sommarsedel utan ansökan",
                en="Offering a summer job voucher to the young without an application",
            ),
            legal_basis=text(
                fi="Kuntalaki 410/2015, 7 §; tietosuoja-asetus 6 artikla 1 kohta e alakohta",
                sv="Kommunallagen 410/2015, 7 §; dataskyddsförordningen artikel 6.1 e",
                en="Local Government Act 410/2015, section 7; General Data Protection Regulation, Article 6(1)(e)",
            ),
            anticipates=True,
            service=SERVICE,
        ),
    ),
    reads={SERVICE: (*READ, "non_disclosure", "district", "service_language", "income_month", *CLAIM_READ)},
    roles=ROLES,
    actions=(*ACTIONS, *RECTIFICATION.actions),
    rules=(
        "summer-voucher.entitled", "summer-voucher.acceptance", "summer-voucher.number", "summer-voucher.surname",
        "summer-voucher.identity-code", "summer-voucher.claim-conditions", "summer-voucher.claim",
        "summer-voucher.same-again",
    ),
    jobs=JOBS,
    offer_kinds=(offer_kind(default_book()), same_again.offer_kind()),
    case_types=(case_type(default_book()), claim_type(default_book()), RECTIFICATION.case_type),
    records=(
        RecordsPlan(
            "application", "14", text(fi="Kesäsetelihakemus", sv="Ansökan om sommarsedel",
                                      en="Application for the summer job voucher"),
            "partly-secret",
            # Our reading: the youth is a personal client of the employment services (25), and may tell of private
            # circumstances (32). The classification below 14 (business and employment services) is each city's own.
            text(fi="Julkisuuslaki 621/1999, 24 § 1 momentti 25 ja 32 kohta",
                 sv="Offentlighetslagen 621/1999, 24 § 1 mom. 25 och 32 punkten",
                 en="Openness Act 621/1999, section 24, subsection 1, points 25 and 32"),
            5 * 365, secrecy_years=100,
        ),
        RecordsPlan(
            "claim", "14", text(fi="Työnantajan kesäsetelihakemus", sv="Arbetsgivarens ansökan om sommarsedel",
                                en="Employer's claim of the summer job voucher"),
            "partly-secret",
            # Our reading: the youth is a client of the employment services (25), the pay tells of their income (23).
            text(fi="Julkisuuslaki 621/1999, 24 § 1 momentti 23 ja 25 kohta",
                 sv="Offentlighetslagen 621/1999, 24 § 1 mom. 23 och 25 punkten",
                 en="Openness Act 621/1999, section 24, subsection 1, points 23 and 25"),
            5 * 365, attachments_days=365, secrecy_years=100,
        ),
        RECTIFICATION_PLAN,
    ),
    messages=Messages(Path(__file__).parent / "messages", {**FIELDS, **CLAIM_FIELDS}),
    routes="ennakko.services.summer_voucher.urls",
    figures=(*figures.FIGURES, *figures_claims.FIGURES),
    retention=(
        Retention(
            "offers", KEPT_DAYS,
            text(fi="vastausajan päättymisestä", sv="när svarstiden gått ut", en="the end of the time to answer"),
            text(fi="Kesäsetelin ehdot 14 §", sv="Sommarsedelns villkor 14 §", en="Conditions of the voucher, 14 §"),
        ),
        Retention(
            "cases", 5 * 365,
            text(fi="hakemuksen saapumisesta", sv="när ansökan kom in", en="the arrival of the application"),
            text(fi="Kesäsetelin ehdot 14 §", sv="Sommarsedelns villkor 14 §", en="Conditions of the voucher, 14 §"),
        ),
    ),
    payment_formats=formats(default_book()),
    number_prefix="KS",
    sealed=(
        Sealed(
            SERVICE,
            text(fi="Kesäsetelin hakemukset", sv="Ansökningar om sommarsedeln", en="Applications for the voucher"),
            rotate_keys,
        ),
    ),
)  # fmt: skip


def put_to_use() -> Service:
    """Register the manifest, and the fact that the service knows of everybody: whether this year's voucher is given."""
    register_own_facts(
        source="own-services", fact="voucher_given", frame=vouchers.given, one=vouchers.given_to, otherwise=False
    )
    registered = register(SERVICE_MANIFEST)
    interface.add_router(f"/{SERVICE}", router)
    interface.add_router(f"/{SERVICE}/claims", claims_router)
    claim_scanning.watch()
    register_past_cases(RULE, past_claims, groups=GROUPS)
    payments_show_hiring(SERVICE)
    return registered


put_to_use()
