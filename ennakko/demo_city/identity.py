# SPDX-License-Identifier: EUPL-1.2
"""Personal identity codes of people who do not exist: individual numbers 900–997 only, each code once.

Such numbers are never issued to people (temporary and test use). Numbers 998 and 999 are kept for the personas. A day
with more than 49 births of one sex goes on with the century's next sign, as real codes do since 2023.
"""

import numpy as np
import numpy.typing as npt

from ennakko.demo_city.sampling import Bools, Ints
from ennakko.values.identity_code import CENTURY_SIGNS, CHECK_CHARACTERS, FIRST_TEMPORARY

Dates = npt.NDArray[np.datetime64]
Codes = npt.NDArray[np.bytes_]

PER_SIGN = 49
"""Codes of one day, sex and century sign that residents may take."""

FIRST_PERSONA_NUMBER = 998
"""A woman's number; the man's is the next."""


class NoCodeLeft(ValueError):
    """More births on one day than there are test codes for it."""


def order_of_birth(birth: Dates, woman: Bools) -> Ints:
    """The running number, from 0, of each person among those of the same day and sex."""
    group = birth.astype("datetime64[D]").astype(np.int64) * 2 + woman
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    rank = np.empty(group.size, dtype=np.int64)
    rank[order] = np.arange(group.size) - np.searchsorted(ordered, ordered, side="left")
    return rank


def codes(birth: Dates, woman: Bools, rank: Ints) -> Codes:
    """Identity codes (11 bytes each) for days of birth, sexes and running numbers among the same day and sex.

    Raises NoCodeLeft when a running number goes beyond the signs of the century.
    """
    days = birth.astype("datetime64[D]")
    years = days.astype("datetime64[Y]").astype(np.int64) + 1970
    months = days.astype("datetime64[M]").astype(np.int64) % 12 + 1
    day = (days - days.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64) + 1
    short = years % 100
    variant, position = np.divmod(rank, PER_SIGN)
    individual = FIRST_TEMPORARY + 2 * position + np.logical_not(woman)
    century = years // 100
    signs = np.zeros((21, 6), dtype=np.uint8)
    for first_year, listed in CENTURY_SIGNS.items():
        signs[first_year // 100, : len(listed)] = list(listed.encode())
    if rank.size and (variant.max() >= signs.shape[1] or not signs[century, variant].all()):
        raise NoCodeLeft(
            "More people are born on one day than there are test identity codes for: build a smaller city."
        )
    check = np.frombuffer(CHECK_CHARACTERS.encode(), dtype=np.uint8)
    number = ((day * 100 + months) * 100 + short) * 1000 + individual
    letters = np.empty((rank.size, 11), dtype=np.uint8)
    for column, value in ((0, day), (2, months), (4, short)):
        letters[:, column] = 48 + value // 10
        letters[:, column + 1] = 48 + value % 10
    letters[:, 6] = signs[century, variant]
    for column, unit in ((7, 100), (8, 10), (9, 1)):
        letters[:, column] = 48 + individual // unit % 10
    letters[:, 10] = check[number % 31]
    return letters.view("S11").reshape(-1)
