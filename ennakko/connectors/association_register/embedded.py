# SPDX-License-Identifier: EUPL-1.2
"""The register of associations with no outside world: the associations of the snapshot in use."""

from dataclasses import dataclass

from ennakko.connectors.association_register.http import SOURCE
from ennakko.connectors.companies_of_city import ASSOCIATIONS, Industries, organisation, row_of
from ennakko.kernel.organisations.ports import RegisteredOrganisation


@dataclass(frozen=True, slots=True)
class EmbeddedAssociationRegister:
    """Answers from the demo city; `industries` gives the words of a TOL 2008 code."""

    industries: Industries = str

    def association(self, business_id: str) -> RegisteredOrganisation | None:
        """The association of a business ID; None where there is none. Raises Unavailable without a snapshot."""
        row = row_of(business_id, "association register")
        if row is None or row["form"] not in ASSOCIATIONS:
            return None
        return organisation(row, source=SOURCE, industries=self.industries)
