# SPDX-License-Identifier: EUPL-1.2
"""Columns of finance's files that the municipality itself decides: what stands in them, what lacks, whom to ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from ennakko.rules.parameters import NotDecided
from ennakko.services.hiring_benefit import conditions
from ennakko.values.texts import Text, text

PAYMENT_LIST: Final[Mapping[str, Text]] = {
    "p2p_inspector": text(
        fi="Tarkastajan nimi, P2P", sv="Granskarens namn, P2P", en="Inspector's name, P2P"
    ),
    "p2p_inspector_email": text(
        fi="Tarkastajan sähköposti, P2P", sv="Granskarens e-post, P2P", en="Inspector's e-mail, P2P"
    ),
    "p2p_approver": text(fi="Hyväksyjän nimi, P2P", sv="Godkännarens namn, P2P", en="Approver's name, P2P"),
}  # fmt: skip
"""Parameter → the column of the payment list."""
INVOICE_LIST: Final[Mapping[str, Text]] = {
    "invoice_account": text(fi="Tilitunniste", sv="Kontobeteckning", en="Account"),
    "invoice_department": text(fi="Laskuttava yksikkö", sv="Fakturerande enhet", en="Billing unit"),
}
"""Parameter → the column of the invoice list of recoveries."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A column that is empty because nobody has decided: its name, and who decides."""

    column: Text
    ask: Text


def given(names: Mapping[str, Text], on: date) -> dict[str, str]:
    """What the municipality has decided of some columns, "" for one that is not decided."""
    return {name: str(conditions.decided(name, on) or "") for name in names}


def lacking(names: Mapping[str, Text], on: date) -> tuple[Lacking, ...]:
    """The columns that are empty on a day, with whom to ask."""
    found = ((label, conditions.value(name, on)) for name, label in names.items())
    return tuple(Lacking(label, value.ask) for label, value in found if isinstance(value, NotDecided))
