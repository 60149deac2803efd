# SPDX-License-Identifier: EUPL-1.2
"""Which outside systems are asked: the embedded twins of the demo, or the real ones as the settings say."""

from collections.abc import Mapping

from django.conf import settings

from ennakko.connectors.asking import Line
from ennakko.connectors.association_register.http import YrttiAssociationRegister
from ennakko.connectors.business_register.http import PrhBusinessRegister
from ennakko.connectors.clamav.clamd import ClamdScanner
from ennakko.connectors.decision_archive.http import SECONDS as ARCHIVE_SECONDS
from ennakko.connectors.decision_archive.http import AhjoArchive
from ennakko.connectors.finance.http import HttpTransfer
from ennakko.connectors.incomes_register.http import TulorekisteriWages
from ennakko.connectors.incomes_register.messages import Codes
from ennakko.connectors.mandates.http import SuomiFiMandates
from ennakko.connectors.mandates.roles import EMPLOYMENT, GRANTS, SIGNATORY
from ennakko.connectors.tax_debts.http import VeroTaxDebts
from ennakko.kernel.documents import ports as documents
from ennakko.kernel.organisations import ports as organisations
from ennakko.kernel.payments import ports as payments
from ennakko.kernel.records import decision_archive
from ennakko.kernel.records.outside_tokens import KeptToken

NEEDED: Mapping[str, tuple[str, ...]] = {
    "ASSOCIATION_REGISTER": ("username", "password"),
    "MANDATES": ("client_id", "api_key", "oauth_secret"),
    "TAX_DEBTS": ("software_key", "certificate", "key"),
    "INCOMES": ("action", "owner", "codes", "certificate", "key", "signers"),
    "FINANCE": ("username", "password"),
    "DECISION_ARCHIVE": ("token_url", "client_id", "client_secret", "refresh_token"),
}
"""What a system needs besides its address; without it the system is not in use, and production does not start."""
LEAST_KEY = 32
GIVEN = (SIGNATORY, GRANTS, EMPLOYMENT)


def wire() -> None:
    """Called once at start-up, after the channels."""
    if settings.CONNECTORS == "http":
        _real()
    else:
        from ennakko.web import outside_embedded

        outside_embedded.wire()


def problems() -> list[str]:
    """What is wrong with the settings of the real systems, a sentence each."""
    found = []
    for name, parts in NEEDED.items():
        given = getattr(settings, name)
        lacking = [f"ENNAKKO_{name}_{part.upper()}" for part in parts if not given[part]]
        if given["url"] and lacking:
            found.append(f"ENNAKKO_{name}_URL is set without {', '.join(lacking)}.")
    for name in ("BUSINESS_REGISTER", *NEEDED):
        url = getattr(settings, name)["url"]
        if url and not url.startswith("https://"):
            found.append(f"ENNAKKO_{name}_URL is not https: what is asked could be read on the way.")
    archive = settings.DECISION_ARCHIVE["token_url"]
    if archive and not archive.startswith("https://"):
        found.append("ENNAKKO_DECISION_ARCHIVE_TOKEN_URL is not https: the secret could be read on the way.")
    for name, key in settings.CALLERS.items():
        if key and len(key) < LEAST_KEY:
            said = name.upper().replace("-", "_")
            found.append(f"ENNAKKO_{said}_CALLER_KEY is short: at least {LEAST_KEY} characters that nobody can guess.")
    if not settings.SCANNER["host"]:
        found.append("ENNAKKO_SCANNER_HOST is not set: nothing that people send in could be opened.")
    if not settings.SCANNER["port"].isdigit():
        found.append("ENNAKKO_SCANNER_PORT is no number: clamd usually listens on 3310.")
    for read, name in ((_codes_of_incomes, "ENNAKKO_INCOMES_CODES"), (given_codes, "ENNAKKO_MANDATES_CODES")):
        try:
            read()
        except ValueError as error:
            found.append(f"{name} cannot be read: {error}.")
    if not 0.1 <= settings.OUTSIDE_SECONDS <= 60:
        found.append("ENNAKKO_OUTSIDE_SECONDS must be 0.1–60: so long every page may wait.")
    return found


