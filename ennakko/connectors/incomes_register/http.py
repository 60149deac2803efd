# SPDX-License-Identifier: EUPL-1.2
"""The incomes register over its real-time Web Service.

Wire format (Incomes Register, “Technical interface – application guidelines” and “Distribution of data from the Incomes
Register”; compared with an open client of the service): SOAP 1.1 over HTTPS with the client certificate of the
register's certificate service; the document stands in the body with an enveloped XML signature (RSA-SHA256, the last
child) made with the same certificate; the answer is signed by the register. The address of the service and its
SOAPAction come from the description that a permit holder gets, as the numbers in `messages.Codes` do.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lxml import etree
from signxml import DigestAlgorithm, SignatureConfiguration, SignatureMethod, XMLSigner, XMLVerifier
from signxml.exceptions import InvalidCertificate, InvalidInput, InvalidSignature, SignXMLException

from ennakko.connectors.asking import Line, NoAnswer, Request
from ennakko.connectors.incomes_register import messages
from ennakko.kernel.organisations.ports import Unavailable, WagePayment
from ennakko.values.periods import Period

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
CANONICAL = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
XML = frozenset({"text/xml", "application/xml", "application/soap+xml"})
TRUSTED = SignatureConfiguration(
    signature_methods=frozenset({SignatureMethod.RSA_SHA256, SignatureMethod.RSA_SHA384, SignatureMethod.RSA_SHA512}),
    digest_algorithms=frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512}),
)
PAID_LATER = timedelta(days=92)
"""How long after the work its wages are looked for: they are paid within a few pay days."""
CERTIFICATE_ENDS = "-----END CERTIFICATE-----"


def now() -> datetime:
    """The moment that a query is stamped with."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class TulorekisteriWages:
    """Asks the incomes register.

    `url` is the whole address of the service and `action` its SOAPAction; `owner` our business ID; `certificate` the
    files of our certificate and key (PEM), for the connection and for the signature; `signers` a file with the
    certificates (PEM) that the register signs with: an answer by another is not believed.
    """

    url: str
    action: str
    owner: str
    codes: messages.Codes
    certificate: tuple[str, str] = field(repr=False)
    signers: str
    production: bool = True
    at: Callable[[], datetime] = now
    line: Line = field(default_factory=lambda: Line(name="incomes register"))

    def paid(self, identity_code: str, business_id: str, period: Period) -> tuple[WagePayment, ...]:
        """The payments of one employer to one person for work in a period, in order of day. Raises Unavailable.

        An open period is asked about to its first day's end of the year.
        """
        end = period.end or period.start.replace(month=12, day=31)
        try:
            content = self._envelope(identity_code, business_id, Period(period.start, end + PAID_LATER))
            trusted = self._signers()
        except (OSError, SignXMLException, ValueError) as error:
            raise Unavailable(f"{self.line.name}: cannot be asked ({type(error).__name__})") from None
        request = Request(
            method="POST",
            address=self.url,
            body=content,
            headers={"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{self.action}"', "Accept": "text/xml"},
            certificate=self.certificate if self.url.startswith("https://") else None,
            safe=True,
            media=XML,
        )
        try:
            reply = self.line.ask(request)
            document = verified(body_of(reply.content), trusted)
            return messages.payments(
                document,
                identity_code=identity_code,
                payer=business_id,
                period=Period(period.start, end),
                hour=self.codes.hour,
            )
        except NoAnswer as failure:
            raise Unavailable(failure.what, failure.wait) from None
        except messages.Malformed as error:
            raise Unavailable(f"{self.line.name}: {error}") from None

    def _envelope(self, identity_code: str, business_id: str, paid: Period) -> bytes:
        document = messages.query(
            identity_code=identity_code,
            payer=business_id,
            paid=paid,
            owner=self.owner,
            codes=self.codes,
            at=self.at(),
            production=self.production,
        )
        certificate, key = (Path(name).read_bytes() for name in self.certificate)
        signer = XMLSigner(c14n_algorithm=CANONICAL)
        signed = etree.tostring(signer.sign(document, key=key, cert=certificate.decode()))
        # The signed bytes go in as they are: written anew inside the envelope they would no longer be what was signed.
        return b'<soap:Envelope xmlns:soap="%s"><soap:Body>%s</soap:Body></soap:Envelope>' % (SOAP.encode(), signed)

    def _signers(self) -> list[str]:
        parts = Path(self.signers).read_text().split(CERTIFICATE_ENDS)
        return [f"{part.strip()}\n{CERTIFICATE_ENDS}\n" for part in parts if part.strip()]


def parsed(content: bytes) -> etree._Element:
    """XML as elements, without entities, document types or the network; raises messages.Malformed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise messages.Malformed("the answer is no XML") from None
    if root.getroottree().docinfo.doctype:
        raise messages.Malformed("the answer has a document type")
    return root


def body_of(content: bytes) -> etree._Element:
    """The one document in an envelope, as a document of its own; raises messages.Malformed for a fault too."""
    body = parsed(content).find(f"{{{SOAP}}}Body")
    inside = [] if body is None else [one for one in body if isinstance(one.tag, str)]
    if body is None or len(inside) != 1:
        raise messages.Malformed("the answer holds no document")
    if inside[0].tag == f"{{{SOAP}}}Fault":
        raise messages.Malformed("the answer is a fault")
    # Prefixes of the envelope are no part of what was signed.
    own = [prefix for prefix, name in inside[0].nsmap.items() if prefix and body.nsmap.get(prefix) != name]
    alone = parsed(etree.tostring(inside[0], with_tail=False))
    etree.cleanup_namespaces(alone, keep_ns_prefixes=own)
    return alone


def verified(document: etree._Element, trusted: list[str]) -> etree._Element:
    """What was signed by one of the certificates; raises messages.Malformed when nothing was."""
    for certificate in trusted:
        try:
            result = XMLVerifier().verify(document, x509_cert=certificate, expect_config=TRUSTED)
        except (InvalidSignature, InvalidInput, InvalidCertificate, ValueError):
            continue
        if not isinstance(result, list) and result.signed_xml is not None:
            return result.signed_xml
    raise messages.Malformed("the answer is not signed by the register")
