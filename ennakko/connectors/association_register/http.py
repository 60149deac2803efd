# SPDX-License-Identifier: EUPL-1.2
"""The register of associations (YRTTI) over the service bus through which cities reach it.

Wire format (read in the City's public yjdh repository, backend/shared/shared/yrtti and its test data): POST JSON
{"BusinessId": …} to <url>/BasicInfo with Basic authentication, time-out 30 s there; the answer holds
`BasicInfoResponse` (null when there is none) with `AssociationNameInfo` (type P main, A auxiliary; status R registered;
language FI, SE, EN), `Address` (`StreetName` may hold the receiver and lines), `AssociationStatus` (R registered, V
pending, L ended), `RegistryDate`; and `faultCode` with `faultString` when something went wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ennakko.connectors.asking import Line, NoAnswer, Request
from ennakko.connectors.business_register.reading import as_a_name
from ennakko.kernel.organisations.ports import RegisteredOrganisation, Unavailable
from ennakko.values import business_id as business_ids

SOURCE = "association-register"
MAIN_NAME, REGISTERED, ENDED = "P", "R", "L"
LANGUAGES = {"FI": "fi", "SE": "sv"}
FORM_TEXT = "Aatteellinen yhdistys"
"""The register holds associations only and does not tell a form."""


@dataclass(frozen=True, slots=True)
class YrttiAssociationRegister:
    """Asks YRTTI. `url` is the address of its services without a slash at the end."""

    url: str
    username: str
    password: str = field(repr=False)
    line: Line = field(default_factory=lambda: Line(name="association register"))

    def association(self, business_id: str) -> RegisteredOrganisation | None:
        """The association of a business ID; None where there is none. Raises Unavailable."""
        if not business_ids.is_valid(business_id):
            return None
        request = Request(
            method="POST",
            address=f"{self.url}/BasicInfo",
            json={"BusinessId": business_id},
            login=(self.username, self.password),
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
            document = reply.json()
            told = document.get("BasicInfoResponse")
            if not told and document.get("faultCode"):
                raise Unavailable(f"{self.line.name}: it answered with a fault")
            return _organisation(told, business_id) if told else None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Unavailable(f"{self.line.name}: the answer could not be read") from None


def _organisation(told: Mapping[str, Any], asked: str) -> RegisteredOrganisation | None:
    if told["BusinessId"] != asked:
        return None
    names = _names(told["AssociationNameInfo"])
    name = names.get("FI") or next(iter(names.values()), "")
    if not name:
        raise ValueError("name missing")
    street, postal_code, post_office = _address(told.get("Address") or ())
    return RegisteredOrganisation(
        business_id=asked,
        name=name,
        name_sv=names.get("SE", ""),
        source=SOURCE,
        kind="association",
        form="ry",
        form_text=FORM_TEXT,
        street_address=street,
        postal_code=postal_code,
        post_office=post_office,
        language=LANGUAGES.get(told.get("AssociationRegistrationLanguage") or "", ""),
        founded=_day(told.get("RegistryDate")),
        ended=_day(told.get("AssociationStatusDate")) if told.get("AssociationStatus") == ENDED else None,
        missing=("industry",),
    )


def _names(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Language → the registered main name; names that were or are to be are left out."""
    found: dict[str, str] = {}
    for row in rows:
        if row.get("AssociationNameType") == MAIN_NAME and row.get("AssociationNameStatus") == REGISTERED:
            found.setdefault(str(row.get("AssociationNameLanguage")), " ".join(str(row["AssociationName"]).split()))
    return found


def _address(rows: Sequence[Mapping[str, Any]]) -> tuple[str, str, str]:
    for row in rows:
        parts = (row.get(name) for name in ("HouseNumber", "Stair", "FlatNumber", "FlatDivisionLetter"))
        street = " ".join([_street(row.get("StreetName")), *(str(part) for part in parts if part)]).strip()
        if not street and row.get("PoBox"):
            street = f"{row.get('PoBoxPrefix') or 'PL'} {row['PoBox']}"
        return street, str(row.get("PostCode") or ""), as_a_name(str(row.get("City") or ""))
    return "", "", ""


def _street(name: object) -> str:
    """The line of the street: the lines before it name people, whom nobody needs to know here."""
    lines = [" ".join(line.split()) for line in str(name or "").splitlines()]
    numbered = [line for line in lines if any(character.isdigit() for character in line)]
    return next(reversed(numbered or lines), "")


def _day(moment: object) -> date | None:
    try:
        return date.fromisoformat(str(moment)[:10])
    except ValueError:
        return None