def given_codes() -> dict[str, str]:
    """Codes of given mandates, as the settings write them, to the kernel's words; raises ValueError."""
    pairs = [part.strip().rpartition("=") for part in settings.MANDATES["codes"].split(",") if part.strip()]
    wrong = [f"{code}={meaning}" for code, _, meaning in pairs if not code or meaning not in GIVEN]
    if wrong:
        raise ValueError(f"write CODE={'|'.join(GIVEN)} by commas, not {wrong[0]}")
    return {code: meaning for code, _, meaning in pairs}


def _codes_of_incomes() -> Codes | None:
    return Codes.read(settings.INCOMES["codes"]) if settings.INCOMES["url"] else None


def _in_use(name: str) -> Mapping[str, str] | None:
    """The settings of a system that has its address and all that it needs."""
    given: Mapping[str, str] = getattr(settings, name)
    return given if given["url"] and all(given[part] for part in NEEDED.get(name, ())) else None


def _line(name: str) -> Line:
    return Line(name=name, timeout=settings.OUTSIDE_SECONDS)


def _real() -> None:
    """Those whose address is set; what cannot be used is told by `problems` and answers Unavailable."""
    documents.use(_scanner())
    finance = _in_use("FINANCE")
    payments.use(HttpTransfer(finance["url"], finance["username"], finance["password"]) if finance else None)
    decision_archive.use(_decision_archive())
    organisations.use(
        business_register=_business_register(),
        association_register=_association_register(),
        mandates=_mandates(),
        tax_debts=_tax_debts(),
        wages=_wages(),
    )


def _scanner() -> ClamdScanner | None:
    host, port = settings.SCANNER["host"], settings.SCANNER["port"]
    return ClamdScanner(host, int(port), settings.OUTSIDE_SECONDS) if host and port.isdigit() else None


def _business_register() -> PrhBusinessRegister | None:
    given = _in_use("BUSINESS_REGISTER")
    return PrhBusinessRegister(given["url"], _line("business register")) if given else None


def _association_register() -> YrttiAssociationRegister | None:
    given = _in_use("ASSOCIATION_REGISTER")
    if given is None:
        return None
    return YrttiAssociationRegister(given["url"], given["username"], given["password"], _line("association register"))


def _mandates() -> SuomiFiMandates | None:
    given = _in_use("MANDATES")
    if given is None:
        return None
    return SuomiFiMandates(
        url=given["url"],
        client_id=given["client_id"],
        api_key=given["api_key"],
        oauth_secret=given["oauth_secret"],
        given=given_codes(),
        line=_line("e-authorisations"),
    )


def _tax_debts() -> VeroTaxDebts | None:
    given = _in_use("TAX_DEBTS")
    if given is None:
        return None
    return VeroTaxDebts(
        url=given["url"],
        software_key=given["software_key"],
        software_id=given["software_id"],
        certificate=(given["certificate"], given["key"]),
        line=_line("tax debt register"),
    )


def _decision_archive() -> AhjoArchive | None:
    given = _in_use("DECISION_ARCHIVE")
    if given is None:
        return None
    # Only jobs talk with it: nobody waits on a page, so that it may take the minute that it sometimes needs.
    name = "decision archive"
    return AhjoArchive(
        url=given["url"], token_url=given["token_url"], client_id=given["client_id"],
        client_secret=given["client_secret"], tokens=KeptToken("decision-archive", given["refresh_token"]),
        line=Line(name=name, timeout=ARCHIVE_SECONDS),
    )  # fmt: skip


def _wages() -> TulorekisteriWages | None:
    given, codes = _in_use("INCOMES"), _codes_of_incomes()
    if given is None or codes is None:
        return None
    return TulorekisteriWages(
        url=given["url"],
        action=given["action"],
        owner=given["owner"],
        codes=codes,
        certificate=(given["certificate"], given["key"]),
        signers=given["signers"],
        production=not settings.INCOMES_TEST,
        line=_line("incomes register"),
    )
