# SPDX-License-Identifier: EUPL-1.2
"""E-mail addresses and telephone numbers that reach nobody: only `.example`, only a block kept for documentation."""

import polars as pl

from ennakko.demo_city.names import pools
from ennakko.demo_city.sampling import Floats, Ints

MAIL_DOMAIN = "posti.example"
PHONE_BLOCK = "+35850999"
"""Followed by four digits."""


def email_addresses(first: Ints, surname: Ints, person: Ints, age: Floats | Ints, draw: Floats) -> pl.Series:
    """Addresses of those who have one, by their age and a draw in [0, 1); names are numbers of the name pools."""
    letters = pl.col("name").str.to_lowercase().str.normalize("NFKD").str.replace_all(r"[^a-z]", "")
    plain = pl.DataFrame({"name": pools().names}).select(letters).to_series()
    frame = pl.DataFrame(
        {
            "first": plain.gather(first),
            "surname": plain.gather(surname),
            "number": person % 99_991,
            "age": age,
            "draw": draw,
        }
    )
    years = pl.col("age")
    share = pl.when(years < 13).then(0.0).when(years < 15).then(0.4).when(years < 65).then(0.9)
    has = pl.col("draw") < share.when(years < 80).then(0.65).otherwise(0.3)
    parts = ("first", pl.lit("."), "surname", pl.lit("."), "number", pl.lit(f"@{MAIL_DOMAIN}"))
    return frame.select(pl.when(has).then(pl.concat_str(*parts)).alias("email")).to_series()


def phone_numbers(age: Floats | Ints, number: Ints, draw: Floats) -> pl.Series:
    """Numbers of those who have one; `number` is 0–9999."""
    frame = pl.DataFrame({"age": age, "number": number, "draw": draw})
    years = pl.col("age")
    has = pl.col("draw") < pl.when(years < 8).then(0.0).when(years < 80).then(0.95).otherwise(0.7)
    digits = pl.concat_str(pl.lit(PHONE_BLOCK), pl.col("number").cast(pl.String).str.zfill(4))
    return frame.select(pl.when(has).then(digits).alias("phone")).to_series()
