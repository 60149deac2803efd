# SPDX-License-Identifier: EUPL-1.2
"""The summer voucher's whole surface: registered when the municipality's figures, permits and appeals are known."""

from pathlib import Path

from ennakko.kernel.api.interface import api as interface
from ennakko.kernel.manifest import Messages, Retention, Service, register
from ennakko.kernel.purposes import Purpose
from ennakko.kernel.registers import register_own_facts
from ennakko.rules.parameters import default_book
from ennakko.services.summer_voucher import figures
from ennakko.services.summer_voucher.access import ACTIONS, ROLES
from ennakko.services.summer_voucher.api import router
from ennakko.services.summer_voucher.case_kind import case_type
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.jobs import JOBS
from ennakko.services.summer_voucher.offer import KEPT_DAYS, offer_kind
from ennakko.services.summer_voucher.queries import vouchers
from ennakko.services.summer_voucher.telling import FIELDS
from ennakko.values.texts import text

READ = ("birth_date", "municipality", "alive", "voucher_given")

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
    reads={SERVICE: (*READ, "non_disclosure", "district", "service_language")},
    roles=ROLES,
    actions=ACTIONS,
    rules=(
        "summer-voucher.entitled", "summer-voucher.acceptance", "summer-voucher.number", "summer-voucher.surname",
        "summer-voucher.identity-code",
    ),
    jobs=JOBS,
    offer_kinds=(offer_kind(default_book()),),
    case_types=(case_type(default_book()),),
    messages=Messages(Path(__file__).parent / "messages", FIELDS),
    routes="ennakko.services.summer_voucher.urls",
    figures=figures.FIGURES,
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
    automatic_decisions=None,
)  # fmt: skip


def put_to_use() -> Service:
    """Register the manifest, and the fact that the service knows of everybody: whether this year's voucher is given."""
    register_own_facts(
        source="own-services", fact="voucher_given", frame=vouchers.given, one=vouchers.given_to, otherwise=False
    )
    registered = register(SERVICE_MANIFEST)
    interface.add_router(f"/{SERVICE}", router)
    return registered


put_to_use()
