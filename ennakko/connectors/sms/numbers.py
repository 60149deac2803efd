# SPDX-License-Identifier: EUPL-1.2
"""Phone numbers in the form of ITU-T E.164."""

import re

from ennakko.kernel.messages.ports import Permanent

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def international(number: str, *, country: str = "358") -> str:
    """A number as +358…, from any usual way of writing it; raises Permanent for what is no number."""
    digits = re.sub(r"[\s()./-]", "", number)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.startswith("0"):
        digits = f"+{country}{digits[1:]}"
    if not _E164.fullmatch(digits):
        raise Permanent("not a phone number")
    return digits
