# SPDX-License-Identifier: EUPL-1.2
"""What the roles of e-Authorizations mean here: the kernel's mandates signatory, grants and employment.

The registers' roles (DVV's client library names them): NIMKO may sign the organisation's name alone, ELI is a sole
trader, S a liquidator; TJ is a managing director and IS a property manager, who run daily matters (Limited Liability
Companies Act 624/2006 ch. 6 § 17; Housing Companies Act 1599/2009 ch. 7 § 17). TIL, an auditor, may do nothing here.
Mandates that organisations themselves give have codes that the city agrees on with DVV; they come from the settings.
"""

from collections.abc import Iterable, Mapping

SIGNATORY, GRANTS, EMPLOYMENT = "signatory", "grants", "employment"
DAILY = frozenset({GRANTS, EMPLOYMENT})
REGISTERED: Mapping[str, frozenset[str]] = {
    "NIMKO": frozenset({SIGNATORY}) | DAILY,
    "ELI": frozenset({SIGNATORY}) | DAILY,
    "S": frozenset({SIGNATORY}) | DAILY,
    "TJ": DAILY,
    "IS": DAILY,
}


def mandates(roles: Iterable[object], given: Mapping[str, str]) -> frozenset[str]:
    """The kernel's mandates of roles; `given` maps the codes of given mandates to one of them. Others mean nothing."""
    found: set[str] = set()
    for role in roles:
        code = str(role)
        found |= REGISTERED.get(code.upper(), frozenset())
        if code in given:
            found.add(given[code])
    return frozenset(found)
