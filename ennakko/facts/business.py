# SPDX-License-Identifier: Apache-2.0
"""What the Business Information System knows of an organisation (Act 244/2001); no person facts."""

from ennakko.rules.facts_api import fact
from ennakko.values.texts import text

_SOURCE = "business-register"

business_id = fact(
    "business_id", "code", source=_SOURCE,
    label=text(fi="Y-tunnus", sv="FO-nummer", en="business ID"),
    ask=text(fi="Mikä on Y-tunnus?", sv="Vilket är FO-numret?", en="What is the business ID?"),
)  # fmt: skip
form = fact(
    "form", "code", source=_SOURCE,
    label=text(fi="yritysmuoto", sv="företagsform", en="legal form"),
    ask=text(fi="Mikä on yritysmuoto?", sv="Vilken är företagsformen?", en="What is the legal form?"),
)  # fmt: skip
"""oy, tmi, ky, ry, sr or srk."""
industry = fact(
    "industry", "code", source=_SOURCE,
    label=text(fi="toimiala (TOL 2008)", sv="näringsgren (TOL 2008)", en="industry (TOL 2008)"),
    ask=text(fi="Mikä on toimiala?", sv="Vilken är näringsgrenen?", en="What is the industry?"),
)  # fmt: skip
founded = fact(
    "founded", "date", source=_SOURCE,
    label=text(fi="perustettu", sv="grundat", en="founded"),
    ask=text(fi="Milloin yritys on perustettu?", sv="När grundades företaget?", en="When was the company founded?"),
)  # fmt: skip
employees = fact(
    "employees", "int", source=_SOURCE,
    label=text(fi="henkilöstön määrä", sv="antal anställda", en="number of employees"),
    ask=text(fi="Montako työntekijää on?", sv="Hur många anställda finns det?", en="How many employees are there?"),
)  # fmt: skip
employer_kind = fact(
    "employer_kind", "code", unknown=True, source="own-services",
    label=text(fi="työnantajan laji", sv="arbetsgivarens art", en="kind of employer"),
)  # fmt: skip
"""company, association, foundation, parish, municipality, state, sole_trader or private: `organisation_kinds.KINDS`."""
