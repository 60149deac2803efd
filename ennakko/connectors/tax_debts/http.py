# SPDX-License-Identifier: EUPL-1.2
"""The tax debt register over the Tax Administration's Vero API.

What is in the register (vero.fi, “Verovelkarekisteri – usein kysyttyä”; Act on the Public Disclosure and
Confidentiality of Tax Information 1346/1999, as amended on government bill 204/2013): whether an enterprise has tax
debts of at least 10,000 euros in collection, and whether it has neglected self-assessed returns in the last six months;
never the sum. A debt under a payment arrangement is not entered, nor are sums below the limit.

**The wire format is not public.** People can read the register at ytj.fi, one enterprise at a time; the interfaces of
the Vero API are described to its contract partners only. What is public about them is kept here (vero.fi, “Vero API,
technical guidance”): JSON over HTTPS to https://api.vero.fi/<category>/<product>/<service>/v<number>, a client
certificate, the header Vero-SoftwareKey, and Vero-SoftwareId where one was given. The names of the fields below are
ours until the contract's description says otherwise; they stand in one place, and an answer without them is
Unavailable, never “no debt”.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ennakko.connectors.asking import Line, NoAnswer, Request
from ennakko.kernel import clock
from ennakko.kernel.organisations.ports import TaxStanding, Unavailable

ASKED = "BusinessId"
DEBT, NEGLECT, PLAN = "TaxDebt", "FilingNeglect", "PaymentArrangement"


@dataclass(frozen=True, slots=True)
class VeroTaxDebts:
    """Asks the Vero API. `url` is the whole address of the service; `certificate` the files of certificate and key."""

    url: str
    software_key: str = field(repr=False)
    software_id: str = ""
    certificate: tuple[str, str] | None = field(default=None, repr=False)
    today: Callable[[], date] = clock.today
    line: Line = field(default_factory=lambda: Line(name="tax debt register"))

    def standing(self, business_id: str) -> TaxStanding:
        """Debt and payment plan today; a neglected return counts as a debt without one. Raises Unavailable."""
        headers = {"Vero-SoftwareKey": self.software_key}
        if self.software_id:
            headers["Vero-SoftwareId"] = self.software_id
        request = Request(
            method="POST",
            address=self.url,
            json={ASKED: business_id},
            headers=headers,
            certificate=self.certificate,
            safe=True,
        )
        try:
            told = self.line.ask(request).json()
        except NoAnswer as failure:
            raise Unavailable(failure.what, failure.wait) from None
        except ValueError:
            told = None
        return self._standing(told, business_id)

    def _standing(self, told: Any, business_id: str) -> TaxStanding:
        if not isinstance(told, dict) or told.get(ASKED) != business_id:
            raise Unavailable(f"{self.line.name}: the answer could not be read")
        debt, neglect, plan = (self._flag(told.get(name)) for name in (DEBT, NEGLECT, PLAN))
        # A plan covers the debt, not the returns that are missing.
        return TaxStanding(debt=debt or neglect or plan, payment_plan=plan and not neglect, checked_on=self.today())

    def _flag(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise Unavailable(f"{self.line.name}: the answer could not be read")
        return value
