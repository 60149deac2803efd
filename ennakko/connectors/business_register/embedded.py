# SPDX-License-Identifier: EUPL-1.2
"""The business register with no outside world: the companies of the snapshot in use, without the associations."""

from dataclasses import dataclass

from ennakko.connectors.business_register.reading import SOURCE
from ennakko.connectors.companies_of_city import ASSOCIATIONS, Industries, organisation, row_of
from ennakko.kernel.organisations.ports import RegisteredOrganisation


@dataclass(frozen=True, slots=True)
class EmbeddedBusinessRegister:
    """Answers from the demo city; `industries` gives the words of a TOL 2008 code."""

    industries: Industries = str

    def company(self, business_id: str) -> RegisteredOrganisation | None:
        """The company of a business ID; None where there is none. Raises Unavailable without a snapshot."""
        row = row_of(business_id, "business register")
        if row is None or row["form"] in ASSOCIATIONS:
            return None
        return organisation(row, source=SOURCE, industries=self.industries)
