# SPDX-License-Identifier: EUPL-1.2
"""The business register over the open data service of PRH, version 3: no permit and no credentials.

Wire format (avoindata.prh.fi, “Opendata YTJ-Api”, its published OpenAPI description): GET
/companies?businessId=1234567-8 answers JSON `totalResults` and `companies`; an unknown business ID gives an empty list.
400 is a bad request, 429 too many, 500 and 503 a failure. Companies of the trade register are in it; most associations
are not.
"""

from dataclasses import dataclass, field

from ennakko.connectors.asking import Line, NoAnswer, Request
from ennakko.connectors.business_register.reading import Malformed, organisation
from ennakko.kernel.organisations.ports import RegisteredOrganisation, Unavailable
from ennakko.values import business_id as business_ids

ADDRESS = "https://avoindata.prh.fi/opendata-ytj-api/v3"


@dataclass(frozen=True, slots=True)
class PrhBusinessRegister:
    """Asks PRH. `url` is the service's address without a slash at the end."""

    url: str = ADDRESS
    line: Line = field(default_factory=lambda: Line(name="business register"))

    def company(self, business_id: str) -> RegisteredOrganisation | None:
        """The company of a business ID; None where there is none. Raises Unavailable."""
        if not business_ids.is_valid(business_id):
            return None
        request = Request(
            method="GET",
            address=f"{self.url}/companies",
            query={"businessId": business_id},
            safe=True,
            expected=frozenset({200, 404}),
        )
        try:
            reply = self.line.ask(request)
        except NoAnswer as failure:
            raise Unavailable(failure.what, failure.wait) from None
        if reply.status == 404:
            return None
        try:
            companies = reply.json()["companies"]
            found = [one for one in companies if (one.get("businessId") or {}).get("value") == business_id]
            return organisation(found[0]) if found else None
        except Malformed as error:
            raise Unavailable(f"{self.line.name}: {error}") from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Unavailable(f"{self.line.name}: the answer could not be read") from None
