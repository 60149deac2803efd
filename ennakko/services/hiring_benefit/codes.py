# SPDX-License-Identifier: EUPL-1.2
"""The code of a benefit letter: short enough to be typed from paper, made again from its row, never stored."""

from __future__ import annotations

import base64
import hmac

from ennakko.kernel import keys
from ennakko.services.hiring_benefit.models import BenefitLetter

LENGTH = 12
"""Sixty bits: with the wrong tries counted, nobody finds one by guessing."""
CONFUSED = str.maketrans({"0": "O", "1": "I", "8": "B"})
"""Digits that the alphabet (A–Z, 2–7) does not have, as the letters that they are mistaken for."""


def code_of(letter: BenefitLetter) -> str:
    """The code as it is shown, XXXX-XXXX-XXXX."""
    code = made(letter.pk, letter.code_key)
    return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))


def made(number: int, key_id: int) -> str:
    """The code of a row's number under a key of the ring."""
    said = f"hiring benefit letter {number}".encode()
    return base64.b32encode(hmac.digest(keys.data_key(key_id), said, "sha256")).decode()[:LENGTH]


def tidied(written: str) -> str:
    """A code as somebody wrote it, in the form it was made; "" for what cannot be one."""
    code = "".join(one for one in written.upper() if one.isalnum()).translate(CONFUSED)
    return code if len(code) == LENGTH and code.isascii() else ""


def index_of(code: str) -> str:
    """The keyed hash that is stored."""
    return keys.index_of(f"hiring benefit letter {code}")


def indexes_of(code: str) -> tuple[str, ...]:
    """The hash under each key of the ring, for looking up."""
    return keys.indexes_of(f"hiring benefit letter {code}")
